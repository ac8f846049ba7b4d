import subprocess
import sys
from dataclasses import fields
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from matcher import word_features
from matcher.features import text_vector
from matcher.word_features import features_of, hashed, table_of

ROOT = Path(__file__).parents[2]


def test_a_word_has_what_scikit_learn_makes_of_its_stems_and_its_characters() -> None:
    [word] = features_of(["groenonderhoud"])
    stems = hashed([word_features.stem_features("groenonderhoud")])
    assert word.ids[: stems.nnz].tolist() == stems.indices.tolist()
    assert (word.weights[: stems.nnz] / word_features.HUNDREDTHS).tolist() == stems.data.tolist()
    assert (word.ids[stems.nnz :] >= word_features.HALF).all()


def test_words_that_were_forgotten_are_hashed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_features, "MOST_WORDS", 3)
    numbers = count()

    def read() -> list[list[int]]:
        words = ["haag", "gras", *(f"woord{next(numbers)}" for _ in range(4))]
        return [word.ids.tolist() for word in features_of(words)[:2]]

    assert read() == read() == read()


def test_a_process_that_was_lent_a_table_does_not_load_scikit_learn(tmp_path: Path) -> None:
    words = ["gras", "maaien", "groenonderhoud"]
    table = table_of(words)
    for field in fields(table):
        np.save(tmp_path / f"{field.name}.npy", getattr(table, field.name))
    program = (
        "import sys, numpy as np; from pathlib import Path\n"
        "from matcher.features import text_vector; from matcher.postings import Postings\n"
        "from matcher.word_features import lend\n"
        f"folder = Path({str(tmp_path)!r})\n"
        "names = ('keys', 'starts', 'rows', 'values')\n"
        "lend(Postings(*(np.load(folder / f'{n}.npy', mmap_mode='c') for n in names)))\n"
        "vector = text_vector('Gras', 'gras maaien, groenonderhoud')\n"
        "assert 'sklearn' not in sys.modules\n"
        "print(vector.ids.tolist(), vector.values.tolist())\n"
        "text_vector('', 'wasgoed'); assert 'sklearn' in sys.modules\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    here = text_vector("Gras", "gras maaien, groenonderhoud")
    assert told.strip() == f"{here.ids.tolist()} {here.values.tolist()}"


def test_a_table_of_nothing_holds_nothing() -> None:
    assert table_of([]).keys.size == 0
