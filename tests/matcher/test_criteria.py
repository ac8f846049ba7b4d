from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matcher import score_pair
from matcher.values import Need, Offer, Reason, Suggestion
from matcher.vocabulary import NeedKind, OfferKind, Phase, WorkSite
from tests.matcher.samples import (
    BEKKEVOORT,
    DIEST,
    OOSTENDE,
    TODAY,
    asking,
    make_need,
    make_offer,
    stating,
    taxonomy,
)


def weighed(need: Need, offer: Offer) -> Suggestion:
    found = score_pair(need, offer, taxonomy(), [], on=TODAY)
    assert isinstance(found, Suggestion)
    return found


def reason(need: Need, offer: Offer, name: str) -> Reason:
    found = [r for r in weighed(need, offer).reasons if r.code.startswith(f"{name}.")]
    assert len(found) == 1, [r.code for r in weighed(need, offer).reasons]
    return found[0]


NEED, OFFER = make_need(), make_offer()
VACANCY, PROFILE = make_need(kind=NeedKind.VACANCY), make_offer(kind=OfferKind.PROFILE)

COMPARED: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    # name, what is asked, what fits, what does not
    ("capacity", {"people_min": 4}, {"people_max": 4}, {"people_max": 3}),
    ("capacity", {"people_max": 4}, {"people_max": 9}, {"people_max": 0}),
    (
        "period",
        {"start": date(2026, 4, 1), "end": date(2026, 4, 30)},
        {"start": date(2026, 1, 1)},
        {"end": date(2026, 3, 31)},
    ),
    ("hours", {"hours_per_week": 30.0}, {"hours_per_week": 28.0}, {"hours_per_week": 20.0}),
    (
        "schedule",
        {"schedule": frozenset({"night"})},
        {"schedule": frozenset({"flexible"})},
        {"schedule": frozenset({"day"})},
    ),
    (
        "certificates",
        {"certificates": frozenset({"vca", "haccp"})},
        {"certificates": frozenset({"vca", "haccp", "iso"})},
        {"certificates": frozenset({"vca"})},
    ),
    (
        "licences",
        {"licences": frozenset({"B"})},
        {"licences": frozenset({"B", "C"})},
        {"licences": frozenset({"heftruck"})},
    ),
    ("language", {"language_level": "B1"}, {"language_level": "C1"}, {"language_level": "A1"}),
    ("site", {"site": WorkSite.ON_SITE}, {"site": WorkSite.EITHER}, {"site": WorkSite.WORKSHOP}),
    (
        "surroundings",
        {"surroundings": frozenset({"outdoor"})},
        {"surroundings": frozenset({"indoor", "outdoor"})},
        {"surroundings": frozenset({"indoor"})},
    ),
    ("height", {"height_m": 3.0}, {"height_m": 6.0}, {"height_m": 2.0}),
    ("load", {"lifting_kg": 20.0}, {"lifting_kg": 20.0}, {"lifting_kg": 10.0}),
    ("moving", {"moving": "supplier"}, {"moving": "supplier"}, {"moving": "asker"}),
    (
        "travel",
        {"travel": frozenset({"bus", "car"})},
        {"travel": frozenset({"bus"})},
        {"travel": frozenset({"bike"})},
    ),
]


@pytest.mark.parametrize(("name", "asked", "good", "bad"), COMPARED)
def test_a_condition_met_adds_and_a_condition_broken_takes_away(
    name: str, asked: dict[str, Any], good: dict[str, Any], bad: dict[str, Any]
) -> None:
    need = asking(NEED, **asked)
    assert reason(need, stating(OFFER, **good), name).contribution > 0
    broken = reason(need, stating(OFFER, **bad), name)
    assert broken.contribution < 0
    assert broken.known


@pytest.mark.parametrize(("name", "asked", "good", "bad"), COMPARED)
def test_a_silent_offer_is_unknown_and_loses_nothing(
    name: str, asked: dict[str, Any], good: dict[str, Any], bad: dict[str, Any]
) -> None:
    silent = reason(asking(NEED, **asked), OFFER, name)
    assert (silent.code, silent.contribution, silent.known) == (f"{name}.unknown", 0.0, False)
    assert "asked" in silent.evidence


