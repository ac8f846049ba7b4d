"""What Brug makes of an offer while it is written; nothing is stored."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from matcher import recognise
from matcher.values import Offer as OfferValue
from matcher.values import Place
from models import Organisation
from models.offer_fields import OFFER_FIELDS
from web.services.actor import Actor
from web.services.catalogue import Shelf
from web.services.conditions import conditions_from
from web.services.fitting import count_fitting
from web.services.offer_drafts import OfferDraft
from web.services.readings import ReadFact, read_facts
from web.services.recognition import Chip, Words
from web.services.texts import LONGEST_TEXT


@dataclass(frozen=True, slots=True)
class Look:
    """The activities and conditions to show, and how many open needs the words could fit."""

    chips: tuple[Chip, ...]
    fitting: int
    read: tuple[ReadFact, ...]


def look_at_offer(
    session: Session,
    shelf: Shelf,
    actor: Actor,
    draft: OfferDraft,
    words: Words,
    place: Place | None,
    on: date,
) -> Look:
    """Return what the words of an offer say, for an actor who may read the needs it fits."""
    chips = _chips(shelf, words)
    value = _value(session, draft, words, place, on)
    read = read_facts(value, OFFER_FIELDS[draft.kind])
    fitting = count_fitting(session, shelf, actor, value, on) if draft.text.strip() else 0
    return Look(chips, fitting, read)


def _chips(shelf: Shelf, words: Words) -> tuple[Chip, ...]:
    labels = {activity.id: activity.label for activity in shelf.taxonomy.activities}
    found = [
        Chip(
            one.activity_id,
            labels[one.activity_id],
            one.activity_id not in words.rejected,
            words=one.words,
        )
        for one in recognise(shelf.taxonomy, words.title, words.text[:LONGEST_TEXT])
    ]
    others = sorted((words.chosen & labels.keys()) - {chip.id for chip in found})
    return (*found, *(Chip(name, labels[name], True, added=True) for name in others))


def _value(
    session: Session, draft: OfferDraft, words: Words, place: Place | None, on: date
) -> OfferValue:
    days = {"start_date": draft.start_date, "end_date": draft.end_date}
    organisation = session.get_one(Organisation, draft.organisation_id)
    return OfferValue(
        id="",
        kind=draft.kind,
        title=draft.title,
        text=draft.text[:LONGEST_TEXT],
        activities=words.chosen,
        rejected=words.rejected,
        place=place,
        radius_km=draft.radius_km,
        service_nis=draft.service_nis,
        supplier_id=str(organisation.id),
        supplier_type=organisation.type,
        work_form=organisation.work_form,
        conditions=conditions_from({**draft.fields, **days}),
        written=on,
    )
