from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from matcher import InvalidRuleError, UnknownRuleCode, check_rules, score_pair
from matcher.rules import CHECKS
from matcher.values import Need, Offer, Refusal, Rule, Suggestion
from matcher.vocabulary import NeedKind, OfferKind, OrganisationType, Phase, WorkForm
from tests.matcher.samples import TODAY, asking, make_need, make_offer, rule, stating, taxonomy

ENCLAVE = make_need(kind=NeedKind.ENCLAVE)
SERVICE = make_need(kind=NeedKind.SERVICE)
VACANCY = make_need(kind=NeedKind.VACANCY)
PLACEMENT = make_need(kind=NeedKind.PLACEMENT)
TEAM = make_offer(kind=OfferKind.ENCLAVE_TEAM)
TASK = make_offer(kind=OfferKind.SERVICE)
PROFILE = make_offer(kind=OfferKind.PROFILE)
PLACE = make_offer(kind=OfferKind.WORKPLACE)
MAATWERK = WorkForm.MAATWERKBEDRIJF
WIJK = replace(TASK, work_form=WorkForm.WIJK_WERKEN)


def judged(need: Need, offer: Offer, *rules: Rule, on: date = TODAY) -> Suggestion | Refusal:
    return score_pair(need, offer, taxonomy(), rules, on=on)


def months(count: int) -> dict[str, date]:
    return {"start": TODAY, "end": TODAY + timedelta(days=round(count * 30.44))}


BROKEN: list[tuple[str, dict[str, Any], Need, Offer, dict[str, object]]] = [
    (
        "enclave.supplier",
        {"work_forms": ["maatwerkbedrijf"]},
        ENCLAVE,
        replace(TEAM, work_form=WorkForm.LOCAL_SERVICE),
        {"work_form": "lokale_dienst", "allowed": ["maatwerkbedrijf"]},
    ),
    (
        "enclave.other_entity",
        {},
        replace(ENCLAVE, asker_id="x"),
        replace(TEAM, supplier_id="x"),
        {"own": True},
    ),
    (
        "enclave.core_activity",
        {},
        replace(ENCLAVE, core_activity=False),
        TEAM,
        {"core_activity": False},
    ),
    (
        "enclave.asker",
        {"asker_types": ["company"]},
        replace(ENCLAVE, asker_type=OrganisationType.OCMW),
        TEAM,
        {"asker_type": "ocmw", "allowed": ["company"]},
    ),
    (
        "service.supplier",
        {"work_forms": ["maatwerkbedrijf"]},
        SERVICE,
        replace(TASK, work_form=WorkForm.GOB),
        {"work_form": "gob", "allowed": ["maatwerkbedrijf"]},
    ),
    (
        "wijk_werken.asker",
        {"asker_types": ["vzw"]},
        replace(SERVICE, asker_type=OrganisationType.COMPANY),
        WIJK,
        {"asker_type": "company", "allowed": ["vzw"]},
    ),
    (
        "wijk_werken.hours",
        {"max_hours_per_month": 60},
        asking(SERVICE, hours_per_week=15.0),
        WIJK,
        {"hours": 65.0, "limit": 60.0},
    ),
    (
        "wijk_werken.duration",
        {"max_months": 12},
        asking(SERVICE, **months(14)),
        WIJK,
        {"months": 14.0, "limit": 12.0},
    ),
    (
        "vacancy.supplier",
        {"work_forms": ["maatwerkbedrijf"]},
        VACANCY,
        replace(PROFILE, work_form=WorkForm.WIJK_WERKEN),
        {"work_form": "wijk_werken", "allowed": ["maatwerkbedrijf"]},
    ),
    (
        "vacancy.licence",
        {"licences": ["C", "D"]},
        asking(VACANCY, licences=frozenset({"C", "heftruck"})),
        stating(PROFILE, licences=frozenset({"B"})),
        {"missing": ["C"]},
    ),
    (
        "vacancy.certificate",
        {"certificates": ["kinderbegeleider"]},
        asking(VACANCY, certificates=frozenset({"kinderbegeleider"})),
        stating(PROFILE, certificates=frozenset({"vca"})),
        {"missing": ["kinderbegeleider"]},
    ),
    (
        "ama.kinds",
        {"need_kinds": ["vacancy"]},
        VACANCY,
        replace(PROFILE, work_form=WorkForm.AMA),
        {"need_kind": "vacancy"},
    ),
    (
        "placement.asker",
        {"asker_types": ["ocmw"]},
        replace(PLACEMENT, asker_type=OrganisationType.COMPANY),
        PLACE,
        {"asker_type": "company", "allowed": ["ocmw"]},
    ),
    (
        "placement.host",
        {"host_types": ["vzw"]},
        PLACEMENT,
        replace(PLACE, supplier_type=OrganisationType.COMPANY),
        {"host_type": "company", "allowed": ["vzw"]},
    ),
    (
        "placement.half_time",
        {"min_hours_per_week": 19},
        asking(PLACEMENT, hours_per_week=38.0),
        stating(PLACE, hours_per_week=12.0),
        {"hours": 12.0, "limit": 19.0},
    ),
    (
        "placement.duration",
        {"max_months": 24},
        asking(PLACEMENT, **months(30)),
        PLACE,
        {"months": 30.0, "limit": 24.0},
    ),
    (
        "placement.first_phase",
        {"host_types": ["social_economy"]},
        asking(PLACEMENT, phase=Phase.FIRST),
        replace(PLACE, supplier_type=OrganisationType.COMPANY),
        {"host_type": "company", "allowed": ["social_economy"]},
    ),
]
ADVICE = [
    (
        "placement.agreement",
        {"host_types": ["company"]},
        PLACEMENT,
        replace(PLACE, supplier_type=OrganisationType.COMPANY),
        {"outcome": "advice", "host_type": "company"},
    ),
    (
        "checklist",
        {"items": ["notice", "agreement"], "need_kinds": ["enclave"], "work_forms": [MAATWERK]},
        ENCLAVE,
        replace(TEAM, work_form=MAATWERK),
        {"outcome": "advice", "items": ["agreement", "notice"]},
    ),
]


