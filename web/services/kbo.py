"""Enterprise numbers (KBO): read in any way people write them, shown in one."""

import re
import unicodedata

from stdnum.be import vat

from models.marker import N_
from web.services.errors import ServiceError

DIGITS = 10
_CHECK_MODULUS = 97


class KboError(ServiceError):
    """A number that cannot be right: a message id with the values it needs."""

    def __init__(self, message: str, **values: str | int) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


def read_kbo(text: str) -> str:
    """Return the ten digits of an enterprise or VAT number.

    Understands "BE 0123.456.749", "BTW BE0123456749", "123 456 749" and the like. Raises `KboError`
    with what is wrong and, for a check that fails, where to look.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    plain = re.sub(r"^\W*(BTW|TVA|VAT|KBO|BCE|ON)(?=\W|BE|\d)", "", plain)
    number = vat.compact("".join(plain.split()))
    number = re.sub(r"[^0-9A-Z]", "", number)
    if not number.isascii() or not number.isdecimal():
        raise KboError(N_("An enterprise number has digits only, such as 0123.456.749."))
    if len(number) == DIGITS - 1 and number[0] != "0":
        number = f"0{number}"  # how it was written before 2008
    if len(number) != DIGITS:
        message = N_("An enterprise number has 10 digits; here there are %(count)d.")
        raise KboError(message, count=len(number))
    if number[0] not in "01":
        raise KboError(
            N_("An enterprise number starts with 0 or 1, not with %(digit)s."), digit=number[0]
        )
    if not vat.is_valid(number):
        raise _failed_check(number)
    return number


def show_kbo(number: str) -> str:
    """Return a number as the government writes it: 0123.456.749."""
    return f"{number[:4]}.{number[4:7]}.{number[7:]}"


def _failed_check(number: str) -> KboError:
    swapped = _swapped_neighbours(number)
    if len(swapped) == 1:
        message = N_("This number does not add up. Did you mean %(meant)s?")
        return KboError(message, meant=show_kbo(swapped[0]))
    due = _CHECK_MODULUS - int(number[:-2]) % _CHECK_MODULUS
    message = N_(
        "This number does not add up: after %(start)s one expects %(due)s, and here stands "
        "%(found)s. Check every digit."
    )
    shown = show_kbo(number)
    return KboError(message, start=shown[:-2], due=f"{due:02d}", found=number[-2:])


def _swapped_neighbours(number: str) -> list[str]:
    """Return the right numbers of which this one has two neighbouring digits swapped."""
    swapped = {number[:i] + number[i + 1] + number[i] + number[i + 2 :] for i in range(DIGITS - 1)}
    return sorted(other for other in swapped if vat.is_valid(other))
