"""From the matcher's reason codes to short sentences, and to the parts of a score bar.

Works on `matcher.values.Reason` and on the dictionaries stored with a match. The score itself is
never worked out again here: a sentence says what a reason holds, the bar draws its points.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from matcher import best_change
from matcher.values import Reason
from matcher.weights import Weights
from web.i18n import _
from web.sentences import sentence_of

#: The colour of a reason in the bar, by criterion; every other one is a condition.
GROUPS = {"base": "base", "text": "text", "activity": "activity", "distance": "distance"}
#: Findings that argue nothing, whatever they weigh: it is a start, not a reason.
NO_ARGUMENT = frozenset({"base", "text.none"})
LONGEST_QUOTE = 80
#: An offer that stays below this chance, in percents, is not helped by one change.
WORTH_TELLING = 10
#: Points of log-odds that fill a score bar: about what a perfect match collects.
FULL_BAR = 10.0


@dataclass(frozen=True, slots=True)
class WordedReason:
    """A reason as shown: `group` names its colour, `points` are log-odds.

    read: where the facts behind it were read in a text, quoted; empty where they were stated.
    """

    code: str
    group: str
    points: float
    known: bool
    sentence: str
    read: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that a page shows of a score; `chance` in whole percents."""

    chance: int
    reasons: tuple[WordedReason, ...]

    @property
    def strong(self) -> list[WordedReason]:
        """Return what speaks for the match, the weightiest first."""
        return [r for r in self.adding if r.code not in NO_ARGUMENT]

    @property
    def weak(self) -> list[WordedReason]:
        """Return what speaks against it, the weightiest first."""
        against = (r for r in self.reasons if r.points < 0 and r.code not in NO_ARGUMENT)
        return sorted(against, key=lambda r: r.points)

    def shortened(self, most_for: int, most_against: int) -> "Explanation":
        """Return it with only the weightiest reasons on each side."""
        kept = {id(r) for r in (*self.strong[:most_for], *self.weak[:most_against])}
        return Explanation(self.chance, tuple(r for r in self.reasons if id(r) in kept))

    @property
    def neutral(self) -> list[WordedReason]:
        """Return what is known and argues neither for nor against."""
        said = (r for r in self.reasons if r.known and r.sentence)
        return [r for r in said if r.points == 0 or r.code in NO_ARGUMENT]

    @property
    def adding(self) -> list[WordedReason]:
        """Return every reason that adds to the score, the weightiest first."""
        return sorted((r for r in self.reasons if r.points > 0), key=lambda r: -r.points)

    @property
    def unknown(self) -> list[WordedReason]:
        """Return what could not be compared."""
        return [r for r in self.reasons if not r.known]

    @property
    def headline(self) -> str:
        """Return the one sentence that says most."""
        best = self.strong or self.weak or self.neutral or self.unknown
        return best[0].sentence if best else ""


@dataclass(frozen=True, slots=True)
class WordedChange:
    """The change of an offer that would help most: what it is about, and the chance after it."""

    reason: WordedReason
    chance_after: int


def change_in(
    score: float,
    reasons: Iterable[Reason],
    weights: Weights,
    labels: Mapping[str, str],
    *,
    of_you: bool = False,
) -> WordedChange | None:
    """Word the change of an offer that would help most; None where it helps too little."""
    change = best_change(score, reasons, weights)
    if change is None:
        return None
    after = chance_percent(score + change.gain)
    if after < WORTH_TELLING or after == chance_percent(score):
        return None
    return WordedChange(_word(change.reason, labels, of_you=of_you), after)


def chance_percent(score: float) -> int:
    """Return the logistic of a score in log-odds, in whole percents from 1 to 99."""
    chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
    return min(99, max(1, round(100 * chance)))


def explain(
    score: float,
    reasons: Iterable[Reason | Mapping[str, Any]],
    activity_labels: Mapping[str, str],
    *,
    of_you: bool = False,
) -> Explanation:
    """Word the reasons of a score; `activity_labels` gives the name of each activity.

    of_you: the reader is the supplier himself.
    """
    worded = tuple(_word(reason, activity_labels, of_you=of_you) for reason in reasons)
    return Explanation(chance_percent(score), worded)


def _word(
    reason: Reason | Mapping[str, Any], labels: Mapping[str, str], *, of_you: bool = False
) -> WordedReason:
    if isinstance(reason, Reason):
        code, points = reason.code, reason.contribution
        evidence, known = reason.evidence, reason.known
    else:
        code, points = reason["code"], reason["contribution"]
        evidence, known = reason["evidence"], reason["known"]
    criterion = code.split(".")[0]
    sentence = sentence_of(code, evidence, labels, of_you=of_you)
    group, read = GROUPS.get(criterion, "condition"), quoted(evidence.get("read"))
    return WordedReason(code, group, points, known, sentence, read)


def quoted(read: object) -> str:
    """Say where facts were read, with the words; `read` gives those by side: need, offer."""
    if not isinstance(read, Mapping):
        return ""
    need, offer = (_cut(str(read.get(side, ""))) for side in ("need", "offer"))
    if need and offer:
        return _("read in both texts: “%(need)s” and “%(offer)s”", need=need, offer=offer)
    if need:
        return _("read in the text of the need: “%(words)s”", words=need)
    return _("read in the text of the offer: “%(words)s”", words=offer) if offer else ""


def _cut(words: str) -> str:
    """Return words on one line, cut between two of them where they are many."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_QUOTE else line[:LONGEST_QUOTE].rsplit(" ", 1)[0] + "…"


@dataclass(frozen=True, slots=True)
class BarPart:
    """A piece of a score bar, in percents of its width."""

    group: str
    start: float
    width: float
    sentence: str


def bar_parts(explanation: Explanation) -> list[BarPart]:
    """Lay out a score bar: what speaks for the match, and, from its end back, what against.

    The full width stands for `FULL_BAR` points of log-odds.
    """
    parts: list[BarPart] = []
    end = 0.0
    for reason in explanation.adding:
        width = min(100 * reason.points / FULL_BAR, 100 - end)
        parts.append(BarPart(reason.group, round(end, 2), round(width, 2), reason.sentence))
        end += width
    for reason in explanation.weak:
        width = min(100 * -reason.points / FULL_BAR, end)
        end -= width
        parts.append(BarPart("against", round(end, 2), round(width, 2), reason.sentence))
    return parts
