"""An index stays what a fresh one would be, however its rows came to lie where they lie."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import rank, rank_needs
from matcher.building import join_segments
from matcher.entries import make_entry
from matcher.index import OfferIndex
from matcher.packing import pack, stable_key, unpack
from matcher.rules import facts_of
from matcher.values import Need, Offer
from tests.matcher.samples import TODAY, make_need, make_offer, need_index, offer_index, taxonomy
from tests.matcher.test_ranking_properties import RULES, collections, needs, offers

CROWD = [make_offer(f"x{n:03}", f"dozen vullen en hagen scheren {n}") for n in range(200)]


@given(offers, needs)
@settings(max_examples=60, deadline=None)
def test_packed_entries_come_back_as_they_were(offer: Offer, need: Need) -> None:
    for item in (offer, need, replace(offer, text="haag \ud800 knippen")):
        entry, _ = make_entry(item, taxonomy())
        assert unpack(pack(entry), type(item)) == entry


@given(offers, offers)
def test_facts_are_equal_when_their_keys_are(one: Offer, other: Offer) -> None:
    same = facts_of(one) == facts_of(other)
    assert (stable_key(facts_of(one)) == stable_key(facts_of(other))) is same


@given(needs, collections(), st.lists(st.integers(0, 199), max_size=150), st.integers(1, 3))
@settings(max_examples=8, deadline=None)
def test_what_was_removed_joined_or_renewed_leaves_no_trace(
    need: Need, listed: list[Offer], gone: list[int], times: int
) -> None:
    index = offer_index(*CROWD, *listed)
    for number in gone:
        index.remove(CROWD[number].id)
    for _ in range(times):
        index.compact()
        for offer in listed:
            index.put(replace(offer, title="anders"))
            index.put(offer)
    fresh = offer_index(*listed, *(o for n, o in enumerate(CROWD) if n not in gone))
    assert list(index) == list(fresh)
    assert len(index) == len(fresh)
    for limit in (None, 7):
        found = rank(need, index, RULES, on=TODAY, limit=limit)
        assert found == rank(need, fresh, RULES, on=TODAY, limit=limit)


@given(st.lists(needs, min_size=3, max_size=3), collections())
@settings(max_examples=20, deadline=None)
def test_refusals_stay_those_of_the_moment_of_asking(
    drawn: list[Need], listed: list[Offer]
) -> None:
    asked = [replace(need, id=f"n{number}") for number, need in enumerate(drawn)]
    index, offered = need_index(*asked), offer_index(*listed)
    ranking = rank(asked[0], offered, RULES, on=TODAY)
    backwards = [rank_needs(offer, index, RULES, on=TODAY, limit=2) for offer in listed]
    for offer in listed:
        offered.remove(offer.id)
    for need in asked:
        index.put(replace(need, title="anders", text="heel anders"))
    fresh = rank(asked[0], offer_index(*listed), RULES, on=TODAY)
    assert ranking.refusals == fresh.refusals
    again = [rank_needs(o, need_index(*asked), RULES, on=TODAY, limit=2) for o in listed]
    assert [r.refusals for r in backwards] == [r.refusals for r in again]


def test_a_segment_of_many_is_joined_of_its_living_rows() -> None:
    index = offer_index(*CROWD)
    parts = index.parts()
    assert len(parts) > 1
    parts[0].alive[3] = False
    joined = join_segments(parts)
    assert len(joined) == len(CROWD) - 1
    whole = OfferIndex(taxonomy())
    whole.adopt(joined)
    assert set(whole) == set(index)
    query = make_entry(CROWD[5], taxonomy())[1]
    assert whole.most_similar([query], 9) == index.most_similar([query], 9)
    assert joined.words.rows.dtype == np.int32


@pytest.mark.parametrize("jobs", [1, 2])
def test_many_read_at_once_are_what_they_are_one_by_one(jobs: int) -> None:
    listed = [(offer, None) for offer in CROWD]
    index = OfferIndex(taxonomy())
    index.put(replace(CROWD[7], text="iets anders"))
    index.put_all(listed, jobs)
    one_by_one = offer_index(*CROWD)
    assert list(index) == list(one_by_one)
    need = make_need(text="hagen scheren")
    assert rank(need, index, RULES, on=TODAY) == rank(need, one_by_one, RULES, on=TODAY)


def test_an_index_gives_its_living_rows_away() -> None:
    index = offer_index(*CROWD)
    for offer in CROWD[:90]:
        index.remove(offer.id)
    other = OfferIndex(taxonomy())
    for segment in index.segments():
        assert segment.alive.all()
        other.adopt(segment)
    assert list(other) == [offer.id for offer in CROWD[90:]]
