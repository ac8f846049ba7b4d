"""Eligibility of the rows of an index: who takes part, who is refused and what to keep in mind.

Rules see few facts of an entry, so rows with equal facts are judged once, however many there are,
and only when somebody looks at one of them. What is looked at later was there from the start, so
the answers stay those of one moment.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Generic, overload

import numpy as np
from numpy.typing import NDArray

from matcher import columns
from matcher.columns import Mask
from matcher.entries import Entry, Item
from matcher.index import NeedIndex, OfferIndex
from matcher.rules import ActiveRule, Judgement, facts_of, judge
from matcher.values import Caution, Need, Offer, Refusal

Rows = NDArray[np.intp]


class Refusals(Sequence[Refusal]):
    """The refused pairs of a question in order of id, made when somebody asks for them."""

    def __init__(self, make: Callable[[], tuple[Refusal, ...]]) -> None:
        self._make = make

    @cached_property
    def _listed(self) -> tuple[Refusal, ...]:
        return self._make()

    @overload
    def __getitem__(self, place: int) -> Refusal: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Refusal, ...]: ...
    def __getitem__(self, place: int | slice) -> Refusal | tuple[Refusal, ...]:
        return self._listed[place]

    def __len__(self) -> int:
        return len(self._listed)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._listed == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple((refusal.need_id, refusal.offer_id) for refusal in self._listed))

    def __repr__(self) -> str:
        return repr(self._listed)


class Screening(Generic[Item]):
    """The rows that take part in a question, as far as they were judged.

    read: reads what stands in a row. judge: judges it, given whether both sides are one
    organisation.
    """

    def __init__(
        self,
        rows: Mask,
        own: Rows,
        facts: tuple[NDArray[np.int32], list[str]],
        read: Callable[[int], Entry[Item]],
        judge: Callable[[Item, bool], Judgement],
    ) -> None:
        self.rows = rows.copy()
        self.rows[own] = False
        self._own = own[rows[own]]
        self._codes, self._facts = facts
        self._read: Callable[[int], Entry[Item]] = read
        self._judge: Callable[[Item, bool], Judgement] = judge
        self._verdicts: dict[str, Judgement] = {}
        self._known = np.zeros(len(self._facts), np.bool_)
        self._refused = np.zeros(len(self._facts), np.bool_)

    def passing(self, rows: Rows) -> Rows:
        """Return those of some asked rows that are not known to be refused."""
        return rows[~self._refused[self._codes[rows]]]

    def admits(self, row: int, item: Item) -> bool:
        """Tell whether no rule refuses what stands in an asked row."""
        code = self._codes[row]
        if not self._known[code]:
            facts = self._facts[code]
            if facts not in self._verdicts:
                self._verdicts[facts] = self._judge(item, False)
            self._known[code] = True
            self._refused[code] = self._verdicts[facts].refused_by is not None
        return not self._refused[code]

    def cautions(self, row: int) -> tuple[Caution, ...]:
        """Return what to keep in mind of an admitted row."""
        return self._verdicts[self._facts[self._codes[row]]].cautions

    def refused(self) -> Iterator[tuple[int, Judgement]]:
        """Judge every row; yield those that a rule refuses, with how it was judged."""
        asked = np.flatnonzero(self.rows)
        firsts = np.unique(self._codes[asked], return_index=True)[1]
        for row in asked[firsts].tolist():
            self.admits(row, self._read(row).item)
        for row in asked[self._refused[self._codes[asked]]].tolist():
            yield row, self._verdicts[self._facts[self._codes[row]]]
        for row in self._own.tolist():
            yield row, self._judge(self._read(row).item, True)


def screen_offers(
    offers: OfferIndex, rows: Mask, need: Need, rules: tuple[ActiveRule, ...]
) -> tuple[Screening[Offer], Refusals]:
    """Judge offers for a need; an offer of the asker itself never takes part."""
    read = offers.reader()

    def judged(offer: Offer, own: bool) -> Judgement:
        return judge(need, facts_of(offer, own=own), rules)

    owned = offers.over(lambda part: columns.owned_by(part, need.asker_id), np.bool_)
    own = [
        row for row in np.flatnonzero(owned).tolist() if read(row).item.supplier_id == need.asker_id
    ]
    screening = Screening(rows, np.array(own, np.intp), offers.facts(), read, judged)

    def refusals() -> tuple[Refusal, ...]:
        found = [j.refusal(need.id, read(row).item.id) for row, j in screening.refused()]
        listed = (refused for refused in found if refused is not None)
        return tuple(sorted(listed, key=lambda refused: refused.offer_id))

    return screening, Refusals(refusals)


def screen_needs(
    needs: NeedIndex, rows: Mask, offer: Offer, rules: tuple[ActiveRule, ...]
) -> tuple[Screening[Need], Refusals]:
    """Judge needs for an offer; a need of the supplier itself never takes part."""
    read = needs.reader()

    def judged(need: Need, own: bool) -> Judgement:
        return judge(need, facts_of(offer, own=own), rules)

    owned = needs.over(lambda part: columns.owned_by(part, offer.supplier_id), np.bool_)
    own = [
        row
        for row in np.flatnonzero(owned).tolist()
        if read(row).item.asker_id == offer.supplier_id
    ]
    screening = Screening(rows, np.array(own, np.intp), needs.facts(), read, judged)

    def refusals() -> tuple[Refusal, ...]:
        found = [j.refusal(read(row).item.id, offer.id) for row, j in screening.refused()]
        listed = (refused for refused in found if refused is not None)
        return tuple(sorted(listed, key=lambda refused: refused.need_id))

    return screening, Refusals(refusals)
