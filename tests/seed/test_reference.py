"""Reference data in a real database: complete, resolvable, and safe to load again."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Activity, ActivitySynonym, CatalogueState, Municipality, PlaceName, Rule, now
from seed.reference import LoadedReference, load_reference
from web.services.catalogue import Catalogue
from web.services.places import resolve_place
from web.services.values import place_of

NOTHING = LoadedReference(municipalities=0, place_names=0, activities=0, rules=0)


def counts(session: Session) -> list[int | None]:
    tables = (Municipality, PlaceName, Activity, ActivitySynonym, Rule)
    return [session.scalar(select(func.count()).select_from(table)) for table in tables]


@pytest.fixture
def contents() -> str:
    return "reference"


@pytest.mark.parametrize(
    ("typed", "nis"),
    [
        ("Bekkevoort", "24008"),
        ("3460", "24008"),
        ("assent", "24008"),
        ("Molenbeek Wersbeek", "24008"),
        ("Galmaarden", "23106"),
        ("ZICHEM", "24134"),
        ("3390 Tielt", "24135"),
        ("Tielt", "37022"),
        ("Liège", "62063"),
        ("'s-gravenwezel", "11039"),
    ],
)
def test_a_place_is_found_by_its_name_old_name_part_or_postcode(
    session: Session, typed: str, nis: str
) -> None:
    found = resolve_place(session, typed)
    assert found is not None
    assert found.nis == nis


def test_a_name_that_several_municipalities_use_needs_its_postcode(session: Session) -> None:
    assert resolve_place(session, "Beveren") is None
    found = resolve_place(session, "8800 Beveren")
    assert found is not None
    assert found.place.name == "Roeselare"


@pytest.mark.parametrize("typed", ["Diest", "3290", "3290 Diest", "3293 Diest"])
def test_a_municipality_lies_where_its_needs_and_offers_are_counted_from(
    session: Session, typed: str
) -> None:
    found = resolve_place(session, typed)
    assert found is not None
    assert found.place == place_of(session.get_one(Municipality, found.nis))


def test_a_part_of_a_municipality_lies_where_its_postcode_does(session: Session) -> None:
    found = resolve_place(session, "3294 Molenstede")
    whole = resolve_place(session, "Diest")
    assert found is not None
    assert whole is not None
    assert found.place != whole.place


def test_loading_again_changes_nothing(session: Session) -> None:
    before = counts(session)
    state = session.get_one(CatalogueState, 1).reference_revision
    assert load_reference(session) == NOTHING
    assert not session.dirty
    assert counts(session) == before
    session.refresh(session.get_one(CatalogueState, 1))
    assert session.get_one(CatalogueState, 1).reference_revision == state


def test_what_a_coordinator_edited_stays_as_he_left_it(session: Session) -> None:
    activity = session.get_one(Activity, "strijken")
    activity.label = "strijkwerk"
    activity.synonyms = [ActivitySynonym(text="hemden persen")]
    activity.edited_at = now()
    rule = session.get_one(Rule, "plaatsing-duur")
    rule.parameters = {"max_months": 18}
    rule.edited_at = now()
    session.flush()
    assert load_reference(session) == NOTHING
    assert activity.label == "strijkwerk"
    assert [synonym.text for synonym in activity.synonyms] == ["hemden persen"]
    assert rule.parameters == {"max_months": 18}


def test_what_nobody_edited_follows_the_files(session: Session) -> None:
    activity = session.get_one(Activity, "strijken")
    kept = len(activity.synonyms)
    activity.label = "een oude naam"
    activity.synonyms = [*activity.synonyms[1:], ActivitySynonym(text="een oud woord")]
    session.get_one(Rule, "plaatsing-duur").parameters = {"max_months": 18}
    session.get_one(Municipality, "24008").latitude = 0.0
    session.flush()
    assert load_reference(session) == LoadedReference(
        municipalities=1, place_names=0, activities=1, rules=1
    )
    assert activity.label == "strijken"
    assert len(activity.synonyms) == kept
    assert "een oud woord" not in {synonym.text for synonym in activity.synonyms}


def test_every_process_is_told_of_new_activities_and_rules(session: Session) -> None:
    assert session.get_one(CatalogueState, 1).reference_revision == 1
    with Catalogue().open(session) as shelf:
        assert len(shelf.taxonomy.suggest("strijk")) > 0
        assert {rule.id for rule in shelf.rules} >= {"enclave-leverancier", "plaatsing-vrager"}
