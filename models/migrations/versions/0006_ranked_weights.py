"""By which weights the suggestions of a need were ranked"""

from alembic import op
import sqlalchemy as sa

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("need", sa.Column("ranked_weights", sa.String(length=40), nullable=True))


def downgrade() -> None:
    op.drop_column("need", "ranked_weights")
