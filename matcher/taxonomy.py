"""The activities of a region: their names, their clusters, and what a text says of each."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from matcher.activity_model import activity_model
from matcher.encoding import Meaning
from matcher.features import TextVector
from matcher.mentions import Lexicon, Mention, split
from matcher.tokens import tokens
from matcher.values import Activity

#: How much the meaning of a text says beside its words, where both are known.
MEANING_SHARE = 0.4


class Taxonomy:
    """The activities of a region, ready to be recognised and suggested.

    encoder: whose vectors are given to `model_sums`, as "name version".
    """

    def __init__(self, activities: Iterable[Activity], encoder: str = "") -> None:
        self.encoder = encoder
        self.activities: tuple[Activity, ...] = tuple(sorted(activities, key=lambda a: a.id))
        self._position = {activity.id: n for n, activity in enumerate(self.activities)}
        if len(self._position) != len(self.activities):
            raise ValueError("two activities have the same id")
        self._lexicon = Lexicon(self.activities)
        learned = enumerate(activity_model().activities)
        places = [(place, self._position[name]) for place, name in learned if name in self]
        self._model_places = np.array(places, np.intp).reshape(-1, 2)

    def __len__(self) -> int:
        return len(self.activities)

    def __contains__(self, activity_id: str) -> bool:
        return activity_id in self._position

    def position(self, activity_id: str) -> int:
        """Return the number of an activity in `activities`; raise `KeyError` for another one."""
        return self._position[activity_id]

    def cluster_of(self, activity_id: str) -> str:
        """Return the cluster of a known activity; raise `KeyError` for another one."""
        return self.activities[self._position[activity_id]].cluster

    def get(self, activity_id: str) -> Activity | None:
        """Return an activity by id, or None."""
        place = self._position.get(activity_id)
        return None if place is None else self.activities[place]

    def mentions(self, title: str, text: str) -> tuple[Mention, ...]:
        """Return the activities that a title and a text name, strongest first."""
        return self._lexicon.mentions(title, text)

    def model_sums(self, vector: TextVector, meaning: Meaning | None) -> NDArray[np.float64]:
        """Return what the learned model says of a text, one number an activity, 0 for new ones.

        With a vector of its encoder, the mean of what words and meaning say.
        """
        model = activity_model()
        said = model.of_words(vector)
        if meaning is not None and self.encoder == model.encoder:
            said = (1 - MEANING_SHARE) * said + MEANING_SHARE * model.of_meaning(meaning)
        sums = np.zeros(len(self))
        sums[self._model_places[:, 1]] = said[self._model_places[:, 0]]
        return sums

    def suggest(self, query: str, limit: int = 8) -> tuple[Activity, ...]:
        """Return the activities whose label or synonyms begin with, hold or resemble a query."""
        from rapidfuzz.fuzz import partial_ratio

        asked = " ".join(token.word for token in tokens(query))
        if not asked:
            return tuple(sorted(self.activities, key=lambda a: (a.label, a.id))[:limit])
        scored: list[tuple[float, str, Activity]] = []
        for activity in self.activities:
            names = [" ".join(words) for words in _all_names(activity)]
            best = max((_name_score(asked, name, partial_ratio) for name in names), default=0.0)
            if best > 0:
                label = _name_score(asked, " ".join(split(activity.label)), partial_ratio)
                scored.append((-max(best, label + 5.0 if label else 0.0), activity.label, activity))
        scored.sort(key=lambda item: (item[0], item[1], item[2].id))
        return tuple(activity for _, _, activity in scored[:limit])


def _name_score(asked: str, name: str, resemblance: object) -> float:
    """Score a name: 100 begins with the query, 90 a word does, 60..80 it resembles, else 0."""
    if name.startswith(asked):
        return 100.0
    if f" {asked}" in f" {name}":
        return 90.0
    if len(asked) >= 3 and asked in name:
        return 85.0
    if len(asked) < 4 or not callable(resemblance):
        return 0.0
    ratio = float(resemblance(asked, name, score_cutoff=78))
    return ratio * 0.8 if len(name) >= len(asked) - 1 else 0.0


def _all_names(activity: Activity) -> list[list[str]]:
    return [split(name) for name in (activity.label, *activity.synonyms)]
