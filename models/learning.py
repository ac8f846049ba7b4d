"""What was learned from decisions: versions of the weights, and words proposed for activities."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, by_value, now
from models.people import User
from models.states import ProposalStatus, TrialKind
from models.taxonomy import Activity

#: Before the number of a version, in `Match.weights_version`.
LEARNED = "learned-"


class WeightsVersion(Base):
    """Weights that were learned and tried, live or not; never changed afterwards.

    prior: the version of the weights in the code that `shift` and `factors` turn; weights: all
    values that came of it; parent: what was live when these were learned, None for the prior;
    figures: what `matcher.trial` measured; won: whether they beat the parent; created_by: nobody
    for the command line.
    """

    __tablename__ = "weights_version"
    __table_args__ = (CheckConstraint("decisions > 0", name="rests_on_decisions"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    prior: Mapped[str] = mapped_column(String(40))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("weights_version.id"))
    kind: Mapped[TrialKind] = mapped_column(by_value(TrialKind, "kind"))
    shift: Mapped[float]
    factors: Mapped[dict[str, Any]]
    weights: Mapped[dict[str, Any]]
    decisions: Mapped[int]
    approvals: Mapped[int]
    figures: Mapped[dict[str, Any]]
    won: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    parent: Mapped["WeightsVersion | None"] = relationship(remote_side=[id])
    created_by: Mapped[User | None] = relationship()

    @property
    def name(self) -> str:
        """Return what the matches carry that these weights made."""
        return f"{LEARNED}{self.id}"


class SynonymProposal(Base):
    """A word that decisions tie to an activity, until a coordinator accepts or refuses it.

    needs: how many needs it rests on; examples: ids of some of them.
    """

    __tablename__ = "synonym_proposal"
    __table_args__ = (UniqueConstraint("activity_id", "word"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[str] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"))
    word: Mapped[str] = mapped_column(String(120))
    status: Mapped[ProposalStatus] = mapped_column(
        by_value(ProposalStatus, "status"), default=ProposalStatus.OPEN, index=True
    )
    needs: Mapped[int]
    examples: Mapped[list[int]]
    created_at: Mapped[datetime] = mapped_column(default=now)
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    activity: Mapped[Activity] = relationship()
