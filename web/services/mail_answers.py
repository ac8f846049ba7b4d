"""Answering from a mail: a signed link opens a page with one button, and works once.

An action says what its button does and does it as the person to whom the mail went, with all that
he may and may not do. Whoever opens the page changes nothing: scanners of mail open every link.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from models import UsedLink, User
from models.marker import N_
from models.states import OfferStatus
from web.services.actor import Actor, actor_of, load_user
from web.services.catalogue import Catalogue
from web.services.errors import ConflictError, InvalidError, NotFoundError
from web.services.mail_links import AnswerLink, LinkError, MailLinks
from web.services.offers import confirm_offer, pause_offer
from web.services.storing import add_unless_there
from web.services.visibility import own_offer


@dataclass(frozen=True, slots=True)
class Question:
    """What the page says above its button, and where one goes to see more; texts are msgids."""

    title: str
    about: str
    button: str
    done: str
    path: str


@dataclass(frozen=True, slots=True)
class MailAction:
    """A thing that can be done from a mail.

    ask: what the page shows; raises `NotFoundError` where the person has no say in it any more,
    `ConflictError` when it needs no answer. take: does it.
    """

    ask: Callable[[Session, Actor, int], Question]
    take: Callable[[Session, Catalogue, Actor, int, date], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that works, with who answers by it."""

    link: AnswerLink
    actor: Actor
    user: User
    question: Question


def open_link(
    session: Session, links: MailLinks, token: str, moment: datetime, visitor: Actor
) -> Opened:
    """Return what a link asks; raises `LinkError` with why it does not work.

    Codes: `altered`, `expired`, `used`, `foreign` (somebody else is logged in), `gone` (the thing
    or the right to it), `moved` (it needs no answer any more).
    """
    link = links.read_answer(token, moment)
    action = ACTIONS.get(link.action)
    if action is None:
        raise LinkError("altered")
    if visitor.is_known and visitor.user_id != link.user_id:
        raise LinkError("foreign")
    if session.get(UsedLink, link.digest) is not None:
        raise LinkError("used")
    user = load_user(session, link.user_id)
    if user is None or not user.is_active:
        raise LinkError("gone")
    actor = actor_of(user)
    try:
        return Opened(link, actor, user, action.ask(session, actor, link.subject_id))
    except NotFoundError as error:
        raise LinkError("gone") from error
    except ConflictError as error:
        raise LinkError("moved") from error


def answer(session: Session, catalogue: Catalogue, opened: Opened, on: date) -> None:
    """Do what a link is for, once; raises `LinkError` when somebody was first."""
    if not add_unless_there(session, UsedLink, "digest", {"digest": opened.link.digest}):
        raise LinkError("used")
    take = ACTIONS[opened.link.action].take
    try:
        take(session, catalogue, opened.actor, opened.link.subject_id, on)
    except NotFoundError as error:
        raise LinkError("gone") from error
    except (ConflictError, InvalidError) as error:
        raise LinkError("moved") from error


def _ask_offer(title: str, button: str, done: str) -> Callable[[Session, Actor, int], Question]:
    def ask(session: Session, actor: Actor, offer_id: int) -> Question:
        offer = own_offer(session, actor, offer_id)
        if offer.status is not OfferStatus.PUBLISHED:
            raise ConflictError
        path = f"/mijn-aanbod/{offer.id}"
        return Question(title, offer.pseudonym or offer.title, button, done, path)

    return ask


def _confirm(session: Session, catalogue: Catalogue, actor: Actor, offer_id: int, on: date) -> None:
    confirm_offer(session, catalogue, actor, own_offer(session, actor, offer_id), on)


def _pause(session: Session, catalogue: Catalogue, actor: Actor, offer_id: int, on: date) -> None:
    pause_offer(session, catalogue, actor, own_offer(session, actor, offer_id), on)


#: What can be done from a mail, by the name that its links carry.
ACTIONS = {
    "offer_current": MailAction(
        _ask_offer(
            N_("Is this offer still right?"),
            N_("Yes, it is still right"),
            N_("Thank you. The offer counts for another half year."),
        ),
        _confirm,
    ),
    "offer_pause": MailAction(
        _ask_offer(
            N_("Pause this offer?"),
            N_("Pause the offer"),
            N_("The offer is paused: nobody gets it suggested."),
        ),
        _pause,
    ),
}
