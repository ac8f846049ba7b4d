"""What holds for any text at all."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from matcher.reading import read
from matcher.reading.phrases import vocabulary
from matcher.reading.registry import FAMILIES
from matcher.tokens import MAX_CHARACTERS
from matcher.vocabulary import NeedKind, OfferKind

TODAY = date(2026, 3, 2)
KINDS: list[NeedKind | OfferKind] = [*NeedKind, *OfferKind]
SIGNS = [".", ",", ";", ":", "-", "(", ")", "/", "\n", "*", "+", "'", "…", "&", "§", "|", "~"]
WORDS = [*sorted(vocabulary()), *map(str, range(0, 2030, 37)), *SIGNS]
kinds = st.sampled_from(KINDS)
days = st.none() | st.dates()
texts = st.text() | st.lists(st.sampled_from(WORDS) | st.integers(0, 3000).map(str)).map(" ".join)


@given(texts, kinds, days)
@example("van 31 februari tot 30 februari 2024", NeedKind.SERVICE, date.max)
@example("volgende maand", NeedKind.SERVICE, date.max)
@example("van 12 tot 3 maart", OfferKind.SERVICE, date.min)
@example("e\u0301\u0301 \ud800 \x00 6 à 8 man\u0301", NeedKind.ENCLAVE, None)
@settings(max_examples=400, deadline=None)
def test_every_reading_quotes_its_text(
    text: str, kind: NeedKind | OfferKind, on: date | None
) -> None:
    for found in read(text, kind, on):
        assert 0 <= found.start < found.end <= len(text)
        assert found.words == " ".join(text[found.start : found.end].split())
        assert 0 < found.confidence <= 1
        assert found.family in FAMILIES
        assert str(found.value)


@given(texts, kinds)
@settings(max_examples=100, deadline=None)
def test_the_same_text_reads_the_same(text: str, kind: NeedKind | OfferKind) -> None:
    assert read(text, kind, TODAY) == read(text, kind, TODAY)


@given(texts, kinds)
@settings(max_examples=100, deadline=None)
def test_no_two_readings_of_a_family_share_a_word(text: str, kind: NeedKind | OfferKind) -> None:
    found = read(text, kind, TODAY)
    for one in found:
        for other in found:
            apart = one.end <= other.start or other.end <= one.start
            assert one is other or one.family != other.family or apart


@given(st.integers(1, 3000), st.sampled_from(["dagen", "weken", "maanden"]), st.dates())
@settings(max_examples=60, deadline=None)
def test_days_from_the_day_of_writing_lie_after_it(count: int, unit: str, on: date) -> None:
    for found in read(f"binnen {count} {unit}", NeedKind.SERVICE, on):
        end = getattr(found.value, "end", None)
        assert end is None or end >= on + timedelta(days=count)


@pytest.mark.parametrize(
    "text", ["", " ", "ladder", "\x00\x1b[31m\x7f", "نحن نبحث", "我们需要清洁服务"]
)
def test_little_or_nothing_is_read_in_little_or_nothing(text: str) -> None:
    assert len(read(text, NeedKind.SERVICE, TODAY)) <= 1


@pytest.mark.parametrize(
    "piece", ["geen ladders en ", "6 à 8 man van april tot mei ", "a", "1 ", "geen ", "\n", "a1b2 "]
)
def test_a_megabyte_is_read_as_far_as_its_first_page(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    assert all(found.end <= MAX_CHARACTERS for found in read(text, OfferKind.SERVICE, TODAY))


def test_without_a_day_of_writing_only_months_are_read() -> None:
    (spring,) = read("van maart tot mei", NeedKind.SERVICE)
    assert (str(spring.value), spring.words) == ("months 3-5", "van maart tot mei")
    assert read("vanaf volgende maand", NeedKind.SERVICE) == ()


def test_the_same_words_mean_the_other_place_to_buyer_and_supplier() -> None:
    kinds = (NeedKind.SERVICE, NeedKind.ENCLAVE, OfferKind.SERVICE, OfferKind.ENCLAVE_TEAM)
    meant = [str(read("alles gebeurt in ons atelier", kind)[0]) for kind in kinds]
    assert meant == ["on_site", "on_site", "workshop", "workshop"]


def test_a_quote_holds_the_words_that_deny() -> None:
    found = read("Hoogtewerk doen wij niet, wel rijbewijs B verplicht", OfferKind.ENCLAVE_TEAM)
    assert [(r.family, r.words) for r in found] == [
        ("height", "Hoogtewerk doen wij niet"),
        ("licences", "rijbewijs B"),
    ]
