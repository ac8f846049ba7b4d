"""Dated rules applied to a pair: who may ask, who may supply, and what to keep in mind.

A `Rule` is data; its `code` names one of the checks below, its `parameters` say with which values.
A check finds a pair *violated* (it breaks the rule), *unknown* (the fact is missing) or *advice*
(nothing is wrong, something must be done). Only a violated rule whose certainty is `certain`
refuses the offer; everything else becomes a `Caution`. A rule counts on the days from `valid_from`
to `valid_to`, both included. Lists of parameters hold the stored values of `matcher.vocabulary`.

=======================  =====================================  ===================================
code                     parameters                             applies to, and breaks when
=======================  =====================================  ===================================
enclave.supplier         work_forms: list                       an enclave_team for an enclave need
                                                                whose work form is not listed
enclave.other_entity     (none)                                 an enclave_team of the asker itself
enclave.core_activity    (none)                                 an enclave_team where the asker
                                                                says it is not his core activity
enclave.asker            asker_types: list                      an enclave_team for an enclave need
                                                                of an asker type not listed
service.supplier         work_forms: list                       a service need, supplier's work
                                                                form not listed
wijk_werken.asker        asker_types: list; optional            a wijk-werken offer, asker type
                         except_nace: list of first digits      not listed and branch not excepted
wijk_werken.hours        max_hours_per_month: number            a wijk-werken offer, need asks more
wijk_werken.duration     max_months: number                     a wijk-werken offer, need is longer
vacancy.supplier         work_forms: list                       a profile for a vacancy, work form
                                                                of its organisation not listed
vacancy.licence          licences: list (required by law)       a vacancy asks one of these that the
                                                                profile does not hold
vacancy.certificate      certificates: list (required by law)   same, for certificates
ama.kinds                need_kinds: list                       an AMA organisation for one of these
placement.asker          asker_types: list                      a placement asked by another type
placement.host           host_types: list                       a workplace at another host type
placement.agreement      host_types: list                       advice: these hosts need a signed
                                                                agreement with the OCMW first
placement.half_time      min_hours_per_week: number             need or workplace offers fewer hours
placement.duration       max_months: number                     the placement lasts longer
placement.first_phase    host_types: list                       a first step at a host not listed
checklist                items: list of codes; optional         advice: always, for the pairs that
                         need_kinds, offer_kinds,               every given list admits
                         asker_types, work_forms: lists
=======================  =====================================  ===================================

Evidence: `work_form`/`allowed`, `asker_type`/`allowed`, `host_type`/`allowed`, `missing` (licences
or certificates), `hours`/`limit`, `months`/`limit`, `need_kind`, `items`; for an unknown fact
`unknown` names it (`work_form`, `asker_type`, `supplier_type`, `core_activity`, `licences`,
`certificates`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from matcher import rule_checks as checks
from matcher.rule_checks import Finding, OfferFacts, Outcome, Values
from matcher.values import Caution, Need, Offer, Refusal, Rule
from matcher.vocabulary import Certainty, NeedKind, OfferKind, OrganisationType, WorkForm

Check = Callable[[Need, OfferFacts, Values], Finding | None]
Reader = Callable[[object], object]


class RuleError(ValueError):
    """A rule that cannot be applied as it is written."""


class UnknownRuleCode(RuleError):  # noqa: N818 -- says what is unknown, and callers know it so
    """A rule names a check that does not exist."""


class InvalidRuleError(RuleError):
    """A rule lacks a parameter, or holds one that its check does not understand."""


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise InvalidRuleError(f"expected a number above 0, found {value!r}")
    return float(value)


def _words(value: object) -> frozenset[str]:
    if not isinstance(value, list | tuple | set | frozenset) or not value:
        raise InvalidRuleError(f"expected a list of words, found {value!r}")
    if not all(isinstance(word, str) and word for word in value):
        raise InvalidRuleError(f"expected a list of words, found {value!r}")
    return frozenset(value)


def _one_of(vocabulary: type[Enum]) -> Reader:
    known = {member.value for member in vocabulary}

    def read(value: object) -> frozenset[str]:
        words = _words(value)
        if strange := sorted(words - known):
            raise InvalidRuleError(f"{strange[0]!r} is not one of {', '.join(sorted(known))}")
        return words

    return read


_ASKERS = {"asker_types": _one_of(OrganisationType)}
_HOSTS = {"host_types": _one_of(OrganisationType)}
_FORMS = {"work_forms": _one_of(WorkForm)}
_KINDS = {"need_kinds": _one_of(NeedKind)}
_OFFER_KINDS = {"offer_kinds": _one_of(OfferKind)}


@dataclass(frozen=True, slots=True)
class _Definition:
    check: Check
    required: Mapping[str, Reader]
    optional: Mapping[str, Reader]


def _define(
    check: Check,
    required: Mapping[str, Reader] | None = None,
    optional: Mapping[str, Reader] | None = None,
) -> _Definition:
    return _Definition(check, required or {}, optional or {})


CHECKS: Mapping[str, _Definition] = {
    "enclave.supplier": _define(checks.enclave_supplier, _FORMS),
    "enclave.other_entity": _define(checks.enclave_other_entity),
    "enclave.core_activity": _define(checks.enclave_core_activity),
    "enclave.asker": _define(checks.enclave_asker, _ASKERS),
    "service.supplier": _define(checks.service_supplier, _FORMS),
    "wijk_werken.asker": _define(checks.wijk_werken_asker, _ASKERS, {"except_nace": _words}),
    "wijk_werken.hours": _define(checks.wijk_werken_hours, {"max_hours_per_month": _number}),
    "wijk_werken.duration": _define(checks.wijk_werken_duration, {"max_months": _number}),
    "vacancy.supplier": _define(checks.vacancy_supplier, _FORMS),
    "vacancy.licence": _define(checks.vacancy_licence, {"licences": _words}),
    "vacancy.certificate": _define(checks.vacancy_certificate, {"certificates": _words}),
    "ama.kinds": _define(checks.ama_kinds, _KINDS),
    "placement.asker": _define(checks.placement_asker, _ASKERS),
    "placement.host": _define(checks.placement_host, _HOSTS),
    "placement.agreement": _define(checks.placement_agreement, _HOSTS),
    "placement.half_time": _define(checks.placement_half_time, {"min_hours_per_week": _number}),
    "placement.duration": _define(checks.placement_duration, {"max_months": _number}),
    "placement.first_phase": _define(checks.placement_first_phase, _HOSTS),
    "checklist": _define(
        checks.checklist, {"items": _words}, {**_KINDS, **_OFFER_KINDS, **_ASKERS, **_FORMS}
    ),
}


@dataclass(frozen=True, slots=True)
class ActiveRule:
    """A rule in force, with its check and its parameters read."""

    rule: Rule
    check: Check
    values: Values


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of a pair: the first refusing rule, or the cautions."""

    refused_by: Rule | None
    evidence: dict[str, object]
    cautions: tuple[Caution, ...]

    def refusal(self, need_id: str, offer_id: str) -> Refusal | None:
        """Return the refusal of this offer, or None when it is eligible."""
        if self.refused_by is None:
            return None
        rule = self.refused_by
        return Refusal(offer_id, rule.id, rule.code, self.evidence, need_id)


