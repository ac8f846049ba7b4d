"""What the pages of an activity and of a rule share."""

from typing import Any

from web.database import db
from web.histories import recent
from web.login import current_actor
from web.services.record import Subject
from web.services.reference_rights import keepers, may_edit


def shared(about: Subject, row_id: str) -> dict[str, Any]:
    """Return what the page of an activity or a rule tells of who may change it, and who did."""
    may = may_edit(db(), current_actor())
    return {
        "may_edit": may,
        "keepers": () if may else keepers(db()),
        "recent": recent(about, row_id) if row_id else None,
    }
