"""What Brug makes of an offer while it is written; nothing is stored."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from matcher import recognise
from matcher.values import Conditions, Place
from matcher.values import Offer as OfferValue
from models import Organisation
from web.services.actor import Actor
from web.services.catalogue import Shelf
from web.services.fitting import count_fitting
from web.services.offer_drafts import OfferDraft
from web.services.recognition import Chip, Words
from web.services.texts import LONGEST_TEXT


@dataclass(frozen=True, slots=True)
class Look:
    """The activities to show, and how many open needs the words could fit."""

    chips: tuple[Chip, ...]
    fitting: int


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
    if not draft.text.strip():
        return Look(chips, 0)
    value = _value(session, draft, words, place)
    return Look(chips, count_fitting(session, shelf, actor, value, on))


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


def _value(session: Session, draft: OfferDraft, words: Words, place: Place | None) -> OfferValue:
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
        conditions=Conditions(start=draft.start_date, end=draft.end_date),
    )
