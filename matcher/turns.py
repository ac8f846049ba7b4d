"""Whose turn it is among equals: pairs with the same score stand in an order drawn for each need.

The draw of an offer is the BLAKE2b hash of both ids: for one need the order never changes, on any
machine, and over many needs each offer comes first as often as any other. A number given out
earlier, an older account or a name high in the alphabet helps nobody.
"""

import hashlib


def turn(need_id: str, offer_id: str) -> tuple[bytes, str]:
    """Return where an offer stands among those that score the same for a need, the lowest first."""
    drawn = f"{need_id}\0{offer_id}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(drawn, digest_size=8).digest(), offer_id
