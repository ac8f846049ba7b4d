"""Weights go live only when they do better on decisions that came later."""

from dataclasses import replace

import pytest

from matcher.learning import learn
from matcher.trial import HELD_OUT, split, try_weights
from matcher.weights import Turn
from tests.matcher.decisions import FAR_MATTERS, PRIOR, draw_examples


def test_the_newest_quarter_is_held_out() -> None:
    examples = draw_examples(81, FAR_MATTERS)
    seen, unseen = split(examples)
    assert [*seen, *unseen] == examples
    assert len(unseen) == 21
    assert HELD_OUT == 0.25


def test_a_preference_that_holds_later_wins() -> None:
    trial = try_weights(draw_examples(400, FAR_MATTERS), PRIOR, Turn())
    assert (trial.kind, trial.wins) == ("reweighted", True)
    assert trial.tried.log_loss < trial.live.log_loss
    assert trial.tried.ndcg is not None
    assert trial.live.ndcg is not None
    assert trial.tried.ndcg >= trial.live.ndcg - 0.01
    assert trial.tried.right - trial.live.right == trial.better - trial.worse
    assert (trial.seen, trial.held_out) == (300, 100)


def test_new_factors_do_not_win_when_later_decisions_contradict_them() -> None:
    examples = draw_examples(400, FAR_MATTERS)
    seen, unseen = split(examples)
    turned = [replace(example, approved=not example.approved) for example in unseen]
    trial = try_weights([*seen, *turned], PRIOR, Turn())
    # What may win is to be less sure of everything.
    assert not (trial.wins and trial.kind == "reweighted")


def test_tossing_a_coin_never_brings_new_factors_live() -> None:
    for seed in range(8):
        trial = try_weights(draw_examples(200, None, seed=seed), PRIOR, Turn())
        assert not (trial.wins and trial.kind == "reweighted")


def test_weights_that_are_right_already_are_not_replaced() -> None:
    trials = [
        try_weights(draw_examples(200, FAR_MATTERS, seed=seed), PRIOR, FAR_MATTERS)
        for seed in range(6)
    ]
    assert sum(trial.wins for trial in trials) <= 1


def test_where_only_the_scale_is_wrong_only_the_scale_changes() -> None:
    strict = Turn(-2.5, {})
    trial = try_weights(draw_examples(300, strict), PRIOR, Turn())
    assert (trial.kind, trial.wins) == ("rescaled", True)
    assert len(set(trial.turn.factors.values())) == 1
    assert trial.tried.ndcg == trial.live.ndcg


def test_a_trial_without_mixed_needs_has_no_order_to_compare() -> None:
    examples = draw_examples(200, FAR_MATTERS, per_need=1)
    trial = try_weights(examples, PRIOR, Turn())
    assert trial.ordered == 0
    assert trial.live.ndcg is None
    assert trial.tried.ndcg is None


def test_the_figures_are_ready_for_json() -> None:
    figures = try_weights(draw_examples(120, FAR_MATTERS), PRIOR, Turn()).figures()
    assert figures["held_out"] == 30
    assert isinstance(figures["live"], dict)
    assert figures["live"]["log_loss"] == pytest.approx(figures["live"]["log_loss"])
    assert "turn" not in figures


def test_what_goes_live_rests_on_the_newest_decisions_too() -> None:
    examples = draw_examples(400, FAR_MATTERS)
    trial = try_weights(examples, PRIOR, Turn())
    assert trial.wins
    assert trial.turn == learn(examples, PRIOR)
    assert trial.turn != learn(split(examples)[0], PRIOR)
