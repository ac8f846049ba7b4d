"""The checks behind the rules: each looks at one pair and says what it finds, or None.

A check never decides whether its finding blocks: `matcher.rules` does, from the rule's certainty.
"""

from dataclasses import dataclass
from enum import StrEnum

from matcher.values import Evidence, Need
from matcher.vocabulary import NeedKind, OfferKind, OrganisationType, Phase, WorkForm

_DAYS_PER_MONTH = 365.25 / 12
_WEEKS_PER_MONTH = 52 / 12


class Outcome(StrEnum):
    """What a check found."""

    VIOLATED = "violated"
    UNKNOWN = "unknown"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of a check, with its evidence."""

    outcome: Outcome
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """The facts of an offer that rules may look at; `own`: offered by the asker itself."""

    kind: OfferKind
    work_form: WorkForm | None
    supplier_type: OrganisationType | None
    licences: frozenset[str]
    certificates: frozenset[str]
    hours_per_week: float | None
    own: bool


@dataclass(frozen=True, slots=True)
class Values:
    """The parameters of a rule, already read and checked."""

    values: dict[str, object]

    def words(self, name: str) -> frozenset[str]:
        """Return a list parameter; empty when it is not given."""
        value = self.values.get(name, frozenset())
        assert isinstance(value, frozenset)
        return value

    def number(self, name: str) -> float:
        """Return a required number."""
        value = self.values[name]
        assert isinstance(value, float)
        return value


def _listed(fact: str, value: StrEnum | None, allowed: frozenset[str]) -> Finding | None:
    if value is None:
        return Finding(Outcome.UNKNOWN, {"unknown": fact})
    if value.value in allowed:
        return None
    return Finding(Outcome.VIOLATED, {fact: value.value, "allowed": sorted(allowed)})


def _missing(fact: str, asked: frozenset[str], held: frozenset[str]) -> Finding | None:
    if not asked:
        return None
    if not held:
        return Finding(Outcome.UNKNOWN, {"unknown": fact, "required": sorted(asked)})
    if lacking := sorted(asked - held):
        return Finding(Outcome.VIOLATED, {"missing": lacking})
    return None


def _months(need: Need) -> float | None:
    start, end = need.conditions.start, need.conditions.end
    if start is None or end is None:
        return None
    return ((end - start).days + 1) / _DAYS_PER_MONTH


def _at_most_months(need: Need, limit: float) -> Finding | None:
    months = _months(need)
    # Four days of grace: "two years from 1 March" is written as 1 March to 1 March.
    if months is None or months <= limit + 4 / _DAYS_PER_MONTH:
        return None
    return Finding(Outcome.VIOLATED, {"months": round(months, 1), "limit": limit})


def _is_enclave(need: Need, offer: OfferFacts) -> bool:
    return need.kind is NeedKind.ENCLAVE and offer.kind is OfferKind.ENCLAVE_TEAM


def enclave_supplier(need: Need, offer: OfferFacts, values: Values) -> Finding | None:
    """Only listed work forms may send an enclave team."""
    if not _is_enclave(need, offer):
        return None
    return _listed("work_form", offer.work_form, values.words("work_forms"))


def enclave_other_entity(need: Need, offer: OfferFacts, values: Values) -> Finding | None:
    """Host and sender of an enclave are different organisations."""
    if _is_enclave(need, offer) and offer.own:
        return Finding(Outcome.VIOLATED, {"own": True})
    return None


def enclave_core_activity(need: Need, offer: OfferFacts, values: Values) -> Finding | None:
    """An enclave works in the asker's core activity; else it is an ordinary service."""
    if not _is_enclave(need, offer) or need.core_activity is True:
        return None
    if need.core_activity is None:
        return Finding(Outcome.UNKNOWN, {"unknown": "core_activity"})
    return Finding(Outcome.VIOLATED, {"core_activity": False})


def enclave_asker(need: Need, offer: OfferFacts, values: Values) -> Finding | None:
    """An enclave is asked by a listed type of organisation."""
    if not _is_enclave(need, offer):
        return None
    return _listed("asker_type", need.asker_type, values.words("asker_types"))


def service_supplier(need: Need, offer: OfferFacts, values: Values) -> Finding | None:
    """A service is supplied by a listed work form."""
    if need.kind is not NeedKind.SERVICE:
        return None
    return _listed("work_form", offer.work_form, values.words("work_forms"))


def wijk_werken_asker(need: Need, offer: OfferFacts, values: Values) -> Finding | None:
    """Wijk-werken serves listed asker types only, and askers of the excepted branches."""
    if offer.work_form is not WorkForm.WIJK_WERKEN:
        return None
    if (need.asker_nace or "").startswith(tuple(values.words("except_nace"))):
        return None
    return _listed("asker_type", need.asker_type, values.words("asker_types"))


