"""What the pages of the supplier share."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TypeVar, cast

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from matcher.vocabulary import OfferKind
from models import Offer, now
from web.database import db
from web.forms.base import BrugForm
from web.i18n import N_
from web.login import current_actor
from web.services import visibility
from web.services.catalogue import Catalogue
from web.services.errors import ConflictError, InvalidError

blueprint = Blueprint("supplier", __name__)

#: The kind of an offer in the address.
SLUGS = {
    "enclaveploeg": OfferKind.ENCLAVE_TEAM,
    "dienst": OfferKind.SERVICE,
    "profiel": OfferKind.PROFILE,
    "werkplek": OfferKind.WORKPLACE,
}
#: What each kind is, for who lists his first offer.
KIND_WORDS = {
    OfferKind.SERVICE: N_("A task you do for others: in your workshop or on the spot."),
    OfferKind.ENCLAVE_TEAM: N_(
        "A team with its own supervisor that works along in the core activity of a client."
    ),
    OfferKind.PROFILE: N_(
        "Somebody who is ready for a regular job (doorstroom). Without a name: Brug gives a code."
    ),
    OfferKind.WORKPLACE: N_(
        "A place where somebody learns to work: Art. 60 §7 or temporary work experience (TWE)."
    ),
}
EnumT = TypeVar("EnumT", bound=StrEnum)


def catalogue() -> Catalogue:
    """Return the catalogue of this process."""
    return cast(Catalogue, current_app.extensions["brug_catalogue"])


def today() -> date:
    """Return the day that dates are compared with."""
    return now().date()


def own_offer(offer_id: int) -> Offer:
    """Return an offer of the person's own organisations, or answer that it is not found."""
    return visibility.own_offer(db(), current_actor(), offer_id)


def whole_number(sent: object) -> int | None:
    """Return a number that was sent along; anything odd means none, also what was not sent."""
    known = isinstance(sent, str) and sent.isascii() and sent.isdecimal() and len(sent) < 10
    return int(str(sent)) if known else None


def sent_key() -> str | None:
    """Return the key of this submit, with which a second one lands on what the first made."""
    key = request.form.get("submission_key", "")
    return key if 0 < len(key) <= 36 and key.isascii() else None


def attempt(
    form: BrugForm, work: Callable[[], Response], page: Callable[[int], ResponseReturnValue]
) -> ResponseReturnValue:
    """Do the work of a sent form; a refusal shows the page again with what was typed."""
    if not form.validate():
        return page(422)
    try:
        return work()
    except InvalidError as error:
        form.add_problems(error.problems)
        return page(422)
    except ConflictError:
        return page(409)
