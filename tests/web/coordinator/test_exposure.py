"""Exposure: each supplier beside its share of what fits, and the alarm for far more than that."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models import Decision, Event, Match, Need, Offer, Region, User, session_factory
from models.states import MatchStatus, NeedStatus
from tests.support import builders as build
from tests.web.coordinator.people import Person
from tests.web.coordinator.scene import TODAY, Scene, action, actor
from web.services import exposure, region_settings
from web.services.errors import InvalidError
from web.services.exposure import Exposed, Exposure, ExposureFilter, alarms

WEEK = ExposureFilter(TODAY - timedelta(days=7000), TODAY + timedelta(days=7000))


def _approvals(engine: Engine, scene: Scene, chosen: list[int], among: list[list[int]]) -> None:
    """Store a need with its approval for each offer chosen, and what it was chosen among."""
    with session_factory(engine).begin() as session:
        model = session.get_one(Need, scene.need)
        for number, (offer_id, considered) in enumerate(zip(chosen, among, strict=True)):
            need = build.need(
                session,
                organisation=model.organisation,
                contact=model.contact,
                region_id=scene.region,
                title=f"Vraag {number}",
                status=NeedStatus.APPROVED,
            )
            match = Match(
                need_id=need.id,
                offer_id=offer_id,
                status=MatchStatus.SUGGESTED,
                score=1.0,
                weights_version="test",
            )
            session.add(match)
            session.flush()
            match.status = MatchStatus.APPROVED
            match.decisions.append(
                Decision(
                    actor_id=scene.coordinator,
                    from_status=MatchStatus.SUGGESTED,
                    to_status=MatchStatus.APPROVED,
                )
            )
            session.flush()
            told = {
                "offer": offer_id,
                "status": "approved",
                "considered": [[number, 1.0] for number in considered],
            }
            session.add(
                Event(subject_type="match", subject_id=str(match.id), action="decided", after=told)
            )


def _found(session: Session, scene: Scene) -> Exposure:
    return exposure.exposure(session, actor(session, scene.coordinator), WEEK)


def _of(session: Session, found: Exposure, offer_id: int) -> Exposed:
    row = found.of(session.get_one(Offer, offer_id).organisation_id)
    assert row is not None
    return row


def test_shares_are_of_what_each_was_chosen_among(engine: Engine, scene: Scene) -> None:
    first, second, third = scene.offers
    _approvals(engine, scene, [first, second], [[first, second], [second, first, third]])
    with session_factory(engine)() as session:
        found = _found(session, scene)
        one, three = _of(session, found, first), _of(session, found, third)
    assert (found.needs, found.approvals) == (2, 2)
    assert one.share == pytest.approx((1 / 2 + 1 / 3) / 2)
    assert one.expected == pytest.approx(1 / 2 + 1 / 3)
    assert (len(one.eligible), len(one.shown), len(one.chosen)) == (2, 2, 1)
    assert (len(three.eligible), len(three.chosen), three.share) == (1, 0, pytest.approx(1 / 6))
    assert sum(row.share for row in found.rows) == pytest.approx(1)
    assert sum(row.expected for row in found.rows) == pytest.approx(found.approvals)


def test_only_the_first_ten_count_as_shown(engine: Engine, scene: Scene) -> None:
    first, second, third = scene.offers
    _approvals(engine, scene, [first], [[first] + [second] * 9 + [third]])
    with session_factory(engine)() as session:
        found = _found(session, scene)
        assert _of(session, found, second).shown
        assert not _of(session, found, third).shown


@pytest.mark.parametrize(("times", "warns"), [(4, False), (12, True)])
def test_far_more_than_the_share_warns_on_the_desk(
    engine: Engine, scene: Scene, rita: Person, times: int, warns: bool
) -> None:
    _approvals(engine, scene, [scene.offers[0]] * times, [scene.offers] * times)
    assert ("wordt veel vaker gekozen dan zijn aandeel" in rita.get("/regie").text) is warns
    assert ("wordt veel vaker gekozen" in rita.get("/regie/spreiding").text) is warns


def test_who_is_chosen_by_its_share_does_not_warn(engine: Engine, scene: Scene) -> None:
    _approvals(engine, scene, scene.offers * 6, [scene.offers] * 18)
    with session_factory(engine)() as session:
        assert not any(row.alarming for row in _found(session, scene).rows)


def test_a_region_sets_its_own_threshold_and_the_desk_follows(engine: Engine, scene: Scene) -> None:
    _approvals(engine, scene, [scene.offers[0]] * 12, [scene.offers] * 12)

    def warned() -> int:
        with session_factory(engine)() as session:
            return len(
                alarms(session, actor(session, scene.coordinator), TODAY + timedelta(days=30))
            )

    before = warned()
    with session_factory(engine).begin() as session:
        region = session.get_one(Region, scene.region)
        who = actor(session, scene.coordinator)
        region_settings.set_value(session, who, region.slug, "exposure_least", 13)
        told = session.scalars(select(Event).where(Event.subject_type == "region")).one()
        assert (told.before, told.after) == ({"exposure_least": 5}, {"exposure_least": 13})
    assert (before, warned()) == (1, 0)


@pytest.mark.parametrize(
    ("name", "value"),
    [("exposure_alarm", 0), ("exposure_alarm", 5), ("exposure_least", 2.5), ("iets", 1)],
)
def test_an_impossible_setting_is_refused(
    engine: Engine, scene: Scene, name: str, value: float
) -> None:
    with session_factory(engine)() as session:
        slug, who = session.get_one(Region, scene.region).slug, actor(session, scene.coordinator)
        with pytest.raises(InvalidError):
            region_settings.set_value(session, who, slug, name, value)


def test_each_figure_opens_the_needs_behind_it(engine: Engine, scene: Scene, rita: Person) -> None:
    _approvals(engine, scene, [scene.offers[0]] * 3, [scene.offers] * 3)
    page = rita.get("/regie/spreiding").text
    with session_factory(engine)() as session:
        supplier = session.get_one(Offer, scene.offers[0]).organisation_id
    start = page.index(f"/regie/spreiding/{supplier}?wat=chosen")
    behind = rita.get(page[start : page.index('"', start)].replace("&amp;", "&")).text
    assert "Vragen waarvoor hun aanbod goedgekeurd werd: 3" in behind
    assert behind.count("Vraag ") >= 3
    assert rita.get(f"/regie/spreiding/{supplier}?wat=alles").status_code == 404
    assert rita.get("/regie/spreiding/999999").status_code == 404


def test_odd_days_and_kinds_in_the_address_ask_nothing(rita: Person) -> None:
    page = rita.get("/regie/spreiding?van=gisteren&tot=9999-12-31&soort=alles&page=-3")
    assert page.status_code == 200
    assert "is geen dag" in page.text
    later = rita.get("/regie/spreiding?van=2099-01-01&tot=2000-01-01").text
    assert "Geen vraag in deze periode" in later


def test_both_names_stand_on_the_reasoned_choice_and_in_the_record(
    rita: Person, karel: Person, engine: Engine, scene: Scene, page: str
) -> None:
    rita.send(page, "/overdragen", colleague=str(scene.colleague), words="Mijn broer werkt er.")
    karel.send(page, action(scene, 0, "goedkeuren"))
    text = karel.get(f"{page}/motivering").text
    assert "Rita Regisseur liet dit op" in text
    assert "over aan Karel Collega" in text
    assert "Mijn broer werkt er." in text
    record = karel.get(f"/geschiedenis?need_id={scene.need}").text
    assert "Overgedragen door: <ins>Rita Regisseur</ins>" in record


def test_without_a_second_coordinator_the_page_says_how_to_appoint_one(
    rita: Person, engine: Engine, scene: Scene, page: str
) -> None:
    with session_factory(engine).begin() as session:
        session.get_one(User, scene.colleague).is_active = False
        slug = session.get_one(Region, scene.region).slug
    assert f"brug people coordinator E-MAILADRES --region {slug}" in rita.get(page).text
