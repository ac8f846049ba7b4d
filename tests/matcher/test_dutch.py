import pytest

from matcher import dutch
from matcher.stems import listed_stems
from matcher.tokens import normal_form, tokens, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("haag", "hagen"),
        ("haagskes", "haag"),
        ("ploegje", "ploeg"),
        ("maait", "maaien"),
        ("gemaaid", "maaien"),
        ("scheert", "scheren"),
        ("gesnoeid", "snoeien"),
        ("geknipt", "knippen"),
        ("herstelt", "herstellen"),
        ("bakt", "bakken"),
        ("verft", "verven"),
        ("sorteert", "gesorteerd"),
    ],
)
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert dutch.stem(one) == dutch.stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("was", "wasserij"),
        ("net", "netheid"),
        ("park", "parking"),
        ("lint", "linnen"),
        ("plant", "plannen"),
        ("sloot", "gesloten"),
        ("baken", "bakt"),
    ],
)
def test_different_words_keep_their_own_stem(one: str, other: str) -> None:
    assert dutch.stem(one) != dutch.stem(other)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("groenonderhoud", ("groen", "onderhoud")),
        ("onkruidbestrijding", ("onkruid", "bestrijding")),
        ("verpakkingsmateriaal", ("verpakking", "materiaal")),
        ("speelpleinonderhoud", ("speelplein", "onderhoud")),
        ("tuinploeg", ("tuin", "ploeg")),
        ("haag", ()),
        ("bibliotheek", ()),
        ("xqzwvbnmlkj", ()),
    ],
)
def test_compounds_fall_into_their_parts(word: str, parts: tuple[str, ...]) -> None:
    assert dutch.parts(word) == parts


@pytest.mark.parametrize(
    ("one", "other"),
    [("kuisen", "schoonmaak"), ("camion", "vrachtwagen"), ("frigo", "koelkast"), ("velo", "fiets")],
)
def test_flemish_and_standard_words_share_a_concept(one: str, other: str) -> None:
    assert dutch.concept(dutch.stem(one)) == dutch.concept(dutch.stem(other)) is not None


def test_a_word_of_the_thesaurus_stands_in_one_group_only() -> None:
    group_of: dict[str, str] = {}
    for line in dutch.lines_of("thesaurus.txt"):
        name, _, members = line.partition(":")
        for word in (name, *members.split()):
            stem = dutch.stem(normal_form(word))
            assert group_of.setdefault(stem, name) == name, word


def test_no_word_of_the_thesaurus_is_an_everyday_word() -> None:
    names = {f"={line.partition(':')[0]}" for line in dutch.lines_of("thesaurus.txt")}
    assert max(dutch.term_zipf(name) for name in names) < 5.9


def test_words_lose_case_accents_and_what_follows_an_apostrophe() -> None:
    found = words("Café’s 's-Gravenhage D'OFFICE foto's 12 b2b e\u0301té 🌿")
    assert found == ["cafe", "s", "gravenhage", "office", "foto", "b2b", "ete"]


def test_words_know_their_place_in_the_text() -> None:
    text = "De HAAG, én gras."
    assert [text[t.start : t.end] for t in tokens(text)] == ["De", "HAAG", "én", "gras"]


def test_the_stems_of_the_listed_words_are_those_of_now() -> None:
    """When this fails: python -m matcher.stems."""
    assert listed_stems() == [dutch.stem(word) for word in dutch.frequencies()]
