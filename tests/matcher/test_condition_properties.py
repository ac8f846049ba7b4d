"""More of a condition fulfilled never lowers a score, and a stated fact always wins."""

import math
from dataclasses import replace
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matcher import score_pair
from matcher.conditions import CONDITIONS
from matcher.entries import make_entry
from matcher.facts import FIELDS
from matcher.values import Conditions, Need, Offer, Promise, Quantity, Suggestion
from matcher.vocabulary import ANSWERS, WorkSite
from matcher.weights import DEFAULT_WEIGHTS
from tests.matcher.samples import TODAY, taxonomy
from tests.matcher.test_ranking_properties import needs, offers

#: Fields of an offer that only help when they rise, with values to draw from.
RISING = {
    "people_max": st.integers(0, 12),
    "height_m": st.floats(0, 12),
    "lifting_kg": st.floats(0, 40),
    "hours_per_week": st.floats(0, 38),
    "language_level": st.sampled_from(["A1", "A2", "B1", "B2"]),
}
#: Lists of an offer that only help when they grow, with what to add.
GROWING = {
    "certificates": ["vca", "haccp"],
    "licences": ["B", "C"],
    "schedule": ["day", "night", "flexible"],
    "surroundings": ["indoor", "outdoor"],
    "askers": ["company", "ocmw", "school", "private"],
    "travel": ["bike", "bus", "car"],
    "months": [1, 4, 9, 12],
    "languages": ["nl", "fr"],
}
ALL_FAMILIES = frozenset(FIELDS)
SILENT = Conditions(unread=ALL_FAMILIES)


@given(needs, offers, st.data(), st.sampled_from(sorted(RISING)))
@settings(max_examples=200, deadline=None)
def test_more_of_a_number_never_lowers_a_score(
    need: Need, offer: Offer, data: st.DataObject, name: str
) -> None:
    # A vacancy of fewer hours than somebody wants fits him less; of a placement the place asks.
    assume(name not in ("hours_per_week", "language_level") or need.kind in ("enclave", "service"))
    low, high = sorted(data.draw(st.tuples(RISING[name], RISING[name])))
    assert _score(need, _with(offer, **{name: low})) <= _score(need, _with(offer, **{name: high}))


@given(needs, offers, st.data(), st.sampled_from(sorted(GROWING)))
@settings(max_examples=200, deadline=None)
def test_one_more_in_a_list_never_lowers_a_score(
    need: Need, offer: Offer, data: st.DataObject, name: str
) -> None:
    held = getattr(offer.conditions, name)
    # Naming the first one turns an unknown into a fact, which may hurt.
    assume(held and not (name == "licences" and need.kind == "placement"))
    extra = data.draw(st.sampled_from(GROWING[name]))
    assert _score(need, offer) <= _score(need, _with(offer, **{name: held | {extra}}))


@given(needs, offers, st.sampled_from(["site", "moving", "order", "amount"]))
@settings(max_examples=200, deadline=None)
def test_the_easiest_terms_never_lower_a_score(need: Need, offer: Offer, name: str) -> None:
    asked = need.conditions.amount or Quantity(10.0, "pieces")
    easiest: dict[str, dict[str, Any]] = {
        "site": {"site": WorkSite.EITHER},
        "moving": {"moving": "supplier"},
        "order": {"order_min": None, "order_max": replace(asked, amount=1e9)},
        "amount": {"amount": replace(asked, amount=1e9)},
    }
    # What counts is stated on both sides of the change.
    told = {field: getattr(offer.conditions, field) for field in easiest[name]}
    assume(all(value is not None for value in told.values()))
    assert _score(need, offer) <= _score(need, _with(offer, **easiest[name]))


@given(needs, offers)
@settings(max_examples=100, deadline=None)
def test_what_both_sides_leave_out_adds_nothing(need: Need, offer: Offer) -> None:
    silent = replace(need, conditions=SILENT, asker_type=None)
    # What the workplace of a placement asks, and what an offer leaves out, needs no condition.
    kept = _with(offer, excluded=frozenset(), licences=frozenset(), language_level=None)
    told = [_with(kept, unread=ALL_FAMILIES), replace(offer, conditions=SILENT)]
    assert _reasons(silent, told[0]) == _reasons(silent, told[1])


@given(needs, offers)
@settings(max_examples=200, deadline=None)
def test_a_stated_fact_wins_and_a_rejected_reading_is_not_used(need: Need, offer: Offer) -> None:
    for item in (need, offer):
        entry, _ = make_entry(item, taxonomy())
        read = entry.facts.read if entry.facts else {}
        for family, names in FIELDS.items():
            stated = [getattr(item.conditions, n) != getattr(Conditions(), n) for n in names]
            if any(stated) or family in item.conditions.unread:
                assert family not in read
                known = [getattr(entry.known.conditions, n) for n in names]
                assert known == [getattr(item.conditions, n) for n in names]


@given(needs, offers)
@settings(max_examples=200, deadline=None)
def test_what_is_read_weighs_no_more_than_what_is_stated(need: Need, offer: Offer) -> None:
    asked, offered = answering(need, offer)
    known = [make_entry(item, taxonomy())[0].known for item in (asked, offered)]
    unread = [
        replace(item, conditions=replace(item.conditions, unread=ALL_FAMILIES)) for item in known
    ]
    stated = _reasons(unread[0], unread[1])  # type: ignore[arg-type]  # a need and an offer
    for code, points in _reasons(asked, offered).items():
        assert abs(points) <= abs(stated[code]) + 1e-9
        assert points * stated[code] >= 0


@given(needs, offers, st.integers(0, 2))
@settings(max_examples=300, deadline=None)
def test_a_condition_that_is_not_asked_says_nothing(
    need: Need, offer: Offer, promised: int
) -> None:
    asked, offered = answering(need, offer)
    offered = _with(offered, promised=(Promise(promised, None, None),) if promised else ())
    for condition in CONDITIONS.values():
        told = condition.weigh(asked, offered, DEFAULT_WEIGHTS)
        assert told is None or condition.asks(asked)


@given(needs, offers)
@settings(max_examples=100, deadline=None)
def test_what_was_read_is_quoted(need: Need, offer: Offer) -> None:
    asked, offered = answering(need, offer)
    found = score_pair(asked, offered, taxonomy(), [], on=TODAY)
    assert isinstance(found, Suggestion)
    texts = {side: f"{i.title}\n{i.text}" for side, i in (("need", asked), ("offer", offered))}
    for reason in found.reasons:
        quotes = reason.evidence.get("read", {})
        assert isinstance(quotes, dict)
        for side, quote in quotes.items():
            assert all(part in " ".join(texts[side].split()) for part in quote.split(" … "))


def _with(offer: Offer, **facts: Any) -> Offer:
    return replace(offer, conditions=replace(offer.conditions, **facts))


def answering(need: Need, offer: Offer) -> tuple[Need, Offer]:
    """Make a pair that may be matched of any pair."""
    return replace(need, asker_id=None), replace(offer, kind=ANSWERS[need.kind][0])


def _reasons(need: Need, offer: Offer) -> dict[str, float]:
    found = score_pair(*answering(need, offer), taxonomy(), [], on=TODAY)
    assert isinstance(found, Suggestion)
    return {r.code: r.contribution for r in found.reasons}


def _score(need: Need, offer: Offer) -> float:
    return math.fsum(_reasons(need, offer).values())
