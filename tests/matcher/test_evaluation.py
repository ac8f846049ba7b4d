import json
import math
from pathlib import Path

import pytest

from matcher.evaluation import (
    evaluate,
    hit_at_1,
    mean_of,
    mrr_at_10,
    ndcg_at_10,
    recall_at_5,
    write_run,
)
from matcher.labelled import Labelled, LabelledNeed, LabelledOffer
from matcher.vocabulary import NeedKind, OfferKind

GRADES = {"a": 3, "b": 2, "c": 1}


def test_the_ideal_order_is_perfect_and_a_missed_answer_costs() -> None:
    assert ndcg_at_10(["a", "b", "c", "x"], GRADES) == 1
    ideal = 7 + 3 / math.log2(3) + 1 / 2
    assert ndcg_at_10(["x", "a"], GRADES) == pytest.approx(7 / math.log2(3) / ideal)
    assert ndcg_at_10(["x"], GRADES) == 0
    assert ndcg_at_10([*"0123456789", "a"], GRADES) == 0


def test_the_first_certain_offer_counts_for_mrr() -> None:
    assert mrr_at_10(["b", "x", "a"], GRADES) == pytest.approx(1 / 3)
    assert mrr_at_10([*"0123456789", "a"], GRADES) == 0
    assert mrr_at_10(["b"], {"b": 2}) is None


def test_recall_counts_plausible_offers_among_five() -> None:
    assert recall_at_5(["a", "x", "c", "y", "z", "b"], GRADES) == 0.5
    assert recall_at_5(["c"], {"c": 1}) is None


def test_a_hit_is_a_plausible_first() -> None:
    assert [hit_at_1([first], GRADES) for first in "abcx"] == [1, 1, 0, 0]
    assert hit_at_1([], GRADES) == 0
    assert hit_at_1(["c"], {"c": 1}) is None


def labelled() -> Labelled:
    needs = [
        LabelledNeed(name, kind, "", "", "")
        for name, kind in (
            ("n1", NeedKind.SERVICE),
            ("n2", NeedKind.VACANCY),
            ("n3", NeedKind.VACANCY),
        )
    ]
    offer = LabelledOffer("a", OfferKind.SERVICE, "", "", "")
    return Labelled(tuple(needs), (offer,), {"n1": {"a": 3}, "n2": {"a": 1}})


def test_means_are_overall_and_by_kind_and_unanswered_needs_are_counted() -> None:
    quality = evaluate({"n1": ["a"], "n2": ["x"], "n3": ["x"]}, labelled())
    ndcg = quality.means["ndcg@10"]
    assert (ndcg["overall"].mean, ndcg["overall"].needs) == (0.5, 2)
    assert (ndcg["service"].mean, ndcg["vacancy"].mean) == (1.0, 0.0)
    assert quality.means["hit@1"]["vacancy"].mean is None
    assert (quality.needs, quality.offers, quality.unanswered) == (3, 1, 1)
    found = json.loads(json.dumps(quality.as_json()))
    assert found["hit@1"]["overall"] == {"mean": 1.0, "low": 1.0, "high": 1.0, "needs": 1}


def test_a_need_without_a_ranking_scores_nothing() -> None:
    assert evaluate({}, labelled()).means["ndcg@10"]["overall"].mean == 0


def test_the_interval_holds_the_mean_and_never_changes() -> None:
    values = [0.0, 1.0] * 20
    found = mean_of(values)
    assert found.low is not None
    assert found.high is not None
    assert 0.3 < found.low < 0.5 < found.high < 0.7
    assert mean_of(values) == found


def test_a_run_file_has_one_offer_a_line(tmp_path: Path) -> None:
    path = tmp_path / "run.txt"
    write_run(path, {"n 1": [("a", 1.25), ("b\n", -2.0)]})
    assert path.read_text(encoding="utf-8") == (
        "n_1 Q0 a 1 1.250000 brug\nn_1 Q0 b_ 2 -2.000000 brug\n"
    )
