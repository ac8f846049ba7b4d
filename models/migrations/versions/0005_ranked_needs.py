"""When the suggestions of a need were ranked"""

from alembic import op
import sqlalchemy as sa

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('need', sa.Column('ranked_on', sa.Date(), nullable=True))
    op.add_column('need', sa.Column('ranked_reference', sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column('need', 'ranked_reference')
    op.drop_column('need', 'ranked_on')
