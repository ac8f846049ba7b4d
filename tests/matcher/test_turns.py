"""Offers with the same score take turns, by a rule that anybody can repeat."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings

from matcher import rank, search, turn
from matcher.values import Need, Offer
from matcher.vocabulary import NeedKind, OfferKind
from tests.matcher.samples import TODAY, offer_index
from tests.matcher.test_ranking_properties import RULES, collections, needs

EQUAL = [
    Offer(id=name, kind=OfferKind.SERVICE, title="Gras maaien", text="Wij maaien gazons.")
    for name in ("1", "2", "3", "4")
]


def asked(number: int) -> Need:
    return Need(id=str(number), kind=NeedKind.SERVICE, title="Gras maaien", text="")


def order(need: Need, *offers: Offer) -> list[str]:
    ranking = rank(need, offer_index(*offers), RULES, on=TODAY)
    return [found.offer_id for found in ranking.suggestions]


def test_over_many_needs_each_of_four_equals_comes_first_as_often() -> None:
    index = offer_index(*EQUAL)
    firsts = Counter(
        rank(asked(number), index, RULES, on=TODAY, limit=1).suggestions[0].offer_id
        for number in range(400)
    )
    # 400 draws of 4: 100 each, and five standard deviations are 43.
    assert set(firsts) == {"1", "2", "3", "4"}
    assert all(57 <= count <= 143 for count in firsts.values())


def test_for_one_need_the_order_of_equals_stays_whoever_else_is_there() -> None:
    whole = order(asked(7), *EQUAL)
    assert order(asked(7), *reversed(EQUAL)) == whole
    assert order(asked(7), *EQUAL[1:]) == [name for name in whole if name != "1"]


def test_the_draw_is_the_same_on_every_machine() -> None:
    assert turn("1", "2")[0].hex() == "7d7e6aa3aadba25d"
    assert turn("1", "23") != turn("12", "3")


def test_another_search_shows_equals_in_another_order() -> None:
    index = offer_index(*EQUAL)
    words = ("gras", "gras maaien", "maaien gras", "gazons", "gazons maaien", "gazon", "maaien")
    assert len({search(query, index)[0].offer_id for query in words}) > 1


@given(needs, collections())
@settings(max_examples=60, deadline=None)
def test_better_scores_come_first_and_equals_by_turn(need: Need, listed: list[Offer]) -> None:
    doubled = [*listed, *(replace(offer, id=f"{offer.id}b") for offer in listed)]
    found = rank(need, offer_index(*doubled), RULES, on=TODAY).suggestions
    keys = [(-one.score, turn(need.id, one.offer_id)) for one in found]
    assert keys == sorted(keys)