@pytest.mark.parametrize(("name", "asked", "good", "bad"), COMPARED)
def test_what_is_not_asked_is_not_weighed(
    name: str, asked: dict[str, Any], good: dict[str, Any], bad: dict[str, Any]
) -> None:
    codes = [r.code for r in weighed(NEED, stating(OFFER, **bad)).reasons]
    assert not [code for code in codes if code.startswith(f"{name}.")]


def test_every_missing_person_costs() -> None:
    need = asking(NEED, people_min=6)
    points = [
        reason(need, stating(OFFER, people_max=people), "capacity").contribution
        for people in range(8)
    ]
    assert points == sorted(points)
    assert len(set(points)) == 7
    evidence = reason(need, stating(OFFER, people_max=4), "capacity").evidence
    assert evidence == {"asked": 6, "available": 4}


def test_nobody_asks_how_many_people_a_profile_is() -> None:
    codes = [r.code for r in weighed(asking(VACANCY, people_min=1), PROFILE).reasons]
    assert not [code for code in codes if code.startswith("capacity.")]


def test_an_order_below_the_minimum_costs() -> None:
    need = asking(NEED, people_min=1, people_max=2)
    codes = {r.code: r for r in weighed(need, stating(OFFER, people_min=4, people_max=9)).reasons}
    assert codes["capacity.order_too_small"].evidence == {"asked": 2, "minimum": 4}
    assert codes["capacity.order_too_small"].contribution < 0


def test_half_the_period_is_worth_half_way_between_all_and_nothing() -> None:
    need = asking(NEED, start=date(2026, 4, 1), end=date(2026, 4, 30))
    half = reason(need, stating(OFFER, end=date(2026, 4, 15)), "period")
    assert half.code == "period.partly"
    assert half.evidence == {
        "need": ["2026-04-01", "2026-04-30"],
        "offer": [None, "2026-04-15"],
        "share": 0.5,
    }
    whole = reason(need, stating(OFFER, end=date(2026, 5, 1)), "period").contribution
    none = reason(need, stating(OFFER, end=date(2026, 3, 1)), "period").contribution
    assert half.contribution == pytest.approx((whole + none) / 2)


@pytest.mark.parametrize(
    "asked",
    [{"start": date.max}, {"end": date.min}, {"start": date(2027, 1, 1), "end": date(2026, 1, 1)}],
)
def test_impossible_periods_are_weighed_without_failing(asked: dict[str, date]) -> None:
    assert reason(asking(NEED, **asked), stating(OFFER, start=TODAY), "period").known


def test_too_many_hours_hurt_for_a_vacancy_only() -> None:
    for need, offer, fits in ((VACANCY, PROFILE, False), (NEED, OFFER, True)):
        found = reason(
            asking(need, hours_per_week=38.0), stating(offer, hours_per_week=38.0), "hours"
        )
        assert found.code == "hours.fit"
        more = reason(
            asking(need, hours_per_week=10.0), stating(offer, hours_per_week=38.0), "hours"
        )
        assert (more.code == "hours.fit") is fits


def test_languages_hurt_only_when_none_is_shared() -> None:
    need = asking(NEED, languages=frozenset({"nl", "fr"}))
    codes = [
        [r.code for r in weighed(need, stating(OFFER, languages=frozenset(spoken))).reasons]
        for spoken in ({"fr"}, {"en"}, ())
    ]
    assert ["language.other" in listed for listed in codes] == [False, True, False]


def test_the_phase_counts_for_placements() -> None:
    need = asking(make_need(kind=NeedKind.PLACEMENT), phase=Phase.SECOND)
    place = make_offer(kind=OfferKind.WORKPLACE)
    assert reason(need, stating(place, phase=Phase.SECOND), "phase").contribution > 0
    assert reason(need, stating(place, phase=Phase.FIRST), "phase").contribution < 0
    assert not reason(need, place, "phase").known


def test_a_team_outside_the_core_activity_of_the_asker_ranks_lower() -> None:
    team = make_offer(kind=OfferKind.ENCLAVE_TEAM)
    scores = [
        weighed(make_need(kind=NeedKind.ENCLAVE, core_activity=core), team).score
        for core in (False, None, True)
    ]
    assert scores == sorted(scores)
    assert len(set(scores)) == 3


