"""Learning proven: a coordinator with a hidden preference decides on a generated region.

He looks at the best few suggestions for one need after another and approves each by a draw from
the chance that his own, hidden weights give it; a refusal names the criterion that costs most
under them. Everything goes through the services of the pages, in a database in memory. What
`brug learn` makes of it is measured on needs that he never saw: nDCG@10 against his own chances.
The control is the same region where he tosses a coin.
"""

import random
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import fmean

from scipy.special import expit
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from matcher.evaluation import ndcg_at_10
from matcher.learning import points_of
from matcher.values import Suggestion
from matcher.weights import DEFAULT_WEIGHTS, Turn
from models import Need, Region, User, UserRole, make_engine, migrate, session_factory
from models.states import MatchStatus, RefusalReason, Role
from seed.generate import generate
from seed.generator import TODAY
from seed.reference import load_reference
from web.services.actor import BRUG, Actor, actor_of, load_user
from web.services.catalogue import NEED_PARTS, Catalogue
from web.services.decisions import decide
from web.services.errors import ConflictError
from web.services.learning.lessons import NAMED
from web.services.learning.study import learn
from web.services.matching import rank_offers
from web.services.weights import stored_turn

#: What he cares about more than Brug does at first: distance, and the form of the work.
PREFERENCE = Turn(
    1.5,
    {
        "distance.inside": 4.0,
        "distance.outside": 4.0,
        "kind.second": 3.0,
        "site.fits": 2.0,
        "site.misses": 2.0,
    },
)
#: Suggestions that he decides on for each need, and those counted for reliability.
LOOKED_AT, SHOWN = 5, 10
#: Chances from which an offer has grade 1, 2 and 3 on the scale of the labelled files.
_GRADES = (0.25, 0.5, 0.75)
#: Hidden points below which a criterion is a reason to refuse.
_COSTS = -0.3
Points = dict[str, float]


@dataclass(frozen=True, slots=True)
class Shown:
    """A suggestion that he would be shown: its chance by the prior and by now, and his verdict."""

    chance_before: float
    chance: float
    approved: bool


@dataclass(frozen=True, slots=True)
class Simulated:
    """What one region showed: nDCG@10 on unseen needs before and after, and what was tried."""

    decisions: int
    approved: float
    kind: str
    live: bool
    ndcg_before: float
    ndcg_after: float
    shown: Sequence[Shown] = field(repr=False)

    @property
    def gain(self) -> float:
        """Return what nDCG@10 gained."""
        return self.ndcg_after - self.ndcg_before


class Coordinator:
    """Decides by hidden weights, or by tossing a coin; `seed` fixes every draw."""

    def __init__(self, seed: int, *, coin: bool) -> None:
        self._draw = random.Random(seed)  # noqa: S311 - a repeatable draw, no secret
        self._coin = coin

    def approves(self, points: Points) -> bool:
        """Draw a decision."""
        return self._draw.random() < (0.5 if self._coin else chance_of(points))

    def reason(self, points: Points) -> RefusalReason:
        """Name what costs most, the activity where nothing costs much."""
        if self._coin:
            return self._draw.choice(list(NAMED))
        costs: dict[str, float] = {}
        for knob, value in points.items():
            criterion = knob.split(".")[0]
            costs[criterion] = costs.get(criterion, 0.0) + value * PREFERENCE.factor(knob)
        worst = min(costs, key=lambda c: costs[c], default="activity")
        if costs.get(worst, 0.0) > _COSTS:
            return RefusalReason.WRONG_ACTIVITY
        named = (reason for reason, criteria in NAMED.items() if worst in criteria)
        return next(named, RefusalReason.CONDITIONS)


def chance_of(points: Points) -> float:
    """Return the chance that the hidden weights give a pair, from its points by the prior."""
    return float(expit(PREFERENCE.score(points, DEFAULT_WEIGHTS.base)))


