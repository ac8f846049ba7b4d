"""Explanations for the page at hand: a match or suggestion with the names of its activities."""

from typing import cast

from flask import g
from sqlalchemy import select

from matcher.values import Suggestion
from matcher.weights import Weights
from models import Activity, Match
from web.database import db
from web.wording import Explanation, WordedChange, change_in, explain


def activity_labels() -> dict[str, str]:
    """Return the label of every activity by its id, read once a request."""
    if "activity_labels" not in g:
        rows = db().execute(select(Activity.id, Activity.label))
        g.activity_labels = {row.id: row.label for row in rows}
    return cast(dict[str, str], g.activity_labels)


def explained(item: Match | Suggestion, *, of_you: bool = False) -> Explanation:
    """Word the score of a stored match or of a fresh suggestion; `of_you`: for its supplier."""
    return explain(item.score, item.reasons, activity_labels(), of_you=of_you)


def best_change_of(
    suggestion: Suggestion, weights: Weights, *, of_you: bool = False
) -> WordedChange | None:
    """Word the one change of an offer that would help it most; `of_you`: for its supplier."""
    score, reasons = suggestion.score, suggestion.reasons
    return change_in(score, reasons, weights, activity_labels(), of_you=of_you)
