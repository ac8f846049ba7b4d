from dataclasses import replace

from matcher import search
from matcher.vocabulary import OfferKind
from tests.matcher.samples import BEKKEVOORT, DIEST, OOSTENDE, make_offer, offer_index

MOWING = make_offer("gras", "Onze ploeg maait gazons.", "Groen", place=BEKKEVOORT)
IRONING = make_offer("strijk", "Strijken van linnen.", "Strijkdienst", place=DIEST)
TEAM = make_offer("team", "Ploeg om dozen te vullen.", kind=OfferKind.ENCLAVE_TEAM, place=OOSTENDE)
INDEX = offer_index(MOWING, IRONING, TEAM)


def ids(query: str, **options: object) -> list[str]:
    return [hit.offer_id for hit in search(query, INDEX, **options)]


def test_a_visitor_finds_what_he_types() -> None:
    assert ids("gras afrijden") == ["gras"]
    assert ids("strijkhulp")[0] == "strijk"


def test_a_typing_error_is_forgiven() -> None:
    assert ids("strijkdinst")[0] == "strijk"


def test_what_nobody_offers_finds_nothing() -> None:
    assert ids("raketten lanceren") == []


def test_without_a_query_all_offers_pass_the_nearest_first() -> None:
    far = replace(MOWING, id="far", place=OOSTENDE, radius_km=30.0)
    near = replace(MOWING, id="near", place=BEKKEVOORT, radius_km=30.0)
    hits = search("", offer_index(far, near), place=DIEST)
    assert [hit.offer_id for hit in hits] == ["near", "far"]


def test_filters_keep_kinds_activities_and_what_is_near() -> None:
    assert ids("", kinds=[OfferKind.ENCLAVE_TEAM]) == ["team"]
    assert ids("", activities=["gras"]) == ["gras"]
    assert ids("", place=DIEST, max_km=5) == ["strijk"]
    assert sorted(ids("", place=DIEST, max_km=20)) == ["gras", "strijk"]


def test_an_offer_that_serves_the_place_by_name_passes_any_distance() -> None:
    named = replace(TEAM, service_nis=frozenset({DIEST.nis}))
    hits = search("", offer_index(named, MOWING), place=DIEST, max_km=1)
    assert [hit.offer_id for hit in hits] == ["team"]


def test_hits_say_why() -> None:
    hit = search("gras afrijden", INDEX)[0]
    codes = [reason.code for reason in hit.reasons]
    assert codes == ["base", "text.similar", "activity.shared", "distance.unknown"]
    assert hit.score == sum(reason.contribution for reason in hit.reasons)


def test_a_limit_keeps_the_best() -> None:
    assert ids("", limit=2) == ids("")[:2]
