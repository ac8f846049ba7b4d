"""A coordinator accepts a proposed word, which then works at once, or refuses it for good."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from models import Activity, Need, SynonymProposal, now
from models.states import ProposalStatus
from web.services import events
from web.services.actor import Actor
from web.services.errors import ConflictError, NotFoundError
from web.services.reference_editing import ActivityDraft, edit_activity, seen_mark
from web.services.reference_queries import activity
from web.services.reference_rights import check_may_edit


def open_proposals(session: Session) -> Sequence[SynonymProposal]:
    """Return the proposals that wait for a decision, the best supported first."""
    chosen = (
        select(SynonymProposal)
        .join(SynonymProposal.activity)
        .where(SynonymProposal.status == ProposalStatus.OPEN, Activity.is_active)
        .order_by(SynonymProposal.needs.desc(), SynonymProposal.word, SynonymProposal.id)
        .options(joinedload(SynonymProposal.activity))
    )
    return session.scalars(chosen).all()


def example_titles(
    session: Session, actor: Actor, proposals: Iterable[SynonymProposal]
) -> dict[int, str]:
    """Return the titles of the examples that lie in the actor's regions, by need."""
    ids = {need_id for proposal in proposals for need_id in proposal.examples}
    mine = Need.id.in_(ids), Need.region_id.in_(actor.coordinator_regions)
    rows = session.execute(select(Need.id, Need.title).where(*mine))
    return {row.id: row.title for row in rows}


def accept(session: Session, actor: Actor, proposal_id: int) -> SynonymProposal:
    """Make a proposed word a word of its activity: every process knows it at its next request.

    Raises `NotFoundError`, `ForbiddenError` (`shared`) and `ConflictError` (`decided`).
    """
    proposal = _settle(session, actor, proposal_id, ProposalStatus.ACCEPTED)
    row = activity(session, proposal.activity_id)
    draft = ActivityDraft(
        label=row.label,
        cluster=row.cluster,
        synonyms=[*(synonym.text for synonym in row.synonyms), proposal.word],
        is_active=row.is_active,
    )
    edit_activity(session, actor, row.id, draft, seen_mark(row.edited_at))
    return proposal


def refuse(session: Session, actor: Actor, proposal_id: int) -> SynonymProposal:
    """Refuse a proposed word; it is not proposed again. Raises like `accept`."""
    proposal = _settle(session, actor, proposal_id, ProposalStatus.REFUSED)
    after = {"word": proposal.word, "needs": proposal.needs}
    events.record(session, actor, "activity", proposal.activity_id, "word_refused", after=after)
    return proposal


def _settle(
    session: Session, actor: Actor, proposal_id: int, status: ProposalStatus
) -> SynonymProposal:
    check_may_edit(session, actor)
    chosen = select(SynonymProposal).where(SynonymProposal.id == proposal_id)
    parts = selectinload(SynonymProposal.activity)
    proposal = session.scalar(chosen.options(parts).with_for_update())
    if proposal is None:
        raise NotFoundError
    if proposal.status is not ProposalStatus.OPEN:
        raise ConflictError("decided")
    proposal.status = status
    proposal.decided_at, proposal.decided_by_id = now(), actor.user_id
    session.flush()
    return proposal
