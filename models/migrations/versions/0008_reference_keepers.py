"""Who may edit the activities and rules that all regions share"""

from alembic import op
import sqlalchemy as sa

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

RULE = "role = 'coordinator' OR NOT keeps_reference"


def upgrade() -> None:
    with op.batch_alter_table('user_role', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('keeps_reference', sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.create_check_constraint('reference_keeper_coordinates', RULE)
    with op.batch_alter_table('user_role', schema=None) as batch_op:
        batch_op.alter_column('keeps_reference', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('user_role', schema=None) as batch_op:
        batch_op.drop_constraint('reference_keeper_coordinates', type_='check')
        batch_op.drop_column('keeps_reference')
