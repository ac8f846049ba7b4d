"""Weights learned from decisions stay additive, keep their signs, and find what matters."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import score_pair
from matcher.learning import (
    LEAST_FACTOR,
    MOST_FACTOR,
    calibrate,
    learn,
    points_of,
    rescaled,
)
from matcher.values import Need, Offer, Suggestion
from matcher.vocabulary import ANSWERS
from matcher.weights import DEFAULT_WEIGHTS, Turn, knobs
from tests.matcher.decisions import FAR_MATTERS, PRIOR, draw_examples
from tests.matcher.samples import TODAY, taxonomy
from tests.matcher.test_ranking_properties import needs, offers

NAMES = [knob.name for knob in knobs()]
KNOWN = taxonomy()
turns = st.builds(
    Turn,
    st.floats(-3, 3).map(lambda shift: round(shift, 3)),
    st.dictionaries(st.sampled_from(NAMES), st.floats(0.1, 10).map(lambda f: round(f, 3))),
)


def weighed(need: Need, offer: Offer, turn: Turn) -> Suggestion:
    """Weigh a pair, made to answer, with learned weights."""
    asked = replace(need, asker_id=None)
    answer = replace(offer, kind=ANSWERS[need.kind][-1])
    weights = DEFAULT_WEIGHTS.turned(turn, "test")
    found = score_pair(asked, answer, KNOWN, [], on=TODAY, weights=weights)
    assert isinstance(found, Suggestion)
    return found


def points(found: Suggestion, made_by: Turn | None = None) -> dict[str, float]:
    """Return the points of the prior behind the reasons of a suggestion."""
    contributions = ((reason.code, reason.contribution) for reason in found.reasons)
    return points_of(contributions, made_by or Turn())


@given(needs, offers, turns)
@settings(max_examples=100)
def test_a_learned_score_is_the_sum_of_its_reasons_and_of_the_learned_points(
    need: Need, offer: Offer, turn: Turn
) -> None:
    prior, learned = weighed(need, offer, Turn()), weighed(need, offer, turn)
    assert learned.score == math.fsum(reason.contribution for reason in learned.reasons)
    assert turn.score(points(prior), DEFAULT_WEIGHTS.base) == pytest.approx(learned.score, abs=0.02)


@given(needs, offers, turns)
@settings(max_examples=100)
def test_the_points_of_the_prior_are_found_back_from_learned_reasons(
    need: Need, offer: Offer, turn: Turn
) -> None:
    prior, learned = weighed(need, offer, Turn()), weighed(need, offer, turn)
    back = points(learned, turn)
    for knob, value in points(prior).items():
        # A contribution is rounded to four decimals, and was divided by at least a tenth.
        assert back.get(knob, 0.0) == pytest.approx(value, abs=2e-3)


def test_what_a_coordinator_weighs_more_gets_a_larger_factor() -> None:
    learned = learn(draw_examples(400, FAR_MATTERS), PRIOR)
    others = [learned.factor(k) for k in ("text.similar", "activity.shared", "capacity.short")]
    assert learned.factor("distance.outside") > 1.5 * max(others)
    assert learned.factor("kind.second") > max(others)


def test_a_criterion_that_nobody_saw_keeps_its_share_of_the_score() -> None:
    learned = learn(draw_examples(200, FAR_MATTERS), PRIOR)
    assert learned.factor("phase.misses") == learned.factor("licences.held")


def test_no_sign_ever_turns_however_perverse_the_decisions() -> None:
    upside_down = [
        replace(example, approved=not example.approved)
        for example in draw_examples(300, FAR_MATTERS)
    ]
    learned = learn(upside_down, PRIOR)
    assert all(LEAST_FACTOR <= f <= MOST_FACTOR for f in learned.factors.values())
    turned = DEFAULT_WEIGHTS.turned(learned, "test")
    for knob in knobs():
        for name in knob.fields:
            assert getattr(turned, name) * getattr(DEFAULT_WEIGHTS, name) > 0


def test_decisions_by_tossing_a_coin_leave_the_order_as_it_was() -> None:
    for seed in range(5):
        learned = learn(draw_examples(200, None, seed=seed), PRIOR)
        pairs = draw_examples(60, FAR_MATTERS, seed=100 + seed)
        before = [Turn().score(pair.points, 0.0) for pair in pairs]
        after = [learned.score(pair.points, 0.0) for pair in pairs]
        assert np.corrcoef(before, after)[0, 1] > 0.97


def test_a_refusal_counts_more_for_the_criterion_that_it_names() -> None:
    silent = draw_examples(200, FAR_MATTERS)
    naming = draw_examples(200, FAR_MATTERS, blame=True)
    assert [e.points for e in silent] == [e.points for e in naming]
    plain, told = (learn(examples, PRIOR) for examples in (silent, naming))
    # Beside a criterion that nobody saw, for both have a scale of their own.
    far, plainly = (t.factor("distance.outside") / t.factor("phase.misses") for t in (told, plain))
    assert far > 1.1 * plainly
    assert told.factor("schedule.misses") == pytest.approx(plain.factor("schedule.misses"), rel=0.2)


def test_an_example_of_double_weight_counts_as_two() -> None:
    examples = draw_examples(60, FAR_MATTERS)
    doubled = [replace(example, weight=2.0) for example in examples]
    twice = [example for example in examples for _ in range(2)]
    one, other = learn(doubled, PRIOR), learn(twice, PRIOR)
    assert one.shift == pytest.approx(other.shift, abs=0.01)
    assert one.factors == pytest.approx(other.factors, abs=0.01)


@pytest.mark.parametrize(("scale", "shift"), [(1.0, 0.0), (0.5, 1.0), (2.0, -1.5)])
def test_scale_and_base_are_found_back_from_many_decisions(scale: float, shift: float) -> None:
    draw = np.random.default_rng(7)
    points = draw.uniform(0, 9, 20_000)
    chances = 1 / (1 + np.exp(-(-4.2 + shift + scale * points)))
    approved = (draw.random(20_000) < chances).astype(float)
    found = calibrate(points, approved, -4.2)
    assert found == pytest.approx((scale, shift), abs=0.25)


def test_rescaling_keeps_what_was_learned_of_one_criterion_beside_another() -> None:
    live = Turn(0.2, {"distance.outside": 3.0})
    again = rescaled(draw_examples(200, FAR_MATTERS), PRIOR, live)
    ratio = again.factor("distance.outside") / again.factor("text.similar")
    assert ratio == pytest.approx(3.0, rel=0.01)
