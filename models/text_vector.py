"""The vectors of texts: what an encoder made of them, kept so that it is made once."""

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.need import Need
from models.offer import Offer


class TextVector(Base):
    """The vector of the text of one need or one offer.

    encoder, encoder_version, digest: which encoder read which text; whatever differs from what is
    wanted now is out of date. vector: one signed byte a value. revision: of the catalogue, when it
    was stored. ranked: the suggestions of the need or offer were made with it.
    """

    __tablename__ = "text_vector"
    __table_args__ = (CheckConstraint("(need_id IS NULL) <> (offer_id IS NULL)", name="one_text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int | None] = mapped_column(
        ForeignKey("need.id", ondelete="CASCADE"), unique=True
    )
    offer_id: Mapped[int | None] = mapped_column(
        ForeignKey("offer.id", ondelete="CASCADE"), unique=True
    )
    encoder: Mapped[str] = mapped_column(String(40))
    encoder_version: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(32))
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    revision: Mapped[int] = mapped_column(index=True)
    ranked: Mapped[bool]

    need: Mapped[Need | None] = relationship()
    offer: Mapped[Offer | None] = relationship()