class Simulation:
    """One generated region with its coordinator."""

    def __init__(self, *, offers: int, needs: int, seed: int, coin: bool) -> None:
        engine = make_engine("sqlite://")
        migrate.upgrade(engine)
        self._factory: sessionmaker[Session] = session_factory(engine)
        self._catalogue = Catalogue()
        self._coordinator = Coordinator(seed, coin=coin)
        self._draw = random.Random(seed)  # noqa: S311 - a repeatable draw, no secret
        with self._factory.begin() as session:
            load_reference(session)
            generate(session, offers=offers, needs=needs, seed=seed)
            self._actor = _coordinator(session)
            self._needs = list(session.scalars(select(Need.id).order_by(Need.id)))
        self._draw.shuffle(self._needs)

    def run(self, decisions: int) -> Simulated:
        """Let him decide, learn from it, and measure on the needs that are left."""
        approved = self._decide(decisions)
        with self._factory.begin() as session:
            study, version = learn(session, self._catalogue, BRUG, TODAY)
        assert version is not None
        before, after, shown = self._measure()
        return Simulated(
            decisions=decisions,
            approved=fmean(approved),
            kind=study.trial.kind,
            live=version.won,
            ndcg_before=fmean(before),
            ndcg_after=fmean(after),
            shown=shown,
        )

    def _decide(self, decisions: int) -> list[bool]:
        """Take the needs one by one, off the list, until so many decisions are taken."""
        taken: list[bool] = []
        while len(taken) < decisions:
            need_id = self._needs.pop()
            with self._factory() as session:
                looked_at = self._ranked(session, need_id, LOOKED_AT)
            for suggestion, points in looked_at[: decisions - len(taken)]:
                approves = self._coordinator.approves(points)
                reason = None if approves else self._coordinator.reason(points)
                # Whose people are promised to another need cannot be approved: he passes it by.
                with suppress(ConflictError):
                    self._store(need_id, int(suggestion.offer_id), reason)
                    taken.append(approves)
        return taken

    def _store(self, need_id: int, offer_id: int, reason: RefusalReason | None) -> None:
        with self._factory.begin() as session:
            decide(
                session,
                self._catalogue,
                self._actor,
                need_id,
                offer_id,
                to=MatchStatus.REFUSED if reason else MatchStatus.APPROVED,
                on=TODAY,
                refusal_reason=reason,
                words="Zo wil ik het.",
                seen_version=None,
                also=True,
            )

    def _ranked(
        self, session: Session, need_id: int, limit: int | None
    ) -> list[tuple[Suggestion, Points]]:
        """Return suggestions for a need, best first, with the points of the prior."""
        need = session.get_one(Need, need_id, options=NEED_PARTS)
        with self._catalogue.open(session) as shelf:
            ranking = rank_offers(session, shelf, need, TODAY, limit)
            live = stored_turn(session, shelf.weights_id)
        return [
            (found, points_of(((r.code, r.contribution) for r in found.reasons), live))
            for found in ranking.suggestions
        ]

    def _measure(self) -> tuple[list[float], list[float], list[Shown]]:
        """Return nDCG@10 of the prior and of the live order by need, and what is shown first."""
        before, after = [], []
        shown: list[Shown] = []
        with self._factory() as session:
            for need_id in self._needs:
                ranked = self._ranked(session, need_id, None)
                points = {found.offer_id: held for found, held in ranked}
                grades = {offer: grade(chance_of(held)) for offer, held in points.items()}
                now_first = ndcg_at_10([found.offer_id for found, _ in ranked], grades)
                at_first = ndcg_at_10(prior_order(points), grades)
                if now_first is None or at_first is None:
                    continue
                before.append(at_first)
                after.append(now_first)
                shown += [self._shown(found, held) for found, held in ranked[:SHOWN]]
        return before, after, shown

    def _shown(self, found: Suggestion, points: Points) -> Shown:
        plain = float(expit(Turn().score(points, DEFAULT_WEIGHTS.base)))
        return Shown(plain, found.chance, self._draw.random() < chance_of(points))


def grade(chance: float) -> int:
    """Return the grade of an offer, 0 to 3, on the scale of the labelled files."""
    return bisect_right(_GRADES, chance)


def prior_order(points: Mapping[str, Points]) -> list[str]:
    """Return the offers as the weights in the code order them."""
    scores = {offer: Turn().score(held, 0.0) for offer, held in points.items()}
    return sorted(scores, key=lambda offer: (-scores[offer], offer))


def _coordinator(session: Session) -> Actor:
    region = session.scalars(select(Region)).one()
    user = User(email="regisseur@simulatie.example", name="Gesimuleerd")
    user.roles.append(UserRole(role=Role.COORDINATOR, region_id=region.id))
    session.add(user)
    session.flush()
    loaded = load_user(session, user.id)
    assert loaded is not None
    return actor_of(loaded)
