"""The stems of the listed words, worked out beforehand: they took half a second of every start.

    python -m matcher.stems

works them out anew, after a change of the words or of `matcher.dutch.stem`; a test tells when.
"""

import gzip
from pathlib import Path

from matcher.dutch import frequencies, lines_of, stem

FILE = "nl_stems.txt.gz"


def listed_stems() -> list[str]:
    """Return the stem of every listed word, in the order of `frequencies`."""
    return " ".join(lines_of(FILE)).split(" ")


def main() -> None:
    """Write the file: the stems of so many words a line."""
    stems = [stem(word) for word in frequencies()]
    lines = [" ".join(stems[start : start + 1000]) for start in range(0, len(stems), 1000)]
    packed = gzip.compress("\n".join(lines).encode(), 9, mtime=0)
    (Path(__file__).parent / "data" / FILE).write_bytes(packed)


if __name__ == "__main__":
    main()
