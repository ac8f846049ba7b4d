"""An offer on its way from draft to published, as the services tell it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from matcher.vocabulary import OfferKind, WorkSite
from models import Event, Offer, session_factory
from models.states import ActivityOrigin, OfferStatus
from tests.web.supplier.scene import Scene, actor, grass, today
from tests.web.supplier.seen import on_shelf, problems_of, suggested
from web.services.catalogue import Catalogue
from web.services.errors import ForbiddenError
from web.services.offers import (
    VALID_FOR,
    create_offer,
    publish_offer,
)

Change = Callable[..., Any]


def test_a_published_offer_is_valid_for_half_a_year_and_joins_the_open_needs(
    engine: Engine, scene: Scene, catalogue: Catalogue, written: Change, do: Change, look: Change
) -> None:
    number = written()
    do(publish_offer, number)
    offer = look(number)
    assert offer.status is OfferStatus.PUBLISHED
    assert offer.valid_until == today() + VALID_FOR
    assert offer.site is WorkSite.ON_SITE
    assert scene.needs[0] in suggested(engine, number)
    assert on_shelf(engine, catalogue, number)


def test_publishing_recognises_activities_when_none_was_chosen(
    written: Change, do: Change, look: Change
) -> None:
    number = written()
    do(publish_offer, number)
    origins = {row.activity_id: row.origin for row in look(number).activities}
    assert origins
    assert set(origins.values()) == {ActivityOrigin.RECOGNISED}


def test_publishing_leaves_chosen_activities_alone(
    written: Change, do: Change, look: Change
) -> None:
    number = written(activities={"verpakken": ActivityOrigin.CHOSEN})
    do(publish_offer, number)
    assert [row.activity_id for row in look(number).activities] == ["verpakken"]


def test_a_rejected_activity_is_not_recognised_again(
    written: Change, do: Change, look: Change
) -> None:
    first = written()
    do(publish_offer, first)
    rejected = look(first).activities[0].activity_id
    second = written(activities={rejected: ActivityOrigin.REJECTED})
    do(publish_offer, second)
    origins = {row.activity_id: row.origin for row in look(second).activities}
    assert origins[rejected] is ActivityOrigin.REJECTED
    assert len(origins) > 1


def test_publishing_twice_is_no_error_and_leaves_one_event(
    engine: Engine, written: Change, do: Change
) -> None:
    number = written()
    do(publish_offer, number)
    do(publish_offer, number)
    with session_factory(engine)() as session:
        chosen = select(func.count()).where(
            Event.subject_id == str(number), Event.action == "published"
        )
        assert session.scalar(chosen) == 1


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"title": "", "activities": {"verpakken": ActivityOrigin.CHOSEN}}, {"title"}),
        ({"text": ""}, {"text"}),
        ({"municipality_nis": None}, {"place"}),
        ({"contact_id": None}, {"contact_id"}),
        ({"fields": {}}, {"site"}),
        ({"title": "Wij helpen u", "text": "Vraag het ons."}, {"activities"}),
        ({"kind": OfferKind.ENCLAVE_TEAM, "fields": {}}, {"people_max"}),
        ({"kind": OfferKind.PROFILE, "fields": {}}, {"hours_per_week"}),
    ],
)
def test_a_draft_may_lack_what_publishing_asks_for(
    values: dict[str, Any], fields: set[str], written: Change, do: Change, look: Change
) -> None:
    number = written(**values)
    assert set(problems_of(lambda: do(publish_offer, number))) == fields
    assert look(number).status is OfferStatus.DRAFT


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"start_date": date(2027, 5, 1), "end_date": date(2027, 4, 1)}, "end_date"),
        ({"radius_km": -5}, "radius_km"),
        ({"radius_km": 301}, "radius_km"),
        ({"fields": {"people_max": -3}}, "people_max"),
        ({"fields": {"people_max": 3, "people_min": 8}}, "people_max"),
        ({"fields": {"hours_per_week": 999}}, "hours_per_week"),
        ({"fields": {"quantity": 10**9}}, "quantity"),
        ({"fields": {"site": "on the moon"}}, "site"),
        ({"fields": {"certificates": ["vca-basis", "rocket"]}}, "certificates"),
        ({"title": "x" * 161}, "title"),
        ({"text": "x" * 1_000_000}, "text"),
        ({"fields": {"machines": "x" * 501}}, "machines"),
        ({"municipality_nis": "99999"}, "place"),
        ({"service_nis": frozenset({"24008", "99999"})}, "service_nis"),
        ({"activities": {"tovenarij": ActivityOrigin.CHOSEN}}, "activities"),
    ],
)
def test_even_a_draft_is_refused_an_impossible_value(
    engine: Engine, values: dict[str, Any], field: str, written: Change
) -> None:
    assert set(problems_of(lambda: written(**values))) == {field}
    with session_factory(engine)() as session:
        assert session.scalar(select(func.count()).select_from(Offer)) == 0


def test_control_characters_are_taken_out_and_emoji_and_code_are_kept_as_text(
    written: Change, look: Change
) -> None:
    odd = "Gras\x00 maaien \U0001f331 <script>alert(1)</script>'; DROP TABLE offer;--"
    offer = look(written(title=odd, text=odd))
    assert offer.title == "Gras maaien \U0001f331 <script>alert(1)</script>'; DROP TABLE offer;--"
    assert offer.text == offer.title


def test_only_a_maatwerkbedrijf_may_publish_an_enclave_team(
    engine: Engine, scene: Scene, catalogue: Catalogue
) -> None:
    draft = grass(
        scene,
        kind=OfferKind.ENCLAVE_TEAM,
        organisation_id=scene.local_organisation,
        contact_id=scene.local,
        fields={"people_max": 6},
    )
    with session_factory(engine).begin() as session:
        who = actor(session, scene.local)
        offer = create_offer(session, who, draft)
        refused = problems_of(lambda: publish_offer(session, catalogue, who, offer, today()))
        assert set(refused) == {"kind"}
        assert "maatwerkbedrijf" in refused["kind"]
        assert offer.status is OfferStatus.DRAFT


def test_an_organisation_that_waits_may_write_a_draft_but_not_publish(
    engine: Engine, scene: Scene, catalogue: Catalogue
) -> None:
    draft = grass(scene, organisation_id=scene.pending_organisation, contact_id=scene.pending)
    with session_factory(engine).begin() as session:
        who = actor(session, scene.pending)
        offer = create_offer(session, who, draft)
        refused = problems_of(lambda: publish_offer(session, catalogue, who, offer, today()))
    assert set(refused) == {"organisation_id"}


def test_a_last_day_that_is_past_is_refused(written: Change, do: Change) -> None:
    number = written(valid_until=today() - timedelta(days=1))
    assert set(problems_of(lambda: do(publish_offer, number))) == {"valid_until"}


def test_a_second_submit_lands_on_the_offer_of_the_first(engine: Engine, scene: Scene) -> None:
    numbers = []
    for _ in range(2):
        with session_factory(engine).begin() as session:
            who = actor(session, scene.maatwerk)
            offer = create_offer(session, who, grass(scene), submission_key="a" * 36)
            numbers.append(offer.id)
    assert numbers[0] == numbers[1]


def test_the_key_of_another_organisation_is_refused(engine: Engine, scene: Scene) -> None:
    with session_factory(engine).begin() as session:
        who = actor(session, scene.maatwerk)
        create_offer(session, who, grass(scene), submission_key="a" * 36)
        theirs = grass(scene, organisation_id=scene.other_organisation)
        with pytest.raises(ForbiddenError):
            create_offer(session, actor(session, scene.other), theirs, submission_key="a" * 36)