def wijk_werken_hours(need: Need, offer: OfferFacts, values: Values) -> Finding | None:
    """Wijk-werken is limited in hours a month per person: weekly hours x 52 / 12."""
    hours, limit = need.conditions.hours_per_week, values.number("max_hours_per_month")
    if offer.work_form is not WorkForm.WIJK_WERKEN or hours is None:
        return None
    monthly = round(hours * _WEEKS_PER_MONTH, 1)
    if monthly <= limit:
        return None
    return Finding(Outcome.VIOLATED, {"hours": monthly, "limit": limit})


def wijk_werken_duration(need: Need, offer: OfferFacts, values: Values) -> Finding | None:
    """Wijk-werken is limited in months per person."""
    if offer.work_form is not WorkForm.WIJK_WERKEN:
        return None
    return _at_most_months(need, values.number("max_months"))


def vacancy_supplier(need: Need, offer: OfferFacts, values: Values) -> Finding | None:
    """A profile for a vacancy comes from a listed work form."""
    if need.kind is not NeedKind.VACANCY:
        return None
    return _listed("work_form", offer.work_form, values.words("work_forms"))


def vacancy_licence(need: Need, offer: OfferFacts, values: Values) -> Finding | None:
    """A licence that the law demands for the job must be held."""
    if need.kind is not NeedKind.VACANCY:
        return None
    asked = need.conditions.licences & values.words("licences")
    return _missing("licences", asked, offer.licences)


def vacancy_certificate(need: Need, offer: OfferFacts, values: Values) -> Finding | None:
    """A certificate that the law demands for the job must be held."""
    if need.kind is not NeedKind.VACANCY:
        return None
    asked = need.conditions.certificates & values.words("certificates")
    return _missing("certificates", asked, offer.certificates)


def ama_kinds(need: Need, offer: OfferFacts, values: Values) -> Finding | None:
    """Unpaid AMA work does not answer these kinds of needs."""
    if offer.work_form is WorkForm.AMA and need.kind.value in values.words("need_kinds"):
        return Finding(Outcome.VIOLATED, {"need_kind": need.kind.value})
    return None


def placement_asker(need: Need, offer: OfferFacts, values: Values) -> Finding | None:
    """A placement is asked by a listed type of organisation."""
    if need.kind is not NeedKind.PLACEMENT:
        return None
    return _listed("asker_type", need.asker_type, values.words("asker_types"))


def placement_host(need: Need, offer: OfferFacts, values: Values) -> Finding | None:
    """A placement is hosted by a listed type of organisation."""
    if need.kind is not NeedKind.PLACEMENT:
        return None
    return _listed("host_type", offer.supplier_type, values.words("host_types"))


def placement_agreement(need: Need, offer: OfferFacts, values: Values) -> Finding | None:
    """Some hosts sign an agreement with the OCMW before the start."""
    if need.kind is not NeedKind.PLACEMENT or offer.supplier_type is None:
        return None
    if offer.supplier_type.value not in values.words("host_types"):
        return None
    return Finding(Outcome.ADVICE, {"host_type": offer.supplier_type.value})


def placement_half_time(need: Need, offer: OfferFacts, values: Values) -> Finding | None:
    """A placement is at least half-time, for the person and at the workplace."""
    if need.kind is not NeedKind.PLACEMENT:
        return None
    limit = values.number("min_hours_per_week")
    stated = [h for h in (need.conditions.hours_per_week, offer.hours_per_week) if h is not None]
    if not stated or min(stated) >= limit:
        return None
    return Finding(Outcome.VIOLATED, {"hours": min(stated), "limit": limit})


def placement_duration(need: Need, offer: OfferFacts, values: Values) -> Finding | None:
    """A placement is limited in months."""
    if need.kind is not NeedKind.PLACEMENT:
        return None
    return _at_most_months(need, values.number("max_months"))


def placement_first_phase(need: Need, offer: OfferFacts, values: Values) -> Finding | None:
    """The first step of a track is at a listed type of host."""
    if need.kind is not NeedKind.PLACEMENT or need.conditions.phase is not Phase.FIRST:
        return None
    return _listed("host_type", offer.supplier_type, values.words("host_types"))


def checklist(need: Need, offer: OfferFacts, values: Values) -> Finding | None:
    """Remind of steps for the pairs that every given list admits."""
    filters: tuple[tuple[str, StrEnum | None], ...] = (
        ("need_kinds", need.kind),
        ("offer_kinds", offer.kind),
        ("asker_types", need.asker_type),
        ("work_forms", offer.work_form),
    )
    for name, value in filters:
        admitted = values.words(name)
        if admitted and (value is None or value.value not in admitted):
            return None
    return Finding(Outcome.ADVICE, {"items": sorted(values.words("items"))})
