"""The frozen values that cross the boundary of the matcher."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from matcher.vocabulary import (
    NeedKind,
    OfferKind,
    OrganisationType,
    Phase,
    WorkForm,
    WorkSite,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality or postcode as a point: NIS code of 2025, WGS84 degrees."""

    nis: str
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount of work: `pieces`, `boxes`, `pallets`, `m2`, `km`, `kg`, `meals`, `visits`, …

    per: `day`, `week`, `month` or `year`; None where it is the whole amount, or one order.
    """

    amount: float
    unit: str
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """People of an offer who are promised to somebody else.

    start, end: the first and last day of that; None has always begun, or goes on for good.
    """

    people: int
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Facts that both sides may state; `None` or empty means unknown, never "no".

    people_min/people_max: persons wanted (need) or that can come (offer: smallest order and
    capacity); promised: in an offer who of those are not free, and when. hours_per_week: hours
    per person. start/end: first and last day of the period. certificates, licences: codes; in a
    need they are required, in an offer they are held. languages: codes such as `nl`, `fr`, `en`;
    language_level: CEFR level `A1`..`C2` of Dutch.
    schedule: codes among `day`, `two_shifts`, `three_shifts`, `night`, `weekend`, `flexible`;
    in a need what the work asks, in an offer what is possible.
    surroundings: `indoor`, `outdoor`; height_m, lifting_kg: how high the work goes, or may go, and
    how much is lifted (metres, kilograms). askers: in an offer the organisation types it is for
    (and `private`), in a need what the asker calls himself. moving: who moves the goods, `asker`
    or `supplier`. travel: `bike`, `bus`, `car`; how a workplace is reached or somebody travels.
    months: 1 to 12, every year. amount: how much is asked, or possible; order_min/order_max: of an
    offer. wished: certificates and licences that are welcome. impossible: codes of any list above
    that are ruled out. excluded: things that an offer leaves out, in words.

    open_lists: fields that were read in a text, so that what they leave out is unknown. unread:
    families of readings that the writer called wrong (`matcher.reading`).
    """

    people_min: int | None = None
    people_max: int | None = None
    promised: tuple[Promise, ...] = ()
    hours_per_week: float | None = None
    start: date | None = None
    end: date | None = None
    certificates: frozenset[str] = frozenset()
    licences: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    language_level: str | None = None
    schedule: frozenset[str] = frozenset()
    site: WorkSite | None = None
    phase: Phase | None = None
    surroundings: frozenset[str] = frozenset()
    height_m: float | None = None
    lifting_kg: float | None = None
    askers: frozenset[str] = frozenset()
    moving: str | None = None
    travel: frozenset[str] = frozenset()
    months: frozenset[int] = frozenset()
    amount: Quantity | None = None
    order_min: Quantity | None = None
    order_max: Quantity | None = None
    wished: frozenset[str] = frozenset()
    impossible: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    open_lists: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What is asked.

    activities: those that the asker named himself; rejected: those that he says it is not about.
    core_activity: the task is the asker's own core activity (enclave). asker_nace: the NACE-BEL
    code of the asker, whose first two digits mean the same in the versions in use. written: the
    day on which the text says "next month".
    """

    id: str
    kind: NeedKind
    title: str
    text: str
    activities: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()
    place: Place | None = None
    asker_id: str | None = None
    asker_type: OrganisationType | None = None
    asker_nace: str | None = None
    core_activity: bool | None = None
    conditions: Conditions = field(default_factory=Conditions)
    written: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What can be done, and where; activities and rejected as in `Need`.

    The service area is `service_nis` (NIS codes), or `radius_km` (kilometres around `place`), or,
    with neither, unknown: distance is then shown but not judged.
    """

    id: str
    kind: OfferKind
    title: str
    text: str
    activities: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()
    place: Place | None = None
    service_nis: frozenset[str] = frozenset()
    radius_km: float | None = None
    supplier_id: str | None = None
    supplier_type: OrganisationType | None = None
    work_form: WorkForm | None = None
    conditions: Conditions = field(default_factory=Conditions)
    written: date | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """One entry of the activity taxonomy, as the recogniser needs it."""

    id: str
    label: str
    cluster: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A dated legal or practical rule, as data.

    code: names the check in `matcher.rules` that applies it; parameters: what the check needs;
    certainty: only a `certain` rule may block, every other one warns.
    """

    id: str
    code: str
    certainty: str
    parameters: dict[str, object]
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""


Evidence = dict[str, object]
"""JSON-ready facts behind a reason: words, kilometres, numbers; worded by `web.wording`."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One additive part of a score.

    code: criterion and outcome, such as `text.similar` or `distance.inside`; contribution: points
    added (0 where the fact is unknown or neutral); known: False where a fact was missing.
    """

    code: str
    contribution: float
    evidence: Evidence
    known: bool = True


@dataclass(frozen=True, slots=True)
class Caution:
    """A rule that warns about an eligible pair without blocking it."""

    rule_id: str
    code: str
    evidence: Evidence


def chance_of(score: float) -> float:
    """Return log-odds as a chance between 0 and 1: 1 / (1 + e^-score)."""
    return 1 / (1 + math.exp(-score))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An eligible pair with its score in log-odds: the exact sum (`math.fsum`) of its reasons."""

    offer_id: str
    score: float
    reasons: tuple[Reason, ...]
    cautions: tuple[Caution, ...] = ()
    need_id: str = ""

    @property
    def chance(self) -> float:
        """Return the score as a chance between 0 and 1."""
        return chance_of(self.score)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An offer that a hard rule keeps out, kept for the coordinator and the gap analysis."""

    offer_id: str
    rule_id: str
    code: str
    evidence: Evidence
    need_id: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """All eligible pairs, best first (equals by `matcher.turns`), and the refused ones by id.

    `rank` fills it with the offers for one need, `rank_needs` with the needs for one offer.
    """

    suggestions: tuple[Suggestion, ...]
    refusals: Sequence[Refusal]
    weights_version: str
