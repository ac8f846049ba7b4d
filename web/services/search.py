"""What visitors look for: a free search through the offers, and the list of all of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from matcher import SearchHit, search
from matcher.values import Place, Reason
from matcher.vocabulary import OfferKind
from models import Activity, Offer
from models.states import OfferStatus
from web.services.actor import Actor
from web.services.catalogue import OFFER_PARTS, Shelf
from web.services.visibility import offers_visible_to

#: Reasons by which an offer is about the work that is looked for.
_ABOUT = frozenset({"activity.shared", "activity.cluster"})
#: A search shows at most so many offers; who wants others says more precisely what he looks for.
MOST_HITS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody looks for; an empty part asks nothing. `max_km` counts from `place`."""

    text: str = ""
    place: Place | None = None
    kind: OfferKind | None = None
    activities: frozenset[str] = frozenset()
    max_km: float | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether nothing is asked that needs the matcher."""
        return not (self.text or self.place or self.activities)


@dataclass(frozen=True, slots=True)
class Hit:
    """An offer that was found, why, and how far it is where that may be told."""

    offer_id: int
    score: float
    reasons: tuple[Reason, ...]
    km: float | None


def open_offers(actor: Actor) -> ColumnElement[bool]:
    """Condition: published offers that the actor may see."""
    return and_(Offer.status == OfferStatus.PUBLISHED, offers_visible_to(actor))


def newest_offers(actor: Actor, kind: OfferKind | None = None) -> Select[Offer]:
    """Choose the published offers, or those of one kind, the newest first."""
    chosen = select(Offer).where(open_offers(actor)).options(*OFFER_PARTS)
    if kind is not None:
        chosen = chosen.where(Offer.kind == kind)
    return chosen.order_by(Offer.published_at.desc(), Offer.id.desc())


def find_offers(
    session: Session, shelf: Shelf, actor: Actor, wish: Wish, *, nearest_first: bool = False
) -> list[Hit]:
    """Return at most `MOST_HITS` offers that answer a wish, the best or the nearest first."""
    found = search(
        wish.text,
        shelf.offers,
        place=wish.place,
        kinds=frozenset(OfferKind) if wish.kind is None else {wish.kind},
        activities=wish.activities,
        max_km=wish.max_km,
        limit=MOST_HITS,
    )
    # A short question resembles much by its letters alone; that is shown for want of better only.
    found = tuple(hit for hit in found if is_about(hit)) or found
    # The shelf knows every published offer; who asks may not see all of them.
    kinds = _visible_kinds(session, actor, [int(hit.offer_id) for hit in found])
    hits = [
        _hit(int(hit.offer_id), kinds[int(hit.offer_id)], hit.score, hit.reasons)
        for hit in found
        if int(hit.offer_id) in kinds
    ]
    if nearest_first:
        hits.sort(key=lambda hit: (hit.km is None, hit.km or 0, -hit.score, hit.offer_id))
    return hits


def is_about(hit: SearchHit | Hit) -> bool:
    """Tell whether an offer shares a word or work with what is looked for, not letters alone."""
    return any(reason.evidence.get("words") or reason.code in _ABOUT for reason in hit.reasons)


def _visible_kinds(session: Session, actor: Actor, ids: list[int]) -> dict[int, OfferKind]:
    chosen = select(Offer.id, Offer.kind).where(open_offers(actor), Offer.id.in_(ids))
    return {row.id: row.kind for row in session.execute(chosen)}


def _hit(offer_id: int, kind: OfferKind, score: float, reasons: tuple[Reason, ...]) -> Hit:
    if kind is OfferKind.PROFILE:
        # Kilometres from places of one's choice would give away where the person lives.
        reasons = tuple(_without_kilometres(reason) for reason in reasons)
    km = next((r.evidence["km"] for r in reasons if "km" in r.evidence), None)
    return Hit(offer_id, score, reasons, km if isinstance(km, float) else None)


def _without_kilometres(reason: Reason) -> Reason:
    kept = {key: value for key, value in reason.evidence.items() if not key.endswith("km")}
    return replace(reason, evidence=kept)


def offers_in_clusters(
    session: Session, shelf: Shelf, actor: Actor, clusters: Collection[str], limit: int
) -> list[Offer]:
    """Return the newest services and teams whose work is of some clusters."""
    work = frozenset(a.id for a in shelf.taxonomy.activities if a.cluster in clusters)
    if not work:
        return []
    hits = find_offers(session, shelf, actor, Wish(activities=work))
    done_for_others = Offer.kind.in_((OfferKind.SERVICE, OfferKind.ENCLAVE_TEAM))
    chosen = newest_offers(actor).where(
        Offer.id.in_([hit.offer_id for hit in hits]), done_for_others
    )
    return list(session.scalars(chosen.limit(limit)))


def load_offers(session: Session, actor: Actor, ids: Iterable[int]) -> dict[int, Offer]:
    """Return the offers of one page of hits by id, with all that their cards show."""
    chosen = select(Offer).where(open_offers(actor), Offer.id.in_(list(ids)))
    return {offer.id: offer for offer in session.scalars(chosen.options(*OFFER_PARTS))}


def activities_by_cluster(session: Session) -> dict[str, list[Activity]]:
    """Return the activities in use, in order of name, by the name of their cluster."""
    chosen = select(Activity).where(Activity.is_active).order_by(Activity.cluster, Activity.label)
    clusters: dict[str, list[Activity]] = {}
    for activity in session.scalars(chosen):
        clusters.setdefault(activity.cluster, []).append(activity)
    return clusters
