from datetime import date
from typing import Any

import pytest

from matcher import score_pair
from matcher.facts import Read, facts_of
from matcher.values import Conditions, Need, Offer, Quantity, Reason, Suggestion
from matcher.vocabulary import NeedKind, OfferKind, OrganisationType, WorkSite
from tests.matcher.samples import TODAY, asking, make_need, make_offer, stating, taxonomy

WRITTEN = date(2026, 3, 2)


def known(item: Need | Offer) -> Conditions:
    facts = facts_of(item)
    return facts.conditions if facts else item.conditions


def told(item: Need | Offer) -> dict[str, Any]:
    found, empty = known(item), Conditions()
    values = {name: getattr(found, name) for name in Conditions.__slots__}
    return {name: value for name, value in values.items() if value != getattr(empty, name)}


def need(text: str, kind: NeedKind = NeedKind.SERVICE) -> Need:
    return make_need(text=text, kind=kind, written=WRITTEN)


def offer(text: str, kind: OfferKind = OfferKind.SERVICE) -> Offer:
    return make_offer(text=text, kind=kind, written=WRITTEN)


TOLD: list[tuple[Need | Offer, dict[str, Any]]] = [
    (need("6 à 8 man gevraagd", NeedKind.ENCLAVE), {"people_min": 6, "people_max": 8}),
    (offer("Ploeg van zes.", OfferKind.ENCLAVE_TEAM), {"people_max": 6}),
    (offer("4 tot 8 mensen.", OfferKind.ENCLAVE_TEAM), {"people_min": 4, "people_max": 8}),
    (need("24 tot 30 uur per week", NeedKind.VACANCY), {"hours_per_week": 27.0}),
    (need("500 stuks per week"), {"amount": Quantity(500, "pieces", "week")}),
    (
        offer("Van 50 tot 2 000 stuks."),
        {"order_min": Quantity(50, "pieces"), "order_max": Quantity(2000, "pieces")},
    ),
    (
        need("Van april tot mei."),
        {
            "start": date(2026, 4, 1),
            "end": date(2026, 5, 31),
            "months": frozenset({4, 5}),
        },
    ),
    (offer("Van april tot mei."), {"months": frozenset({4, 5})}),
    (offer("Vanaf 3 mei."), {"start": date(2026, 5, 3)}),
    (
        need("Rijbewijs B, VCA is een plus.", NeedKind.VACANCY),
        {
            "licences": frozenset({"B"}),
            "wished": frozenset({"vca-basis"}),
        },
    ),
    (
        offer("Geen rijbewijs.", OfferKind.PROFILE),
        {
            "impossible": frozenset({"B"}),
            "open_lists": frozenset({"licences"}),
        },
    ),
    (offer("Enkel binnen."), {"surroundings": frozenset({"indoor"})}),
    (
        offer("Geen buitenwerk."),
        {
            "impossible": frozenset({"outdoor"}),
            "open_lists": frozenset({"surroundings"}),
        },
    ),
    (
        offer("Weekendwerk is mogelijk.", OfferKind.PROFILE),
        {
            "schedule": frozenset({"day", "weekend"}),
            "open_lists": frozenset({"schedule"}),
        },
    ),
    (
        offer("Dagploeg.", OfferKind.ENCLAVE_TEAM),
        {
            "schedule": frozenset({"day"}),
            "impossible": frozenset({"night", "three_shifts"}),
            "open_lists": frozenset({"schedule"}),
        },
    ),
    (offer("Geen ladders, wel stellingen tot 3 meter."), {"height_m": 3.0}),
    (offer("Geen hoogtewerk."), {"height_m": 2.0}),
    (offer("Wij sturen niemand, u brengt het."), {"site": WorkSite.WORKSHOP, "moving": "asker"}),
    (offer("Bij u ter plaatse of in ons atelier."), {"site": WorkSite.EITHER}),
    (offer("U brengt het, wij leveren het terug."), {}),
    (offer("Enkel gemeenten."), {"askers": frozenset({"municipality"})}),
    (offer("Geen piano's."), {"excluded": frozenset({"piano's"})}),
    (
        offer("Een beetje Nederlands.", OfferKind.PROFILE),
        {
            "languages": frozenset({"nl"}),
            "language_level": "A1",
        },
    ),
    (offer("Heeft geen auto.", OfferKind.PROFILE), {"travel": frozenset({"bike", "bus"})}),
    (need("Haag knippen."), {}),
]


@pytest.mark.parametrize(("item", "expected"), TOLD, ids=[item.text for item, _ in TOLD])
def test_readings_fill_the_conditions(item: Need | Offer, expected: dict[str, Any]) -> None:
    assert told(item) == expected


def test_who_names_whom_he_does_not_work_for_works_for_everybody_else() -> None:
    for asker in OrganisationType:
        told = reason(make_need(asker_type=asker), offer("Geen particulieren."), "askers.welcome")
        assert told.contribution > 0


def test_a_stated_field_keeps_its_whole_family_from_being_read() -> None:
    text = "6 à 8 man, enkel nachten"
    stated = asking(need(text, NeedKind.ENCLAVE), people_max=4)
    assert known(stated).people_min is None
    assert known(stated).people_max == 4
    assert known(stated).schedule == {"night"}


def test_a_reading_called_wrong_is_not_used() -> None:
    wrong = asking(need("6 man gevraagd", NeedKind.ENCLAVE), unread=frozenset({"people"}))
    assert facts_of(wrong) is None


def test_what_was_read_keeps_its_words_and_how_sure_they_are() -> None:
    facts = facts_of(offer("Wij werken enkel binnen, en buitenwerk doen wij niet."))
    assert facts is not None
    assert facts.read == {
        "surroundings": Read("werken enkel binnen … buitenwerk doen wij niet", 0.8)
    }


