"""The counters by which every process notices what others changed."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class CatalogueState(Base):
    """One row. A writer raises `revision` and stamps it on the need or offer that it changed.

    The row is locked until the writer commits, so revisions become visible in order and a reader
    that asks for everything above the last one it saw misses nothing. `weights_id` points to the
    learned weights that are live, None for those in the code; `learned_for` is the night for which
    somebody learned last, `cleaned_for` the one for which what is too old went.
    """

    __tablename__ = "catalogue_state"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(default=0)
    reference_revision: Mapped[int] = mapped_column(default=0)
    weights_id: Mapped[int | None] = mapped_column(ForeignKey("weights_version.id"))
    learned_for: Mapped[date | None]
    cleaned_for: Mapped[date | None]
