import json
import math
import os
import subprocess
import sys
from dataclasses import replace

from matcher import Taxonomy, rank, rank_needs, score_pair
from matcher.values import Refusal, Suggestion
from matcher.vocabulary import NeedKind, OfferKind, WorkForm
from tests.matcher.samples import (
    BEKKEVOORT,
    DIEST,
    OOSTENDE,
    TODAY,
    make_need,
    make_offer,
    need_index,
    offer_index,
    rule,
    stating,
    taxonomy,
)

MOWING = make_offer("gras", "Onze ploeg maait gazons en bermen en scheert hagen.", "Groenploeg")
IRONING = make_offer("strijk", "Strijkdienst: wij wassen, strijken en plooien uw linnen.", "Strijk")
CLEANING = make_offer("poets", "Wij maken kantoren en klaslokalen schoon.", "Schoonmaak")
OFFERS = (MOWING, IRONING, CLEANING)
NEED = make_need("n1", "Het gras moet gemaaid en de hagen geschoren worden.", "Tuin verwilderd")


def ids(*offers: object, **options: object) -> list[str]:
    return [s.offer_id for s in rank(NEED, offer_index(*OFFERS), [], on=TODAY).suggestions]


def test_the_offer_that_speaks_of_the_task_comes_first() -> None:
    assert ids()[0] == "gras"


def test_a_clear_match_reads_as_likely_and_an_unrelated_one_as_unlikely() -> None:
    found = {s.offer_id: s for s in rank(NEED, offer_index(*OFFERS), [], on=TODAY).suggestions}
    assert found["gras"].chance > 0.8
    assert found["strijk"].chance < 0.05


def test_the_score_is_the_sum_of_the_reasons_and_reads_as_a_chance() -> None:
    for found in rank(NEED, offer_index(*OFFERS), [], on=TODAY).suggestions:
        assert found.score == math.fsum(r.contribution for r in found.reasons)
        assert found.chance == 1 / (1 + math.exp(-found.score))
        json.dumps([r.evidence for r in found.reasons])


def test_only_kinds_that_answer_take_part() -> None:
    profile = make_offer("p", MOWING.text, kind=OfferKind.PROFILE)
    team = make_offer("t", MOWING.text, kind=OfferKind.ENCLAVE_TEAM)
    ranking = rank(NEED, offer_index(MOWING, profile, team), [], on=TODAY)
    assert [s.offer_id for s in ranking.suggestions] == ["gras", "t"]
    assert ranking.refusals == ()


def test_every_refused_offer_is_told_with_its_rule() -> None:
    need = replace(NEED, kind=NeedKind.ENCLAVE)
    teams = [
        make_offer(name, kind=OfferKind.ENCLAVE_TEAM, work_form=form)
        for name, form in (
            ("b", WorkForm.GOB),
            ("a", WorkForm.LOCAL_SERVICE),
            ("c", WorkForm.MAATWERKBEDRIJF),
        )
    ]
    supplier = rule("enclave.supplier", work_forms=["maatwerkbedrijf"])
    ranking = rank(need, offer_index(*teams), [supplier], on=TODAY, limit=1)
    assert [(r.offer_id, r.rule_id, r.need_id) for r in ranking.refusals] == [
        ("a", "enclave.supplier", "n1"),
        ("b", "enclave.supplier", "n1"),
    ]
    assert [s.offer_id for s in ranking.suggestions] == ["c"]


def test_an_offer_of_the_asker_itself_does_not_take_part() -> None:
    own = replace(MOWING, supplier_id="org")
    ranking = rank(replace(NEED, asker_id="org"), offer_index(own, IRONING), [], on=TODAY)
    assert [s.offer_id for s in ranking.suggestions] == ["strijk"]
    alone = score_pair(replace(NEED, asker_id="org"), own, taxonomy(), [], on=TODAY)
    assert isinstance(alone, Refusal)
    assert alone.code == "pair.own"


def test_a_pair_of_kinds_that_do_not_answer_is_refused_alone() -> None:
    found = score_pair(NEED, replace(MOWING, kind=OfferKind.PROFILE), taxonomy(), [], on=TODAY)
    assert isinstance(found, Refusal)
    assert found.code == "pair.kind"


def test_an_offer_out_of_reach_ranks_below_one_nearby() -> None:
    near = replace(MOWING, id="z-near", place=BEKKEVOORT, radius_km=15.0)
    far = replace(MOWING, id="a-far", place=OOSTENDE, radius_km=15.0)
    ranking = rank(replace(NEED, place=DIEST), offer_index(far, near), [], on=TODAY)
    assert [s.offer_id for s in ranking.suggestions] == ["z-near", "a-far"]


def test_equal_offers_come_by_id() -> None:
    twins = [replace(MOWING, id=name) for name in ("b", "a", "c")]
    ranking = rank(NEED, offer_index(*twins), [], on=TODAY)
    assert [s.offer_id for s in ranking.suggestions] == ["a", "b", "c"]
    assert [
        s.offer_id for s in rank(NEED, offer_index(*twins), [], on=TODAY, limit=2).suggestions
    ] == [
        "a",
        "b",
    ]


def test_a_limit_of_nothing_gives_nothing() -> None:
    assert rank(NEED, offer_index(*OFFERS), [], on=TODAY, limit=0).suggestions == ()


def test_an_empty_index_gives_an_empty_ranking() -> None:
    assert rank(NEED, offer_index(), [], on=TODAY).suggestions == ()
    assert rank_needs(MOWING, need_index(), [], on=TODAY).suggestions == ()


def test_the_mirror_weighs_a_pair_exactly_the_same() -> None:
    offer = stating(replace(MOWING, place=BEKKEVOORT, radius_km=15.0), people_max=5)
    need = replace(NEED, place=DIEST)
    one = rank(need, offer_index(offer, *OFFERS[1:]), [], on=TODAY).suggestions[0]
    other = rank_needs(offer, need_index(need, make_need("n2", "strijk")), [], on=TODAY)
    alone = score_pair(need, offer, taxonomy(), [], on=TODAY)
    assert one == other.suggestions[0] == alone


def test_the_company_of_an_offer_does_not_change_its_score() -> None:
    def mowing(*others: object) -> Suggestion:
        index = offer_index(MOWING, *others)
        found = rank(NEED, index, [], on=TODAY).suggestions
        return next(s for s in found if s.offer_id == "gras")

    assert mowing() == mowing(IRONING, CLEANING, *(make_offer(f"x{n}", "gras") for n in range(700)))


def test_a_score_is_the_same_in_every_process() -> None:
    program = (
        "from tests.matcher.test_ranking import *\n"
        "found = rank(NEED, offer_index(*OFFERS), [], on=TODAY).suggestions\n"
        "print([(s.offer_id, s.score.hex(), [r.evidence for r in s.reasons]) for s in found])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_a_taxonomy_without_activities_still_ranks_by_text() -> None:
    from matcher import OfferIndex

    index = OfferIndex(Taxonomy(()))
    for offer in OFFERS:
        index.put(offer)
    assert rank(NEED, index, [], on=TODAY).suggestions[0].offer_id == "gras"
