"""What is too old goes: announced first where somebody would miss it, never sooner than said."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from matcher.vocabulary import OfferKind
from models import (
    Event,
    Need,
    Offer,
    OutboxMail,
    RetentionNotice,
    Sighting,
    User,
    now,
)
from models.states import MailState, NeedStatus, OfferStatus
from tests.support.site import Site
from tests.support.world import email_of
from web.jobs.nightly import clean_daily
from web.services.actor import BRUG
from web.services.catalogue import Catalogue
from web.services.erasing import DELETED, KEPT, erase
from web.services.periods import DEFAULTS, Kept
from web.services.personal_data import pointing_to_users
from web.services.retention import ANNOUNCED_BEFORE, ERASED_NAME, clean
from web.settings import Settings, SettingsError

TODAY = date(2026, 11, 27)
LONG_AGO = datetime(2015, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def whole_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("retention"))
    yield site
    site.close()


@pytest.fixture
def site(whole_site: Site) -> Site:
    whole_site.reset()
    return whole_site


def _clean(site: Site, on: date) -> dict[Kept, int]:
    with site.sessions.writing.begin() as session:
        return clean(session, Catalogue(), DEFAULTS, on)


def _user(session: Session, name: str) -> User:
    return session.scalars(select(User).where(User.email == email_of(name))).one()


def _neglect(site: Site, name: str) -> int:
    """Let an account be of long ago; nothing of his stands in the record since."""
    with site.sessions.writing.begin() as session:
        user = _user(session, name)
        user.created_at, user.last_login_on = LONG_AGO, None
        return user.id


def test_every_table_that_points_to_people_is_erased_or_kept_on_purpose() -> None:
    assert set(pointing_to_users()) == set(DELETED) | KEPT
    for table, column in DELETED.items():
        assert column in pointing_to_users()[table]


def test_an_erased_person_has_no_name_no_address_and_no_way_in(site: Site) -> None:
    with site.sessions.writing.begin() as session:
        number = _user(session, "sam").id
        events = session.scalar(select(func.count()).where(Event.actor_id == number))
        erase(session, Catalogue(), BRUG, number, TODAY, ERASED_NAME)
    with site.sessions.reading() as session:
        user = session.get_one(User, number)
        assert (user.name, user.phone, user.is_active) == (f"Gewist account {number}", None, False)
        assert "sam" not in user.email
        assert user.memberships == []
        assert user.roles == []
        kept = session.scalar(select(func.count()).where(Event.actor_id == number))
        assert kept is not None
        assert events is not None
        assert kept >= events
        mails = session.scalars(select(OutboxMail.recipient)).all()
        assert email_of("sam") not in mails
        online = Offer.status == OfferStatus.PUBLISHED, Offer.contact_id == number
        assert session.scalar(select(func.count()).where(*online)) == 0


def test_erasing_twice_is_once(site: Site) -> None:
    with site.sessions.writing.begin() as session:
        number = _user(session, "xavier").id
        for _ in range(2):
            erase(session, Catalogue(), BRUG, number, TODAY, ERASED_NAME)
        told = Event.action == "erased", Event.subject_id == str(number)
        assert session.scalar(select(func.count()).where(*told)) == 1


def test_an_account_is_announced_first_and_goes_four_weeks_later(site: Site) -> None:
    number = _neglect(site, "xavier")
    assert _clean(site, TODAY)[Kept.ACCOUNTS] == 0
    assert _clean(site, TODAY + timedelta(days=1))[Kept.ACCOUNTS] == 0
    with site.sessions.reading() as session:
        mails = select(OutboxMail).where(OutboxMail.template == "will_go")
        [mail] = session.scalars(mails.where(OutboxMail.user_id == number)).all()
        assert "25/12/2026" in mail.body
    assert _clean(site, TODAY + ANNOUNCED_BEFORE)[Kept.ACCOUNTS] == 1
    with site.sessions.reading() as session:
        assert session.get_one(User, number).name == f"Gewist account {number}"


def test_who_logs_in_meanwhile_keeps_his_account_and_is_announced_anew(site: Site) -> None:
    number = _neglect(site, "xavier")
    _clean(site, TODAY)
    with site.sessions.writing.begin() as session:
        session.get_one(User, number).last_login_on = TODAY
    assert _clean(site, TODAY + ANNOUNCED_BEFORE)[Kept.ACCOUNTS] == 0
    with site.sessions.reading() as session:
        told = RetentionNotice.kind == "accounts", RetentionNotice.row_id == number
        assert session.scalar(select(func.count()).where(*told)) == 0


def test_a_coordinator_never_goes_by_himself(site: Site) -> None:
    _neglect(site, "rita")
    _clean(site, TODAY)
    assert _clean(site, TODAY + ANNOUNCED_BEFORE)[Kept.ACCOUNTS] == 0


def test_old_drafts_go_and_old_profiles_lose_their_words(site: Site) -> None:
    with site.sessions.writing.begin() as session:
        for row in (Need, Offer):
            session.execute(update(row).values(updated_at=LONG_AGO))
        profile = Offer.kind == OfferKind.PROFILE
        old = {"valid_until": LONG_AGO.date(), "updated_at": LONG_AGO}
        session.execute(update(Offer).where(profile).values(old))
    first = _clean(site, TODAY)
    assert (first[Kept.NEED_DRAFTS], first[Kept.OFFER_DRAFTS], first[Kept.PROFILES]) == (0, 0, 0)
    gone = _clean(site, TODAY + ANNOUNCED_BEFORE)
    assert gone[Kept.NEED_DRAFTS] >= 1
    assert gone[Kept.OFFER_DRAFTS] == 1
    assert gone[Kept.PROFILES] == 1
    with site.sessions.reading() as session:
        drafts = Need.status == NeedStatus.DRAFT, Need.published_at.is_(None)
        assert session.scalar(select(func.count()).where(*drafts)) == 0
        emptied = session.scalars(select(Offer).where(profile)).one()
        assert "gras" not in emptied.text.lower()
        assert emptied.details == {}
    again = _clean(site, TODAY + 2 * ANNOUNCED_BEFORE)
    assert again[Kept.PROFILES] == 0


def test_sent_mails_go_and_waiting_ones_stay(site: Site) -> None:
    with site.sessions.writing.begin() as session:
        for number, state in enumerate((MailState.SENT, MailState.WAITING)):
            values = {"recipient": "a@b.be", "subject": "x", "body": "x", "state": state}
            session.add(OutboxMail(**values, key=f"old-{number}", created_at=LONG_AGO))
    _clean(site, TODAY)
    with site.sessions.reading() as session:
        old = select(OutboxMail.state).where(OutboxMail.created_at == LONG_AGO)
        assert session.scalars(old).all() == [MailState.WAITING]


def test_old_sightings_go(site: Site) -> None:
    with site.sessions.writing.begin() as session:
        ann, bert = _user(session, "ann").id, _user(session, "bert").id
        for day in (LONG_AGO.date(), TODAY):
            session.add(Sighting(subject_id=ann, viewer_id=bert, day=day, place="need"))
    assert _clean(site, TODAY)[Kept.SIGHTINGS] == 1


def test_one_process_does_it_once_a_day_and_not_at_night(site: Site) -> None:
    morning = now().replace(hour=9, minute=30)
    assert not clean_daily(site.app, morning.replace(hour=3))
    assert clean_daily(site.app, morning)
    assert not clean_daily(site.app, morning + timedelta(hours=1))
    assert clean_daily(site.app, morning + timedelta(days=1))


def test_the_periods_stand_on_the_privacy_page(site: Site) -> None:
    text = site.person("nobody").get("/privacy").text
    assert "36 maanden niet gebruikt" in text
    assert "Mails 6 maanden na het versturen" in text


@pytest.mark.parametrize("odd", ["accounts", "accounts=0", "iets=3", "mails=-1", "mails=9999"])
def test_an_odd_period_is_refused_at_the_start(odd: str) -> None:
    with pytest.raises(SettingsError, match="BRUG_RETENTION"):
        Settings.from_environment({"BRUG_MODE": "demo", "BRUG_RETENTION": odd})


def test_a_period_may_be_chosen() -> None:
    found = Settings.from_environment({"BRUG_MODE": "demo", "BRUG_RETENTION": "mails=9"})
    assert (found.retention[Kept.MAILS], found.retention[Kept.ACCOUNTS]) == (9, 36)
