"""The life of an offer, from draft to withdrawn, as the services tell it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from matcher.vocabulary import OfferKind, WorkSite
from models import Event, Match, Offer, session_factory
from models.states import ActivityOrigin, OfferStatus
from tests.web.supplier.scene import Scene, actor, grass, today
from web.services.catalogue import Catalogue
from web.services.errors import ConflictError, ForbiddenError, InvalidError
from web.services.offers import (
    VALID_FOR,
    OfferDraft,
    confirm_offer,
    copy_offer,
    create_offer,
    pause_offer,
    publish_offer,
    publish_on,
    resume_offer,
    update_offer,
    withdraw_offer,
)
from web.services.visibility import current_offers

Change = Callable[..., Any]


@pytest.fixture
def written(engine: Engine, scene: Scene) -> Callable[..., int]:
    """Store a draft in a transaction of its own and return its number."""

    def write(**values: Any) -> int:
        with session_factory(engine).begin() as session:
            who = actor(session, scene.maatwerk)
            return create_offer(session, who, grass(scene, **values)).id

    return write


@pytest.fixture
def do(engine: Engine, scene: Scene, catalogue: Catalogue) -> Change:
    """Do one thing with an offer in a transaction of its own, as one request does."""

    def run(change: Change, offer_id: int, on: date | None = None) -> None:
        with session_factory(engine).begin() as session:
            offer = session.get_one(Offer, offer_id)
            change(session, catalogue, actor(session, scene.maatwerk), offer, on or today())

    return run


@pytest.fixture
def look(engine: Engine) -> Callable[[int], Offer]:
    def read(offer_id: int) -> Offer:
        with session_factory(engine)() as session:
            offer = session.get_one(Offer, offer_id)
            # Loaded now, for after the session has closed.
            assert offer.activities is not None
            assert offer.service_area is not None
            return offer

    return read


def suggested(engine: Engine, offer_id: int) -> set[int]:
    with session_factory(engine)() as session:
        return set(session.scalars(select(Match.need_id).where(Match.offer_id == offer_id)))


def on_shelf(engine: Engine, catalogue: Catalogue, offer_id: int) -> bool:
    with session_factory(engine)() as session, catalogue.open(session) as shelf:
        return str(offer_id) in shelf.offers


def problems_of(publish: Callable[[], object]) -> dict[str, str]:
    with pytest.raises(InvalidError) as refused:
        publish()
    return refused.value.problems


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


def change(
    session: Session, scene: Scene, catalogue: Catalogue, number: int, draft: OfferDraft, seen: int
) -> None:
    offer = session.get_one(Offer, number)
    who = actor(session, scene.maatwerk)
    update_offer(session, who, catalogue, offer, draft, version=seen, on=today())


def test_a_stale_edit_changes_nothing(
    engine: Engine, scene: Scene, catalogue: Catalogue, written: Change, look: Change
) -> None:
    number = written()
    seen = look(number).version
    for title, stale in (("Eerst", False), ("Te laat", True)):
        with session_factory(engine).begin() as session:
            draft = grass(scene, title=title)
            if stale:
                with pytest.raises(ConflictError):
                    change(session, scene, catalogue, number, draft, seen)
            else:
                change(session, scene, catalogue, number, draft, seen)
    assert look(number).title == "Eerst"


def test_changing_only_the_activities_makes_an_older_version_stale(
    engine: Engine, scene: Scene, catalogue: Catalogue, written: Change, look: Change
) -> None:
    number = written()
    seen = look(number).version
    draft = grass(scene, activities={"verpakken": ActivityOrigin.CHOSEN})
    with session_factory(engine).begin() as session:
        change(session, scene, catalogue, number, draft, seen)
    assert look(number).version > seen


def test_a_changed_offer_leaves_the_needs_it_no_longer_answers(
    engine: Engine, scene: Scene, catalogue: Catalogue, written: Change, do: Change, look: Change
) -> None:
    number = written()
    do(publish_offer, number)
    before = _score(engine, scene.needs[2], number)
    draft = grass(scene, title="Strijkatelier", text="Wij wassen en strijken hemden en lakens.")
    with session_factory(engine).begin() as session:
        change(session, scene, catalogue, number, draft, look(number).version)
    assert _score(engine, scene.needs[2], number) > before


def _score(engine: Engine, need_id: int, offer_id: int) -> float:
    with session_factory(engine)() as session:
        chosen = select(Match.score).where(Match.need_id == need_id, Match.offer_id == offer_id)
        return session.scalar(chosen) or float("-inf")


def test_a_published_offer_cannot_be_emptied(
    engine: Engine, scene: Scene, catalogue: Catalogue, written: Change, do: Change, look: Change
) -> None:
    number = written()
    do(publish_offer, number)
    with session_factory(engine).begin() as session:
        seen = look(number).version
        bare = grass(scene, text="", fields={})
        refused = problems_of(lambda: change(session, scene, catalogue, number, bare, seen))
        assert set(refused) == {"text", "site"}
    assert look(number).text != ""


def test_pausing_takes_an_offer_out_of_sight_and_resuming_brings_it_back(
    engine: Engine, catalogue: Catalogue, written: Change, do: Change
) -> None:
    number = written()
    do(publish_offer, number)
    do(pause_offer, number)
    assert not on_shelf(engine, catalogue, number)
    assert suggested(engine, number) == set()
    do(resume_offer, number)
    assert on_shelf(engine, catalogue, number)
    assert suggested(engine, number)


def test_an_offer_past_its_last_day_is_not_suggested_and_comes_back_when_confirmed(
    engine: Engine, catalogue: Catalogue, written: Change, do: Change, look: Change
) -> None:
    number = written()
    do(publish_offer, number)
    with session_factory(engine).begin() as session:
        session.get_one(Offer, number).valid_until = today() - timedelta(days=1)
    assert not on_shelf(engine, Catalogue(), number)
    assert _found(engine, number) is False
    do(confirm_offer, number)
    assert look(number).valid_until == today() + VALID_FOR
    assert on_shelf(engine, catalogue, number)
    assert _found(engine, number) is True


def _found(engine: Engine, number: int) -> bool:
    with session_factory(engine)() as session:
        chosen = select(Offer.id).where(Offer.id == number, current_offers())
        return session.scalar(chosen) is not None


def test_a_shelf_that_is_kept_over_midnight_loses_what_ran_out(
    engine: Engine, catalogue: Catalogue, written: Change, do: Change
) -> None:
    number = written()
    do(publish_offer, number)
    with session_factory(engine)() as session:
        with catalogue.open(session) as shelf:
            assert str(number) in shelf.offers
            shelf.last_days[str(number)] = today() - timedelta(days=1)
            shelf.day = today() - timedelta(days=1)
        with catalogue.open(session) as shelf:
            assert str(number) not in shelf.offers


def test_confirming_never_shortens_a_longer_validity(
    written: Change, do: Change, look: Change
) -> None:
    far = today() + timedelta(days=700)
    number = written(valid_until=far)
    do(publish_offer, number)
    do(confirm_offer, number)
    assert look(number).valid_until == far


@pytest.mark.parametrize("step", [confirm_offer, pause_offer, resume_offer])
def test_a_draft_is_not_confirmed_paused_or_resumed(
    step: Change, written: Change, do: Change
) -> None:
    number = written()
    with pytest.raises(ConflictError):
        do(step, number)


def test_a_withdrawn_offer_stays_withdrawn(written: Change, do: Change, look: Change) -> None:
    number = written()
    do(publish_offer, number)
    do(withdraw_offer, number)
    assert look(number).status is OfferStatus.WITHDRAWN
    for step in (publish_offer, resume_offer, pause_offer, confirm_offer):
        with pytest.raises(ConflictError):
            do(step, number)


def test_a_withdrawn_draft_is_gone_but_its_event_stays(
    engine: Engine, written: Change, do: Change
) -> None:
    number = written()
    do(withdraw_offer, number)
    with session_factory(engine)() as session:
        assert session.get(Offer, number) is None
        chosen = select(Event.action).where(Event.subject_id == str(number)).order_by(Event.id)
        assert list(session.scalars(chosen)) == ["created", "deleted"]


def test_a_copy_is_a_draft_that_tells_the_same(
    engine: Engine, scene: Scene, written: Change, do: Change, look: Change
) -> None:
    number = written(service_nis=frozenset({"24008", "24020"}))
    do(publish_offer, number)
    with session_factory(engine).begin() as session:
        original = session.get_one(Offer, number)
        copy = copy_offer(session, actor(session, scene.maatwerk), original).id
    first, second = look(number), look(copy)
    assert second.status is OfferStatus.DRAFT
    assert (second.title, second.site, second.valid_until) == (first.title, first.site, None)
    assert [m.nis for m in second.service_area] == [m.nis for m in first.service_area]
    assert {a.activity_id for a in second.activities} == {a.activity_id for a in first.activities}


def test_every_profile_gets_a_pseudonym_of_its_own(written: Change, look: Change) -> None:
    codes = [look(written(kind=OfferKind.PROFILE, fields={})).pseudonym for _ in range(5)]
    assert len(set(codes)) == 5
    assert all(code and len(code) == 6 and code.startswith("P-") for code in codes)


def test_many_are_published_in_one_transaction_with_only_what_a_file_tells(
    engine: Engine, scene: Scene, catalogue: Catalogue
) -> None:
    bare = {"fields": {}, "radius_km": None, "title": "Hulp", "text": "Wij helpen."}
    with session_factory(engine).begin() as session, catalogue.open(session) as shelf:
        who = actor(session, scene.maatwerk)
        for _ in range(3):
            offer = create_offer(session, who, grass(scene, **bare))
            publish_on(session, shelf, who, offer, today(), partial=True)
            assert offer.status is OfferStatus.PUBLISHED
