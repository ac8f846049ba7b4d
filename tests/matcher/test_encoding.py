import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matcher.encoding import (
    MAX_CHARACTERS,
    MEANING_UNIT,
    clean,
    closeness,
    digest,
    meanings,
    quantise,
)
from tests.support.encoders import HashedGrams

ANY_TEXT = st.text(st.characters(exclude_categories=()))


def test_a_text_is_read_in_lower_case_with_its_title_as_a_sentence() -> None:
    assert clean("Haag knippen.", "Ze is 2 m hoog!\n\n  Kan u dat?") == (
        "haag knippen. ze is 2 m hoog! kan u dat?"
    )


def test_control_characters_and_lone_surrogates_separate_words() -> None:
    assert clean("haag\x00knippen", "\ud800gras\x1b\udfffmaaien") == "haag knippen. gras maaien"


@pytest.mark.parametrize("text", ["", " \n\t", "\x00", "12 345.67", "…!?", "\ud800"])
def test_what_holds_no_letter_is_not_encoded(text: str) -> None:
    assert clean(text, text) == ""
    assert meanings(HashedGrams(), [(text, text)]) == [None]


@given(ANY_TEXT, ANY_TEXT)
def test_a_cleaned_text_can_be_handed_to_anything(title: str, text: str) -> None:
    cleaned = clean(title, text)
    assert "\x00" not in cleaned.encode().decode()
    assert len(cleaned) <= MAX_CHARACTERS
    assert clean("", cleaned) == cleaned


def test_a_long_text_is_cut_between_words_and_the_rest_changes_nothing() -> None:
    long = "woord " * 1000
    cut = clean("titel", long)
    assert MAX_CHARACTERS - 6 <= len(cut) <= MAX_CHARACTERS
    assert cut.endswith("woord")
    assert clean("titel", long) == clean("titel", long + "meer")
    assert len(clean("", "a" * 5000)) == MAX_CHARACTERS


def test_the_digest_follows_the_text() -> None:
    assert digest("haag", "knippen \ud800") == digest("haag", "knippen \ud800")
    others = {("haag", "snoeien"), ("haagknippen", ""), ("", "haagknippen"), ("haag", "Knippen")}
    assert len({digest(*texts) for texts in others | {("haag", "knippen")}}) == 5
    assert len(digest("", "")) == 32


def test_texts_without_letters_keep_their_place() -> None:
    found = meanings(HashedGrams(), [("", ""), ("haag", ""), ("", "12"), ("", "gras")])
    assert [vector is None for vector in found] == [True, False, True, False]
    alone = meanings(HashedGrams(), [("haag", "")])[0]
    assert np.array_equal(found[1], alone)


@given(arrays(np.float32, 384, elements=st.floats(-1, 1, width=32)))
def test_a_vector_is_rounded_within_half_a_unit_or_cut_off(row: np.ndarray) -> None:
    (whole,) = quantise(row[None, :])
    assert whole.dtype == np.int8
    exact = np.clip(row.astype(np.float64) * MEANING_UNIT, -127, 127)
    assert np.abs(whole - exact).max() <= 0.5 + 1e-4


def test_closeness_is_a_whole_number_equal_from_both_sides() -> None:
    one, other, strange = meanings(
        HashedGrams(), [("haag knippen", ""), ("hagen knippen", ""), ("boekhouding", "")]
    )
    assert closeness(one, other) == closeness(other, one)
    assert closeness(one, one) == pytest.approx(MEANING_UNIT**2, rel=0.02)
    assert (closeness(one, other) or 0) > (closeness(one, strange) or 0)


def test_closeness_of_the_longest_vectors_is_still_exact_in_float32() -> None:
    longest = np.full(384, -127, np.int8)
    assert closeness(longest, longest) == 127 * 127 * 384 < 2**24


def test_without_one_of_the_vectors_there_is_no_closeness() -> None:
    (one,) = meanings(HashedGrams(), [("haag", "")])
    assert closeness(one, None) is closeness(None, one) is closeness(None, None) is None
