"""Names and words as numbers, for arrays that know no text."""

import hashlib
from functools import lru_cache


@lru_cache(maxsize=100_000)
def fingerprint(text: str) -> int:
    """Return a text as a whole number of 64 bits, the same in every process."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)
