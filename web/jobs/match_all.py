"""Everything against everything: ranks the offers for every open need, in lots of some.

Each lot is kept before the next, so whoever was interrupted starts again where he was: in the
database by the needs that are still behind, in a file by what stands in its part.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.encoding import Meaning
from matcher.fingerprints import fingerprint
from matcher.lots import OFFERS, Assignment, Lot, Ranked
from matcher.packing import stable_key
from matcher.saved import Saved, index_version, save
from matcher.values import Need as NeedValue
from matcher.values import Ranking, Suggestion
from models import Need, Offer, now
from models.states import NeedStatus, OfferStatus
from web.database import Sessions
from web.jobs.crews import Crew
from web.services.catalogue import Catalogue, Shelf
from web.services.matching import STORED_SUGGESTIONS, Fresh, keep_suggestions
from web.services.renewal import behind_ids

#: Needs that are ranked and kept together.
LOT = 50
Progress = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Work:
    """The needs to rank, in order of id, and the offers of one moment, saved in a file."""

    needs: Sequence[tuple[NeedValue, Meaning | None]]
    assignment: Assignment
    saved: Path
    revision: int
    reference: int

    def lots(self, start: int = 0) -> Iterator[Lot]:
        """Yield the needs from number `start` on, `LOT` at a time."""
        for first in range(start, len(self.needs), LOT):
            yield self.needs[first : first + LOT]

    def heading(self) -> str:
        """Return what tells this work from any other, as a line of JSON."""
        needs = [(need.id, fingerprint(stable_key(need))) for need, _ in self.needs]
        work = (self.assignment, self.revision, self.reference, needs)
        told = {
            "of": "brug match",
            "needs": len(needs),
            "on": self.assignment.on.isoformat(),
            "weights": self.assignment.weights.version,
            "work": fingerprint(stable_key(work)),
        }
        return json.dumps(told) + "\n"


def prepare(session: Session, catalogue: Catalogue, folder: Path, *, everything: bool) -> Work:
    """Take the needs that are behind, or all, and save the offers of this moment in a folder."""
    with catalogue.open(session) as shelf:
        ids = map(int, shelf.needs) if everything else behind_ids(session, now().date())
        work = _work(shelf, sorted(ids), folder / "offers.index")
        save(work.saved, work.assignment.version, Saved({OFFERS: shelf.offers.segments()}, {}))
    return work


def _work(shelf: Shelf, need_ids: Sequence[int], saved: Path) -> Work:
    asked = ((shelf.needs.get(str(n)), shelf.needs.meaning(str(n))) for n in need_ids)
    assignment = Assignment(
        version=index_version(shelf.taxonomy),
        activities=shelf.taxonomy.activities,
        encoder=shelf.taxonomy.encoder,
        rules=shelf.rules,
        weights=shelf.offers.weights,
        on=now().date(),
        limit=STORED_SUGGESTIONS,
    )
    needs = [(need, meaning) for need, meaning in asked if need is not None]
    return Work(needs, assignment, saved, shelf.revision, shelf.reference_revision)


def store_all(work: Work, crew: Crew, sessions: Sessions, progress: Progress) -> int:
    """Store the suggestions of every need; returns how many needs changed meanwhile.

    Those are left to who changed them, or to the next time.
    """
    changed = 0
    for ranked in crew.rank(work.saved, work.assignment, work.lots()):
        with sessions.writing.begin() as session:
            changed += _store(session, work, ranked)
        progress(len(ranked))
    return changed


def _store(session: Session, work: Work, ranked: Ranked) -> int:
    """Store what still holds; returns how many needs were passed over."""
    current = (Offer.status == OfferStatus.PUBLISHED, Offer.revision <= work.revision)
    named = {int(found.offer_id) for _, suggestions in ranked for found in suggestions}
    offers = set(session.scalars(select(Offer.id).where(Offer.id.in_(named), *current)))
    unchanged = (Need.status == NeedStatus.PUBLISHED, Need.revision <= work.revision)
    chosen = select(Need).where(Need.id.in_([int(need_id) for need_id, _ in ranked]), *unchanged)
    needs = {row.id: row for row in session.scalars(chosen.with_for_update(skip_locked=True))}
    for need_id, suggestions in ranked:
        if (need := needs.get(int(need_id))) is not None:
            kept = tuple(found for found in suggestions if int(found.offer_id) in offers)
            ranking = Ranking(kept, (), work.assignment.weights.version)
            keep_suggestions(session, need, Fresh(ranking, work.assignment.on, work.reference))
    return len(ranked) - len(needs)


def write_all(work: Work, crew: Crew, out: Path, progress: Progress) -> None:
    """Write the suggestions of every need to a file, a line of JSON each under a heading.

    Until it is whole it is called `.part`; the part of the same work is carried on.
    """
    part = out.with_name(out.name + ".part")
    done = _done(part, work)
    progress(done)
    with part.open("a", encoding="utf-8") as stream:
        if stream.tell() == 0:
            stream.write(work.heading())
        for ranked in crew.rank(work.saved, work.assignment, work.lots(done)):
            stream.writelines(_line(need_id, found) for need_id, found in ranked)
            stream.flush()
            progress(len(ranked))
    part.replace(out)


def _done(part: Path, work: Work) -> int:
    """Return how many needs stand in the part of a file; cut off what is not whole."""
    if not part.exists():
        return 0
    content = part.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    same = whole.startswith(work.heading().encode())
    part.write_bytes(whole if same else b"")
    return whole.count(b"\n") - 1 if same else 0


def _line(need_id: str, suggestions: Sequence[Suggestion]) -> str:
    listed = [asdict(suggestion) for suggestion in suggestions]
    return json.dumps({"need": need_id, "suggestions": listed}, sort_keys=True) + "\n"
