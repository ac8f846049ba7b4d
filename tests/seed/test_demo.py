"""The demo region in a real database: alive, complete, and made by the rules of real data."""

import math
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.vocabulary import NeedKind, OfferKind, WorkForm
from models import Decision, Event, Match, Need, Offer, Organisation, Region, User, now
from models.base import Base
from models.match_life import CHOSEN
from models.states import (
    MatchOrigin,
    MatchStatus,
    NeedStatus,
    OfferStatus,
    OrganisationStatus,
    Role,
)
from seed.demo import LoadedDemo, load_demo
from seed.demo.steps import actor_for
from web.services.catalogue import Catalogue
from web.services.matching import rank_offers
from web.services.passwords import verify_password
from web.services.renewal import count_behind
from web.services.visibility import interested

LOGINS = ("vrager", "aanbieder", "regisseur", "regisseur2", "gemeente")


@pytest.fixture
def contents() -> str:
    return "demo"


def rows_of_every_table(session: Session) -> dict[str, int | None]:
    return {
        table.name: session.scalar(select(func.count()).select_from(table))
        for table in Base.metadata.sorted_tables
    }


def need_of(session: Session, key: str) -> Need:
    return session.scalars(select(Need).where(Need.external_id == f"demo:{key}")).one()


def offer_of(session: Session, key: str) -> Offer:
    return session.scalars(select(Offer).where(Offer.external_id == f"demo:{key}")).one()


def test_the_region_is_marked_as_demo_and_counts_five_municipalities(session: Session) -> None:
    region = session.scalars(select(Region)).one()
    assert region.is_demo
    assert region.name == "IGO div – demo"
    assert [m.name for m in region.municipalities] == [
        "Bekkevoort",
        "Diest",
        "Kortenaken",
        "Scherpenheuvel-Zichem",
        "Tielt-Winge",
    ]


def test_everything_in_it_is_marked_as_demo(session: Session) -> None:
    for table, number in ((Organisation, 25), (Offer, 60), (Need, 40)):
        marks = session.scalars(select(table.is_demo)).all()
        assert len(marks) == number
        assert all(marks)


def test_all_kinds_and_all_states_occur(session: Session) -> None:
    assert set(session.scalars(select(Need.kind))) == set(NeedKind)
    assert set(session.scalars(select(Offer.kind))) == set(OfferKind)
    assert set(session.scalars(select(Need.status))) == set(NeedStatus)
    assert set(session.scalars(select(Offer.status))) == set(OfferStatus)
    assert set(session.scalars(select(Match.status))) == set(MatchStatus)
    assert set(session.scalars(select(Organisation.work_form))) == set(WorkForm)
    assert OrganisationStatus.PENDING in set(session.scalars(select(Organisation.status)))


def test_some_offers_ran_out_while_most_still_count(session: Session) -> None:
    published = select(Offer.valid_until).where(Offer.status == OfferStatus.PUBLISHED)
    days = session.scalars(published).all()
    over = [day for day in days if day and day < now().date()]
    assert 0 < len(over) < len(days) / 10


def test_nothing_that_is_open_starts_in_the_past(session: Session) -> None:
    starts = select(Need.start_date).where(Need.status == NeedStatus.PUBLISHED)
    assert all(day is None or day >= now().date() for day in session.scalars(starts))


@pytest.mark.parametrize("days_later", [0, 40])
def test_loading_again_changes_nothing(session: Session, days_later: int) -> None:
    before = rows_of_every_table(session)
    later = now().date() + timedelta(days=days_later)
    assert load_demo(session, later) == LoadedDemo(0, 0, 0, 0)
    session.flush()
    assert rows_of_every_table(session) == before


@pytest.mark.parametrize("contents", ["reference"])
def test_dates_count_from_the_day_of_loading(session: Session) -> None:
    day = date(2027, 3, 1)
    load_demo(session, day)
    assert need_of(session, "kr-wafels").start_date == day + timedelta(days=40)
    assert offer_of(session, "dz-inpakploeg").valid_until == day + timedelta(days=140)


def test_the_demo_logins_work_and_nobody_else_has_a_password(session: Session) -> None:
    users = {user.email: user for user in session.scalars(select(User))}
    for login in LOGINS:
        user = users.pop(f"{login}@brug.example")
        assert verify_password(user.password_hash, "demo-brug")
        assert user.email_confirmed_at is not None
    assert {user.password_hash for user in users.values()} == {None}


