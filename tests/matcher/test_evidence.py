import pytest

from matcher import shared_spans
from matcher.evidence import shared_words


def marked(need: str, offer: str) -> tuple[list[str], list[str]]:
    left, right = shared_spans(need, offer)
    return [need[a:b] for a, b in left], [offer[a:b] for a, b in right]


@pytest.mark.parametrize(
    ("need", "offer", "expected"),
    [
        ("De hagen groeien.", "Wij scheren uw haag", (["hagen"], ["haag"])),
        ("groenonderhoud", "Zorg voor het groen", (["groenonderhoud"], ["groen"])),
        ("Komt er iemand kuisen?", "Poetshulp!", (["kuisen"], ["Poetshulp"])),
        ("We need cleaning", "schoonmaak", (["cleaning"], ["schoonmaak"])),
        ("het onkruit", "onkruid", (["onkruit"], ["onkruid"])),
        ("Café", "een CAFÉ", (["Café"], ["CAFÉ"])),
        ("en de van het", "de het en", ([], [])),
        ("", "haag", ([], [])),
        ("🌿 haag \x00", "\ud800haag", (["haag"], ["haag"])),
    ],
)
def test_what_two_texts_share_is_marked(
    need: str, offer: str, expected: tuple[list[str], list[str]]
) -> None:
    assert marked(need, offer) == expected


def test_words_are_paired_once_and_the_words_of_every_text_are_left_out() -> None:
    pairs = shared_words(("Kuisen", "wij zoeken hulp om te kuisen"), ("", "Poets: wij zoeken werk"))
    assert pairs == [["Kuisen", "Poets"]]


def test_at_most_eight_pairs_are_shown() -> None:
    text = "haag gras onkruid linnen brood dozen pallet fiets stoep trottoir zwerfvuil"
    assert len(shared_words(("", text), ("", text))) == 8