@pytest.mark.parametrize(("code", "parameters", "need", "offer", "evidence"), BROKEN)
def test_a_certain_rule_refuses_and_tells_why(
    code: str, parameters: dict[str, Any], need: Need, offer: Offer, evidence: dict[str, object]
) -> None:
    found = judged(need, offer, rule(code, **parameters))
    assert found == Refusal("o1", code, code, evidence, "n1")


@pytest.mark.parametrize(
    ("code", "parameters", "need", "offer", "evidence"),
    # An own offer never takes part, whatever the rule.
    [case for case in BROKEN if case[0] != "enclave.other_entity"],
)
def test_a_rule_that_is_not_certain_only_warns(
    code: str, parameters: dict[str, Any], need: Need, offer: Offer, evidence: dict[str, object]
) -> None:
    found = judged(need, offer, rule(code, "likely", **parameters))
    assert isinstance(found, Suggestion)
    assert found.cautions[0].evidence == {"outcome": "violated", **evidence}


@pytest.mark.parametrize(("code", "parameters", "need", "offer", "evidence"), ADVICE)
def test_advice_never_refuses_even_when_certain(
    code: str, parameters: dict[str, Any], need: Need, offer: Offer, evidence: dict[str, object]
) -> None:
    found = judged(need, offer, rule(code, **parameters))
    assert isinstance(found, Suggestion)
    assert [caution.evidence for caution in found.cautions] == [evidence]


def test_every_check_has_an_example_here() -> None:
    assert {case[0] for case in BROKEN} | {case[0] for case in ADVICE} == set(CHECKS)


