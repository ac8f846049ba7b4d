"""Every event is chained by hash to the one before it; seals are append-only, as events are."""

import sqlalchemy as sa
from alembic import op

from models.base import Json, UtcDateTime
from models.seal import FIRST, seal_hash

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_SQLITE = (
    """
    CREATE TRIGGER seal_no_update BEFORE UPDATE ON seal
    BEGIN SELECT RAISE(ABORT, 'seals are append-only'); END
    """,
    """
    CREATE TRIGGER seal_no_delete BEFORE DELETE ON seal
    BEGIN SELECT RAISE(ABORT, 'seals are append-only'); END
    """,
)
_POSTGRESQL = (
    """
    CREATE FUNCTION seal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'seals are append-only'; END $$
    """,
    """
    CREATE TRIGGER seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON seal
    FOR EACH STATEMENT EXECUTE FUNCTION seal_append_only()
    """,
)

_EVENT = sa.table(
    "event",
    sa.column("id", sa.Integer()),
    sa.column("at", UtcDateTime()),
    sa.column("actor_id", sa.Integer()),
    sa.column("region_id", sa.Integer()),
    sa.column("subject_type", sa.String()),
    sa.column("subject_id", sa.String()),
    sa.column("action", sa.String()),
    sa.column("before", Json),
    sa.column("after", Json),
    sa.column("reason", sa.Text()),
)


def upgrade() -> None:
    seal = op.create_table(
        "seal",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_seal_event_id_event")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_seal")),
        sa.UniqueConstraint("event_id", name=op.f("uq_seal_event_id")),
    )
    _seal_what_is_there(seal)
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _POSTGRESQL if postgresql else _SQLITE:
        op.execute(statement)


def _seal_what_is_there(seal: sa.Table) -> None:
    last, seals = FIRST, []
    rows = op.get_bind().execute(sa.select(_EVENT).order_by(_EVENT.c.id)).mappings()
    for position, row in enumerate(rows, start=1):
        last = seal_hash(last, dict(row))
        seals.append({"position": position, "event_id": row["id"], "hash": last})
    op.bulk_insert(seal, seals)


def downgrade() -> None:
    op.drop_table("seal")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION seal_append_only")
