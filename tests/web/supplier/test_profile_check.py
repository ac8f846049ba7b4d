"""What the text of an anonymous profile gives away, and what it may tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.services.profile_check import Giveaway, check_profile, pieces


def found(text: str) -> list[tuple[str, str]]:
    return [(item.words, item.category.value) for item in check_profile(text)]


@pytest.mark.parametrize(
    ("text", "words", "category"),
    [
        ("Deze kandidaat is 34 jaar en zoekt werk", "34 jaar", "age"),
        ("Iemand van 52 jaar oud", "52 jaar oud", "age"),
        ("Onze 45-jarige kandidaat", "45-jarige", "age"),
        ("Het is een man van 34 jaar uit Diest", "34 jaar", "age"),
        ("Een kandidaat van 41 die wil leren", "41", "age"),
        ("Een jonge gemotiveerde vrouw", "jonge", "age"),
        ("Magazijnier, man, 34, met brevet", "34", "age"),
        ("geboren in 1988", "geboren in 1988", "age"),
        ("een vijftigplusser met veel ervaring", "vijftigplusser", "age"),
        ("Hij werkt proper", "Hij", "sex"),
        ("Zij zoekt deeltijds werk", "Zij", "sex"),
        ("Rustige man voor buitenwerk", "man", "sex"),
        ("Ervaren poetsvrouw", "poetsvrouw", "sex"),
        ("moeder van twee", "moeder", "sex"),
        ("Meneer kan goed rekenen", "Meneer", "sex"),
        ("van Marokkaanse afkomst", "Marokkaanse afkomst", "origin"),
        ("een Syrische vrouw", "Syrische", "origin"),
        ("komt uit Afghanistan", "uit Afghanistan", "origin"),
        ("erkend vluchteling", "vluchteling", "origin"),
        ("een Oekraïner met ervaring", "Oekraïner", "origin"),
        ("draagt een hoofddoek", "hoofddoek", "origin"),
        ("heeft epilepsie", "epilepsie", "health"),
        ("zit in een rolstoel", "rolstoel", "health"),
        ("heeft autisme en werkt graag alleen", "autisme", "health"),
        ("herstelt van een burn-out", "burn-out", "health"),
        ("wegens rugklachten", "rugklachten", "health"),
        ("met een verstandelijke beperking", "verstandelijke beperking", "health"),
        ("neemt medicatie", "medicatie", "health"),
        ("Jan, 52 jaar, ernstig ziek", "ernstig ziek", "health"),
        ("is vaak ziek geweest", "vaak ziek", "health"),
        ("Karim zoekt een job", "Karim", "name"),
        ("Jan, 52 jaar, kan goed snoeien", "Jan", "name"),
        ("Veerle Peeters kan goed strijken", "Veerle Peeters", "name"),
        ("mevrouw Janssens", "mevrouw Janssens", "name"),
        ("bel 0470 12 34 56", "0470 12 34 56", "contact"),
        ("bel +32 16 12 34 56", "+32 16 12 34 56", "contact"),
        ("mail naar iemand@voorbeeld.be", "iemand@voorbeeld.be", "contact"),
        ("woont in de Stationsstraat 12", "Stationsstraat 12", "contact"),
        ("heeft een strafblad", "strafblad", "private"),
    ],
)
def test_words_that_give_a_person_away_are_found(text: str, words: str, category: str) -> None:
    assert (words, category) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Heeft 5 jaar ervaring in de groenzorg.",
        "Werkte 20 jaar in een bakkerij, al 25 jaar in hetzelfde vak.",
        "Na 30 jaar in de bouw zoekt deze kandidaat iets lichters.",
        "Spreekt Turks en Arabisch, leert Nederlands (A2).",
        "Werkt graag in een ploeg van 4 man.",
        "Zij die graag buiten werken, zijn welkom.",
        "Beschikbaar vanaf 01/02/2027, 38 uur per week, max 25 kg tillen.",
        "Werkte met een plooimachine en een naaimachine; kan typen aan 60 woorden per minuut.",
        "Rijbewijs B, heftruckattest, VCA-basis, EHBO.",
        "Elke dag op tijd. Leerde het vak in een atelier in Diest.",
        "Extra uitleg nodig bij een nieuwe taak; liefst één vast aanspreekpunt.",
        "Kookte Italiaans en Marokkaans in een buurtrestaurant.",
        "Een kandidaat van 20 jaar ervaring met jonge planten en een jonge ploeg.",
        "Afval gescheiden ophalen en sorteren.",
    ],
)
def test_what_a_workplace_may_know_passes(text: str) -> None:
    assert found(text) == []


def test_findings_come_in_the_order_of_the_text_and_do_not_overlap() -> None:
    text = "Karim (34 jaar oud) komt uit Marokko. Hij is rolstoelgebruiker."
    findings = check_profile(text)
    assert [item.category for item in findings] == [
        Giveaway.NAME,
        Giveaway.AGE,
        Giveaway.ORIGIN,
        Giveaway.SEX,
        Giveaway.HEALTH,
    ]
    assert all(text[item.start : item.end] == item.words for item in findings)


def test_a_neutral_word_is_proposed_where_there_is_one() -> None:
    (finding,) = check_profile("Hij werkt graag buiten")
    assert finding.instead == "deze persoon"


@given(st.text(max_size=300))
def test_any_text_is_cut_in_pieces_that_make_it_whole_again(text: str) -> None:
    cut = pieces(text, check_profile(text))
    assert "".join(piece.text for piece in cut) == text
