import pytest

from matcher.features import UNIT, WORD_SHARE, similarity, text_vector, text_vectors, vectors_of


def alike(one: str, other: str) -> float:
    return similarity(text_vector("", one), text_vector("", other)) / UNIT**2


def test_a_text_resembles_itself_fully_and_a_strange_one_not_at_all() -> None:
    text = "onkruid wieden tussen de klinkers"
    assert alike(text, text) == pytest.approx(1, abs=0.01)
    assert alike(text, "boekhouding") == 0


def test_resemblance_is_the_same_from_both_sides() -> None:
    one, other = "onderhoud van het groen", "groenonderhoud en hagen"
    assert alike(one, other) == alike(other, one) > 0


@pytest.mark.parametrize(
    ("text", "closer", "further"),
    [
        ("groenonderhoud", "onderhoud van groen", "schilderwerk"),
        ("kuisen", "schoonmaak", "schilderen"),
        ("strijkdienst", "strijkdinst", "kinderopvang"),
        ("wij zoeken onkruid", "onkruid", "wij zoeken"),
    ],
)
def test_parts_meanings_typing_errors_and_rare_words_bring_texts_together(
    text: str, closer: str, further: str
) -> None:
    assert alike(text, closer) > alike(text, further)


def test_the_title_weighs_more_than_the_text() -> None:
    asked = text_vector("", "haag knippen")
    titled = text_vector("haag knippen", "brood bakken")
    told = text_vector("brood bakken", "haag knippen")
    assert similarity(asked, titled) > similarity(asked, told)


def test_values_are_whole_and_no_sum_leaves_what_float32_counts_exactly() -> None:
    vector = text_vector("Haag", "haag knippen en gras maaien " * 50)
    assert (vector.values == vector.values.round()).all()
    assert similarity(vector, vector) < 2**24
    assert (vector.ids[1:] > vector.ids[:-1]).all()
    assert 0 < WORD_SHARE < 1


def test_the_order_of_words_never_changes_a_vector() -> None:
    listed = [
        "wij",
        "maaien",
        "gras",
        "en",
        "bermen,",
        "scheren",
        "hagen;",
        "het",
        "groenonderhoud",
        "van",
        "de",
        "gemeente",
    ]
    one, other = (text_vector("", " ".join(some)) for some in (listed, listed[::-1]))
    assert one.ids.tolist() == other.ids.tolist()
    assert one.values.tolist() == other.values.tolist()


def test_many_texts_at_once_get_the_vectors_they_get_alone() -> None:
    texts = [("Haag", "haag knippen"), ("", ""), ("🌿", "gras, gras en nog eens gras")]
    for (title, text), vector in zip(texts, vectors_of(texts), strict=True):
        alone = text_vector(title, text)
        assert vector.ids.tolist() == alone.ids.tolist()
        assert vector.values.tolist() == alone.values.tolist()
    rows = text_vectors(texts)
    assert rows[[0]].indices.tolist() == text_vector(*texts[0]).ids.tolist()
    assert rows[[1]].nnz == 0
