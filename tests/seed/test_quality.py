"""The matcher stays as good as it was on the labelled texts; figures stand in BENCHMARKS.md."""

from datetime import date

import pytest

from matcher.evaluation import evaluate, read_labelled
from seed.evaluation import rank_labelled
from seed.files import DATA


@pytest.mark.parametrize(
    ("name", "ndcg", "hit"), [("dev.jsonl", 0.75, 0.70), ("dev2.jsonl", 0.73, 0.60)]
)
def test_rankings_of_the_labelled_texts_do_not_get_worse(
    name: str, ndcg: float, hit: float
) -> None:
    labelled = read_labelled(DATA / "labelled" / name)
    rankings = rank_labelled(labelled, date(2026, 11, 23))
    quality = evaluate({n: [o for o, _ in found] for n, found in rankings.items()}, labelled)
    assert (quality.means["ndcg@10"]["overall"].mean or 0) >= ndcg
    assert (quality.means["hit@1"]["overall"].mean or 0) >= hit
    # Every need has at least one offer of a kind that may answer it.
    assert all(rankings[need.id] for need in labelled.needs)
