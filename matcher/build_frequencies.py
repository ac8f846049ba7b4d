"""Make the fixed Dutch background of the matcher from PyPI `wordfreq` (not needed to run Brug).

    python -m matcher.build_frequencies

writes `matcher/data/nl_words.txt.gz` (words by Zipf value) and `nl_background.npz` (how rare each
hashed stem and character n-gram is). See `matcher/data/ATTRIBUTION.md` for the source.
"""

import gzip
import logging
import math
import re
from collections import defaultdict
from pathlib import Path

import numpy as np

from matcher import dutch
from matcher.features import (
    IDF_STEP,
    TYPICAL_WORDS,
    UNSEEN_DOCUMENTS,
    VERY_COMMON,
)
from matcher.tokens import normal_form
from matcher.word_features import gram_features, hashed, stem_features

_DATA = Path(__file__).parent / "data"
_WORD = re.compile(r"^[^\W\d_]+$")
_RAREST = 2.0
_log = logging.getLogger(__name__)


def main() -> None:
    """Write both files."""
    from wordfreq import get_frequency_dict  # type: ignore[import-not-found]  # only needed here

    raw: dict[str, float] = get_frequency_dict("nl", "large")
    chances: dict[str, float] = defaultdict(float)
    for word, chance in raw.items():
        if _WORD.match(word):
            chances[normal_form(word)] += chance
    _write_words(chances)
    dutch.frequencies.cache_clear()
    _write_background(chances)


def _write_words(chances: dict[str, float]) -> None:
    by_zipf: dict[float, list[str]] = defaultdict(list)
    for word, chance in chances.items():
        zipf = round(math.log10(chance) + 9, 1)
        if zipf >= _RAREST:
            by_zipf[zipf].append(word)
    lines = [f"{zipf} {' '.join(sorted(by_zipf[zipf]))}" for zipf in sorted(by_zipf)]
    packed = gzip.compress("\n".join(lines).encode(), 9, mtime=0)
    (_DATA / "nl_words.txt.gz").write_bytes(packed)
    _log.info("%d words, %d bytes", sum(map(len, by_zipf.values())), len(packed))


def _write_background(chances: dict[str, float]) -> None:
    share = np.array(list(chances.values())) / sum(chances.values())
    halves = [
        hashed(features(word) for word in chances) for features in (stem_features, gram_features)
    ]
    chance_of = np.concatenate([share @ (half > 0) for half in halves])
    document = 1 - np.exp(-TYPICAL_WORDS * chance_of)
    idf = np.log((1 + UNSEEN_DOCUMENTS) / (1 + UNSEEN_DOCUMENTS * document))
    idf[document > VERY_COMMON] = 0
    steps = np.round(idf / IDF_STEP).astype(np.uint8)
    np.savez_compressed(_DATA / "nl_background.npz", idf=steps)
    _log.info("%d features are less than rare", int((steps < steps.max()).sum()))


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main()
