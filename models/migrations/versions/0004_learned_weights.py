"""Learned weights, which of them is live, and words proposed for activities."""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "weights_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("prior", sa.String(length=40), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("kind", _choice("kind", "reweighted", "rescaled"), nullable=False),
        sa.Column("shift", sa.Double(), nullable=False),
        sa.Column("factors", JSON, nullable=False),
        sa.Column("weights", JSON, nullable=False),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("approvals", sa.Integer(), nullable=False),
        sa.Column("figures", JSON, nullable=False),
        sa.Column("won", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("decisions > 0", name=op.f("ck_weights_version_rests_on_decisions")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user.id"], name=op.f("fk_weights_version_created_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["weights_version.id"],
            name=op.f("fk_weights_version_parent_id_weights_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weights_version")),
    )
    op.create_table(
        "synonym_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.String(length=60), nullable=False),
        sa.Column("word", sa.String(length=120), nullable=False),
        sa.Column("status", _choice("status", "open", "accepted", "refused"), nullable=False),
        sa.Column("needs", sa.Integer(), nullable=False),
        sa.Column("examples", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_synonym_proposal_activity_id_activity"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_synonym_proposal_decided_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym_proposal")),
        sa.UniqueConstraint("activity_id", "word", name=op.f("uq_synonym_proposal_activity_id")),
    )
    op.create_index(op.f("ix_synonym_proposal_status"), "synonym_proposal", ["status"])
    with op.batch_alter_table("catalogue_state") as batch_op:
        batch_op.add_column(sa.Column("weights_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_catalogue_state_weights_id_weights_version"),
            "weights_version",
            ["weights_id"],
            ["id"],
        )


def downgrade() -> None:
    with op.batch_alter_table("catalogue_state") as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_catalogue_state_weights_id_weights_version"), type_="foreignkey"
        )
        batch_op.drop_column("weights_id")
    op.drop_index(op.f("ix_synonym_proposal_status"), "synonym_proposal")
    op.drop_table("synonym_proposal")
    op.drop_table("weights_version")
