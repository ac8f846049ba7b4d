"""Marked words and excerpts."""

from web.marking import excerpt_for, marked, marked_for


def test_marked_text_is_escaped_inside_and_outside_the_marks() -> None:
    assert marked("<i> & <b>", [(6, 9)]) == "&lt;i&gt; &amp; <mark>&lt;b&gt;</mark>"


def test_a_question_marks_other_forms_of_its_words() -> None:
    assert marked_for("haag scheren", "Hagen") == "<mark>Hagen</mark>"


def test_an_excerpt_shows_the_part_that_answers() -> None:
    text = "Wij zijn er al lang. " * 40 + "Ook scheren wij hagen in de herfst. " + "Tot dan. " * 60
    shown = excerpt_for("haag scheren", text)
    assert "<mark>hagen</mark>" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 320


def test_an_excerpt_of_a_short_text_is_the_text() -> None:
    assert excerpt_for("", "Kort.") == "Kort."
    assert excerpt_for("", "x" * 1000).count("x") == 230
