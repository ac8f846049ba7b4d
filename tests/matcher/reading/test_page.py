import pytest

from matcher.reading.page import Page
from matcher.reading.phrases import phrase


def spans(text: str, wanted: str) -> list[str]:
    page = Page(text)
    found = [page.span(*one.match.span()) for one in page.find(phrase(wanted))]
    return [text[start:end] for start, end in found]


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("acht", "8"),
        ("Vijfentwintig", "25"),
        ("tweehonderd", "200"),
        ("2 000", "2000"),
        ("2.000,5", "2000.5"),
        ("2,5", "2.5"),
        ("een tiental", "een ~10"),
        ("zeskoppige", "6 koppig"),
        ("7u30", "t7.5"),
        ("07:15", "t7.25"),
        ("24u", "24 u"),
        ("m²", "m2"),
        ("d'avril", "d' avril"),
        ("VCA-Basis", "vca - basis"),
        ("één", "een"),
        ("partikulieren", "particulieren"),
        ("particuleren", "particulieren"),
        ("max. 5", "max 5"),
        ("o.a. glas", "o a glas"),
    ],
)
def test_tokens_get_one_shape(text: str, shape: str) -> None:
    assert Page(text).text == f" {shape} "


@pytest.mark.parametrize(
    "text",
    [
        "jan@brug.example",
        "https://brug.example/a?b=8",
        "BE68 5390 0754 7034",
        "0999.109.896",
        "016 55 12 34",
        "+32 475 12 34 56",
        "0475/12.34.56",
    ],
)
def test_addresses_and_numbers_of_people_are_hidden(text: str) -> None:
    assert set(Page(text).text) == {" ", "§"}


@pytest.mark.parametrize(
    "text", ["€ 12", "12,50 euro", "PC 124", "art. 60", "Kerkstraat 12", "sinds 2019", "40 %"]
)
def test_numbers_that_count_nothing_are_hidden(text: str) -> None:
    assert not any(char.isdigit() for char in Page(text).text)


def test_a_phrase_is_found_where_it_stands_in_the_raw_text() -> None:
    assert spans("Wij zoeken  ACHT  inpakkers!", "8 inpakkers") == ["ACHT  inpakkers"]
    assert spans("elke keer 2 000 stuks.", "2000 stuks") == ["2 000 stuks"]


def test_loose_accents_move_no_place() -> None:
    decomposed = "cafe\u0301 met e\u0301e\u0301n ladder"
    assert spans(decomposed, "ladder") == ["ladder"]
    assert spans(decomposed, "cafe met een") == ["cafe\u0301 met e\u0301e\u0301n"]


def test_a_line_that_a_mail_program_broke_goes_on() -> None:
    long = "Wij zoeken voor ons magazijn in Bekkevoort een ploeg van zes\nmensen"
    assert "6 mensen" in Page(long).text
    assert Page("geen ladders\nwel stellingen").text == " geen ladders | wel stellingen "


def test_a_clause_ends_at_a_comma_and_a_sentence_at_a_point() -> None:
    (found,) = Page("Dag. Wij doen geen daken, wel ladders. Tot gauw").find(phrase("daken"))
    assert (found.before, found.after) == (" wij doen geen ", " ")
    assert found.sentence == " wij doen geen daken , wel ladders "
