"""The figures of an agreement and of its outcome, and what each kind of need asks of them."""

from dataclasses import dataclass
from datetime import date

from matcher.vocabulary import NeedKind
from models import Match
from models.marker import N_
from models.options import CONTRACTS
from models.states import HoursPer
from web.services.errors import InvalidError

MOST_PEOPLE = 500
_CONTRACTS = frozenset(code for code, _label in CONTRACTS)
_MISSING = N_("Please fill this in.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What was agreed; `models.Agreement` says what each figure counts."""

    start_date: date | None
    end_date: date | None = None
    people: int | None = None
    fte: float | None = None
    hours: float | None = None
    hours_per: HoursPer | None = None
    euro: int | None = None
    contract: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What it became; hours are those of the whole period."""

    real_start: date | None
    real_end: date | None = None
    real_people: int | None = None
    real_fte: float | None = None
    real_hours: float | None = None
    real_euro: int | None = None
    real_contract: str | None = None
    hired: bool | None = None


def check_terms(match: Match, terms: Terms) -> None:
    """Refuse terms that lack what their kind asks; raises `InvalidError` by field."""
    kind, problems = match.need.kind, _in_order(terms.start_date, terms.end_date, "")
    if kind is NeedKind.VACANCY and terms.contract not in _CONTRACTS:
        problems["contract"] = N_("Choose the contract.")
    if kind is NeedKind.ENCLAVE and terms.people is None:
        problems["people"] = _MISSING
    if kind in (NeedKind.ENCLAVE, NeedKind.SERVICE) and not (terms.hours or terms.euro):
        problems["hours"] = N_("Fill in the hours or the amount: the region counts what it brings.")
    if (terms.hours is None) != (terms.hours_per is None):
        problems["hours_per"] = N_("Say whether these are hours a week or in all.")
    if problems:
        raise InvalidError(problems)


def check_outcome(match: Match, outcome: Outcome, on: date) -> None:
    """Refuse an outcome that lacks what its kind asks, or tells of days to come."""
    kind = match.need.kind
    problems = _in_order(outcome.real_start, outcome.real_end, "real_")
    if kind is NeedKind.VACANCY:
        problems |= _about_hiring(outcome)
    elif outcome.real_end is None:
        problems["real_end"] = _MISSING
    if kind is NeedKind.ENCLAVE and outcome.real_people is None:
        problems["real_people"] = _MISSING
    for name in ("real_start", "real_end"):
        day = getattr(outcome, name)
        if day and day > on:
            problems[name] = N_("This day is still to come: say so once it is done.")
    if problems:
        raise InvalidError(problems)


def _in_order(start: date | None, end: date | None, prefix: str) -> dict[str, str]:
    if start is None:
        return {f"{prefix}{'start' if prefix else 'start_date'}": _MISSING}
    if end is not None and end < start:
        return {f"{prefix}{'end' if prefix else 'end_date'}": N_("The end lies before the start.")}
    return {}


def _about_hiring(outcome: Outcome) -> dict[str, str]:
    if outcome.hired is None:
        return {"hired": N_("Say whether the person was hired.")}
    if outcome.hired and outcome.real_contract not in _CONTRACTS:
        return {"real_contract": N_("Choose the contract.")}
    return {}
