"""Text vectors"""

from alembic import op
import sqlalchemy as sa

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('text_vector',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('need_id', sa.Integer(), nullable=True),
    sa.Column('offer_id', sa.Integer(), nullable=True),
    sa.Column('encoder', sa.String(length=40), nullable=False),
    sa.Column('encoder_version', sa.String(length=40), nullable=False),
    sa.Column('digest', sa.String(length=32), nullable=False),
    sa.Column('vector', sa.LargeBinary(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('ranked', sa.Boolean(), nullable=False),
    sa.CheckConstraint('(need_id IS NULL) <> (offer_id IS NULL)', name=op.f('ck_text_vector_one_text')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_text_vector_need_id_need'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], name=op.f('fk_text_vector_offer_id_offer'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_text_vector')),
    sa.UniqueConstraint('need_id', name=op.f('uq_text_vector_need_id')),
    sa.UniqueConstraint('offer_id', name=op.f('uq_text_vector_offer_id'))
    )
    with op.batch_alter_table('text_vector', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_text_vector_revision'), ['revision'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('text_vector', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_text_vector_revision'))

    op.drop_table('text_vector')