def reason(asked: Need, offered: Offer, code: str) -> Reason:
    found = score_pair(asked, offered, taxonomy(), [], on=TODAY)
    assert isinstance(found, Suggestion)
    return next(r for r in found.reasons if r.code == code)


def test_a_reading_weighs_for_as_much_as_it_is_sure_and_quotes_both_sides() -> None:
    read = reason(need("Buitenwerk."), offer("Enkel binnen."), "surroundings.clash")
    stated = reason(
        asking(make_need(), surroundings=frozenset({"outdoor"})),
        stating(make_offer(), surroundings=frozenset({"indoor"})),
        "surroundings.clash",
    )
    assert read.evidence["read"] == {"need": "Buitenwerk", "offer": "Enkel binnen"}
    assert read.contribution == pytest.approx(stated.contribution * 0.8 * 0.75)
    assert "read" not in stated.evidence


def test_an_unknown_condition_quotes_what_the_need_asks() -> None:
    unknown = reason(need("VCA verplicht."), offer("Hagen scheren."), "certificates.unknown")
    assert unknown.evidence == {
        "asked": ["vca-basis"],
        "read": {"need": "VCA"},
        "sure": {"need": 0.85},
    }
    assert unknown.contribution == 0


def test_no_private_persons_is_a_strong_penalty_with_its_words() -> None:
    asked = need("Ik ben een particulier en zoek hulp.")
    refused = reason(asked, offer("Geen particulieren."), "askers.refused")
    assert refused.contribution < -1
    assert refused.evidence["read"] == {
        "need": "Ik ben een particulier",
        "offer": "Geen particulieren",
    }
    company = make_need(asker_type=OrganisationType.COMPANY)
    assert reason(company, offer("Geen particulieren."), "askers.welcome").contribution > 0


@pytest.mark.parametrize(
    ("asked", "offered", "pairs"),
    [
        ("Ramen wassen en graffiti weg.", "Geen graffiti.", [["graffiti", "graffiti"]]),
        ("Zware kasten naar boven.", "Geen zware kasten.", [["zware kasten", "Zware kasten"]]),
        ("Kasten naar boven.", "Geen zware kasten.", None),
        ("Ramen wassen, geen graffiti.", "Geen graffiti.", None),
        ("Hagen scheren.", "Wij scheren hagen, maar vellen doen wij niet.", None),
    ],
)
def test_what_an_offer_leaves_out_counts_where_it_is_asked(
    asked: str, offered: str, pairs: list[list[str]] | None
) -> None:
    found = score_pair(need(asked), offer(offered), taxonomy(), [], on=TODAY)
    assert isinstance(found, Suggestion)
    told = {r.code: r for r in found.reasons}.get("excluded.asked")
    assert (told.evidence["pairs"] if told else None) == pairs
    assert told is None or told.contribution < 0


def test_months_are_compared_every_year() -> None:
    asked = asking(make_need(), start=date(2027, 10, 1), end=date(2027, 12, 31))
    half = reason(asked, stating(make_offer(), months=frozenset({10, 11})), "season.partly")
    assert half.evidence == {"need": [10, 11, 12], "offer": [10, 11]}
    turned = asking(make_need(), start=date(2027, 12, 1), end=date(2028, 1, 31))
    fits = reason(turned, stating(make_offer(), months=frozenset({1, 12})), "season.fits")
    assert fits.contribution > half.contribution


def test_an_order_out_of_bounds_costs_and_one_within_fits() -> None:
    bounds = {"order_min": Quantity(100, "pieces"), "order_max": Quantity(900, "pieces")}
    points = [
        reason(
            asking(make_need(), amount=Quantity(asked, "pieces")),
            stating(make_offer(), **bounds),
            f"order.{outcome}",
        ).contribution
        for asked, outcome in ((50, "outside"), (500, "fits"), (1000, "outside"))
    ]
    assert points[0] == points[2] < 0 < points[1]


def test_amounts_are_compared_in_one_unit_of_time() -> None:
    asked = asking(make_need(), amount=Quantity(500, "meals", "day"))
    enough = stating(make_offer(), amount=Quantity(3000, "meals", "week"))
    short = stating(make_offer(), amount=Quantity(1250, "meals", "week"))
    assert reason(asked, enough, "amount.enough").contribution > 0
    assert reason(asked, short, "amount.short").evidence["available"] == [1250, "meals", "week"]


def test_of_a_placement_the_workplace_asks_and_the_person_holds() -> None:
    person = asking(make_need(kind=NeedKind.PLACEMENT), licences=frozenset({"B"}))
    place = make_offer(kind=OfferKind.WORKPLACE)
    codes = [r.code for r in _reasons(person, place)]
    assert not [code for code in codes if code.startswith("licences.")]
    asks = stating(place, licences=frozenset({"B"}), language_level="A2")
    assert reason(person, asks, "licences.held").contribution > 0
    weak = asking(make_need(kind=NeedKind.PLACEMENT), language_level="A1")
    assert reason(weak, asks, "language.short").contribution < 0


def _reasons(asked: Need, offered: Offer) -> tuple[Reason, ...]:
    found = score_pair(asked, offered, taxonomy(), [], on=TODAY)
    assert isinstance(found, Suggestion)
    return found.reasons


def test_a_wish_that_was_stated_is_not_read_as_well() -> None:
    need = make_need(
        text="VCA is een plus.", conditions=Conditions(wished=frozenset({"vca-basis"}))
    )
    assert facts_of(need) is None
