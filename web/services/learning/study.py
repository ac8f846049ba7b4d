"""Learn weights from the decisions so far, try them on the newest, and let the better ones live.

Done every night (`web.jobs.nightly`). Each run that has something new to learn from stores a
version, whether it wins or not, so that a coordinator can see what was tried.
"""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.learning import points_of
from matcher.trial import Trial, try_weights
from matcher.weights import DEFAULT_WEIGHTS, Turn
from models import Need, WeightsVersion
from models.states import TrialKind
from web.services import events
from web.services.actor import Actor
from web.services.catalogue import NEED_PARTS, Catalogue, Shelf, put_live
from web.services.errors import ServiceError
from web.services.learning.lessons import Lessons, gather
from web.services.matching import rank_offers
from web.services.need_state import OPEN_NEED
from web.services.weights import stored_turn

#: Decisions before learning starts, how many of them approved and refused, and how many new ones
#: before it tries again.
LEAST_DECISIONS, LEAST_OF_EACH, LEAST_NEW = 80, 10, 20
#: Needs, and offers of each, on which a chance has to read as one.
NEEDS_SHOWN, OFFERS_SHOWN = 60, 20


@dataclass(frozen=True, slots=True)
class Missing:
    """How many decisions lack before learning starts; all 0 when it can."""

    decisions: int
    approvals: int
    refusals: int

    @property
    def any(self) -> bool:
        """Tell whether anything lacks."""
        return bool(self.decisions or self.approvals or self.refusals)


class TooFewDecisionsError(ServiceError):
    """There is too little to learn from; `missing` says how little."""

    def __init__(self, missing: Missing) -> None:
        super().__init__(str(missing))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Study:
    """What the decisions teach, and how it did; `new` decisions came since the last version."""

    lessons: Lessons
    trial: Trial
    new: int
    parent_id: int | None

    @property
    def is_news(self) -> bool:
        """Tell whether there is enough new to store another version."""
        return self.new >= LEAST_NEW


def missing_decisions(approvals: int, refusals: int) -> Missing:
    """Return what lacks before learning starts."""
    return Missing(
        max(0, LEAST_DECISIONS - approvals - refusals),
        max(0, LEAST_OF_EACH - approvals),
        max(0, LEAST_OF_EACH - refusals),
    )


def new_decisions(session: Session, decisions: int) -> int:
    """Return how many of so many decisions came since the last version on this prior."""
    last = select(WeightsVersion.decisions).where(WeightsVersion.prior == DEFAULT_WEIGHTS.version)
    seen = session.scalar(last.order_by(WeightsVersion.id.desc()).limit(1)) or 0
    return max(0, decisions - seen)


def study(session: Session, shelf: Shelf, on: date) -> Study:
    """Fit and try weights, storing nothing; raises `TooFewDecisionsError`."""
    lessons = gather(session, shelf, on)
    missing = missing_decisions(lessons.approvals, lessons.refusals)
    if missing.any:
        raise TooFewDecisionsError(missing)
    live = stored_turn(session, shelf.weights_id)
    shown = shown_points(session, shelf, live, on)
    trial = try_weights(lessons.examples, DEFAULT_WEIGHTS, live, shown)
    new = new_decisions(session, len(lessons.examples))
    return Study(lessons, trial, new, shelf.weights_id)


def shown_points(session: Session, shelf: Shelf, live: Turn, on: date) -> list[dict[str, float]]:
    """Return the points that the prior gives the best offers of the newest needs, decided or not.

    Decisions are about the very best; a chance has to hold for all that is shown.
    """
    newest = select(Need).where(Need.status.in_(OPEN_NEED)).order_by(Need.id.desc())
    needs = session.scalars(newest.limit(NEEDS_SHOWN).options(*NEED_PARTS))
    return [
        points_of(((reason.code, reason.contribution) for reason in found.reasons), live)
        for need in needs
        for found in rank_offers(session, shelf, need, on, OFFERS_SHOWN).suggestions
    ]


def learn(
    session: Session, catalogue: Catalogue, actor: Actor, on: date
) -> tuple[Study, WeightsVersion | None]:
    """Store what the decisions teach as a version, live when it wins; None without news.

    Raises `TooFewDecisionsError`.
    """
    with catalogue.open(session) as shelf:
        found = study(session, shelf, on)
    if not found.is_news:
        return found, None
    version = _store(session, actor, found)
    if version.won:
        put_live(session, version.id)
        _tell(session, actor, version, "went_live", found.parent_id)
    return found, version


def version_of(found: Study, actor: Actor) -> WeightsVersion:
    """Return the version that a study would store."""
    trial, turn = found.trial, found.trial.turn
    turned = asdict(DEFAULT_WEIGHTS.turned(turn, ""))
    del turned["version"]
    return WeightsVersion(
        prior=DEFAULT_WEIGHTS.version,
        parent_id=found.parent_id,
        kind=TrialKind(trial.kind),
        shift=turn.shift,
        factors=dict(turn.factors),
        weights=turned,
        decisions=len(found.lessons.examples),
        approvals=found.lessons.approvals,
        figures={
            **trial.figures(),
            "left_out": found.lessons.left_out,
            "evidence": found.lessons.evidence(),
        },
        won=trial.wins,
        created_by_id=actor.user_id,
    )


def _store(session: Session, actor: Actor, found: Study) -> WeightsVersion:
    version = version_of(found, actor)
    session.add(version)
    session.flush()
    _tell(session, actor, version, "learned", found.parent_id)
    return version


def _tell(
    session: Session, actor: Actor, version: WeightsVersion, action: str, parent_id: int | None
) -> None:
    before = {"weights": parent_id}
    after = {"weights": version.id, "decisions": version.decisions, "won": version.won}
    events.record(session, actor, "weights", version.id, action, before=before, after=after)
