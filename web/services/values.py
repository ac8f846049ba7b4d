"""From stored rows to the frozen values that the matcher takes."""

from dataclasses import replace
from typing import Any, overload

from matcher.values import Activity as ActivityValue
from matcher.values import Need as NeedValue
from matcher.values import Offer as OfferValue
from matcher.values import Place
from matcher.values import Rule as RuleValue
from models import Activity, Municipality, Need, Offer, Rule, now
from models.need_fields import NEED_FIELDS
from models.offer_fields import OFFER_FIELDS
from models.states import ActivityOrigin
from web.services.conditions import conditions_of
from web.services.promises import promises_of


@overload
def place_of(municipality: Municipality) -> Place: ...


@overload
def place_of(municipality: Municipality | None) -> Place | None: ...


def place_of(municipality: Municipality | None) -> Place | None:
    """Return the centre of a municipality as the matcher's value."""
    if municipality is None:
        return None
    return Place(municipality.nis, municipality.name, municipality.latitude, municipality.longitude)


def _of_origin(origin: ActivityOrigin, activities: list[Any]) -> frozenset[str]:
    """Return what the writer himself said; what was recognised, the matcher reads again."""
    return frozenset(link.activity_id for link in activities if link.origin is origin)


def need_value(need: Need) -> NeedValue:
    """Return a need as the matcher sees it."""
    return NeedValue(
        id=str(need.id),
        kind=need.kind,
        title=need.title,
        text=need.text,
        activities=_of_origin(ActivityOrigin.CHOSEN, need.activities),
        rejected=_of_origin(ActivityOrigin.REJECTED, need.activities),
        place=place_of(need.municipality),
        asker_id=str(need.organisation_id),
        asker_type=need.organisation.type,
        asker_nace=need.organisation.nace_code,
        core_activity=need.core_activity,
        conditions=conditions_of(need, NEED_FIELDS[need.kind]),
        written=(need.published_at or need.created_at or now()).date(),
    )


def offer_value(offer: Offer) -> OfferValue:
    """Return an offer as the matcher sees it."""
    return OfferValue(
        id=str(offer.id),
        kind=offer.kind,
        title=offer.title,
        text=offer.text,
        activities=_of_origin(ActivityOrigin.CHOSEN, offer.activities),
        rejected=_of_origin(ActivityOrigin.REJECTED, offer.activities),
        place=place_of(offer.municipality),
        service_nis=frozenset(m.nis for m in offer.service_area),
        radius_km=offer.radius_km,
        supplier_id=str(offer.organisation_id),
        supplier_type=offer.organisation.type,
        work_form=offer.organisation.work_form,
        conditions=replace(
            conditions_of(offer, OFFER_FIELDS[offer.kind]), promised=promises_of(offer)
        ),
        written=(offer.confirmed_at or offer.published_at or offer.created_at or now()).date(),
    )


def activity_value(activity: Activity) -> ActivityValue:
    """Return an activity as the recogniser sees it."""
    return ActivityValue(
        id=activity.id,
        label=activity.label,
        cluster=activity.cluster,
        synonyms=tuple(synonym.text for synonym in activity.synonyms),
    )


def rule_value(rule: Rule) -> RuleValue:
    """Return a rule as the matcher applies it."""
    return RuleValue(
        id=rule.id,
        code=rule.code,
        certainty=rule.certainty,
        parameters=dict(rule.parameters),
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        source=rule.source,
    )
