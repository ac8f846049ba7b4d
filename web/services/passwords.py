"""Passwords: what is asked of one, and how it is kept."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from models.marker import N_

SHORTEST = 10
#: Longer ones would only cost time; nobody types them.
LONGEST = 200

#: Verified when there is no account, so that the answer takes as long as with one. A hash of a
#: thrown-away secret, with the parameters of `_hasher`.
NO_ACCOUNT = (
    "$argon2id$v=19$m=19456,t=2,p=1$K/CBsjjU+ceuxhgolu9Lxg"
    "$SpXklbku+Z2gIyX6X7Ri29nibCQdEc8OMoKz8pSC1jU"
)

#: Long enough to be allowed, and the first that anybody tries.
_GUESSED_FIRST = frozenset(
    {
        "0123456789",
        "1234567890",
        "12345678910",
        "0987654321",
        "9876543210",
        "1q2w3e4r5t",
        "1qaz2wsx3edc",
        "azertyuiop",
        "azerty12345",
        "qwertyuiop",
        "qwerty12345",
        "password12",
        "password123",
        "password1234",
        "passw0rd123",
        "wachtwoord",
        "wachtwoord1",
        "wachtwoord12",
        "wachtwoord123",
        "paswoord123",
        "welkom1234",
        "welkom12345",
        "iloveyou123",
    }
)
_FEWEST_DIFFERENT = 4


@cache
def _hasher() -> PasswordHasher:
    # OWASP's first choice for argon2id: strong, yet eight logins at once fit a small machine.
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def _composed(password: str) -> str:
    """Return the same characters however the keyboard made them (é as one or as two)."""
    return unicodedata.normalize("NFC", password)


def hash_password(password: str) -> str:
    """Return what is stored of a password."""
    return _hasher().hash(_composed(password))


def verify_password(stored: str | None, password: str) -> bool:
    """Tell whether a password is the stored one; takes as long when nothing is stored."""
    try:
        _hasher().verify(stored or NO_ACCOUNT, _composed(password)[: LONGEST + 1])
    except (Argon2Error, InvalidHashError):
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Tell whether a stored password was made with other parameters than today's."""
    return _hasher().check_needs_rehash(stored)


def problem_of(password: str, email: str) -> str | None:
    """Return the message id of what is wrong with a new password; None when it will do."""
    plain = password.casefold().strip()
    if len(password) < SHORTEST:
        return N_("Take at least 10 characters. A short sentence is easy to remember.")
    if len(password) > LONGEST:
        return N_("Take at most 200 characters.")
    if plain in {email.casefold(), email.casefold().split("@")[0]}:
        return N_("Your e-mail address is no good password: everybody knows it.")
    if plain in _GUESSED_FIRST or len(set(plain)) < _FEWEST_DIFFERENT:
        return N_("This is one of the first that somebody else would try. Take another.")
    return None
