import pytest

from matcher.reading import phrases
from matcher.reading.page import Page
from matcher.reading.phrases import ANY_NUMBER, phrase
from seed.reading_evaluation import FOLDER, read_sentences


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("ladder", {"ladder"}),
        ("op de ladder", {"ladder"}),
        ("(zelf )?halen( en brengen)?", {"halen"}),
        ("(attest|brevet) van de heftruck", {"heftruck"}),
        ("(geen|zonder) (ladders|stellingen)", {"ladders", "stellingen"}),
        (r"(?P<high>\d+) (m|meter)", {"m", "meter"}),
        (r"(?P<low>\d+) [a-z]+", {ANY_NUMBER}),
        ("binnen|buiten", {"binnen", "buiten"}),
        ("ter (plaatse|plekke)", {"plaatse", "plekke"}),
    ],
)
def test_a_phrase_knows_the_words_without_which_it_is_not_there(text: str, on: set[str]) -> None:
    assert phrase(text).on == on


@pytest.mark.parametrize("text", ["[a-z]+", "werk(en)?", "(zelf )?", "ladder|[a-z]+"])
def test_a_phrase_without_a_word_of_its_own_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no word to look for"):
        phrase(text)


def test_a_deeper_line_goes_on_with_the_line_above() -> None:
    made = phrase(
        """
        attest (van |voor )?
            (heftruck|
                reachtruck)
        op
            hoogte
        """
    )
    found = [
        [one.match.group() for one in Page(text).find(made)]
        for text in ("attest van heftruck", "attest reachtruck", "op hoogte", "attest op")
    ]
    assert found == [["attest van heftruck"], ["attest reachtruck"], ["op hoogte"], []]


def test_the_words_of_a_phrase_never_hide_a_match() -> None:
    sentences = [s.text for file in sorted(FOLDER.glob("*.yaml")) for s in read_sentences(file)]
    hidden = [
        (made.pattern.pattern, text)
        for text in sentences
        for made in phrases.all_phrases()
        if made.pattern.search(Page(text).text) and not list(Page(text).find(made))
    ]
    assert len(sentences) > 300
    assert hidden == []
