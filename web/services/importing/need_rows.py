"""A row of a list of needs."""

from matcher.vocabulary import NeedKind
from models import Need, Organisation
from models.need_fields import NEED_FIELDS
from models.states import Urgency, Visibility
from web.services import needs
from web.services.importing.taking import Cells
from web.services.needs import NeedDraft


def look_up_need(cells: Cells) -> bool:
    """Tell whether all that a row refers to is there; what is not is noted."""
    return cells.all_hold(cells.contact, cells.place, cells.activities)


def store_need(cells: Cells) -> str:
    """Store a need, published unless the options say otherwise; returns its title.

    The title is empty for a need that was imported before.
    """
    taking = cells.taking
    organisation = cells.organisation()
    if cells.is_known(Need, organisation):
        return ""
    actor, partial = taking.context.actor, taking.options.partial
    need = needs.create_need(taking.session, actor, _draft(cells, organisation))
    if taking.options.publish:
        needs.publish_on(taking.session, taking.shelf, actor, need, taking.on, partial=partial)
    return need.title


def _draft(cells: Cells, organisation: Organisation) -> NeedDraft:
    values, kind = cells.values, NeedKind(cells.values["kind"])
    place = cells.place()
    return NeedDraft(
        kind=kind,
        organisation_id=organisation.id,
        contact_id=cells.contact().id,
        title=values["title"],
        text=values["text"],
        municipality_nis=place.nis,
        postcode=place.postcode,
        start_date=values.get("start"),
        # A list that names no day leaves it to be agreed.
        start_to_agree=values.get("start") is None,
        end_date=values.get("end"),
        duration=values.get("duration") or None,
        recurrence=values.get("recurrence"),
        urgency=values.get("urgency") or Urgency.NORMAL,
        budget=values.get("budget") or None,
        visibility=values.get("visibility") or Visibility.REGION,
        core_activity=values.get("core_activity"),
        fields=cells.fields([field.name for field in NEED_FIELDS[kind]]),
        activities=cells.activities(),
        external_id=values.get("id") or None,
    )