@pytest.mark.parametrize(
    ("code", "parameters", "need", "offer", "fact"),
    [
        ("enclave.supplier", {"work_forms": ["maatwerkbedrijf"]}, ENCLAVE, TEAM, "work_form"),
        ("enclave.core_activity", {}, ENCLAVE, TEAM, "core_activity"),
        ("wijk_werken.asker", {"asker_types": ["vzw"]}, SERVICE, WIJK, "asker_type"),
        (
            "vacancy.licence",
            {"licences": ["C"]},
            asking(VACANCY, licences=frozenset({"C"})),
            PROFILE,
            "licences",
        ),
    ],
)
def test_an_unknown_fact_is_a_caution_and_no_refusal(
    code: str, parameters: dict[str, Any], need: Need, offer: Offer, fact: str
) -> None:
    found = judged(need, offer, rule(code, **parameters))
    assert isinstance(found, Suggestion)
    assert found.cautions[0].evidence["unknown"] == fact
    assert found.cautions[0].evidence["outcome"] == "unknown"


def test_a_rule_counts_from_its_first_to_its_last_day() -> None:
    dated = replace(
        rule("enclave.supplier", work_forms=["maatwerkbedrijf"]),
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
    )
    team = replace(TEAM, work_form=WorkForm.GOB)
    refused = {
        day: isinstance(judged(ENCLAVE, team, dated, on=day), Refusal)
        for day in (
            date(2025, 12, 31),
            date(2026, 1, 1),
            date(2026, 12, 31),
            date(2027, 1, 1),
        )
    }
    assert list(refused.values()) == [False, True, True, False]


def test_a_service_may_answer_an_enclave_need_whatever_its_work_form() -> None:
    found = judged(
        ENCLAVE,
        replace(TASK, work_form=WorkForm.LOCAL_SERVICE),
        rule("enclave.supplier", work_forms=["maatwerkbedrijf"]),
    )
    assert isinstance(found, Suggestion)


def test_two_years_to_the_day_do_not_exceed_twenty_four_months() -> None:
    need = asking(PLACEMENT, start=date(2026, 3, 1), end=date(2028, 3, 1))
    assert isinstance(judged(need, PLACE, rule("placement.duration", max_months=24)), Suggestion)


def test_a_checklist_is_silent_for_other_pairs() -> None:
    advice = rule("checklist", items=["notice"], need_kinds=["enclave"])
    found = judged(SERVICE, TASK, advice)
    assert isinstance(found, Suggestion)
    assert found.cautions == ()


def test_an_unknown_code_is_named() -> None:
    with pytest.raises(UnknownRuleCode, match=r"enclave\.moon"):
        check_rules([rule("enclave.moon")])


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (rule("enclave.supplier"), "'work_forms' is missing"),
        (rule("enclave.supplier", work_forms=["maatwerk"]), "'maatwerk' is not one of"),
        (rule("enclave.supplier", work_forms=[]), "expected a list of words"),
        (rule("enclave.supplier", work_forms="gob"), "expected a list of words"),
        (rule("enclave.supplier", work_forms=[3]), "expected a list of words"),
        (rule("placement.duration", max_months="24"), "expected a number"),
        (rule("placement.duration", max_months=True), "expected a number"),
        (rule("placement.duration", max_months=0), "expected a number above 0"),
        (rule("enclave.core_activity", extra=1), "takes no parameter 'extra'"),
        (rule("enclave.core_activity", "sure"), "certainty 'sure'"),
    ],
)
def test_a_rule_that_cannot_be_applied_says_what_is_wrong(broken: Rule, message: str) -> None:
    with pytest.raises(InvalidRuleError, match=message):
        check_rules([broken])


def test_well_written_rules_pass() -> None:
    check_rules(rule(code, **parameters) for code, parameters, *_ in (*BROKEN, *ADVICE))


@pytest.mark.parametrize(("nace", "allowed"), [("01130", True), ("10130", False), (None, False)])
def test_wijk_werken_serves_an_excepted_branch(nace: str | None, allowed: bool) -> None:
    blocking = rule("wijk_werken.asker", asker_types=["vzw"], except_nace=["01"])
    farm = replace(SERVICE, asker_type=OrganisationType.COMPANY, asker_nace=nace)
    assert isinstance(judged(farm, WIJK, blocking), Suggestion) is allowed