def test_the_second_kind_of_answer_costs_and_says_so() -> None:
    enclave = make_need(kind=NeedKind.ENCLAVE)
    second = reason(enclave, OFFER, "kind")
    assert second.evidence == {"need_kind": "enclave", "offer_kind": "service"}
    assert second.contribution < 0
    natural = reason(enclave, make_offer(kind=OfferKind.ENCLAVE_TEAM), "kind")
    assert (natural.code, natural.contribution) == ("kind.natural", 0.0)


def test_distance_knows_inside_outside_and_unknown() -> None:
    need = make_need(place=DIEST)
    near = replace(OFFER, place=BEKKEVOORT, radius_km=20.0)
    far = replace(OFFER, place=OOSTENDE, radius_km=20.0)
    inside, outside = reason(need, near, "distance"), reason(need, far, "distance")
    assert inside.code == "distance.inside"
    assert inside.evidence == {"km": 7.8, "area": "radius", "radius_km": 20.0}
    assert outside.code == "distance.outside"
    assert outside.evidence["beyond_km"] == pytest.approx(outside.evidence["km"] - 20, abs=0.05)
    assert inside.contribution > 0 > outside.contribution
    unknown = reason(need, replace(OFFER, place=BEKKEVOORT), "distance")
    assert (unknown.code, unknown.known) == ("distance.unknown", False)
    assert unknown.evidence == {"km": 7.8, "missing": "area"}
    assert reason(NEED, near, "distance").evidence == {"missing": "place"}


def test_a_municipality_served_by_name_is_inside_however_far() -> None:
    need = make_need(place=OOSTENDE)
    named = replace(OFFER, place=BEKKEVOORT, service_nis=frozenset({"35013"}))
    assert reason(need, named, "distance").code == "distance.inside"
    other = replace(named, service_nis=frozenset({"24020"}))
    assert reason(need, other, "distance").code == "distance.outside"
    nowhere = replace(other, place=None)
    assert reason(need, nowhere, "distance").evidence == {"area": "municipalities"}


def test_chosen_activities_replace_the_recognised_ones() -> None:
    offer = make_offer(text="wij maaien gras en scheren hagen")
    need = make_need(text="gras maaien", activities=frozenset({"strijken"}))
    assert reason(need, offer, "activity").code == "activity.none"
    chosen = make_need(activities=frozenset({"haag"}))
    found = reason(chosen, offer, "activity")
    assert found.code == "activity.shared"
    assert found.evidence["chosen"] == ["need"]


def test_activities_of_one_cluster_count_less_than_the_same_activity() -> None:
    need = make_need(activities=frozenset({"gras"}))
    same = reason(need, make_offer(activities=frozenset({"gras"})), "activity")
    near = reason(need, make_offer(activities=frozenset({"haag"})), "activity")
    other = reason(need, make_offer(activities=frozenset({"lassen", "metaal"})), "activity")
    assert [r.code for r in (same, near, other)] == [
        "activity.shared",
        "activity.cluster",
        "activity.none",
    ]
    assert same.contribution > near.contribution > 0 > other.contribution
    assert near.evidence == {"cluster": "groen", "need": ["gras"], "offer": ["haag"]}


def test_activities_the_taxonomy_does_not_know_are_left_out() -> None:
    need = make_need(text="onkruid wieden", activities=frozenset({"vroeger"}))
    assert reason(need, make_offer(text="onkruid"), "activity").code == "activity.shared"


def test_the_text_reason_shows_words_that_share_no_letter() -> None:
    need = make_need(text="Wie komt er bij ons kuisen?")
    found = reason(need, make_offer(text="Schoonmaak van lokalen"), "text")
    assert found.code == "text.similar"
    assert ["kuisen", "Schoonmaak"] in found.evidence["words"]


def test_a_side_without_text_is_unknown() -> None:
    found = reason(make_need(text="123 !!"), make_offer(text="kuisen"), "text")
    assert (found.code, found.evidence, found.known) == ("text.unknown", {"side": "need"}, False)
    assert reason(NEED, OFFER, "text").evidence == {"side": "both"}
