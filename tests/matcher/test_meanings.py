"""What holds of the vectors in an index, whichever rows have one."""

import math
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matcher import DEFAULT_WEIGHTS, rank, rank_needs, score_pair
from matcher.criteria import text
from matcher.encoding import MEANING_UNIT, Meaning, closeness
from matcher.entries import make_entry
from matcher.meanings import join_meanings, make_meanings
from matcher.pairs import Pair
from matcher.values import Need, Offer, Suggestion
from tests.matcher.samples import (
    TODAY,
    make_need,
    make_offer,
    need_index,
    offer_index,
    taxonomy,
)
from tests.matcher.test_ranking_properties import collections, needs

NEED = make_need("n", "de bladeren liggen overal")
OFFERS = [make_offer(f"o{number}", f"gras maaien {number}") for number in range(6)]
vectors = st.none() | arrays(np.int8, 8, elements=st.integers(-127, 127))
many = st.dictionaries(st.sampled_from([f"o{n:02}" for n in range(12)]), vectors)


def vector(*values: int) -> Meaning:
    return np.array(values, np.int8)


@given(st.lists(vectors, max_size=40), vectors, st.randoms(use_true_random=False))
def test_all_rows_at_once_agree_with_one_pair(
    rows: list[Meaning | None], query: Meaning | None, random: object
) -> None:
    held = make_meanings(rows)
    expected = [closeness(row, query) for row in rows]
    assert as_pairs(held.closenesses(query)) == expected
    kept = [number for number in range(len(rows)) if random.random() < 0.5]
    few = held.kept(np.array(kept, np.intp))
    assert as_pairs(few.closenesses(query)) == [expected[number] for number in kept]
    both = join_meanings([few, make_meanings([None]), held])
    assert as_pairs(both.closenesses(query)) == [
        *(expected[number] for number in kept),
        None,
        *expected,
    ]


def as_pairs(found: np.ndarray) -> list[int | None]:
    return [None if math.isnan(value) else int(value) for value in found.tolist()]


@pytest.mark.parametrize("count", [4095, 4096, 4097])
def test_many_rows_are_compared_in_blocks(count: int) -> None:
    held = make_meanings([None if n % 3 == 0 else vector(n % 100, 1) for n in range(count)])
    found = held.closenesses(vector(1, 0))
    assert found.shape == (count,)
    assert [held.get(number) is None for number in (0, 1, 3)] == [True, False, True]
    assert found[count // 3 * 3 - 1] == (count // 3 * 3 - 1) % 100


def test_a_row_without_a_vector_may_get_one_and_lose_it() -> None:
    held = make_meanings([None, None])
    held.set(1, vector(3, 4))
    assert as_pairs(held.closenesses(vector(1, 1))) == [None, 7]
    held.set(1, None)
    assert as_pairs(held.closenesses(vector(1, 1))) == [None, None]


def test_a_vector_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="broadcast"):
        make_meanings([vector(1, 2), vector(1, 2, 3)])


def test_a_vector_may_come_change_and_go_without_the_text() -> None:
    index = offer_index(*OFFERS)
    asked = vector(100, 0)
    alone = rank(NEED, index, [], on=TODAY, meaning=asked)
    index.put(OFFERS[3], vector(120, 5))
    assert index.meaning("o3") is not None
    lifted = rank(NEED, index, [], on=TODAY, meaning=asked)
    assert lifted.suggestions[0].offer_id == "o3"
    fresh = offer_index(*OFFERS, meanings={"o3": vector(120, 5)})
    assert rank(NEED, fresh, [], on=TODAY, meaning=asked) == lifted
    index.put(OFFERS[3])
    assert index.meaning("o3") is index.meaning("unknown") is None
    assert rank(NEED, index, [], on=TODAY, meaning=asked) == alone


def test_vectors_survive_many_changes() -> None:
    index = offer_index(*OFFERS, meanings={"o0": vector(50, 50)})
    for round_ in range(2300):
        index.put(make_offer("c", f"haag knippen {round_}"), vector(round_ % 120, 1))
    kept, last = index.meaning("o0"), index.meaning("c")
    assert kept is not None
    assert last is not None
    assert (kept.tolist(), last.tolist()) == ([50, 50], [2299 % 120, 1])


@given(needs, collections(), many, vectors, st.integers(0, 13))
@settings(max_examples=80)
def test_a_limit_gives_the_beginning_and_every_score_is_its_sum(
    need: Need, listed: list[Offer], known: Mapping[str, Meaning], asked: Meaning, limit: int
) -> None:
    index = offer_index(*listed, meanings=known)
    whole = rank(need, index, [], on=TODAY, meaning=asked)
    part = rank(need, index, [], on=TODAY, meaning=asked, limit=limit)
    assert part.suggestions == whole.suggestions[:limit]
    for found in whole.suggestions:
        assert found.score == math.fsum(reason.contribution for reason in found.reasons)


@given(needs, collections(), many, vectors)
@settings(max_examples=80)
def test_both_directions_and_a_pair_alone_agree(
    need: Need, listed: list[Offer], known: Mapping[str, Meaning], asked: Meaning | None
) -> None:
    open_needs = need_index(need, meanings={need.id: asked})
    ranking = rank(need, offer_index(*listed, meanings=known), [], on=TODAY, meaning=asked)
    forth = {found.offer_id: found for found in ranking.suggestions}
    for offer in listed:
        mine = known.get(offer.id)
        back = rank_needs(offer, open_needs, [], on=TODAY, meaning=mine).suggestions
        assert back == tuple(filter(None, [forth.get(offer.id)]))
        alone = score_pair(need, offer, taxonomy(), [], on=TODAY, meanings=(asked, mine))
        assert not isinstance(alone, Suggestion) or alone == forth[offer.id]


@given(needs, collections(), many)
@settings(max_examples=60)
def test_without_one_of_the_vectors_words_alone_decide_and_the_reason_says_so(
    need: Need, listed: list[Offer], known: Mapping[str, Meaning]
) -> None:
    words = rank(need, offer_index(*listed), [], on=TODAY)
    assert rank(need, offer_index(*listed, meanings=known), [], on=TODAY) == words
    told = [r for found in words.suggestions for r in found.reasons if r.code.startswith("text.")]
    assert all(r.evidence["meaning"] is None for r in told if r.known)


@given(st.integers(-(MEANING_UNIT**2), MEANING_UNIT**2), st.integers(0, MEANING_UNIT**2))
def test_a_nearer_meaning_never_lowers_the_points(near: int, further: int) -> None:
    need, _ = make_entry(NEED, taxonomy())
    offer, _ = make_entry(OFFERS[0], taxonomy())
    fewer, more = (
        text(Pair(need, offer, 1000, value), DEFAULT_WEIGHTS) for value in (near, near + further)
    )
    assert fewer.contribution <= more.contribution
    assert more.evidence["meaning"] == round((near + further) / MEANING_UNIT**2, 3)


@pytest.mark.parametrize(("cosine", "code"), [(0.1, "text.none"), (0.16, "text.similar")])
def test_texts_without_a_word_in_common_may_be_alike_in_meaning(cosine: float, code: str) -> None:
    need, _ = make_entry(NEED, taxonomy())
    offer, _ = make_entry(OFFERS[0], taxonomy())
    pair = Pair(need, offer, 0, round(cosine * MEANING_UNIT**2))
    found = text(pair, DEFAULT_WEIGHTS)
    assert found.code == code
    assert found.evidence == {"similarity": 0.0, "meaning": cosine}
