"""Uploads of a coordinator: looked at first, imported after, dropped then."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import ImportBatch, now
from web.services.actor import Actor
from web.services.catalogue import Catalogue
from web.services.errors import ConflictError, InvalidError, NotFoundError
from web.services.importing.cells import Words
from web.services.importing.columns import ListKind
from web.services.importing.context import Context
from web.services.importing.files import read_table
from web.services.importing.lists import Imported, import_list
from web.services.importing.taking import Options
from web.services.profile_check import NOT_LOOKED_OVER

MOST_SHOWN = 200
RECENT = 10


def look_at(
    session: Session,
    catalogue: Catalogue,
    actor: Actor,
    kind: ListKind,
    filename: str,
    content: bytes,
    options: dict[str, Any],
    words: Words,
    on: date,
) -> ImportBatch:
    """Keep an upload with what its import would do; raises `UnreadableFileError`.

    options: `publish`, `partial` and `default_kbo`. A file with problems is not kept itself.
    """
    assert actor.user_id is not None
    read_table(filename, content, kind)
    batch = ImportBatch(
        user_id=actor.user_id, kind=kind, filename=filename[:200], content=content, options=options
    )
    _run(session, catalogue, actor, batch, words, on, only_check=True)
    session.add(batch)
    session.flush()
    return batch


def carry_out(
    session: Session,
    catalogue: Catalogue,
    actor: Actor,
    batch_id: int,
    words: Words,
    on: date,
    *,
    looked_over: bool = False,
) -> ImportBatch:
    """Import a looked-at upload; one that was imported already stays as it is.

    Raises `InvalidError` where its profiles give people away and nobody looked them over. What
    became impossible meanwhile is noted as problems, and nothing is stored.
    """
    batch = own_batch(session, actor, batch_id)
    if batch.imported_at is not None:
        return batch
    if batch.content is None:
        raise ConflictError("has_problems")
    if batch.options["preview"].get("given_away") and not looked_over:
        raise InvalidError({"looked_over": NOT_LOOKED_OVER})
    done = _run(session, catalogue, actor, batch, words, on, only_check=False)
    if not done.problems:
        batch.imported_at, batch.imported, batch.content = now(), len(done.titles), None
    return batch


def own_batch(session: Session, actor: Actor, batch_id: int) -> ImportBatch:
    """Return an upload of the actor's own; raises `NotFoundError` otherwise."""
    chosen = select(ImportBatch).where(
        ImportBatch.id == batch_id, ImportBatch.user_id == actor.user_id
    )
    batch = session.scalar(chosen)
    if batch is None:
        raise NotFoundError
    return batch


def recent_batches(session: Session, actor: Actor) -> list[ImportBatch]:
    """Return the actor's latest uploads."""
    chosen = select(ImportBatch).where(ImportBatch.user_id == actor.user_id)
    return list(session.scalars(chosen.order_by(ImportBatch.id.desc()).limit(RECENT)))


def _run(
    session: Session,
    catalogue: Catalogue,
    actor: Actor,
    batch: ImportBatch,
    words: Words,
    on: date,
    *,
    only_check: bool,
) -> Imported:
    kind, asked = ListKind(batch.kind), batch.options
    assert batch.content is not None
    found = import_list(
        session,
        catalogue,
        Context(session, actor, default_kbo=asked["default_kbo"]),
        kind,
        read_table(batch.filename, batch.content, kind),
        # Carried out only after somebody looked it over.
        Options(publish=asked["publish"], partial=asked["partial"], looked_over=not only_check),
        words,
        on,
        only_check=only_check,
    )
    batch.options = {**asked, "preview": _shown(found)}
    if found.problems:
        batch.content = None
    return found


def _shown(found: Imported) -> dict[str, Any]:
    problems = [
        {"row": p.row, "column": p.column, "message": p.message, "values": dict(p.values)}
        for p in found.problems[:MOST_SHOWN]
    ]
    return {
        "count": len(found.titles),
        "titles": list(found.titles[:MOST_SHOWN]),
        "known": found.known,
        "problem_count": len(found.problems),
        "problems": problems,
        "given_away": [
            {"row": g.row, "column": g.column, "words": g.finding.words, "what": g.finding.category}
            for g in found.given_away[:MOST_SHOWN]
        ],
    }
