"""Profiles: the chance that a text is about each activity, in whole percents.

Four voices are added up per activity, and a softmax makes chances of the sums:

    what the words say + what the meaning says (`matcher.activity_model`)
    + the names of activities mentioned (`matcher.taxonomy`) + what the writer chose himself

A name that the model has not learned (an activity or a synonym added later) speaks louder: it is
all that is known. An activity that the writer took away has no chance. Where nothing stands out the
profile is empty: unknown, which is no mismatch.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matcher import dutch
from matcher.activity_model import activity_model
from matcher.encoding import Meaning
from matcher.features import TextVector, idf_of, text_vector
from matcher.mentions import Mention
from matcher.taxonomy import Taxonomy
from matcher.tokens import normal_form, typed_words
from matcher.word_features import HALF, HUNDREDTHS, features_of

Profile = Mapping[str, int]

#: How sharply the sums are told apart.
_TEMPERATURE = 0.08
_MENTION, _FRESH_MENTION, _CHOICE = 0.05, 0.6, 1.0
#: In few words a name weighs more: this much for so many terms, a quarter for twice as many.
_MENTION_IN_FEW, _FEW = 0.3, 4
#: Chances below this many percents are left out, and those below twice an even share.
_LEAST, _EVEN_SHARES = 2, 2
#: An activity is shown as recognised from this chance on, and when it is named as clearly as this.
RECOGNISED_FROM, _NAMED_FROM = 15, 0.6
_MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Recognised:
    """An activity found in a text: strength between 0 and 1, and the words that led to it."""

    activity_id: str
    strength: float
    words: tuple[str, ...]


def profile_of(
    taxonomy: Taxonomy,
    mentions: Sequence[Mention],
    vector: TextVector,
    meaning: Meaning | None = None,
    chosen: Collection[str] = (),
    rejected: Collection[str] = (),
) -> dict[str, int]:
    """Return the profile of a text, by activity id, the likeliest first.

    meaning: the vector of the taxonomy's encoder, None where it is unknown.
    """
    sums = taxonomy.model_sums(vector, meaning)
    loud = _MENTION + _MENTION_IN_FEW * min(1.0, _FEW / max(1, vector.stems)) ** 2
    for mention in mentions:
        loudness = _FRESH_MENTION if mention.fresh else loud
        sums[taxonomy.position(mention.activity_id)] += loudness * mention.strength
    for activity in chosen:
        sums[taxonomy.position(activity)] += _CHOICE
    for activity in rejected:
        sums[taxonomy.position(activity)] = -np.inf
    return _percents(taxonomy, sums)


def _percents(taxonomy: Taxonomy, sums: NDArray[np.float64]) -> dict[str, int]:
    if not sums.size or np.isneginf(sums.max()):
        return {}
    grown = np.exp((sums - sums.max()) / _TEMPERATURE)
    percents = np.round(100 * grown / grown.sum()).astype(int)
    order = np.argsort(-percents, kind="stable")
    least = max(_LEAST, _EVEN_SHARES * 100 / sums.size)
    kept = order[percents[order] >= least].tolist()
    return {taxonomy.activities[place].id: int(percents[place]) for place in kept}


def clusters_of(taxonomy: Taxonomy, profile: Profile) -> dict[str, int]:
    """Return the profile by cluster: the sums of its activities."""
    found: dict[str, int] = {}
    for activity, percent in profile.items():
        cluster = taxonomy.cluster_of(activity)
        found[cluster] = found.get(cluster, 0) + percent
    return found


def likeness(first: Profile, second: Profile) -> float:
    """Return the cosine of two profiles that are not empty, 0 to 1."""
    shared = sum(percent * second[name] for name, percent in first.items() if name in second)
    return shared / float(np.sqrt(squares(first) * squares(second)))


def squares(profile: Profile) -> int:
    """Return the sum of the squares of a profile."""
    return sum(percent * percent for percent in profile.values())


def recognise(
    taxonomy: Taxonomy,
    title: str,
    text: str,
    *,
    rejected: Collection[str] = (),
    limit: int = 8,
) -> tuple[Recognised, ...]:
    """Return the activities a title and a text are about or name, with the words that tell so."""
    mentions = taxonomy.mentions(title, text)
    known = [activity for activity in rejected if activity in taxonomy]
    profile = profile_of(taxonomy, mentions, text_vector(title, text), rejected=known)
    strength = {m.activity_id: m.strength for m in mentions if m.strength >= _NAMED_FROM}
    strength |= {
        name: max(percent / 100, strength.get(name, 0.0))
        for name, percent in profile.items()
        if percent >= RECOGNISED_FROM
    }
    found = sorted(strength.keys() - set(known), key=lambda name: (-profile.get(name, 0), name))
    words = words_for(found[:limit], title, text, {m.activity_id: m.words for m in mentions})
    return tuple(Recognised(name, strength[name], words[name]) for name in words)


def words_for(
    activities: Iterable[str], title: str, text: str, named: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return for each activity the words, as typed, that speak most for it; perhaps none.

    named: the words that name an activity; for any other those that the model weighs most.
    """
    return {
        name: (named.get(name) or _telling_words(name, title, text))[:_MOST_WORDS]
        for name in activities
    }


def _telling_words(activity: str, title: str, text: str) -> tuple[str, ...]:
    model = activity_model()
    if activity not in model.activities:
        return ()
    place = model.activities.index(activity)
    typed = {normal_form(raw): raw for part in (title, text) for raw in typed_words(part)}
    typed.pop("", None)
    weighed = sorted((-_word_weight(word, place), word) for word in typed)
    return tuple(typed[word] for weight, word in weighed if weight < 0)


@lru_cache(maxsize=200_000)
def _word_weight(word: str, place: int) -> float:
    """Return what the stems of a word say of an activity, the rarer the more."""
    if dutch.is_generic(dutch.stem(word)):
        return 0.0
    [features] = features_of([word])
    model, stems = activity_model(), features.ids < HALF
    weighed: Iterable[tuple[int, int]]
    weighed = zip(features.ids[stems].tolist(), features.weights[stems].tolist(), strict=True)
    told = (model.of_feature(number, place) * weight * idf_of(number) for number, weight in weighed)
    return sum(told, 0.0) / HUNDREDTHS
