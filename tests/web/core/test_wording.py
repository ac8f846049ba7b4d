"""How a score is told: what speaks for a match, what against, and the bar of both."""

import pytest

from matcher.values import Reason
from web.wording import FULL_BAR, Explanation, bar_parts, explain

LITTLE = Reason("text.none", 0.4, {"similarity": 0.01, "words": []})
NEAR = Reason("distance.inside", 0.2, {"km": 3.0, "area": "radius", "radius_km": 20})
FAR = Reason("distance.outside", -0.5, {"km": 30.0, "area": "radius", "beyond_km": 10.0})


pytestmark = pytest.mark.usefixtures("speaking_dutch")


def told(*reasons: Reason) -> Explanation:
    return explain(sum(reason.contribution for reason in reasons), reasons, {})


def test_texts_with_little_in_common_are_no_argument_for_a_match() -> None:
    explanation = told(LITTLE, NEAR)
    assert [reason.code for reason in explanation.strong] == ["distance.inside"]
    assert "weinig gemeen" not in explanation.headline
    assert [reason.code for reason in explanation.neutral] == ["text.none"]


@pytest.mark.parametrize(
    ("evidence", "says"),
    [
        ({"words": [["gras", "gras"]], "meaning": 0.3}, "Woorden die overeenkomen: “gras”"),
        ({"words": [], "meaning": 0.3}, "De twee teksten zeggen iets gelijkaardigs"),
        ({"words": [], "meaning": None}, "De twee teksten lijken op elkaar"),
    ],
)
def test_a_likeness_is_told_by_words_or_by_meaning(evidence: dict[str, object], says: str) -> None:
    explanation = told(Reason("text.similar", 2.0, {"similarity": 0.05, **evidence}))
    assert explanation.headline.startswith(says)


def test_the_bar_still_adds_up_to_the_score() -> None:
    parts = bar_parts(told(LITTLE, NEAR))
    assert sum(part.width for part in parts) == pytest.approx(100 * 0.6 / FULL_BAR)
    left = bar_parts(told(LITTLE, NEAR, FAR))[-1]
    assert left.start == pytest.approx(100 * 0.1 / FULL_BAR)


def test_where_nothing_speaks_for_it_the_headline_says_what_speaks_against() -> None:
    assert "30 km" in told(LITTLE, FAR).headline


def test_in_short_the_weightiest_on_both_sides_are_told() -> None:
    two = told(NEAR, FAR, Reason("hours.fit", 0.9, {"asked": 20}), LITTLE).shortened(1, 1)
    assert [reason.code for reason in two.reasons] == ["distance.outside", "hours.fit"]
    assert two.chance == told(NEAR, FAR, Reason("hours.fit", 0.9, {"asked": 20}), LITTLE).chance
