"""What is promised is not free: in the supplier's weeks, and in what the matcher sees."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from matcher.values import Promise
from matcher.vocabulary import OfferKind
from models import Agreement, Match, Offer, Organisation, session_factory
from models.states import MatchStatus, NeedStatus, OfferStatus
from tests.support import builders as build
from tests.web.buyer.browser import Browser
from tests.web.supplier.scene import Scene
from web.services.agenda import first_monday, holds_of, weeks_of
from web.services.promises import free_between
from web.services.values import offer_value

PAGE = "/mijn-aanbod/agenda"
MONDAY = date(2026, 6, 1)
#: How a match gets where it is, step by step, as the database demands.
WAY = (
    MatchStatus.APPROVED,
    MatchStatus.INTRODUCED,
    MatchStatus.AGREED,
    MatchStatus.RUNNING,
    MatchStatus.DONE,
)


def hold(session: Session, offer: Offer, people: int, to: MatchStatus, **need: Any) -> Match:
    """Put a match of an offer in a state, for so many people."""
    asked = build.need(session, status=NeedStatus.PUBLISHED, **need)
    match = Match(need_id=asked.id, offer_id=offer.id, score=1.0, weights_version="t")
    match.people = people
    session.add(match)
    session.flush()
    for step in WAY[: WAY.index(to) + 1]:
        match.status = step
        session.flush()
    session.expire_all()
    return match


@pytest.fixture
def team(session: Session) -> Offer:
    return build.offer(session, kind=OfferKind.ENCLAVE_TEAM, people_max=6)


def test_a_week_shows_the_fewest_that_are_free_on_one_of_its_days(
    session: Session, team: Offer
) -> None:
    hold(
        session,
        team,
        4,
        MatchStatus.APPROVED,
        start_date=MONDAY + timedelta(9),
        end_date=MONDAY + timedelta(15),
    )
    weeks = weeks_of(team, MONDAY, 4)
    assert [week.free for week in weeks] == [6, 2, 2, 6]
    assert [week.monday for week in weeks] == [MONDAY + timedelta(7 * n) for n in range(4)]
    assert [round(week.share, 2) for week in weeks] == [0, 0.67, 0.67, 0]
    assert [held.people for held in holds_of(team, weeks)] == [4]
    assert holds_of(team, weeks[3:]) == []


@pytest.mark.parametrize(
    ("state", "free"),
    [
        (MatchStatus.APPROVED, 2),
        (MatchStatus.INTRODUCED, 2),
        (MatchStatus.AGREED, 2),
        (MatchStatus.RUNNING, 2),
        (MatchStatus.DONE, 6),
    ],
)
def test_a_match_holds_people_from_its_approval_until_it_is_done(
    session: Session, team: Offer, state: MatchStatus, free: int
) -> None:
    hold(session, team, 4, state, start_date=MONDAY)
    assert free_between(team, MONDAY, MONDAY) == free


def test_falling_through_gives_back_what_was_held(session: Session, team: Offer) -> None:
    match = hold(session, team, 4, MatchStatus.APPROVED, start_date=MONDAY)
    match.status = MatchStatus.FELL_THROUGH
    session.flush()
    session.expire_all()
    assert free_between(team, MONDAY, None) == 6


def test_what_was_agreed_counts_instead_of_what_was_asked(session: Session, team: Offer) -> None:
    match = hold(session, team, 4, MatchStatus.AGREED, start_date=MONDAY)
    later = MONDAY + timedelta(30)
    session.add(Agreement(match_id=match.id, people=3, start_date=later, end_date=later))
    session.flush()
    session.expire_all()
    assert free_between(team, MONDAY, MONDAY) == 6
    assert free_between(team, MONDAY, None) == 3


def test_the_matcher_sees_who_is_promised_and_when(session: Session, team: Offer) -> None:
    hold(session, team, 4, MatchStatus.APPROVED, start_date=MONDAY)
    assert offer_value(team).conditions.promised == (Promise(4, MONDAY, None),)


def test_a_profile_is_one_person(session: Session) -> None:
    profile = build.offer(session, kind=OfferKind.PROFILE, pseudonym="MVN-1")
    assert free_between(profile, None, None) == 1
    hold(session, profile, 1, MatchStatus.APPROVED)
    assert free_between(profile, None, None) == 0


def test_an_offer_without_a_number_cannot_be_counted(session: Session) -> None:
    service = build.offer(session, people_max=None)
    hold(session, service, 4, MatchStatus.APPROVED)
    assert free_between(service, None, None) is None
    assert weeks_of(service, MONDAY) == []


def test_the_calendar_begins_on_the_monday_of_the_day_asked() -> None:
    on = date(2026, 6, 4)
    assert first_monday(None, on) == MONDAY
    assert first_monday(date(2026, 7, 5), on) == date(2026, 6, 29)
    assert first_monday(date(1, 1, 1), on) == MONDAY
    assert first_monday(date.max, on) == MONDAY


def store(engine: Engine, scene: Scene, **values: Any) -> int:
    with session_factory(engine).begin() as session:
        offer = build.offer(
            session,
            organisation=session.get_one(Organisation, scene.maatwerk_organisation),
            **values,
        )
        return offer.id


def test_the_page_shows_free_weeks_and_who_holds_the_others(
    engine: Engine, scene: Scene, maatwerk: Browser
) -> None:
    offer_id = store(engine, scene, kind=OfferKind.ENCLAVE_TEAM, people_max=6, title="Inpakploeg")
    with session_factory(engine).begin() as session:
        offer = session.get_one(Offer, offer_id)
        hold(session, offer, 4, MatchStatus.APPROVED, title="Dozen vullen", start_date=MONDAY)
    page = maatwerk.get(f"{PAGE}?van=2026-05-25").text
    assert "Inpakploeg" in page
    assert "6 mensen in totaal" in page
    assert "6 vrij" in page
    assert "2 vrij" in page
    assert "Dozen vullen" in page
    assert "vanaf 1 juni 2026, zonder einde" in page


def test_promising_too_many_is_told_in_words(
    engine: Engine, scene: Scene, maatwerk: Browser
) -> None:
    offer_id = store(engine, scene, kind=OfferKind.ENCLAVE_TEAM, people_max=6)
    with session_factory(engine).begin() as session:
        offer = session.get_one(Offer, offer_id)
        hold(session, offer, 4, MatchStatus.APPROVED)
        offer.people_max = 3
    assert "1 te veel" in maatwerk.get(PAGE).text


def test_without_offers_the_page_says_what_to_do_first(maatwerk: Browser) -> None:
    page = maatwerk.get(PAGE).text
    assert "Nog geen gepubliceerd aanbod" in page
    assert "/mijn-aanbod/nieuw" in page


@pytest.mark.parametrize("day", ["gisteren", "2026-13-40", "9999-12-31", "0001-01-01", "\x00"])
def test_an_odd_day_in_the_address_shows_this_week(
    engine: Engine, scene: Scene, maatwerk: Browser, day: str
) -> None:
    store(engine, scene, people_max=2)
    page = maatwerk.get(f"{PAGE}?van={quote(day)}")
    assert page.status_code == 200
    assert "Naar deze week" not in page.text


def test_offers_that_are_gone_have_no_weeks(
    engine: Engine, scene: Scene, maatwerk: Browser
) -> None:
    store(engine, scene, title="Vroeger werk", status=OfferStatus.WITHDRAWN)
    assert "Vroeger werk" not in maatwerk.get(PAGE).text
