"""What people are told in Brug itself, how often they want mail, and links used up"""

from alembic import op
import sqlalchemy as sa

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TOPICS = ("matches", "reminders", "organisation", "region")


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _user(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_user_id_user")
    return sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("topic", _choice("topic", *TOPICS), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=True),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bundled", sa.Boolean(), nullable=False),
        _user("notice"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
    )
    op.create_index("ix_notice_user_id_read_at", "notice", ["user_id", "read_at"])
    op.create_index("ix_notice_bundled", "notice", ["bundled"])
    op.create_table(
        "mail_preference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("topic", _choice("topic", *TOPICS), nullable=False),
        sa.Column(
            "rhythm", _choice("rhythm", "at_once", "daily", "weekly", "off"), nullable=False
        ),
        _user("mail_preference"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_preference")),
        sa.UniqueConstraint("user_id", "topic", name=op.f("uq_mail_preference_user_id")),
    )
    op.create_table(
        "used_link",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_used_link")),
    )


def downgrade() -> None:
    op.drop_table("used_link")
    op.drop_table("mail_preference")
    op.drop_index("ix_notice_bundled", "notice")
    op.drop_index("ix_notice_user_id_read_at", "notice")
    op.drop_table("notice")
