from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from stdnum.exceptions import ValidationError

from matcher.vocabulary import OfferKind
from models import Event, Match, Offer, Organisation
from models.states import MatchStatus, NeedStatus
from tests.support import builders


@pytest.mark.parametrize(
    "values",
    [
        {"title": "   "},
        {"text": ""},
        {"municipality_nis": None},
        {"postcode": None},
        {"contact": None},
        {"published_at": None},
        {"start_to_agree": False},
        {"people_min": 0},
        {"people_min": 5, "people_max": 4},
        {"hours_per_week": 61},
        {"hours_per_week": 0},
        {"start_date": date(2026, 5, 2), "end_date": date(2026, 5, 1)},
    ],
    ids=str,
)
def test_the_database_refuses_a_published_need_that_is_incomplete_or_absurd(
    session: Session, values: dict[str, Any]
):
    with pytest.raises(IntegrityError):
        builders.need(session, **values)


def test_a_draft_may_lack_anything(session: Session):
    draft = builders.need(
        session,
        status=NeedStatus.DRAFT,
        title="",
        text="",
        municipality_nis=None,
        postcode=None,
        contact=None,
        published_at=None,
        start_to_agree=False,
    )
    assert draft.id


@pytest.mark.parametrize(
    "values",
    [
        {"title": ""},
        {"valid_until": None},
        {"radius_km": 0},
        {"radius_km": 301},
        {"kind": OfferKind.PROFILE, "pseudonym": None},
    ],
    ids=str,
)
def test_the_database_refuses_a_published_offer_that_is_incomplete_or_absurd(
    session: Session, values: dict[str, Any]
):
    with pytest.raises(IntegrityError):
        builders.offer(session, **values)


def test_an_unknown_kind_is_refused_by_the_database_itself(session: Session):
    need = builders.need(session)
    with pytest.raises(IntegrityError):
        session.execute(text("UPDATE need SET kind = 'gift' WHERE id = :id"), {"id": need.id})


def test_a_kbo_number_is_stored_as_ten_digits_and_checked(session: Session):
    digits = builders.kbo_number(123)
    written = f"BE {digits[:4]}.{digits[4:7]}.{digits[7:]}"
    assert builders.organisation(session, kbo=written).kbo == digits
    with pytest.raises(ValidationError):
        Organisation(kbo="0123456789")


def test_a_kbo_number_belongs_to_one_organisation(session: Session):
    first = builders.organisation(session)
    with pytest.raises(IntegrityError):
        builders.organisation(session, kbo=first.kbo)


def test_a_nace_code_needs_its_version(session: Session):
    with pytest.raises(IntegrityError):
        builders.organisation(session, nace_code="88995")


def test_a_pair_is_matched_once(session: Session):
    need, offer = builders.need(session), builders.offer(session)
    for _ in range(2):
        session.add(Match(need_id=need.id, offer_id=offer.id, score=1.0, weights_version="v"))
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_refusal_without_reason_is_no_decision(session: Session):
    need, offer, coordinator = (
        builders.need(session),
        builders.offer(session),
        builders.user(session),
    )
    match = Match(need_id=need.id, offer_id=offer.id, score=1.0, weights_version="v")
    session.add(match)
    session.flush()
    with pytest.raises(IntegrityError):
        session.execute(
            text(
                "INSERT INTO decision (match_id, actor_id, at, from_status, to_status) "
                "VALUES (:match, :actor, '2026-01-01 00:00:00', 'suggested', 'refused')"
            ),
            {"match": match.id, "actor": coordinator.id},
        )


@pytest.mark.parametrize(
    "change",
    [lambda: update(Event).values(action="forged"), lambda: delete(Event)],
    ids=["update", "delete"],
)
def test_an_event_cannot_be_altered_or_deleted(session: Session, change: Callable[[], Any]):
    session.add(Event(subject_type="need", subject_id="1", action="published"))
    session.flush()
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(change())


def test_a_stale_copy_overwrites_nothing(session: Session):
    need = builders.need(session)
    session.execute(
        text("UPDATE need SET title = 'Van een ander', version = version + 1 WHERE id = :id"),
        {"id": need.id},
    )
    need.title = "Van mij"
    with pytest.raises(StaleDataError):
        session.flush()


def test_moments_come_back_in_utc_and_need_a_zone(session: Session):
    moment = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
    need = builders.need(session, published_at=moment)
    session.expire(need)
    assert need.published_at == moment
    need.published_at = datetime(2026, 11, 23)  # noqa: DTZ001 - the point of the test
    with pytest.raises(StatementError, match="time zone"):
        session.flush()


def test_choices_are_stored_by_value(session: Session):
    offer = builders.offer(session, certificates=["haccp"], details={"lead_time_days": 3})
    match = Match(
        need_id=builders.need(session).id, offer_id=offer.id, score=0, weights_version="v"
    )
    session.add(match)
    session.flush()
    stored = session.execute(text("SELECT kind, status FROM offer")).one()
    assert tuple(stored) == ("service", "published")
    assert session.scalar(text("SELECT status FROM match")) == MatchStatus.SUGGESTED.value
    session.expire(offer)
    assert isinstance(offer, Offer)
    assert offer.certificates == ["haccp"]
    assert offer.details == {"lead_time_days": 3}
