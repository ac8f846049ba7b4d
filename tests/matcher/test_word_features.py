from itertools import count

import pytest

from matcher import word_features
from matcher.word_features import features_of, hashed


def test_a_word_has_what_scikit_learn_makes_of_its_stems_and_its_characters() -> None:
    [word] = features_of(["groenonderhoud"])
    stems = hashed([word_features.stem_features("groenonderhoud")])
    assert word.ids[: stems.nnz].tolist() == stems.indices.tolist()
    assert (word.weights[: stems.nnz] / word_features.HUNDREDTHS).tolist() == stems.data.tolist()
    assert (word.ids[stems.nnz :] >= word_features.HALF).all()


def test_words_that_were_forgotten_are_hashed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_features, "_MOST_WORDS", 3)
    numbers = count()

    def read() -> list[list[int]]:
        words = ["haag", "gras", *(f"woord{next(numbers)}" for _ in range(4))]
        return [word.ids.tolist() for word in features_of(words)[:2]]

    assert read() == read() == read()
