"""What an offer must tell, and what its organisation may offer, before others see it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from matcher.rules import active_rules
from matcher.values import Rule
from matcher.vocabulary import OfferKind, WorkForm
from models import Offer
from models.fields import missing
from models.marker import N_
from models.offer_fields import OFFER_FIELDS
from models.states import ActivityOrigin, OrganisationStatus
from web.services.errors import InvalidError
from web.services.fields import TOO_LONG, field_values, impossible_value
from web.services.profile_check import FREE_TEXTS, NOT_LOOKED_OVER, Finding, check_profile
from web.services.texts import LONGEST_TEXT, LONGEST_TITLE

if TYPE_CHECKING:
    from web.services.offer_drafts import OfferDraft

FILL_IN = N_("Please fill this in.")
#: Kinds that are found by their activity; a profile or a workplace speaks of a job instead.
WITH_ACTIVITY = (OfferKind.ENCLAVE_TEAM, OfferKind.SERVICE)
FURTHEST_KM = 300

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 1, 1)

_BAD_DAY = N_("This day is not possible.")
#: Pairs of fields of which the second may not be less than the first.
_ORDERED = (
    ("start_date", "end_date", N_("The end lies before the start.")),
    ("people_min", "people_max", N_("This is less than the smallest team.")),
    ("order_min", "order_max", N_("This is less than the smallest order.")),
)

Problems = dict[str, str]


def impossible_values(draft: "OfferDraft", title: str, text: str) -> Problems:
    """Return what no offer may hold, not even a draft; texts are given as they will be stored."""
    problems: Problems = {}
    if len(title) > LONGEST_TITLE:
        problems["title"] = TOO_LONG
    if len(text) > LONGEST_TEXT:
        problems["text"] = TOO_LONG
    if draft.radius_km is not None and not 0 < draft.radius_km <= FURTHEST_KM:
        problems["radius_km"] = N_("This should lie between 1 and 300 km.")
    days = {name: getattr(draft, name) for name in ("start_date", "end_date", "valid_until")}
    for name, day in days.items():
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            problems[name] = _BAD_DAY
    for field in OFFER_FIELDS[draft.kind]:
        if problem := impossible_value(field, draft.fields.get(field.name)):
            problems[field.name] = problem
    return _out_of_order({**draft.fields, **days}, problems) | problems


def _out_of_order(values: Mapping[str, Any], wrong: Problems) -> Problems:
    problems = {}
    for low, high, message in _ORDERED:
        first, last = values.get(low), values.get(high)
        if {low, high} & set(wrong) or first is None or last is None:
            continue
        if last < first:
            problems[high] = message
    return problems


def check_publishable(offer: Offer, *, looked_over: bool = False) -> None:
    """Raise `InvalidError` with what an offer still lacks to be published.

    looked_over: somebody stands for what a profile gives away.
    """
    problems = _basics(offer, looked_over)
    details = OFFER_FIELDS[offer.kind]
    problems |= {field.name: FILL_IN for field in missing(details, field_values(offer, details))}
    kept = [a for a in offer.activities if a.origin is not ActivityOrigin.REJECTED]
    if offer.kind in WITH_ACTIVITY and not kept:
        problems["activities"] = N_("Choose at least one activity: that is how people find you.")
    if problems:
        raise InvalidError(problems)


def check_basics(offer: Offer, *, looked_over: bool = False) -> None:
    """Raise `InvalidError` where an offer lacks what every published one has."""
    if problems := _basics(offer, looked_over):
        raise InvalidError(problems)


def _basics(offer: Offer, looked_over: bool) -> dict[str, str]:
    given = {
        "title": offer.title,
        "text": offer.text,
        "place": offer.municipality_nis,
        "contact_id": offer.contact_id,
    }
    problems = {name: FILL_IN for name, value in given.items() if not value}
    if "text" in problems:
        # A title may stay empty: the words give one.
        problems.pop("title", None)
    if not looked_over and given_away(offer):
        problems["looked_over"] = NOT_LOOKED_OVER
    return problems


def given_away(offer: Offer) -> dict[str, tuple[Finding, ...]]:
    """Return by field what an anonymous profile tells of who it is; nothing for another kind."""
    if offer.kind is not OfferKind.PROFILE:
        return {}
    texts = {"title": offer.title, "text": offer.text, **offer.details}
    found = {name: check_profile(texts.get(name) or "") for name in FREE_TEXTS}
    return {name: findings for name, findings in found.items() if findings}


def check_supplier(offer: Offer, rules: Iterable[Rule], on: date) -> None:
    """Raise `InvalidError` unless the organisation may list this kind of offer today."""
    if not offer.organisation.is_supplier or (
        offer.organisation.status is not OrganisationStatus.APPROVED
    ):
        raise InvalidError(
            {"organisation_id": N_("The coordinator has not yet let this organisation in.")}
        )
    if broken_rule(offer.kind, offer.organisation.work_form, rules, on):
        raise InvalidError(
            {
                "kind": N_(
                    "Only a recognised maatwerkbedrijf may send an enclave team. "
                    "You may list the same work as a service."
                )
            }
        )


def broken_rule(
    kind: OfferKind, work_form: WorkForm, rules: Iterable[Rule], on: date
) -> Rule | None:
    """Return the certain rule that keeps a work form from listing a kind of offer, if any."""
    if kind is not OfferKind.ENCLAVE_TEAM:
        return None
    about = [r for r in rules if r.code == "enclave.supplier" and r.certainty == "certain"]
    for active in active_rules(about, on):
        if work_form.value not in active.values.words("work_forms"):
            return active.rule
    return None
