"""The outbox as what sends it sees it: what is due, who carries it, and what became of it.

The clock of the machine may jump, so no lease is measured with it: who finds a claim that stays
the same for long by his own stopwatch takes it back (`web/jobs/sending.py`). Pauses do use it; one
that lies further ahead than any pause lasts was written before a jump, and is over.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from models import OutboxMail
from models.states import MailState

#: An older mail would only confuse: its link no longer works, its news is old.
KEPT_TRYING = timedelta(days=7)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
#: With those pauses, about five days.
MOST_ATTEMPTS = 36
#: How many mails are looked up at once.
LOT = 200

#: Why a mail did not leave, where no number of the server says it.
BROKEN_LINE, CUT_OFF, EXPIRED, MALFORMED = "broken_line", "cut_off", "expired", "malformed"


def due(session: Session, moment: datetime, *, only_urgent: bool = False) -> list[int]:
    """Return mails to send now, the urgent ones first, then the oldest."""
    chosen = select(OutboxMail.id).where(
        OutboxMail.state == MailState.WAITING, _rested(moment), ~_expired(moment)
    )
    if only_urgent:
        chosen = chosen.where(OutboxMail.urgent)
    return list(
        session.scalars(chosen.order_by(OutboxMail.urgent.desc(), OutboxMail.id).limit(LOT))
    )


def _rested(moment: datetime) -> ColumnElement[bool]:
    next_try = OutboxMail.next_try
    return or_(next_try.is_(None), next_try <= moment, next_try > moment + LONGEST_PAUSE)


def _expired(moment: datetime) -> ColumnElement[bool]:
    """Condition: written and last put forward too long ago."""
    limit = moment - KEPT_TRYING
    return and_(
        OutboxMail.created_at <= limit,
        or_(OutboxMail.next_try.is_(None), OutboxMail.next_try <= limit),
    )


def held(session: Session, moment: datetime) -> int:
    """Return how many mails could leave now, if it were no quiet hour."""
    chosen = select(func.count()).where(
        OutboxMail.state == MailState.WAITING, _rested(moment), ~OutboxMail.urgent
    )
    return session.scalar(chosen.select_from(OutboxMail)) or 0


def has_expired(session: Session, moment: datetime) -> bool:
    """Tell whether `bury_expired` has something to do."""
    chosen = select(OutboxMail.id).where(OutboxMail.state == MailState.WAITING, _expired(moment))
    return session.scalar(chosen.limit(1)) is not None


def bury_expired(session: Session, moment: datetime) -> None:
    """Give up what waited too long; it stays on the page of mail that did not leave."""
    session.execute(
        update(OutboxMail)
        .where(OutboxMail.state == MailState.WAITING, _expired(moment))
        .values(state=MailState.DEAD, error=EXPIRED)
    )


def claim(session: Session, mail_id: int, token: str, moment: datetime) -> OutboxMail | None:
    """Take a mail to carry it; None when somebody else was first."""
    taken = (
        update(OutboxMail)
        .where(OutboxMail.id == mail_id, OutboxMail.state == MailState.WAITING)
        .values(state=MailState.CLAIMED, claim=token, claimed_at=moment)
        .returning(OutboxMail)
    )
    return session.scalar(taken)


def claims(session: Session) -> dict[int, str]:
    """Return the mails that somebody carries at this moment, each with his token."""
    chosen = select(OutboxMail.id, OutboxMail.claim).where(OutboxMail.state == MailState.CLAIMED)
    return {mail_id: token or "" for mail_id, token in session.execute(chosen)}


def claims_far_from(session: Session, moment: datetime, most: timedelta) -> list[tuple[int, str]]:
    """Return the claims that were made much earlier or much later than a moment."""
    near = OutboxMail.claimed_at.between(moment - most, moment + most)
    chosen = select(OutboxMail.id, OutboxMail.claim).where(
        OutboxMail.state == MailState.CLAIMED, ~near
    )
    return [(mail_id, token or "") for mail_id, token in session.execute(chosen)]


def take_back(session: Session, mail_id: int, token: str) -> bool:
    """Let a mail wait again whose carrier is gone; tell whether he had not come back meanwhile."""
    row = _carried(session, mail_id, token)
    if row is None:
        return False
    row.state, row.claim, row.claimed_at = MailState.WAITING, None, None
    row.attempts, row.error = row.attempts + 1, CUT_OFF
    return True


def mark_sent(session: Session, mail_id: int, moment: datetime) -> None:
    """Note that a mail left, whoever carries it by now."""
    session.execute(
        update(OutboxMail)
        .where(OutboxMail.id == mail_id, OutboxMail.state != MailState.SENT)
        .values(state=MailState.SENT, sent_at=moment, claim=None, claimed_at=None, error=None)
    )


def mark_failed(
    session: Session, mail_id: int, token: str, moment: datetime, error: str, *, for_good: bool
) -> MailState:
    """Note why a mail did not leave; it tries again later, unless that is `for_good`."""
    row = _carried(session, mail_id, token)
    if row is None:
        return MailState.WAITING
    row.attempts, row.error, row.claim, row.claimed_at = row.attempts + 1, error, None, None
    dead = for_good or row.attempts >= MOST_ATTEMPTS
    row.state = MailState.DEAD if dead else MailState.WAITING
    row.next_try = None if dead else moment + pause_after(row.attempts)
    return row.state


def pause_after(attempts: int) -> timedelta:
    """Return how long a mail rests after so many attempts: twice as long each time."""
    doubled: int = 2 ** min(attempts - 1, 20)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


def _carried(session: Session, mail_id: int, token: str) -> OutboxMail | None:
    mine = select(OutboxMail).where(
        OutboxMail.id == mail_id, OutboxMail.state == MailState.CLAIMED, OutboxMail.claim == token
    )
    return session.scalar(mine.with_for_update())
