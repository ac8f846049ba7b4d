"""Who saw whose contact data, when somebody last logged in, and what is announced to go"""

from alembic import op
import sqlalchemy as sa

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_SQLITE = """
    CREATE TRIGGER sighting_no_update BEFORE UPDATE ON sighting
    BEGIN SELECT RAISE(ABORT, 'sightings are never altered'); END
    """
_POSTGRESQL = (
    """
    CREATE FUNCTION sighting_no_update() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'sightings are never altered'; END $$
    """,
    """
    CREATE TRIGGER sighting_no_update BEFORE UPDATE ON sighting
    FOR EACH STATEMENT EXECUTE FUNCTION sighting_no_update()
    """,
)


def upgrade() -> None:
    op.create_table(
        "sighting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("viewer_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=20), nullable=False),
        sa.Column("coordinates", sa.Boolean(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_sighting_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"],
            ["user.id"],
            name=op.f("fk_sighting_subject_id_user"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["viewer_id"],
            ["user.id"],
            name=op.f("fk_sighting_viewer_id_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sighting")),
        sa.UniqueConstraint(
            "subject_id", "viewer_id", "day", name=op.f("uq_sighting_subject_id")
        ),
    )
    op.create_index("ix_sighting_day", "sighting", ["day"])
    op.create_index(op.f("ix_sighting_viewer_id"), "sighting", ["viewer_id"])
    op.create_table(
        "retention_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_notice")),
        sa.UniqueConstraint("kind", "row_id", name=op.f("uq_retention_notice_kind")),
    )
    op.add_column("user", sa.Column("last_login_on", sa.Date(), nullable=True))
    op.add_column("catalogue_state", sa.Column("cleaned_for", sa.Date(), nullable=True))
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _POSTGRESQL if postgresql else (_SQLITE,):
        op.execute(statement)


def downgrade() -> None:
    op.drop_column("catalogue_state", "cleaned_for")
    op.drop_column("user", "last_login_on")
    op.drop_table("retention_notice")
    op.drop_table("sighting")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION sighting_no_update")
