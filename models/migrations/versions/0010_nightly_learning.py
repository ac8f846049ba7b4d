"""For which night learning was done, so that of several processes one does it"""

from alembic import op
import sqlalchemy as sa

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("catalogue_state", sa.Column("learned_for", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("catalogue_state", "learned_for")
