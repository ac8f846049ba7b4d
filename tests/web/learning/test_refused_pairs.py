"""A refused pair stays away, until one side changes what the refusal was about."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, select

from models import Event, Match, Need, Offer, session_factory
from models.states import MatchStatus, RefusalReason
from tests.web.coordinator.scene import TODAY, Scene, actor
from web.services.actor import Actor
from web.services.catalogue import NEED_PARTS, OFFER_PARTS, Catalogue, stamp
from web.services.decisions import decide, undo
from web.services.errors import ConflictError
from web.services.fitting import FittingFilter, fits_by_offer, fitting_needs
from web.services.matching import rerank_for_offer, store_suggestions

Change = Callable[[Need, Offer], Any]


class Region:
    """The scene, with what people do in it, each in a transaction of its own."""

    def __init__(self, engine: Engine, scene: Scene) -> None:
        self.scene, self._factory, self._catalogue = scene, session_factory(engine), Catalogue()

    def refuse(self, reason: RefusalReason) -> None:
        words = "Zij hadden ruzie." if reason is RefusalReason.OTHER else None
        self._decide(MatchStatus.REFUSED, refusal_reason=reason, words=words)

    def approve(self) -> None:
        self._decide(MatchStatus.APPROVED)

    def _decide(self, to: MatchStatus, **values: Any) -> None:
        match = self.match()
        with self._factory.begin() as session:
            decide(
                session,
                self._catalogue,
                actor(session, self.scene.coordinator),
                self.scene.need,
                self.scene.offers[0],
                to=to,
                on=TODAY,
                seen_version=match.version if match else None,
                **values,
            )

    def change(self, change: Change) -> None:
        """Change one side behind the back of the services, and rank both as they would."""
        with self._factory.begin() as session, self._catalogue.open(session) as shelf:
            need = session.get_one(Need, self.scene.need, options=NEED_PARTS)
            offer = session.get_one(Offer, self.scene.offers[0], options=OFFER_PARTS)
            change(need, offer)
            stamp(session, need, offer)
            session.flush()
            store_suggestions(session, shelf, need, TODAY)
        with self._factory.begin() as session, self._catalogue.open(session) as shelf:
            offer = session.get_one(Offer, self.scene.offers[0], options=OFFER_PARTS)
            rerank_for_offer(session, shelf, offer, TODAY)

    def match(self) -> Match | None:
        with self._factory() as session:
            pair = Match.need_id == self.scene.need, Match.offer_id == self.scene.offers[0]
            return session.scalar(select(Match).where(*pair))

    def status(self) -> MatchStatus:
        match = self.match()
        assert match is not None
        return match.status


@pytest.fixture
def region(engine: Engine, scene: Scene) -> Region:
    return Region(engine, scene)


def nothing(need: Need, offer: Offer) -> None:
    """Change nothing at all."""


def typography(need: Need, offer: Offer) -> None:
    need.text, offer.title = f"  {need.text.upper()} !!", offer.title.replace(" ", "  ")


def other_text(need: Need, offer: Offer) -> None:
    offer.text = "Wij doen nu ook bermen, met een grote maaier."


def wider_area(need: Need, offer: Offer) -> None:
    offer.radius_km = 80.0


def more_people(need: Need, offer: Offer) -> None:
    offer.people_max = 12


def other_days(need: Need, offer: Offer) -> None:
    need.end_date = TODAY.replace(year=2028)


def other_papers(need: Need, offer: Offer) -> None:
    offer.certificates = ["vca-basis"]


REASONS = RefusalReason
RETURNING: list[tuple[RefusalReason, set[Change]]] = [
    (REASONS.WRONG_ACTIVITY, {other_text}),
    (REASONS.TOO_FAR, {wider_area}),
    (REASONS.NO_CAPACITY, {other_text, more_people, other_days}),
    (REASONS.WRONG_PERIOD, {other_text, other_days}),
    (REASONS.MISSING_CERTIFICATE, {other_text, other_papers}),
    (REASONS.CONDITIONS, {other_text, wider_area, more_people, other_days, other_papers}),
    (REASONS.OTHER, {other_text, wider_area, more_people, other_days, other_papers}),
    (REASONS.KNOWN_PROBLEM, set()),
]
CHANGES = (nothing, typography, other_text, wider_area, more_people, other_days, other_papers)


@pytest.mark.parametrize(("reason", "returning"), RETURNING)
def test_a_pair_returns_only_after_a_change_of_what_it_was_refused_for(
    region: Region, reason: RefusalReason, returning: set[Change]
) -> None:
    for change in CHANGES:
        if change in returning:
            continue
        if region.match() is None or region.status() is MatchStatus.SUGGESTED:
            region.refuse(reason)
        region.change(change)
        assert region.status() is MatchStatus.REFUSED, change.__name__
    for change in sorted(returning, key=lambda c: c.__name__):
        region.change(change)
        assert region.status() is MatchStatus.SUGGESTED, change.__name__
        region.refuse(reason)


def test_what_comes_back_is_weighed_anew_and_leaves_an_event(
    region: Region, engine: Engine
) -> None:
    region.refuse(RefusalReason.TOO_FAR)
    before = region.match()
    assert before is not None
    region.change(lambda need, offer: (wider_area(need, offer), other_text(need, offer)))
    after = region.match()
    assert after is not None
    assert after.score != before.score
    with session_factory(engine)() as session:
        event = session.scalars(select(Event).where(Event.action == "came_back")).one()
    assert (event.actor_id, event.region_id) == (None, region.scene.region)
    assert (event.after["need"], event.after["offer"]) == (after.need_id, after.offer_id)


def test_a_pair_that_came_back_has_nothing_to_undo_and_can_be_decided_on(
    region: Region, engine: Engine
) -> None:
    region.refuse(RefusalReason.TOO_FAR)
    region.change(wider_area)
    match = region.match()
    assert match is not None
    with session_factory(engine)() as session:
        by = actor(session, region.scene.coordinator)
        with pytest.raises(ConflictError, match="nothing_to_undo"):
            undo(session, Catalogue(), by, match.id, seen_version=match.version, on=TODAY)
    region.approve()
    assert region.status() is MatchStatus.APPROVED


def test_a_refusal_from_before_the_marks_stays(region: Region, engine: Engine) -> None:
    region.refuse(RefusalReason.OTHER)
    with session_factory(engine).begin() as session:
        told = session.scalars(select(Event).where(Event.action == "decided")).one()
        # Events cannot be altered, so a later one without marks stands for an old one.
        old = {name: value for name, value in told.after.items() if name != "marks"}
        session.add(
            Event(subject_type="match", subject_id=told.subject_id, action="decided", after=old)
        )
    region.change(other_text)
    assert region.status() is MatchStatus.REFUSED


def test_a_supplier_is_not_shown_a_need_that_his_offer_was_refused_for(
    region: Region, engine: Engine
) -> None:
    def shown() -> tuple[list[int], int]:
        with session_factory(engine)() as session, Catalogue().open(session) as shelf:
            offer = session.get_one(Offer, region.scene.offers[0], options=OFFER_PARTS)
            supplier = Actor(user_id=1, supplier_ids=frozenset({offer.organisation_id}))
            asked = session, shelf, supplier, [offer]
            found = fitting_needs(*asked, FittingFilter(), TODAY)
            return [f.need_id for f in found], fits_by_offer(*asked, TODAY)[offer.id]

    def for_everybody(need: Need, offer: Offer) -> None:
        need.visibility = type(need.visibility).NETWORK

    region.change(for_everybody)
    assert shown() == ([region.scene.need], 1)
    region.refuse(RefusalReason.TOO_FAR)
    assert shown() == ([], 0)
    region.change(wider_area)
    assert shown() == ([region.scene.need], 1)
