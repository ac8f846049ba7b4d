"""Answering from a mail: a signed link opens a page with one button, and works once.

It is done as the person to whom the mail went, with all that he may and may not do. Whoever opens
the page changes nothing: scanners of mail open every link.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from models import UsedLink, User
from web.services.actor import Actor, actor_of, load_user
from web.services.catalogue import Catalogue
from web.services.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from web.services.mail_actions import ACTIONS, Question
from web.services.mail_links import AnswerLink, LinkError, MailLinks
from web.services.storing import add_unless_there


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
    except (NotFoundError, ForbiddenError) as error:
        raise LinkError("gone") from error
    except ConflictError as error:
        raise LinkError("moved") from error


def answer(
    session: Session, catalogue: Catalogue, opened: Opened, on: date, reason: str | None
) -> None:
    """Do what a link is for, once; raises `LinkError` when somebody was first."""
    if not add_unless_there(session, UsedLink, "digest", {"digest": opened.link.digest}):
        raise LinkError("used")
    take = ACTIONS[opened.link.action].take
    try:
        take(session, catalogue, opened.actor, opened.link.subject_id, on, reason)
    except (NotFoundError, ForbiddenError) as error:
        raise LinkError("gone") from error
    except (ConflictError, InvalidError) as error:
        raise LinkError("moved") from error
