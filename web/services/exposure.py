"""Whose offers come into view, are chosen and lead to work, beside their share of what fits.

Of every need published in the period, the offers that fitted are those that its last approval was
chosen among, as the record keeps them; of a need without approval its stored suggestions, the best
thirty. A supplier's share of a need is the part of these offers that is his; his fair share is the
mean over all needs. Equal treatment of offers would choose him in that proportion, so the number
of approvals to expect is the sum of his shares over the approvals.

The alarm is a one-sided binomial test: the probability of at least as many approvals as he had,
when each falls to him with the expected probability. The binomial law is wider than that of the
sum itself, so the test warns rather too seldom. The threshold is divided by the number of
suppliers (Bonferroni), for whoever looks at many finds a rare one by chance.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Select, String, cast, func, select
from sqlalchemy.orm import Session

from matcher import turn
from matcher.vocabulary import NeedKind
from models import Decision, Event, Match, Need, Offer, Organisation, Region
from models.match_life import PUT_TO_SIDES
from models.states import MatchStatus, NeedStatus
from web.services.actor import Actor
from web.services.region_settings import value_of

#: Offers that the coordinator's page shows of a need at first.
FIRST_PAGE = 10
PERIOD = timedelta(days=365)
MOST_REMEMBERED = 500
#: What both sides agreed on.
AGREED = (MatchStatus.AGREED, MatchStatus.RUNNING, MatchStatus.DONE)


@dataclass(frozen=True, slots=True)
class ExposureFilter:
    """Needs published in a period, both days included; of one kind if asked."""

    since: date
    until: date
    kind: NeedKind | None = None


@dataclass(slots=True)
class Exposed:
    """One supplier; lists hold numbers of needs, `chosen` and `agreed` one for each match.

    share: the sum of his part of the offers over needs; expected: over approvals.
    """

    organisation_id: int
    name: str = ""
    share: float = 0.0
    expected: float = 0.0
    eligible: list[int] = field(default_factory=list)
    shown: list[int] = field(default_factory=list)
    chosen: list[int] = field(default_factory=list)
    agreed: list[int] = field(default_factory=list)
    #: The probability of so many approvals under equal treatment; 1 where there are too few.
    chance: float = 1.0
    alarming: bool = False


@dataclass(frozen=True, slots=True)
class Exposure:
    """All suppliers with an offer that fitted, those of the largest fair share first."""

    rows: tuple[Exposed, ...]
    needs: int
    approvals: int
    threshold: float
    least: int

    def of(self, organisation_id: int) -> Exposed | None:
        """Return one supplier."""
        return next((row for row in self.rows if row.organisation_id == organisation_id), None)


@dataclass(slots=True)
class _Approved:
    """What was chosen among for a need, and which matches stand; agreed are among the chosen."""

    considered: list[int] = field(default_factory=list)
    chosen: list[int] = field(default_factory=list)
    agreed: list[int] = field(default_factory=list)


def last_year(on: date) -> ExposureFilter:
    """Return the period that the alarm looks at."""
    return ExposureFilter(on - PERIOD, on)


def exposure(
    session: Session, actor: Actor, wanted: ExposureFilter, *, suggestions: bool = True
) -> Exposure:
    """Count for every supplier; without `suggestions` only the needs that have an approval."""
    needs = _needs(actor, wanted)
    approved = _approved(session, needs)
    fitting = {need_id: found.considered for need_id, found in approved.items()}
    if suggestions:
        fitting = {**_suggested(session, needs), **fitting}
    owners = _owners(session, fitting, approved)
    rows: dict[int, Exposed] = {}
    counted = 0
    for need_id, offers in fitting.items():
        mine = [owners[offer] for offer in offers if offer in owners]
        counted += bool(mine)
        _count(rows, need_id, mine, approved.get(need_id, _Approved()), owners)
    approvals = sum(len(found.chosen) for found in approved.values())
    threshold, least = _settings(session, actor)
    for row in rows.values():
        row.share /= max(counted, 1)
    _test(rows.values(), approvals, threshold, least)
    _name(session, rows)
    ordered = sorted(rows.values(), key=lambda row: (-row.share, row.name, row.organisation_id))
    return Exposure(tuple(ordered), counted, approvals, threshold, least)


def _needs(actor: Actor, wanted: ExposureFilter) -> Select[int]:
    begin = datetime.combine(wanted.since, time(), UTC)
    end = datetime.combine(wanted.until, time.max, UTC)
    chosen = select(Need.id).where(
        Need.region_id.in_(actor.coordinator_regions),
        Need.status != NeedStatus.DRAFT,
        Need.published_at.between(begin, end),
    )
    return chosen.where(Need.kind == wanted.kind) if wanted.kind else chosen


def _approved(session: Session, needs: Select[int]) -> dict[int, _Approved]:
    """Return the approvals that stand, by need, with what the last one was chosen among."""
    standing = select(Match.id, Match.need_id, Match.offer_id, Match.status)
    standing = standing.where(Match.need_id.in_(needs), Match.status.in_(PUT_TO_SIDES))
    found: dict[int, _Approved] = defaultdict(_Approved)
    need_of: dict[str, int] = {}
    for match_id, need_id, offer_id, status in session.execute(standing.order_by(Match.id)):
        need_of[str(match_id)] = need_id
        found[need_id].chosen.append(offer_id)
        if status in AGREED:
            found[need_id].agreed.append(offer_id)
    ids = select(cast(Match.id, String)).where(
        Match.need_id.in_(needs), Match.status.in_(PUT_TO_SIDES)
    )
    told = select(Event.subject_id, Event.after["considered"]).where(
        Event.subject_type == "match", Event.subject_id.in_(ids), Event.action == "decided"
    )
    for key, considered in session.execute(told.order_by(Event.id)):
        if considered and key in need_of:
            found[need_of[key]].considered = [pair[0] for pair in considered]
    for kept in found.values():
        # An approval from before the record kept this counts what was chosen alone.
        kept.considered = kept.considered or list(kept.chosen)
    return found


def _suggested(session: Session, needs: Select[int]) -> dict[int, list[int]]:
    """Return the stored suggestions of needs, the best first."""
    columns = Match.need_id, Match.offer_id, Match.score
    by_need: dict[int, list[tuple[float, tuple[bytes, str], int]]] = defaultdict(list)
    for need_id, offer_id, score in session.execute(
        select(*columns).where(Match.need_id.in_(needs))
    ):
        by_need[need_id].append((-score, turn(str(need_id), str(offer_id)), offer_id))
    return {
        need_id: [offer_id for _score, _turn, offer_id in sorted(offers)]
        for need_id, offers in by_need.items()
    }


def _owners(
    session: Session, fitting: Mapping[int, Sequence[int]], approved: Mapping[int, _Approved]
) -> dict[int, int]:
    """Return the organisation of every offer that is spoken of."""
    spoken = {offer for offers in fitting.values() for offer in offers}
    spoken |= {offer for found in approved.values() for offer in found.chosen}
    if not spoken:
        return {}
    chosen = select(Offer.id, Offer.organisation_id).where(
        Offer.id.between(min(spoken), max(spoken))
    )
    return {row[0]: row[1] for row in session.execute(chosen) if row[0] in spoken}


def _count(
    rows: dict[int, Exposed],
    need_id: int,
    suppliers: Sequence[int],
    approved: _Approved,
    owners: Mapping[int, int],
) -> None:
    def row(supplier: int) -> Exposed:
        return rows.setdefault(supplier, Exposed(supplier))

    for supplier, offers in Counter(suppliers).items():
        part = offers / len(suppliers)
        row(supplier).share += part
        row(supplier).expected += part * len(approved.chosen)
        row(supplier).eligible.append(need_id)
    for supplier in dict.fromkeys(suppliers[:FIRST_PAGE]):
        row(supplier).shown.append(need_id)
    for offer in approved.chosen:
        row(owners[offer]).chosen.append(need_id)
    for offer in approved.agreed:
        row(owners[offer]).agreed.append(need_id)


def _settings(session: Session, actor: Actor) -> tuple[float, int]:
    """Return threshold and least number; of several regions the ones that warn soonest."""
    chosen = select(Region).where(Region.id.in_(actor.coordinator_regions))
    regions = session.scalars(chosen).all()
    thresholds = [value_of(region, "exposure_alarm") for region in regions]
    least = [int(value_of(region, "exposure_least")) for region in regions]
    return max(thresholds, default=0.0), min(least, default=1)


def _test(rows: Iterable[Exposed], approvals: int, threshold: float, least: int) -> None:
    from scipy.stats import binom

    tested = list(rows)
    for row in tested:
        if len(row.chosen) >= least and approvals:
            probability = min(1.0, row.expected / approvals)
            row.chance = float(binom.sf(len(row.chosen) - 1, approvals, probability))
            row.alarming = row.chance < threshold / len(tested)


def _name(session: Session, rows: Mapping[int, Exposed]) -> None:
    named = select(Organisation.id, Organisation.name).where(Organisation.id.in_(rows))
    for number, name in session.execute(named):
        rows[number].name = name


Remembered = dict[frozenset[int], tuple[object, tuple[Exposed, ...]]]
#: The last answer of each database for each set of regions, and what it was found from.
_ALARMS: WeakKeyDictionary[Engine, Remembered] = WeakKeyDictionary()


def alarms(session: Session, actor: Actor, on: date) -> tuple[Exposed, ...]:
    """Return who had far more than his share of the last year's approvals.

    Worked out again after a new decision, another threshold or a new day; a process remembers the
    rest, so that the coordinator's desk does not pay for it each time.
    """
    regions = actor.coordinator_regions
    newest = session.scalar(select(func.max(Decision.id)))
    found_from = (on, newest, _settings(session, actor))
    remembered = _ALARMS.setdefault(session.get_bind().engine, {})
    known = remembered.get(regions)
    if known is None or known[0] != found_from:
        found = exposure(session, actor, last_year(on), suggestions=False)
        known = (found_from, tuple(row for row in found.rows if row.alarming))
        if len(remembered) > MOST_REMEMBERED:
            remembered.clear()
        remembered[regions] = known
    return known[1]
