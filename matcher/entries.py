"""A need or an offer with what its text says: computed once, compared often."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from matcher.encoding import Meaning
from matcher.facts import Facts, facts_of
from matcher.features import TextVector, text_vector, vectors_of
from matcher.profiles import clusters_of, profile_of
from matcher.taxonomy import Taxonomy
from matcher.values import Need, Offer
from matcher.vocabulary import NeedKind
from matcher.wishes import wished

Item = TypeVar("Item", Need, Offer)


@dataclass(frozen=True, slots=True)
class Entry(Generic[Item]):
    """A need or offer with its profile (`matcher.profiles`), and that of its clusters.

    facts: what was read in its text where nothing was stated, if anything was. named: the words
    that name activities of the profile.
    """

    item: Item
    activities: dict[str, int]
    clusters: dict[str, int]
    text_known: bool
    facts: Facts | None = None
    named: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def known(self) -> Item:
        """Return the need or offer with what was read where its writer stated nothing."""
        if self.facts is None:
            return self.item
        return replace(self.item, conditions=self.facts.conditions)


def make_entry(
    item: Item, taxonomy: Taxonomy, meaning: Meaning | None = None
) -> tuple[Entry[Item], TextVector]:
    """Read a need or offer: return it with its profile, and the vector of its text.

    meaning: the vector of the taxonomy's encoder, None while unknown. Activities that the taxonomy
    does not know are left out.
    """
    vector = text_vector(item.title, item.text)
    return _entry(item, taxonomy, vector, meaning), vector


def make_entries(
    items: Sequence[tuple[Item, Meaning | None]], taxonomy: Taxonomy
) -> Iterator[tuple[Entry[Item], TextVector]]:
    """Read many at once, which hashes their words in one call."""
    vectors = vectors_of([(item.title, item.text) for item, _ in items])
    for (item, meaning), vector in zip(items, vectors, strict=True):
        yield _entry(item, taxonomy, vector, meaning), vector


def _entry(
    item: Item, taxonomy: Taxonomy, vector: TextVector, meaning: Meaning | None
) -> Entry[Item]:
    about = wished(item.text) if item.kind is NeedKind.PLACEMENT else item.text
    mentions = taxonomy.mentions(item.title, about)
    activities = profile_of(
        taxonomy,
        mentions,
        vector if about == item.text else text_vector(item.title, about),
        meaning,
        chosen=[activity for activity in item.activities if activity in taxonomy],
        rejected=[activity for activity in item.rejected if activity in taxonomy],
    )
    clusters = clusters_of(taxonomy, activities)
    named = {m.activity_id: m.words for m in mentions if m.activity_id in activities}
    return Entry(item, activities, clusters, not vector.empty, facts_of(item), named)
