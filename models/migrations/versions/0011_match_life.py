"""The life of a match after its approval, and triggers that refuse every other step

Until now approving was introducing: both sides got each other's contact at once. So every match
that is approved becomes introduced, whether its sides said that they spoke or not: to ask for a yes
to what was shared already would be asking in vain. The step says that nobody took it.
"""

from alembic import op
import sqlalchemy as sa

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OLD_STATES = ("suggested", "approved", "refused", "set_aside")
STATES = (*OLD_STATES, "introduced", "agreed", "fell_through", "running", "done")
#: The table of `models.match_life`, as it was on this day.
ALLOWED = (
    ("suggested", "approved"),
    ("suggested", "refused"),
    ("suggested", "set_aside"),
    ("set_aside", "approved"),
    ("set_aside", "refused"),
    ("approved", "introduced"),
    ("approved", "fell_through"),
    ("introduced", "agreed"),
    ("introduced", "fell_through"),
    ("agreed", "running"),
    ("agreed", "fell_through"),
    ("running", "done"),
    ("set_aside", "suggested"),
    ("refused", "suggested"),
    ("refused", "set_aside"),
    ("approved", "suggested"),
    ("approved", "set_aside"),
    ("agreed", "introduced"),
    ("running", "agreed"),
    ("done", "running"),
    ("fell_through", "approved"),
    ("fell_through", "introduced"),
    ("fell_through", "agreed"),
)
REASONS = (
    "no_capacity",
    "wrong_period",
    "wrong_work",
    "conditions",
    "price",
    "too_far",
    "found_other",
    "not_needed",
    "no_reply",
    "other",
)
#: Columns of rows that are only added. Words may still be taken out when somebody is forgotten.
KEPT = {
    "answer": ("match_id", "decision_id", "side", "kind", "reason", "actor_id"),
    "match_step": ("match_id", "from_status", "to_status", "side", "reason", "actor_id"),
}
_STEP = "OLD.status || '>' || NEW.status NOT IN ({})".format(
    ", ".join(f"'{before}>{after}'" for before, after in ALLOWED)
)
_FORBIDDEN = "a match cannot take this step"
_ADDED = "rows of this table are only added"


def upgrade() -> None:
    _make_tables()
    _alter_match(STATES)
    # One of `people` alone is known to every approval; the others are filled as they are made.
    op.execute(
        """
        INSERT INTO match_step (match_id, side, from_status, to_status, at)
        SELECT id, 'coordinator', 'approved', 'introduced', updated_at
        FROM "match" WHERE status = 'approved'
        """
    )
    op.execute(
        "UPDATE \"match\" SET status = 'introduced', version = version + 1"
        " WHERE status = 'approved'"
    )
    for statement in _postgresql() if _on_postgresql() else _sqlite():
        op.execute(statement)


def downgrade() -> None:
    if _on_postgresql():
        op.execute('DROP TRIGGER match_life ON "match"')
        op.execute("DROP FUNCTION match_life")
        for table in KEPT:
            op.execute(f"DROP TRIGGER {table}_only_added ON {table}")
        op.execute("DROP FUNCTION only_added")
    else:
        for name in ("match_life_update", "match_life_insert"):
            op.execute(f"DROP TRIGGER {name}")
    op.execute(
        "UPDATE \"match\" SET status = CASE status WHEN 'fell_through' THEN 'set_aside'"
        " ELSE 'approved' END"
        " WHERE status IN ('introduced', 'agreed', 'running', 'done', 'fell_through')"
    )
    for table in ("answer", "retention_check", "match_step", "match_check", "agreement"):
        op.drop_table(table)
    _alter_match(OLD_STATES)


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _alter_match(states: tuple[str, ...]) -> None:
    """Let a match have these states; `people` comes with the new ones."""
    listed = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("match") as batch_op:
        batch_op.drop_constraint(op.f("ck_match_status"), type_="check")
        batch_op.create_check_constraint(op.f("ck_match_status"), f"status IN ({listed})")
        if len(states) > len(OLD_STATES):
            batch_op.add_column(sa.Column("people", sa.Integer(), nullable=True))
            batch_op.create_check_constraint(op.f("ck_match_people_positive"), "people > 0")
        else:
            batch_op.drop_constraint(op.f("ck_match_people_positive"), type_="check")
            batch_op.drop_column("people")


def _sqlite() -> list[str]:
    statements = [
        f"""
        CREATE TRIGGER match_life_update BEFORE UPDATE OF status ON "match"
        WHEN OLD.status <> NEW.status AND {_STEP}
        BEGIN SELECT RAISE(ABORT, '{_FORBIDDEN}'); END
        """,
        f"""
        CREATE TRIGGER match_life_insert BEFORE INSERT ON "match" WHEN NEW.status <> 'suggested'
        BEGIN SELECT RAISE(ABORT, '{_FORBIDDEN}'); END
        """,
    ]
    for table, columns in KEPT.items():
        for name, on in (("update", f"UPDATE OF {', '.join(columns)}"), ("delete", "DELETE")):
            statements.append(
                f"CREATE TRIGGER {table}_no_{name} BEFORE {on} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{_ADDED}'); END"
            )
    return statements