def test_each_login_has_its_own_place(session: Session) -> None:
    forms = {
        login: [
            membership.organisation.work_form
            for user in session.scalars(select(User).where(User.email == f"{login}@brug.example"))
            for membership in user.memberships
        ]
        for login in LOGINS
    }
    assert forms["aanbieder"] == [WorkForm.MAATWERKBEDRIJF]
    assert forms["vrager"] == [WorkForm.NONE]
    assert forms["regisseur"] == forms["regisseur2"] == []
    assert actor_for(session, "aanbieder@brug.example").supplier_ids
    assert actor_for(session, "gemeente@brug.example").policy_municipalities == {"24008"}
    region_id = session.scalars(select(Region.id)).one()
    for login in ("regisseur", "regisseur2"):
        actor = actor_for(session, f"{login}@brug.example")
        assert actor.coordinator_regions == {region_id}
    roles = session.scalars(select(User).where(User.email == "gemeente@brug.example")).one().roles
    assert [role.role for role in roles] == [Role.POLICY_OFFICER]


def test_one_coordinator_has_an_interest_and_leaves_that_match_to_the_other(
    session: Session,
) -> None:
    need, offer = need_of(session, "rl-toezicht"), offer_of(session, "ww-toezicht")
    assert interested(actor_for(session, "regisseur@brug.example"), need, offer)
    assert not interested(actor_for(session, "regisseur2@brug.example"), need, offer)


def test_a_fresh_demo_has_no_suggestion_that_is_behind(session: Session) -> None:
    assert count_behind(session, now().date()) == 0


def test_suggestions_are_the_matchers_own_and_their_reasons_add_up(session: Session) -> None:
    matches = session.scalars(select(Match)).all()
    assert {match.origin for match in matches} == {MatchOrigin.ENGINE}
    for match in matches:
        total = math.fsum(reason["contribution"] for reason in match.reasons)
        assert math.isclose(total, match.score, abs_tol=1e-9)


@pytest.mark.parametrize(
    ("need", "offer"),
    [
        ("kr-wafels", "dz-inpakploeg"),
        ("kr-gras", "nb-groen-gemeenten"),
        ("gv-tuinier", "nb-profiel-groen"),
        ("kn-montage", "dz-montageploeg"),
        ("pp-sorteren", "kp-sorteerploeg"),
        ("wz-was", "zb-wasserij"),
        ("gb-bouwdossiers", "in-scan"),
        ("gb-receptie", "vk-catering"),
        ("rl-toezicht", "ww-toezicht"),
        ("ob-energie", "wm-scan"),
        ("od-zorg", "gp-werkplek"),
        ("os-winkel", "tz-werkplek-winkel"),
    ],
)
def test_the_offer_that_a_person_would_choose_ranks_first(
    session: Session, need: str, offer: str
) -> None:
    wanted = need_of(session, need)
    best = select(Match.offer_id).where(Match.need_id == wanted.id).order_by(Match.score.desc())
    assert session.scalars(best.limit(1)).one() == offer_of(session, offer).id


def test_a_company_sees_why_wijk_werken_is_not_for_it(session: Session) -> None:
    need = need_of(session, "kr-gras")
    with Catalogue().open(session) as shelf:
        ranking = rank_offers(session, shelf, need, now().date())
    refused = {refusal.offer_id: refusal.rule_id for refusal in ranking.refusals}
    assert refused[str(offer_of(session, "ww-tuin").id)] == "wijk-werken-geen-bedrijven"


def test_every_approved_need_has_its_decision_and_its_event(session: Session) -> None:
    approved = session.scalars(select(Need).where(Need.status == NeedStatus.APPROVED)).all()
    assert len(approved) == 6
    for need in approved:
        decided = select(Match).where(Match.need_id == need.id, Match.status.in_(CHOSEN))
        match = session.scalars(decided).one()
        decision = session.scalars(select(Decision).where(Decision.match_id == match.id)).one()
        assert decision.position == 1
        events = select(Event).where(
            Event.subject_type == "match", Event.subject_id == str(match.id)
        )
        assert "decided" in {event.action for event in session.scalars(events)}


def test_profiles_carry_a_code_and_say_nothing_of_who_it_is(session: Session) -> None:
    profiles = session.scalars(select(Offer).where(Offer.kind == OfferKind.PROFILE)).all()
    assert len(profiles) == 10
    people = session.scalars(select(User.name))
    names = {word.casefold() for name in people for word in name.split() if len(word) > 3}
    for profile in profiles:
        assert profile.pseudonym
        words = set(f"{profile.title} {profile.text}".casefold().replace(",", " ").split())
        assert not words & names
        assert not words & {"hij", "zij", "zijn", "haar", "man", "vrouw", "moeder", "vader"}