def _compile(rule: Rule) -> ActiveRule:
    definition = CHECKS.get(rule.code)
    if definition is None:
        raise UnknownRuleCode(f"rule {rule.id!r}: no check is called {rule.code!r}")
    if rule.certainty not in {member.value for member in Certainty}:
        raise InvalidRuleError(f"rule {rule.id!r}: certainty {rule.certainty!r} is not known")
    readers = {**definition.required, **definition.optional}
    for name in sorted(set(rule.parameters) ^ set(readers)):
        if name in definition.required:
            raise InvalidRuleError(f"rule {rule.id!r}: parameter {name!r} is missing")
        if name in rule.parameters:
            raise InvalidRuleError(f"rule {rule.id!r}: {rule.code} takes no parameter {name!r}")
    values: dict[str, object] = {}
    for name, value in rule.parameters.items():
        try:
            values[name] = readers[name](value)
        except InvalidRuleError as error:
            raise InvalidRuleError(f"rule {rule.id!r}, parameter {name!r}: {error}") from None
    return ActiveRule(rule, definition.check, Values(values))


def check_rules(rules: Iterable[Rule]) -> None:
    """Raise `UnknownRuleCode` or `InvalidRuleError` for the first rule that cannot be applied."""
    for rule in rules:
        _compile(rule)


def active_rules(rules: Sequence[Rule], on: date) -> tuple[ActiveRule, ...]:
    """Return the rules in force on a day, by id; raise `RuleError` for an unusable rule."""
    in_force = [
        rule
        for rule in rules
        if (rule.valid_from is None or rule.valid_from <= on)
        and (rule.valid_to is None or on <= rule.valid_to)
    ]
    return tuple(_compile(rule) for rule in sorted(in_force, key=lambda rule: rule.id))


def facts_of(offer: Offer, *, own: bool = False) -> OfferFacts:
    """Return what the rules may know of an offer; equal facts get equal judgements."""
    return OfferFacts(
        kind=offer.kind,
        work_form=offer.work_form,
        supplier_type=offer.supplier_type,
        licences=offer.conditions.licences,
        certificates=offer.conditions.certificates,
        hours_per_week=offer.conditions.hours_per_week,
        own=own,
    )


def judge(need: Need, facts: OfferFacts, rules: Iterable[ActiveRule]) -> Judgement:
    """Apply the rules in order; stop at the first certain one that the pair breaks."""
    cautions: list[Caution] = []
    for active in rules:
        finding = active.check(need, facts, active.values)
        if finding is None:
            continue
        if finding.outcome is Outcome.VIOLATED and active.rule.certainty == Certainty.CERTAIN:
            return Judgement(active.rule, finding.evidence, ())
        evidence = {"outcome": finding.outcome.value, **finding.evidence}
        cautions.append(Caution(active.rule.id, active.rule.code, evidence))
    return Judgement(None, {}, tuple(cautions))
