"""Every reason that the matcher gives has a sentence, with the words it was read in."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings

from matcher import DEFAULT_WEIGHTS, score_pair
from matcher.values import Need, Offer, Quantity, Reason, Suggestion
from matcher.vocabulary import NeedKind, OrganisationType
from matcher.weights import knobs
from tests.matcher.samples import TODAY, asking, make_need, make_offer, stating, taxonomy
from tests.matcher.test_ranking_properties import needs, offers
from web.sentences import sentence_of
from web.sentences.base import month_names
from web.sentences.conditions import CONDITIONS
from web.sentences.texts import TEXTS
from web.wording import LONGEST_QUOTE, change_in, explain, quoted

pytestmark = pytest.mark.usefixtures("speaking_dutch")


def weighed(need: Need, offer: Offer) -> Suggestion:
    found = score_pair(need, offer, taxonomy(), [], on=TODAY)
    assert isinstance(found, Suggestion)
    return found


def test_every_code_that_weighs_has_a_sentence_of_its_own() -> None:
    codes = {code for knob in knobs() for code in knob.codes}
    assert codes <= CONDITIONS.keys() | TEXTS.keys()


@settings(max_examples=300, deadline=None)
@given(needs, offers)
def test_any_pair_is_explained(wordy_app: Flask, need: Need, offer: Offer) -> None:
    with wordy_app.test_request_context():
        found = score_pair(need, offer, taxonomy(), [], on=TODAY)
        for reason in found.reasons if isinstance(found, Suggestion) else ():
            told = sentence_of(reason.code, reason.evidence, {})
            assert "%(" not in told
            assert told != "Er is iets niet bekend."


CASES: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("capacity", {"people_min": 6}, {"people_max": 4}, "Capaciteit 4 van de gevraagde 6 mensen."),
    ("capacity", {"people_min": 6}, {}, "Niet bekend hoeveel mensen vrij zijn; gevraagd: 6."),
    (
        "height",
        {"height_m": 6.0},
        {"height_m": 2.0},
        "Werkt niet op hoogte; gevraagd: 6 m.",
    ),
    (
        "height",
        {"height_m": 6.0},
        {"height_m": 4.5},
        "Werkt tot 4,5 m hoog; gevraagd: 6 m.",
    ),
    (
        "surroundings",
        {"surroundings": frozenset({"outdoor"})},
        {"surroundings": frozenset({"indoor"})},
        "Werkt niet buiten.",
    ),
    (
        "amount",
        {"amount": Quantity(6000, "pieces", "month")},
        {"amount": Quantity(1000, "pieces", "week")},
        "Capaciteit 1.000 stuks per week, gevraagd 6.000 stuks per maand.",
    ),
    (
        "order",
        {"amount": Quantity(200, "pieces")},
        {"order_min": Quantity(500, "pieces")},
        "Neemt alleen bestellingen aan vanaf 500 stuks; gevraagd: 200 stuks.",
    ),
    (
        "season",
        {"months": frozenset({1, 2})},
        {"months": frozenset({4, 5})},
        "Werkt alleen in apr–mei; gevraagd: jan–feb.",
    ),
    (
        "askers",
        {"askers": frozenset({"private"})},
        {"askers": frozenset({"company", "school"})},
        "Werkt niet voor deze vrager: particulieren.",
    ),
    (
        "moving",
        {"moving": "supplier"},
        {},
        "Niet bekend of ze de goederen halen en brengen.",
    ),
]


@pytest.mark.parametrize(("name", "asked", "offered", "sentence"), CASES)
def test_a_condition_is_told_with_its_numbers(
    name: str, asked: dict[str, Any], offered: dict[str, Any], sentence: str
) -> None:
    found = weighed(asking(make_need(), **asked), stating(make_offer(), **offered))
    (reason,) = [reason for reason in found.reasons if reason.code.split(".")[0] == name]
    assert sentence_of(reason.code, reason.evidence, {}) == sentence


def test_a_supplier_is_not_told_of_himself_as_of_another() -> None:
    found = weighed(asking(make_need(), moving="supplier"), make_offer())
    told = {
        of_you: [r.sentence for r in explain(0, found.reasons, {}, of_you=of_you).reasons]
        for of_you in (False, True)
    }
    assert "Niet bekend of ze de goederen halen en brengen." in told[False]
    assert "Niet bekend of u de goederen haalt en brengt." in told[True]


@pytest.mark.parametrize(
    ("offered", "sentence"),
    [
        (["inpakken"], "Het aanbod gaat over iets anders: inpakken."),
        (
            ["inpakken", "schilderen"],
            (
                "Het aanbod gaat vooral over iets anders (inpakken), "
                "en maar een beetje over schilderen."
            ),
        ),
        (["schilderen"], "De vraag gaat maar voor een klein deel over schilderen."),
    ],
)
def test_what_is_asked_is_never_called_something_else(offered: list[str], sentence: str) -> None:
    evidence = {"need": ["poetsen", "schilderen"], "offer": offered}
    assert sentence_of("activity.none", evidence, {}) == sentence


@pytest.mark.parametrize(
    ("months", "names"),
    [
        ([], ""),
        ([3], "mrt"),
        ([11, 12, 1, 2], "nov–feb"),
        ([1, 3, 4, 5, 12], "mrt–mei, dec–jan"),
        (range(1, 13), "jan–dec"),
    ],
)
def test_months_in_a_row_are_told_by_the_first_and_the_last(months: list[int], names: str) -> None:
    assert month_names(months) == names


def test_who_asks_is_told_by_his_type() -> None:
    need = make_need(kind=NeedKind.SERVICE, asker_type=OrganisationType.VZW)
    offer = stating(make_offer(), askers=frozenset({"company"}))
    reasons = explain(0, weighed(need, offer).reasons, {}).weak
    assert any("vereniging" in reason.sentence for reason in reasons)


def test_a_reason_quotes_both_texts() -> None:
    need = make_need(text="Wij zoeken iemand voor werk buiten, het hele jaar door.")
    offer = make_offer(text="Onze mensen werken enkel binnen.")
    told = {reason.code: reason for reason in explain(0, weighed(need, offer).reasons, {}).reasons}
    assert told["surroundings.clash"].read == (
        "gelezen in beide teksten: “buiten” en “werken enkel binnen”"
    )


@pytest.mark.parametrize(
    ("read", "says"),
    [
        (None, ""),
        ({}, ""),
        ({"need": "nachten"}, "gelezen in de tekst van de vraag: “nachten”"),
        ({"offer": "enkel\n binnen"}, "gelezen in de tekst van het aanbod: “enkel binnen”"),
    ],
)
def test_where_something_was_read_is_told(read: object, says: str) -> None:
    assert quoted(read) == says


def test_a_long_quote_is_cut_between_words() -> None:
    told = quoted({"need": "van acht tot vijf " * 100})
    assert told.endswith("…”")
    assert len(told) < LONGEST_QUOTE + 60


def test_the_change_that_helps_most_has_its_numbers_and_a_higher_chance() -> None:
    need = asking(make_need(text="Wij zoeken hulp om gras te maaien."), people_min=6)
    text = "Wij scheren hagen, maaien bermen, ruimen zwerfvuil, schilderen lokalen en wassen ramen."
    offer = stating(make_offer(text=text), people_max=4)
    found = weighed(need, offer)
    change = change_in(found.score, found.reasons, DEFAULT_WEIGHTS, {})
    assert change is not None
    assert change.reason.sentence == "Capaciteit 4 van de gevraagde 6 mensen."
    assert change.chance_after > explain(found.score, found.reasons, {}).chance


@pytest.mark.parametrize(
    ("of_you", "sentence"),
    [
        (False, "Het is niet bekend wanneer ze vrij zijn."),
        (True, "Het is niet bekend wanneer u vrij bent."),
    ],
)
def test_a_coordinator_and_a_supplier_are_told_a_change_each_in_his_own_way(
    of_you: bool, sentence: str
) -> None:
    unknown = Reason("period.unknown", 0.0, {"asked": ["2027-01-01", None]}, known=False)
    change = change_in(0.0, [unknown], DEFAULT_WEIGHTS, {}, of_you=of_you)
    assert change is not None
    assert change.reason.sentence == sentence


def test_a_change_that_no_percent_shows_is_not_told() -> None:
    short = Reason("capacity.short", -1.0, {"asked": 6, "available": 4})
    assert change_in(-30.0, [short], DEFAULT_WEIGHTS, {}) is None
