"""Enterprise numbers, in every way people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.be import vat

from web.services.kbo import KboError, read_kbo, show_kbo

numbers = st.integers(1, 19_999_999).map(lambda n: f"{n:08d}{97 - n % 97:02d}")


@given(numbers)
def test_a_number_is_read_as_it_is_shown(number: str) -> None:
    assert read_kbo(show_kbo(number)) == number
    for written in (
        f"BE{number}",
        f"BTW BE {show_kbo(number)}",
        f" be-{number} ",
        " ".join(number),
    ):
        assert read_kbo(written) == number


@given(numbers, st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: str, place: int, shift: int) -> None:
    wrong = str((int(number[place]) + shift) % 10)
    with pytest.raises(KboError):
        read_kbo(number[:place] + wrong + number[place + 1 :])


@given(numbers, st.integers(0, 8))
def test_two_swapped_digits_are_always_noticed(number: str, place: int) -> None:
    one, two = number[place], number[place + 1]
    swapped = number[:place] + two + one + number[place + 2 :]
    if one != two:
        with pytest.raises(KboError):
            read_kbo(swapped)


@given(st.text(max_size=40))
def test_any_other_text_is_refused_in_words_or_a_right_number(text: str) -> None:
    assert vat.is_valid(_read(text)) or _read(text).endswith((".", "?"))


def _read(text: str) -> str:
    """Return the number, or what a person is told instead."""
    try:
        return read_kbo(text)
    except KboError as error:
        return error.message % error.values
