"""What holds for every need and every offer, whatever they say or leave out."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import rank, rank_needs, score_pair
from matcher.values import (
    Conditions,
    Need,
    Offer,
    Place,
    Quantity,
    Refusal,
    Rule,
    Suggestion,
)
from matcher.vocabulary import (
    ANSWERS,
    NeedKind,
    OfferKind,
    OrganisationType,
    Phase,
    WorkForm,
    WorkSite,
)
from tests.matcher.samples import ACTIVITIES, TODAY, need_index, offer_index, rule, taxonomy

PHRASES = [name for a in ACTIVITIES for name in (a.label, *a.synonyms)]
FILLERS = ["wij zoeken hulp", "kuisen", "onkruit", "", "🌿", "veel werk", "nettoyage"]
#: Conditions said in words, as both sides say them.
SAID = [
    "5 man.",
    "4 tot 9 mensen.",
    "Enkel binnen.",
    "Ook in weer en wind.",
    "Geen ladders.",
    "Stellingen tot 6 meter.",
    "VCA.",
    "Rijbewijs B is een plus.",
    "Van april tot september.",
    "24 uur per week.",
    "Enkel nachten.",
    "Geen weekends.",
    "Nederlands A2.",
    "Geen particulieren.",
    "In ons atelier.",
    "Vanaf 100 stuks.",
    "80 stuks per week.",
    "Geen hagen.",
    "Tillen tot 15 kg.",
    "Met de fiets.",
]
NIS = ("1", "2", "3")
RULES: Sequence[Rule] = (
    rule("enclave.supplier", work_forms=["maatwerkbedrijf"]),
    rule("enclave.other_entity"),
    rule("enclave.core_activity", "likely"),
    rule("wijk_werken.asker", asker_types=["vzw"]),
    rule("vacancy.licence", licences=["C"]),
    rule("placement.half_time", "uncertain", min_hours_per_week=19),
    rule("checklist", items=["notice"], need_kinds=["enclave"]),
)

texts = st.lists(st.sampled_from(PHRASES + FILLERS + SAID), max_size=5).map(" ".join)
days = st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))
places = st.none() | st.builds(
    Place, st.sampled_from(NIS), st.just("x"), st.floats(50.7, 51.4), st.floats(2.6, 5.9)
)
people = st.none() | st.integers(0, 12)
metres = st.none() | st.sampled_from([0.0, 2.0, 2.5, 6.0])
quantities = st.none() | st.builds(
    Quantity,
    st.sampled_from([0.0, 10.0, 500.0]),
    st.sampled_from(["pieces", "m2"]),
    st.none() | st.sampled_from(["day", "week", "century"]),
)


def some(*codes: str) -> st.SearchStrategy[frozenset[str]]:
    """Draw any of these codes."""
    return st.frozensets(st.sampled_from(codes))


conditions = st.builds(
    Conditions,
    people_min=people,
    people_max=people,
    hours_per_week=st.none() | st.sampled_from([0.0, 10.0, 19.0, 38.0]),
    start=days,
    end=days,
    certificates=some("vca", "haccp"),
    licences=some("B", "C"),
    languages=some("nl", "fr"),
    language_level=st.none() | st.sampled_from(["A1", "B1", "C2", "?"]),
    schedule=some("day", "night", "flexible"),
    site=st.none() | st.sampled_from(WorkSite),
    phase=st.none() | st.sampled_from(Phase),
    surroundings=some("indoor", "outdoor"),
    height_m=metres,
    lifting_kg=metres,
    askers=some("company", "ocmw", "private"),
    moving=st.none() | st.sampled_from(["asker", "supplier"]),
    travel=some("bike", "bus", "car"),
    months=st.frozensets(st.integers(1, 12)),
    amount=quantities,
    order_min=quantities,
    order_max=quantities,
    wished=some("vca", "B"),
    impossible=some("night", "outdoor", "vca", "B"),
    excluded=some("hagen", "zware kasten", ""),
    open_lists=some("schedule", "certificates"),
    unread=some("people", "site"),
)
chosen = st.frozensets(st.sampled_from([*(a.id for a in ACTIVITIES), "?"]), max_size=2)
owners = st.none() | st.sampled_from(["x", "y"])
needs = st.builds(
    Need,
    id=st.just("n"),
    kind=st.sampled_from(NeedKind),
    title=texts,
    text=texts,
    activities=chosen,
    place=places,
    asker_id=owners,
    asker_type=st.none() | st.sampled_from(OrganisationType),
    core_activity=st.none() | st.booleans(),
    conditions=conditions,
    written=days,
)
offers = st.builds(
    Offer,
    id=st.just("o"),
    kind=st.sampled_from(OfferKind),
    title=texts,
    text=texts,
    activities=chosen,
    place=places,
    service_nis=st.frozensets(st.sampled_from(NIS), max_size=2),
    radius_km=st.none() | st.sampled_from([0.0, 5.0, 40.0]),
    supplier_id=owners,
    supplier_type=st.none() | st.sampled_from(OrganisationType),
    work_form=st.none() | st.sampled_from(WorkForm),
    conditions=conditions,
    written=days,
)


@st.composite
def collections(draw: st.DrawFn) -> list[Offer]:
    """Draw offers with ids of their own."""
    drawn = draw(st.lists(offers, max_size=12))
    return [replace(offer, id=f"o{number:02}") for number, offer in enumerate(drawn)]


@given(needs, collections())
@settings(max_examples=60, deadline=None)
def test_every_score_is_the_sum_of_its_reasons(need: Need, listed: list[Offer]) -> None:
    for found in rank(need, offer_index(*listed), RULES, on=TODAY).suggestions:
        assert found.score == math.fsum(r.contribution for r in found.reasons)
        assert all(r.known or r.contribution == 0 for r in found.reasons)
        assert len({r.code for r in found.reasons}) == len(found.reasons)


@given(needs, collections(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_adding_never_matters(need: Need, listed: list[Offer], random: object) -> None:
    mixed = sorted(listed, key=lambda _: random.random())
    expected = rank(need, offer_index(*listed), RULES, on=TODAY)
    assert rank(need, offer_index(*mixed), RULES, on=TODAY) == expected


@given(needs, collections(), st.integers(0, 13))
@settings(max_examples=120, deadline=None)
def test_a_limit_gives_the_beginning_of_the_whole_ranking(
    need: Need, listed: list[Offer], limit: int
) -> None:
    index = offer_index(*listed)
    whole = rank(need, index, RULES, on=TODAY)
    part = rank(need, index, RULES, on=TODAY, limit=limit)
    assert part.suggestions == whole.suggestions[:limit]
    assert part.refusals == whole.refusals


@given(needs, collections())
@settings(max_examples=60, deadline=None)
def test_no_offer_appears_that_may_not(need: Need, listed: list[Offer]) -> None:
    ranking = rank(need, offer_index(*listed), RULES, on=TODAY)
    by_id = {offer.id: offer for offer in listed}
    shown = [by_id[found.offer_id] for found in ranking.suggestions]
    refused = [by_id[found.offer_id] for found in ranking.refusals]
    for offer in shown:
        assert offer.kind in ANSWERS[need.kind]
        assert need.asker_id is None or offer.supplier_id != need.asker_id
        assert not (
            offer.kind is OfferKind.ENCLAVE_TEAM
            and need.kind is NeedKind.ENCLAVE
            and offer.work_form not in (None, WorkForm.MAATWERKBEDRIJF)
        )
    silent = [
        offer
        for offer in listed
        if offer.kind not in ANSWERS[need.kind]
        or (need.asker_id is not None and offer.supplier_id == need.asker_id)
    ]
    told = {offer.id for offer in (*shown, *refused, *silent)}
    assert told == set(by_id)
    assert not {offer.id for offer in shown} & {offer.id for offer in refused}


@given(st.lists(needs, max_size=6), collections())
@settings(max_examples=60, deadline=None)
def test_both_directions_and_a_pair_alone_agree(drawn: list[Need], listed: list[Offer]) -> None:
    asked = [replace(need, id=f"n{number}") for number, need in enumerate(drawn)]
    offered, open_needs, known = offer_index(*listed), need_index(*asked), taxonomy()
    forth: dict[tuple[str, str], Suggestion | Refusal] = {}
    for need in asked:
        ranking = rank(need, offered, RULES, on=TODAY)
        for found in (*ranking.suggestions, *ranking.refusals):
            forth[(found.need_id, found.offer_id)] = found
    back: dict[tuple[str, str], Suggestion | Refusal] = {}
    for offer in listed:
        ranking = rank_needs(offer, open_needs, RULES, on=TODAY, limit=100)
        for found in (*ranking.suggestions, *ranking.refusals):
            back[(found.need_id, found.offer_id)] = found
    assert forth == back
    for need in asked:
        for offer in listed:
            alone = score_pair(need, offer, known, RULES, on=TODAY)
            if alone in forth.values() or not isinstance(alone, Refusal):
                assert forth[(need.id, offer.id)] == alone
            else:
                assert alone.code in ("pair.kind", "pair.own")


@given(needs, offers, st.floats(0, 2), st.floats(0, 2))
@settings(max_examples=100, deadline=None)
def test_nearer_never_lowers_a_score(need: Need, offer: Offer, one: float, two: float) -> None:
    near, far = sorted((one, two))
    here = Place("9", "hier", 51.0, 3.0)
    scores = [
        _score(replace(need, place=here), replace(offer, place=Place("8", "x", 51.0, 3.0 + east)))
        for east in (near, far)
    ]
    assert scores[0] >= scores[1]


def _answering(need: Need, offer: Offer) -> tuple[Need, Offer]:
    """Make a pair that may be matched of any pair."""
    kind = ANSWERS[need.kind][0]
    return replace(need, asker_id=None), replace(offer, kind=kind)


def _reasons(need: Need, offer: Offer) -> dict[str, float]:
    found = score_pair(*_answering(need, offer), taxonomy(), [], on=TODAY)
    assert isinstance(found, Suggestion)
    return {r.code: r.contribution for r in found.reasons}


def _score(need: Need, offer: Offer) -> float:
    return math.fsum(_reasons(need, offer).values())
