from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from matcher import DEFAULT_WEIGHTS, best_change, score_pair
from matcher.improving import Change
from matcher.values import Need, Offer, Quantity, Suggestion
from matcher.vocabulary import NeedKind, OfferKind, Phase, WorkSite
from tests.matcher.samples import (
    BEKKEVOORT,
    OOSTENDE,
    TODAY,
    asking,
    make_need,
    make_offer,
    stating,
    taxonomy,
)
from tests.matcher.test_condition_properties import answering
from tests.matcher.test_ranking_properties import needs, offers

NEED, OFFER = make_need(), make_offer()


def weighed(need: Need, offer: Offer) -> Suggestion:
    found = score_pair(need, offer, taxonomy(), [], on=TODAY)
    assert isinstance(found, Suggestion)
    return found


def change(need: Need, offer: Offer) -> Change | None:
    found = weighed(need, offer)
    return best_change(found.score, found.reasons, DEFAULT_WEIGHTS)


#: What is asked, what the offer says now, and what it would say to meet it.
CHANGES: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ("capacity.short", {"people_min": 6}, {"people_max": 4}, {"people_max": 6}),
    ("capacity.unknown", {"people_min": 6}, {}, {"people_max": 6}),
    (
        "capacity.order_too_small",
        {"people_max": 2},
        {"people_min": 4, "people_max": 9},
        {"people_min": 1},
    ),
    ("hours.differ", {"hours_per_week": 38.0}, {"hours_per_week": 19.0}, {"hours_per_week": 38.0}),
    ("height.short", {"height_m": 6.0}, {"height_m": 2.0}, {"height_m": 6.0}),
    ("load.heavy", {"lifting_kg": 20.0}, {"lifting_kg": 10.0}, {"lifting_kg": 20.0}),
    (
        "site.misses",
        {"site": WorkSite.ON_SITE},
        {"site": WorkSite.WORKSHOP},
        {"site": WorkSite.EITHER},
    ),
    (
        "certificates.missing",
        {"certificates": frozenset({"vca", "haccp"})},
        {"certificates": frozenset({"vca"})},
        {"certificates": frozenset({"vca", "haccp"})},
    ),
    (
        "season.misses",
        {"months": frozenset({1})},
        {"months": frozenset({6})},
        {"months": frozenset({1, 6})},
    ),
    (
        "order.outside",
        {"amount": Quantity(10, "pieces")},
        {"order_min": Quantity(100, "pieces")},
        {"order_min": Quantity(1, "pieces")},
    ),
    (
        "language.short",
        {"language_level": "B2"},
        {"language_level": "A1"},
        {"language_level": "B2"},
    ),
    (
        "period.misses",
        {"start": date(2026, 4, 1), "end": date(2026, 4, 30)},
        {"end": date(2026, 3, 1)},
        {"end": None, "start": date(2026, 1, 1)},
    ),
]


@pytest.mark.parametrize(("code", "asked", "now", "then"), CHANGES, ids=[c[0] for c in CHANGES])
def test_the_gain_is_what_the_change_really_brings(
    code: str, asked: dict[str, Any], now: dict[str, Any], then: dict[str, Any]
) -> None:
    need, offer = asking(NEED, **asked), stating(OFFER, **now)
    found = change(need, offer)
    assert found is not None
    assert found.reason.code == code
    changed = replace(offer, conditions=replace(offer.conditions, **then))
    assert weighed(need, changed).score - weighed(need, offer).score == pytest.approx(found.gain)
    assert found.chance_after == pytest.approx(weighed(need, changed).chance)


def test_the_numbers_of_the_change_are_those_of_its_reason() -> None:
    found = change(asking(NEED, people_min=6), stating(OFFER, people_max=4))
    assert found is not None
    assert found.reason.evidence == {"asked": 6, "available": 4}
    assert found.chance_before < found.chance_after


def test_the_largest_gain_wins() -> None:
    asked = asking(NEED, people_min=6, height_m=3.0, lifting_kg=20.0)
    found = change(asked, stating(OFFER, people_max=5, height_m=2.0, lifting_kg=12.0))
    assert found is not None
    assert found.reason.code == "height.short"


def test_a_need_that_is_only_read_promises_less() -> None:
    read = make_need(text="Een zestal mensen gevraagd.")
    gains = [
        found.gain
        for need in (read, asking(NEED, people_min=6, people_max=6))
        if (found := change(need, OFFER))
    ]
    assert len(gains) == 2
    assert gains[0] < gains[1]


def test_a_wider_service_area_counts() -> None:
    need = make_need(place=OOSTENDE)
    far = change(need, make_offer(place=BEKKEVOORT, radius_km=20.0))
    unknown = change(need, make_offer(place=BEKKEVOORT))
    assert far is not None
    assert unknown is not None
    assert (far.reason.code, unknown.reason.code) == ("distance.outside", "distance.unknown")
    assert far.gain > unknown.gain


def test_nothing_is_proposed_where_all_is_met_or_only_the_need_lacks_something() -> None:
    assert change(asking(NEED, people_min=4), stating(OFFER, people_max=6)) is None
    team = make_offer(kind=OfferKind.ENCLAVE_TEAM)
    assert change(make_need(kind=NeedKind.ENCLAVE, core_activity=None), team) is None
    track = asking(make_need(kind=NeedKind.PLACEMENT), phase=Phase.FIRST)
    assert change(track, make_offer(kind=OfferKind.WORKPLACE)) is None


@given(needs, offers)
@settings(max_examples=100, deadline=None)
def test_a_change_always_lifts(need: Need, offer: Offer) -> None:
    found = change(*answering(need, offer))
    assert found is None or (found.gain > 0 and found.chance_after >= found.chance_before)
