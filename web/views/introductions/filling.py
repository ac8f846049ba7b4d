"""The forms of a match's page, filled with what is known already."""

from datetime import date
from typing import Any

from models import Agreement
from models.states import CheckItem
from web.forms.base import BrugForm
from web.forms.introductions import (
    AgreementForm,
    BeginForm,
    CheckForm,
    ForSideForm,
    GiveUpForm,
    NoForm,
    OutcomeForm,
    StepForm,
    StillThereForm,
    YesForm,
)
from web.services.match_life.answers import approval_of
from web.services.match_life.overview import Overview


def forms_of(found: Overview, on: date) -> dict[str, BrugForm]:
    """Return the forms by what they are for; each has names of its own on the page."""
    match = found.match
    approval = approval_of(match)
    asked = {
        "approval": approval.id if approval else "",
        "side": found.own[0].value if found.own else "",
    }
    seen = {"seen": match.version}
    figures = {**seen, "agreement": found.agreement.version if found.agreement else ""}
    kind = match.need.kind
    forms: dict[str, BrugForm] = {
        "yes": _new(YesForm, "yes", asked),
        "no": _new(NoForm, "no", asked),
        "for": _new(ForSideForm, "for", {**asked, "side": _silent(found)}),
        "agree": AgreementForm(
            kind, formdata=None, prefix="agree-", data={**_terms(found), **figures}
        ),
        "begin": _new(BeginForm, "begin", {**seen, "started": _began(found.agreement, on)}),
        "finish": OutcomeForm(
            kind, formdata=None, prefix="finish-", data={**_outcome(found.agreement, on), **figures}
        ),
        "give_up": _new(GiveUpForm, "give_up", seen),
        "undo": _new(StepForm, "undo", seen),
        "retention": _new(StillThereForm, "retention", {}),
    }
    for item in CheckItem:
        forms[f"check_{item}"] = _new(
            CheckForm, f"check_{item}", {"done_on": _ticked(found, item, on)}
        )
    return forms


def _silent(found: Overview) -> str:
    """Return the side that a coordinator answers for when only one is silent."""
    return found.unanswered[0].value if len(found.unanswered) == 1 else ""


def _new(kind: type[BrugForm], action: str, data: dict[str, Any]) -> BrugForm:
    return kind(formdata=None, prefix=f"{action}-", data=data)


def _terms(found: Overview) -> dict[str, Any]:
    """Return the figures of the agreement, or as a start what the need and the approval say."""
    stored, need = found.agreement, found.match.need
    if stored is not None:
        names = ("people", "fte", "hours", "euro", "contract", "start_date", "end_date")
        values = {name: getattr(stored, name) for name in names}
        return {**values, "hours_per": stored.hours_per.value if stored.hours_per else ""}
    return {
        "people": found.match.people or need.people_min,
        "start_date": need.start_date,
        "end_date": need.end_date,
        "contract": need.details.get("contract"),
    }


def _outcome(stored: Agreement | None, on: date) -> dict[str, Any]:
    if stored is None:
        return {}
    total = stored.hours if stored.hours_per == "total" else None
    return {
        "real_people": stored.people,
        "real_fte": stored.fte,
        "real_hours": total,
        "real_euro": stored.euro,
        "real_contract": stored.contract,
        "real_start": stored.real_start or stored.start_date,
        "real_end": min(stored.end_date or on, on),
    }


def _began(stored: Agreement | None, on: date) -> date:
    return min(stored.start_date, on) if stored else on


def _ticked(found: Overview, item: CheckItem, on: date) -> date:
    return found.checks[item].done_on if item in found.checks else on
