"""A match with its two sides and two coordinators; every step is a transaction of its own."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from matcher.vocabulary import NeedKind, OfferKind, WorkForm
from models import (
    DeclaredInterest,
    Event,
    Match,
    Membership,
    Need,
    Offer,
    OutboxMail,
    now,
    session_factory,
)
from models.states import (
    AnswerKind,
    CheckItem,
    FallReason,
    HoursPer,
    MatchStatus,
    NeedStatus,
    Side,
)
from tests.support import builders as build
from tests.web.coordinator.scene import TODAY, Scene, actor, make_coordinator
from web.services.catalogue import Catalogue, stamp
from web.services.decisions import decide, undo
from web.services.match_life import agreements, answers, checklist, retention, undoing
from web.services.match_life.figures import Outcome, Terms
from web.services.matching import store_suggestions

YES, NO = AnswerKind.YES, AnswerKind.NO
SIDES = {"asker": Side.NEED, "supplier": Side.OFFER}
TERMS: dict[str, Any] = {
    "start_date": TODAY,
    "end_date": TODAY + timedelta(days=30),
    "people": 4,
    "hours": 120.0,
    "hours_per": HoursPer.WEEK,
    "euro": 9000,
}
OUTCOME: dict[str, Any] = {
    "real_start": TODAY,
    "real_end": TODAY + timedelta(days=20),
    "real_people": 4,
    "real_fte": 3.2,
    "real_hours": 400.0,
    "real_euro": 8800,
}


@dataclass
class Life:
    """What the tests take steps with, each in a session of its own."""

    engine: Engine
    scene: Scene
    people: dict[str, int]
    match_id: int = 0
    catalogue: Catalogue = field(default_factory=Catalogue)

    def session(self) -> Any:
        return session_factory(self.engine).begin()

    def match(self) -> Match:
        with session_factory(self.engine)() as session:
            chosen = select(Match).where(Match.id == self.match_id)
            return session.scalars(chosen).one()

    @property
    def status(self) -> MatchStatus:
        return self.match().status

    @property
    def need_status(self) -> NeedStatus:
        with session_factory(self.engine)() as session:
            return session.get_one(Need, self.scene.need).status

    def actions(self) -> list[str]:
        """What the record tells of the match, in order."""
        with session_factory(self.engine)() as session:
            chosen = select(Event.action).where(Event.subject_type == "match")
            mine = chosen.where(Event.subject_id == str(self.match_id)).order_by(Event.id)
            return list(session.scalars(mine))

    def mails(self) -> list[str]:
        with session_factory(self.engine)() as session:
            return list(session.scalars(select(OutboxMail.subject).order_by(OutboxMail.id)))

    def suggested(self) -> int:
        with session_factory(self.engine)() as session:
            chosen = select(func.count()).select_from(Match)
            chosen = chosen.where(Match.need_id == self.scene.need)
            return session.scalar(chosen.where(Match.status == MatchStatus.SUGGESTED)) or 0

    def approve(self, rank: int = 0, **values: Any) -> int:
        with self.session() as session:
            match = decide(
                session,
                self.catalogue,
                actor(session, self.people["rita"]),
                self.scene.need,
                self.scene.offers[rank],
                to=MatchStatus.APPROVED,
                on=TODAY,
                **{"seen_version": self._version(session, rank), "words": "Zij.", **values},
            )
            self.match_id = match.id
        return self.match_id

    def _version(self, session: Session, rank: int) -> int | None:
        chosen = select(Match.version).where(Match.need_id == self.scene.need)
        return session.scalar(chosen.where(Match.offer_id == self.scene.offers[rank]))

    def unapprove(self) -> None:
        seen = self.match().version
        with self.session() as session:
            rita = actor(session, self.people["rita"])
            undo(session, self.catalogue, rita, self.match_id, seen_version=seen, on=TODAY)

    def approval(self) -> int | None:
        with session_factory(self.engine)() as session:
            found = answers.approval_of(session.get_one(Match, self.match_id))
            return found.id if found else None

    def say(self, who: str, kind: AnswerKind, side: Side | None = None, **values: Any) -> None:
        reason = FallReason.NO_CAPACITY if kind is NO else None
        seen = values.pop("seen", self.approval())
        said = {"reason": reason, **values}
        with self.session() as session:
            answers.answer(
                session,
                self.catalogue,
                actor(session, self.people[who]),
                self.match_id,
                answers.Said(side or SIDES[who], kind, **said),
                seen_approval=seen,
                on=TODAY,
            )

    def introduce(self) -> None:
        self.approve()
        self.say("asker", YES)
        self.say("supplier", YES)

    def _seen(self, values: dict[str, Any]) -> dict[str, Any]:
        with session_factory(self.engine)() as session:
            stored = agreements.agreement_of(session, self.match_id)
        return {
            "seen_version": values.pop("seen", self.match().version),
            "seen_agreement": values.pop("seen_agreement", stored.version if stored else None),
        }

    def agree(self, who: str = "asker", **values: Any) -> None:
        seen = self._seen(values)
        with self.session() as session:
            person = actor(session, self.people[who])
            terms = Terms(**{**TERMS, **values})
            agreements.agree(
                session, self.catalogue, person, self.match_id, terms, on=TODAY, **seen
            )

    def tick(self, who: str = "supplier", *items: CheckItem, on: date | None = None) -> None:
        for item in items or CheckItem:
            with self.session() as session:
                person, day = actor(session, self.people[who]), on or TODAY - timedelta(days=2)
                checklist.tick(session, person, self.match_id, item, day, TODAY)

    def untick(self, who: str, item: CheckItem) -> None:
        with self.session() as session:
            checklist.untick(session, actor(session, self.people[who]), self.match_id, item)

    def begin(self, who: str = "supplier", started: date = TODAY, **values: Any) -> None:
        seen, on = values.pop("seen", self.match().version), values.pop("on", TODAY)
        with self.session() as session:
            person = actor(session, self.people[who])
            agreements.start_work(session, person, self.match_id, started, seen_version=seen, on=on)

    def finish(self, who: str = "asker", **values: Any) -> None:
        seen = self._seen(values)
        with self.session() as session:
            agreements.finish(
                session,
                actor(session, self.people[who]),
                self.match_id,
                Outcome(**{**OUTCOME, **values}),
                on=TODAY + timedelta(days=40),
                **seen,
            )

    def give_up(
        self, who: str = "asker", reason: FallReason | None = FallReason.PRICE, **values: Any
    ) -> None:
        seen, words = values.pop("seen", self.match().version), values.pop("words", None)
        with self.session() as session:
            person = actor(session, self.people[who])
            agreements.give_up(
                session,
                self.catalogue,
                person,
                self.match_id,
                reason,
                words,
                seen_version=seen,
                on=TODAY,
            )

    def undo(self, who: str = "rita", moment: datetime | None = None, **values: Any) -> None:
        seen = values.pop("seen", self.match().version)
        with self.session() as session:
            undoing.undo_step(
                session,
                self.catalogue,
                actor(session, self.people[who]),
                self.match_id,
                seen_version=seen,
                moment=moment or now(),
            )

    def still_there(self, who: str, months: int, answer: Any, on: date) -> None:
        with self.session() as session:
            person = actor(session, self.people[who])
            retention.record_retention(session, person, self.match_id, months, answer, on)

    def change(self, **values: Any) -> None:
        """Change the need."""
        with self.session() as session:
            need = session.get_one(Need, self.scene.need)
            for name, value in values.items():
                setattr(need, name, value)
            stamp(session, need)

    def make_enclave(self) -> None:
        with self.session() as session:
            need = session.get_one(Need, self.scene.need)
            need.kind, need.core_activity = NeedKind.ENCLAVE, True
            offers = [session.get_one(Offer, number) for number in self.scene.offers]
            for offer in offers:
                offer.kind = OfferKind.ENCLAVE_TEAM
                offer.organisation.work_form = WorkForm.MAATWERKBEDRIJF
            stamp(session, need, *offers)

    def make_vacancy(self) -> None:
        with self.session() as session:
            need = session.get_one(Need, self.scene.need)
            need.kind = NeedKind.VACANCY
            offers = [session.get_one(Offer, number) for number in self.scene.offers]
            for place, offer in enumerate(offers):
                offer.kind, offer.pseudonym = OfferKind.PROFILE, f"P-000{place}"
            stamp(session, need, *offers)


def make_life(engine: Engine, scene: Scene) -> Life:
    """Give the scene its people: both sides, two coordinators, and one with an interest."""
    with session_factory(engine).begin() as session:
        need = session.get_one(Need, scene.need)
        people = {"rita": scene.coordinator, "karel": scene.colleague, "stranger": scene.stranger}
        sides = {
            "asker": need.organisation_id,
            "supplier": session.get_one(Offer, scene.offers[0]).organisation_id,
            "second": session.get_one(Offer, scene.offers[1]).organisation_id,
        }
        for name, organisation in sides.items():
            person = build.user(session, name=name)
            session.add(Membership(user_id=person.id, organisation_id=organisation))
            people[name] = person.id
        assert need.region is not None
        people["ina"] = make_coordinator(session, need.region, "Ina Interest")
        session.add(DeclaredInterest(user_id=people["ina"], organisation_id=sides["supplier"]))
        session.flush()
    life = Life(engine, scene, people)
    with session_factory(engine).begin() as session, life.catalogue.open(session) as shelf:
        store_suggestions(session, shelf, session.get_one(Need, scene.need), TODAY)
    return life
