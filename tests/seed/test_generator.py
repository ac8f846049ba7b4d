from collections import Counter
from functools import cache

from matcher.vocabulary import NeedKind, OfferKind
from seed.bench.material import Material, make_material


@cache
def material() -> Material:
    return make_material(300, 100)


def test_an_item_follows_from_its_number_alone() -> None:
    generator = material().generator
    forth = [generator.offer(n) for n in range(20)]
    back = [generator.offer(n) for n in reversed(range(20))]
    assert forth == back[::-1]
    assert len({offer.text for offer in forth}) == 20
    assert generator.need(7) == material().needs[7]


def test_generated_items_are_as_varied_as_what_people_leave() -> None:
    offers = list(material().offers())
    needs = material().needs
    assert {offer.kind for offer in offers} == set(OfferKind)
    assert {need.kind for need in needs} == set(NeedKind)
    for stated in (
        [offer.activities for offer in offers],
        [offer.service_nis for offer in offers],
        [offer.conditions.people_max for offer in offers],
        [need.conditions.start for need in needs],
    ):
        assert 0.1 < sum(map(bool, stated)) / len(stated) < 0.9
    assert 3 < max(Counter(offer.supplier_id for offer in offers).values()) < 60


def test_few_words_are_in_most_texts_and_most_words_in_few() -> None:
    counted = Counter(word for o in material().offers() for word in set(o.text.lower().split()))
    shares = sorted((count / 300 for count in counted.values()), reverse=True)
    assert shares[0] > 0.5
    assert sum(share < 0.01 for share in shares) > 0.6 * len(shares)
