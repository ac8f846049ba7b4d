"""How sure learned weights are, and what that does to the chances that are shown."""

import numpy as np
import pytest
from scipy.special import expit

from matcher.posterior import Posterior, Table, fit, nearest

BASE = -2.0
#: Decided on were pairs that had the first criterion; the second was met twice only.
POINTS = np.array([[3.0, 0.0]] * 38 + [[3.0, -1.0]] * 2)
LABELS = np.array(([1.0, 1.0, 0.0, 1.0] * 10)[: len(POINTS)])


def fitted() -> Posterior:
    table = Table(POINTS, LABELS, np.ones(len(POINTS)), np.zeros(POINTS.shape, bool))
    return fit(table, BASE, (1.0, 0.0))


def chances(found: Posterior, points: np.ndarray) -> np.ndarray:
    return np.asarray(expit(found.base + found.shift + points @ found.factors))


def test_a_chance_is_the_mean_over_all_weights_that_the_decisions_allow() -> None:
    found = fitted()
    pair = np.array([[3.0, -1.0]])
    drawn = np.random.default_rng(3).multivariate_normal(
        [found.shift, *found.factors], found.covariance, 200_000
    )
    mean = expit(BASE + drawn[:, 0] + drawn[:, 1:] @ pair[0]).mean()
    assert chances(found.moderated(pair), pair)[0] == pytest.approx(mean, abs=0.01)


def test_pairs_unlike_those_decided_on_get_chances_nearer_to_even() -> None:
    found = fitted()
    shown = np.array([[3.0, 0.0]] * 5 + [[0.0, -3.0]] * 5)
    before, after = chances(found, shown), chances(found.moderated(shown), shown)
    assert before[-1] < after[-1] < 0.5
    assert after[0] == pytest.approx(before[0], abs=0.02)


def test_moderating_keeps_the_order_and_the_weight_of_one_criterion_beside_another() -> None:
    found = fitted()
    shown = np.random.default_rng(5).normal(0, 2, (50, 2))
    moderated = found.moderated(shown)
    assert (np.argsort(shown @ found.factors) == np.argsort(shown @ moderated.factors)).all()
    assert moderated.factors / found.factors == pytest.approx(moderated.scale / found.scale)


def test_without_shown_pairs_there_is_nothing_to_moderate() -> None:
    found = fitted()
    assert found.moderated(np.zeros((0, 2))) is found


def test_more_decisions_make_it_surer() -> None:
    few = fitted()
    table = Table(
        np.tile(POINTS, (10, 1)),
        np.tile(LABELS, 10),
        np.ones(10 * len(POINTS)),
        np.zeros((10 * len(POINTS), 2), bool),
    )
    many = fit(table, BASE, (1.0, 0.0))
    # The variance of the scores of both kinds of pairs.
    pairs = np.column_stack([np.ones(2), POINTS[[0, -1]]])
    doubts = [np.diag(pairs @ found.covariance @ pairs.T) for found in (few, many)]
    assert (doubts[1] < doubts[0] / 2).all()


def test_scale_and_shift_are_found_back_from_their_chances() -> None:
    scores = np.linspace(-3, 5, 40)
    found = nearest(scores, np.asarray(expit(-1 + 0.4 + 0.7 * scores)), -1.0)
    assert found == pytest.approx((0.7, 0.4), abs=1e-3)
