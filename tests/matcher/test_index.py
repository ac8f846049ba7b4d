from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from matcher import NeedIndex, OfferIndex, rank
from matcher.features import similarity, text_vector
from tests.matcher.samples import (
    TODAY,
    make_need,
    make_offer,
    need_index,
    offer_index,
    taxonomy,
)

NEED = make_need(text="gras maaien en hagen scheren")
MOWING = make_offer("a", "wij maaien gras")
IRONING = make_offer("b", "strijken van linnen")


def found(index: OfferIndex) -> list[tuple[str, float]]:
    return [(s.offer_id, s.score) for s in rank(NEED, index, [], on=TODAY).suggestions]


def test_an_index_knows_what_it_holds() -> None:
    index = offer_index(MOWING, IRONING)
    assert len(index) == 2
    assert list(index) == ["a", "b"]
    assert "a" in index
    assert "z" not in index
    assert index.get("a") == MOWING
    assert index.get("z") is None
    needs = need_index(NEED)
    assert needs.get("n1") == NEED
    assert isinstance(needs, NeedIndex)


def test_a_removed_offer_is_not_found_and_may_come_back() -> None:
    index = offer_index(MOWING, IRONING)
    before = found(index)
    index.remove("a")
    index.remove("unknown")
    assert [name for name, _ in found(index)] == ["b"]
    index.put(MOWING)
    assert found(index) == before


def test_a_changed_offer_is_weighed_anew() -> None:
    index = offer_index(MOWING, IRONING)
    index.put(replace(MOWING, text="wij bakken brood"))
    assert found(index) == found(offer_index(IRONING, replace(MOWING, text="wij bakken brood")))
    assert len(index) == 2


@pytest.mark.parametrize("count", [511, 512, 513, 1700])
def test_scores_are_the_same_however_many_rows_wait_in_the_tail(count: int) -> None:
    crowd = [make_offer(f"x{n}", f"dozen vullen {n}") for n in range(count)]
    index = offer_index(*crowd, MOWING)
    assert dict(found(index))["a"] == dict(found(offer_index(MOWING)))["a"]


def test_many_changes_leave_an_index_equal_to_a_fresh_one() -> None:
    index = offer_index(MOWING, IRONING)
    for round_ in range(2300):
        index.put(make_offer("c", f"haag knippen {round_}"))
    fresh = offer_index(IRONING, make_offer("c", "haag knippen 2299"), MOWING)
    assert found(index) == found(fresh)


def test_the_activities_of_an_index_are_those_of_its_taxonomy() -> None:
    known = taxonomy()
    assert OfferIndex(known).taxonomy is known


def change(index: OfferIndex) -> None:
    for round_ in range(150):
        index.put(make_offer(f"c{round_ % 7}", f"haag knippen {round_}"))
        index.remove(f"c{(round_ + 3) % 7}")


def look(index: OfferIndex) -> None:
    for _ in range(60):
        assert {"a", "b"} <= {name for name, _ in found(index)}


def test_offers_may_change_while_others_search() -> None:
    index = offer_index(MOWING, IRONING)
    with ThreadPoolExecutor(3) as threads:
        running = [threads.submit(work, index) for work in (change, look, look)]
    assert [task.exception() for task in running] == [None, None, None]


def test_the_most_similar_texts_come_first_and_what_shares_nothing_does_not_come() -> None:
    index = offer_index(MOWING, make_offer("c", "gras maaien en hagen scheren"), IRONING)
    index.put(make_offer("d", "gras maaien en hagen scheren"))
    index.remove("d")
    query = text_vector("", NEED.text)
    [found] = index.most_similar([query], 5)
    assert [name for name, _ in found] == ["c", "a"]
    assert found[1][1] == similarity(query, text_vector("", MOWING.text))
    assert index.most_similar([query], 1) == [found[:1]]
    other = text_vector("", IRONING.text)
    assert index.most_similar([other, query], 5)[1] == found
    assert offer_index().most_similar([query], 5) == [[]]