def _postgresql() -> list[str]:
    statements = [
        f"""
        CREATE FUNCTION match_life() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN
                IF NEW.status <> 'suggested' THEN RAISE EXCEPTION '{_FORBIDDEN}'; END IF;
            ELSIF OLD.status <> NEW.status AND {_STEP} THEN
                RAISE EXCEPTION '{_FORBIDDEN}';
            END IF;
            RETURN NEW;
        END $$
        """,
        """
        CREATE TRIGGER match_life BEFORE INSERT OR UPDATE OF status ON "match"
        FOR EACH ROW EXECUTE FUNCTION match_life()
        """,
        f"""
        CREATE FUNCTION only_added() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{_ADDED}'; END $$
        """,
    ]
    statements += [
        f"CREATE TRIGGER {table}_only_added BEFORE UPDATE OF {', '.join(columns)} OR DELETE "
        f"ON {table} FOR EACH ROW EXECUTE FUNCTION only_added()"
        for table, columns in KEPT.items()
    ]
    return statements


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _make_table(
    name: str, *parts: sa.schema.SchemaItem, points_to: dict[str, str], one_by: tuple[str, ...] = ()
) -> None:
    """Make a table of rows about a match, with an index on every key that is not unique."""
    unique = [sa.UniqueConstraint(*one_by, name=op.f(f"uq_{name}_{one_by[0]}"))] if one_by else []
    keys = [_key(name, column, to) for column, to in points_to.items()]
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        *keys,
        *unique,
    )
    for column in ("match_id", "actor_id"):
        if column in points_to and column not in one_by:
            op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def _make_tables() -> None:
    moment = sa.DateTime(timezone=True)
    _make_table(
        "answer",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("side", _choice("side", "need", "offer", "coordinator"), nullable=False),
        sa.Column("kind", _choice("kind", "yes", "no", "taken_back"), nullable=False),
        sa.Column("reason", _choice("reason", *REASONS), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("by_coordinator", sa.Boolean(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.CheckConstraint("side IN ('need', 'offer')", name=op.f("ck_answer_of_a_side")),
        sa.CheckConstraint(
            "kind <> 'no' OR reason IS NOT NULL", name=op.f("ck_answer_no_has_reason")
        ),
        points_to={"match_id": "match", "decision_id": "decision", "actor_id": "user"},
    )
    _make_table(
        "match_step",
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("side", _choice("side", "need", "offer", "coordinator"), nullable=False),
        sa.Column("from_status", _choice("from_status", *STATES), nullable=False),
        sa.Column("to_status", _choice("to_status", *STATES), nullable=False),
        sa.Column("reason", _choice("reason", *REASONS), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("at", moment, nullable=False),
        sa.CheckConstraint(
            "to_status <> 'fell_through' OR reason IS NOT NULL",
            name=op.f("ck_match_step_falling_has_reason"),
        ),
        points_to={"match_id": "match", "actor_id": "user"},
    )
    _make_agreements(moment)
    items = ("agreement", "notice", "supervisor", "no_authority", "safety")
    _make_table(
        "match_check",
        sa.Column("item", _choice("item", *items), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("at", moment, nullable=False),
        points_to={"match_id": "match", "actor_id": "user"},
        one_by=("match_id", "item"),
    )
    _make_table(
        "retention_check",
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("still_there", _choice("still_there", "yes", "no", "unknown"), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.CheckConstraint("months IN (1, 6, 12)", name=op.f("ck_retention_check_asked_months")),
        points_to={"match_id": "match", "actor_id": "user"},
        one_by=("match_id", "months"),
    )


def _make_agreements(moment: sa.DateTime) -> None:
    checks = {
        "possible": "people > 0 AND fte > 0 AND hours > 0 AND euro >= 0",
        "outcome_possible": (
            "real_people >= 0 AND real_fte >= 0 AND real_hours >= 0 AND real_euro >= 0"
        ),
        "hours_of_something": "(hours IS NULL) = (hours_per IS NULL)",
        "dates_in_order": "end_date >= start_date",
        "real_dates_in_order": "real_end >= real_start",
    }
    _make_table(
        "agreement",
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("fte", sa.Double(), nullable=True),
        sa.Column("hours", sa.Double(), nullable=True),
        sa.Column("hours_per", _choice("hours_per", "week", "total"), nullable=True),
        sa.Column("euro", sa.Integer(), nullable=True),
        sa.Column("contract", sa.String(length=20), nullable=True),
        sa.Column("start_date", sa.Date(), nullable=False),
        sa.Column("end_date", sa.Date(), nullable=True),
        sa.Column("real_people", sa.Integer(), nullable=True),
        sa.Column("real_fte", sa.Double(), nullable=True),
        sa.Column("real_hours", sa.Double(), nullable=True),
        sa.Column("real_euro", sa.Integer(), nullable=True),
        sa.Column("real_contract", sa.String(length=20), nullable=True),
        sa.Column("real_start", sa.Date(), nullable=True),
        sa.Column("real_end", sa.Date(), nullable=True),
        sa.Column("hired", sa.Boolean(), nullable=True),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_agreement_{name}"))
            for name, rule in checks.items()
        ),
        points_to={"match_id": "match"},
        one_by=("match_id",),
    )
