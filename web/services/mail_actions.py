"""What can be done from a mail, each by one button: the offers and matches of its reader."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from models import Decision, Match
from models.marker import N_
from models.states import AnswerKind, FallReason, MatchStatus, OfferStatus, Side
from web.services.actor import Actor
from web.services.catalogue import Catalogue
from web.services.errors import ConflictError, NotFoundError
from web.services.introductions import introduction
from web.services.match_life.answers import Said, approval_of
from web.services.match_life.answers import answer as answer_match
from web.services.match_life.taking import own_sides
from web.services.match_mail import PATH
from web.services.offers import confirm_offer, pause_offer
from web.services.visibility import own_offer


@dataclass(frozen=True, slots=True)
class Question:
    """What the page says above its button, and where one goes to see more; texts are msgids.

    reasons: the person chooses one of them along with the button.
    """

    title: str
    about: str
    button: str
    done: str
    path: str
    reasons: tuple[FallReason, ...] = ()


@dataclass(frozen=True, slots=True)
class MailAction:
    """A thing that can be done from a mail.

    ask: what the page shows; raises `NotFoundError` where the person has no say in it any more,
    `ConflictError` when it needs no answer. take: does it.
    """

    ask: Callable[[Session, Actor, int], Question]
    take: Callable[[Session, Catalogue, Actor, int, date, str | None], None]


def _ask_offer(title: str, button: str, done: str) -> Callable[[Session, Actor, int], Question]:
    def ask(session: Session, actor: Actor, offer_id: int) -> Question:
        offer = own_offer(session, actor, offer_id)
        if offer.status is not OfferStatus.PUBLISHED:
            raise ConflictError
        path = f"/mijn-aanbod/{offer.id}"
        return Question(title, offer.pseudonym or offer.title, button, done, path)

    return ask


def _confirm(
    session: Session,
    catalogue: Catalogue,
    actor: Actor,
    offer_id: int,
    on: date,
    _reason: str | None,
) -> None:
    confirm_offer(session, catalogue, actor, own_offer(session, actor, offer_id), on)


def _pause(
    session: Session,
    catalogue: Catalogue,
    actor: Actor,
    offer_id: int,
    on: date,
    _reason: str | None,
) -> None:
    pause_offer(session, catalogue, actor, own_offer(session, actor, offer_id), on)


def _approved(session: Session, actor: Actor, approval_id: int, side: Side) -> Match:
    """Return the match of an approval that still asks the actor's side."""
    approval = session.get(Decision, approval_id)
    if approval is None:
        raise NotFoundError
    match = introduction(session, actor, approval.match_id)
    if side not in own_sides(actor, match):
        raise NotFoundError
    newest = approval_of(match)
    if match.status is not MatchStatus.APPROVED or newest is None or newest.id != approval_id:
        raise ConflictError
    return match


def _answers(side: Side, kind: AnswerKind, words: Question) -> MailAction:
    """Return the action by which a side answers an approval; `words` lack what it is about."""

    def ask(session: Session, actor: Actor, approval_id: int) -> Question:
        match = _approved(session, actor, approval_id, side)
        other = match.offer if side is Side.NEED else match.need
        about = f"{other.organisation.name}: {match.need.title}"
        path = f"/{PATH}/{match.id}"
        return Question(words.title, about, words.button, words.done, path, words.reasons)

    def take(
        session: Session,
        catalogue: Catalogue,
        actor: Actor,
        approval_id: int,
        on: date,
        reason: str | None,
    ) -> None:
        match = _approved(session, actor, approval_id, side)
        said = Said(side, kind, FallReason(reason) if reason else None)
        answer_match(session, catalogue, actor, match.id, said, seen_approval=approval_id, on=on)

    return MailAction(ask, take)


_YES = Question(
    N_("Do you want to meet?"),
    "",
    N_("Yes, we want to meet"),
    N_("Thank you. As soon as the other side says yes too, you get each other's contact details."),
    "",
)
_NO = Question(
    N_("Do you not want to meet?"),
    "",
    N_("No, it does not fit"),
    N_("Thank you. The coordinator looks further."),
    "",
    # `other` asks for words, which are written on the page of the introduction.
    tuple(reason for reason in FallReason if reason is not FallReason.OTHER),
)

#: By the name that the links carry.
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
    "need_yes": _answers(Side.NEED, AnswerKind.YES, _YES),
    "need_no": _answers(Side.NEED, AnswerKind.NO, _NO),
    "offer_yes": _answers(Side.OFFER, AnswerKind.YES, _YES),
    "offer_no": _answers(Side.OFFER, AnswerKind.NO, _NO),
}
