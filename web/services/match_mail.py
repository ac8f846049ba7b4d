"""Mail to the two sides of a match: asked, introduced, and what the other one did.

A mail tells nothing of the other side but its name, until both said yes.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Activity, Decision, Match, Need, Offer, User
from models.states import MatchStatus, Side
from web.i18n import can_word
from web.services import mail
from web.wording import explain

#: How many reasons a mail tells; the page tells all.
MOST_REASONS = 4
#: Where the pages of `web.views.introductions` stand, for the links in mails.
PATH = "kennismakingen"


def ask(session: Session, match: Match, need: Need, offer: Offer) -> None:
    """Ask both sides whether they want to meet."""
    session.flush()  # the answers name the approval that they are about
    approval = select(Decision.id).where(
        Decision.match_id == match.id, Decision.to_status == MatchStatus.APPROVED
    )
    newest = session.scalars(approval.order_by(Decision.id.desc()).limit(1)).one()
    _to(session, "asked", match, need, offer, approval=newest)


def withdraw(session: Session, match: Match, need: Need, offer: Offer) -> None:
    """Tell both sides that the coordinator took his proposal back."""
    _to(session, "introduction_withdrawn", match, need, offer)


def introduce(session: Session, match: Match, need: Need, offer: Offer) -> None:
    """Tell both sides that the other said yes too, and where the contact stands."""
    _to(session, "introduction", match, need, offer)


def pass_question(session: Session, match: Match, side: Side, words: str) -> None:
    """Pass a side's question on to the other."""
    _talk(session, "question", match, side, words=words)


def pass_answer(session: Session, match: Match, side: Side, words: str) -> None:
    """Pass a side's answer on to who asked."""
    _talk(session, "question_answered", match, side, words=words)


def tell_public_answer(session: Session, match: Match, words: str) -> None:
    """Tell a supplier what all who are invited for the same need may know."""
    _talk(session, "public_answer", match, Side.NEED, words=words)


def tell_visit(
    session: Session, match: Match, side: Side, template: str, when: str, words: str
) -> None:
    """Tell whoever did not do it himself that a visit was proposed, accepted or called off."""
    _talk(session, template, match, side, when=when, words=words)


def _talk(session: Session, template: str, match: Match, but: Side, **values: str) -> None:
    page = f"{match.id}/overleg"
    _to(session, template, match, match.need, match.offer, but=but, page=page, **values)


def tell_fell_through(session: Session, match: Match, side: Side) -> None:
    """Tell whoever did not say it himself that it comes to nothing."""
    _to(session, "fell_through", match, match.need, match.offer, but=side)


def tell_agreed(session: Session, match: Match, side: Side) -> None:
    """Tell whoever did not write it down himself what was agreed, to look at."""
    _to(session, "agreed", match, match.need, match.offer, but=side)


def tell_undone(session: Session, match: Match, side: Side) -> None:
    """Tell whoever did not do it himself that a step was taken back."""
    _to(session, "step_undone", match, match.need, match.offer, but=side)


def _to(
    session: Session,
    template: str,
    match: Match,
    need: Need,
    offer: Offer,
    *,
    but: Side = Side.COORDINATOR,
    page: str = "",
    **values: Any,
) -> None:
    path = f"/{PATH}/{page or match.id}"
    for side, contact, other in _sides(need, offer):
        if side is not but:
            values |= {"need": need, "other": other, "path": path, "side": side}
            values["reasons"] = _reasons(session, match, side)
            mail.write_to(session, template, contact, **values)


def _reasons(session: Session, match: Match, side: Side) -> list[str]:
    """Return what speaks most for a match, in the words of its reader's side."""
    if not can_word():
        return []
    rows = session.execute(select(Activity.id, Activity.label))
    labels = {row.id: row.label for row in rows}
    told = explain(match.score, match.reasons, labels, of_you=side is Side.OFFER)
    return [reason.sentence for reason in told.strong[:MOST_REASONS]]


def _sides(need: Need, offer: Offer) -> Iterator[tuple[Side, User, str]]:
    """Yield each side's contact with the name of the other."""
    if need.contact is not None:
        yield Side.NEED, need.contact, offer.organisation.name
    if offer.contact is not None:
        yield Side.OFFER, offer.contact, need.organisation.name
