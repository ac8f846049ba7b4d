"""A need that no offer may answer is told to its coordinators, with the reason."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models import Match, Need, Notice
from models.states import NeedStatus
from web.services import mail, need_sheet
from web.services.catalogue import Catalogue
from web.services.people import coordinators_of

#: How long a need may be online before its coordinators hear that nothing fits: its writer may be
#: changing it still, and the mail of a quiet hour comes within a day all the same.
SETTLED = timedelta(hours=1)
KEY = "need_without:"
#: How many rules a mail names; the page names all.
MOST_RULES = 5


def needs_without(session: Session, moment: datetime) -> list[int]:
    """Return the published needs for which nothing was suggested, and of which nobody was told."""
    settled = Need.published_at <= moment - SETTLED
    chosen = select(Need.id, Need.published_at).where(
        Need.status == NeedStatus.PUBLISHED,
        Need.ranked_on.is_not(None),
        # What the clock calls the future was published before it went back.
        or_(settled, Need.published_at > moment),
        ~select(Match.id).where(Match.need_id == Need.id).exists(),
    )
    told = set(session.scalars(select(Notice.key).where(Notice.key.startswith(KEY))))
    about = {key.rpartition(":")[0] for key in told}
    rows = session.execute(chosen.order_by(Need.id))
    return [need_id for need_id, published in rows if _key(need_id, published) not in about]


def _key(need_id: int, published: datetime | None) -> str:
    return f"{KEY}{need_id}:{published:%Y-%m-%d}"


def tell(session: Session, catalogue: Catalogue, need_id: int, moment: datetime) -> int:
    """Tell the coordinators of a need that it has no offers; returns to how many it was news."""
    need = session.get_one(Need, need_id)
    told = 0
    reasons = _reasons(session, catalogue, need, moment)
    values = {"need": need, "reasons": reasons, "path": f"/regie/vragen/{need.id}"}
    for coordinator in coordinators_of(session, need.region_id):
        key = f"{_key(need.id, need.published_at)}:{coordinator.id}"
        told += mail.write_once(session, key, "need_without", coordinator, **values)
    return told


def _reasons(session: Session, catalogue: Catalogue, need: Need, moment: datetime) -> list[str]:
    ranking = need_sheet.standings(session, catalogue, need, moment.date(), 1).ranking
    kept_away = need_sheet.refused_by_rule(session, ranking)[:MOST_RULES]
    return [f"{len(one.refusals)}: {one.rule.title}" for one in kept_away if one.rule]
