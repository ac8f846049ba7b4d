"""Learning proven on generated regions; BENCHMARKS.md has more and larger ones."""

from matcher.reliability import reliability
from seed.simulation import Simulation, chance_of, grade, prior_order

#: Large enough for several offers that could answer a need.
REGION = {"offers": 1_200, "needs": 70, "seed": 1}


def test_a_hidden_preference_is_learned_for_needs_that_nobody_saw() -> None:
    found = Simulation(**REGION, coin=False).run(200)
    assert found.live
    assert found.gain >= 0.04
    before, after = (
        reliability(chances, [pair.approved for pair in found.shown]).error
        for chances in (
            [pair.chance_before for pair in found.shown],
            [pair.chance for pair in found.shown],
        )
    )
    # So few pairs leave noise of some hundredths; BENCHMARKS.md has the error over thousands.
    assert after < before


def test_decisions_by_tossing_a_coin_do_no_harm() -> None:
    found = Simulation(**REGION, coin=True).run(200)
    assert found.gain >= -0.01


def test_the_same_seed_gives_the_same_region_and_decisions() -> None:
    runs = [Simulation(offers=400, needs=24, seed=3, coin=True).run(80) for _ in range(2)]
    assert runs[0] == runs[1]


def test_grades_are_those_of_the_labelled_files() -> None:
    assert [grade(chance) for chance in (0.1, 0.3, 0.6, 0.9)] == [0, 1, 2, 3]


def test_the_hidden_chance_falls_faster_with_distance_than_brug_thinks() -> None:
    near, far = {"text.similar": 8.0}, {"text.similar": 8.0, "distance.outside": -1.0}
    assert chance_of(near) > 0.9
    assert chance_of(far) < 0.7
    assert prior_order({"far": far, "near": near, "also": near}) == ["also", "near", "far"]
