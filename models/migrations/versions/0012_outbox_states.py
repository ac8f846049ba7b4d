"""What became of every mail in the outbox, and what it was written for"""

from alembic import op
import sqlalchemy as sa

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MAIL = sa.table(
    "outbox_mail",
    sa.column("id", sa.Integer()),
    sa.column("key", sa.String()),
    sa.column("state", sa.String()),
    sa.column("sent_at", sa.DateTime()),
)
STATES = ("waiting", "claimed", "sent", "dead")


def upgrade() -> None:
    state = sa.Enum(
        *STATES, name="mail_state", native_enum=False, create_constraint=True, length=32
    )
    with op.batch_alter_table("outbox_mail") as batch_op:
        batch_op.add_column(sa.Column("key", sa.String(length=120), nullable=True))
        batch_op.add_column(
            sa.Column("template", sa.String(length=40), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("state", state, nullable=False, server_default="waiting"))
        batch_op.add_column(sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("claim", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("next_try", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("error", sa.String(length=40), nullable=True))
    key = sa.literal("mail-") + sa.cast(MAIL.c.id, sa.String())
    op.execute(MAIL.update().values(key=key))
    op.execute(MAIL.update().where(MAIL.c.sent_at.is_not(None)).values(state="sent"))
    with op.batch_alter_table("outbox_mail") as batch_op:
        batch_op.alter_column("key", existing_type=sa.String(length=120), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_outbox_mail_key"), ["key"])
        for name in ("template", "urgent", "state", "attempts"):
            batch_op.alter_column(name, server_default=None)
    op.create_index("ix_outbox_mail_state_id", "outbox_mail", ["state", "id"])
    op.create_index("ix_outbox_mail_user_id", "outbox_mail", ["user_id"])


def downgrade() -> None:
    op.drop_index("ix_outbox_mail_user_id", "outbox_mail")
    op.drop_index("ix_outbox_mail_state_id", "outbox_mail")
    with op.batch_alter_table("outbox_mail") as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_outbox_mail_key"), type_="unique")
        batch_op.drop_constraint("mail_state", type_="check")
        for name in (
            *("error", "next_try", "claimed_at", "claim", "attempts", "state", "urgent"),
            *("template", "key"),
        ):
            batch_op.drop_column(name)
