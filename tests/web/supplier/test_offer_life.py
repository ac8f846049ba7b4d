"""A published offer: changed, paused, run out, confirmed, withdrawn, copied."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from matcher.vocabulary import OfferKind
from models import Event, Match, Offer, session_factory
from models.states import ActivityOrigin, OfferStatus
from tests.web.supplier.scene import Scene, actor, grass, today
from tests.web.supplier.seen import on_shelf, problems_of, suggested
from web.services.catalogue import Catalogue
from web.services.errors import ConflictError
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
