"""A knob turns exactly the points of its own reason codes, in every pair."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import score_pair
from matcher.values import Need, Offer, Suggestion
from matcher.vocabulary import ANSWERS
from matcher.weights import DEFAULT_WEIGHTS, Turn, Weights, knob_of_code, knobs
from tests.matcher.samples import TODAY, taxonomy
from tests.matcher.test_ranking_properties import needs, offers

NAMES = [knob.name for knob in knobs()]
KNOWN = taxonomy()
#: Contributions are rounded to four decimals before and after.
ROUNDING = 2e-4


def points(need: Need, offer: Offer, weights: Weights) -> dict[str, float]:
    """Return the points of each reason code of a pair that is made to answer."""
    answer = replace(offer, kind=ANSWERS[need.kind][-1])
    found = score_pair(replace(need, asker_id=None), answer, KNOWN, [], on=TODAY, weights=weights)
    assert isinstance(found, Suggestion)
    return {reason.code: reason.contribution for reason in found.reasons}


@given(needs, offers, st.sampled_from(NAMES), st.floats(0.1, 10))
@settings(max_examples=150)
def test_a_knob_multiplies_its_own_points_and_no_others(
    need: Need, offer: Offer, name: str, factor: float
) -> None:
    before = points(need, offer, DEFAULT_WEIGHTS)
    after = points(need, offer, DEFAULT_WEIGHTS.turned(Turn(factors={name: factor}), "test"))
    assert after.keys() == before.keys()
    for code, value in before.items():
        expected = value * factor if knob_of_code().get(code) == name else value
        assert after[code] == pytest.approx(expected, abs=ROUNDING * max(1.0, factor))


@given(needs, offers)
@settings(max_examples=100)
def test_every_point_but_the_base_hangs_on_a_knob(need: Need, offer: Offer) -> None:
    doubled = DEFAULT_WEIGHTS.turned(Turn(1.5, dict.fromkeys(NAMES, 2.0)), "test")
    before = points(need, offer, DEFAULT_WEIGHTS)
    after = points(need, offer, doubled)
    base = before.pop("base")
    assert after.pop("base") == pytest.approx(base + 1.5)
    assert math.fsum(after.values()) == pytest.approx(2 * math.fsum(before.values()), abs=0.01)


def test_each_field_belongs_to_one_knob() -> None:
    turned = [field for knob in knobs() for field in knob.fields]
    assert len(turned) == len(set(turned))
    codes = [code for knob in knobs() for code in knob.codes]
    assert len(codes) == len(set(codes)) == len(knob_of_code())


def test_turning_keeps_every_sign() -> None:
    turned = DEFAULT_WEIGHTS.turned(Turn(factors=dict.fromkeys(NAMES, 0.1)), "test")
    for knob in knobs():
        for field in knob.fields:
            assert getattr(turned, field) * getattr(DEFAULT_WEIGHTS, field) > 0


def test_a_factor_of_a_criterion_that_is_gone_is_left_out() -> None:
    gone = Turn(factors={"gone.by": 3.0})
    assert DEFAULT_WEIGHTS.turned(gone, DEFAULT_WEIGHTS.version) == DEFAULT_WEIGHTS
