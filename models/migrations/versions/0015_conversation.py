"""Questions and answers between the two sides of a match, files with them, and visits"""

from alembic import op
import sqlalchemy as sa

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def _side() -> sa.Enum:
    sides = ("need", "offer", "coordinator")
    return sa.Enum(*sides, name="side", native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table('question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('match_id', sa.Integer(), nullable=False),
    sa.Column('need_id', sa.Integer(), nullable=False),
    sa.Column('side', _side(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('asker_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('answerer_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.Column('submission_key', sa.String(length=36), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("NOT is_public OR (side = 'offer' AND answer IS NOT NULL)", name=op.f('ck_question_public_is_answered')),
    sa.CheckConstraint("side IN ('need', 'offer')", name=op.f('ck_question_of_a_side')),
    sa.CheckConstraint('(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answerer_id IS NULL)', name=op.f('ck_question_answered_by_somebody')),
    sa.ForeignKeyConstraint(['answerer_id'], ['user.id'], name=op.f('fk_question_answerer_id_user')),
    sa.ForeignKeyConstraint(['asker_id'], ['user.id'], name=op.f('fk_question_asker_id_user')),
    sa.ForeignKeyConstraint(['match_id'], ['match.id'], name=op.f('fk_question_match_id_match')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_question_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question')),
    sa.UniqueConstraint('submission_key', name=op.f('uq_question_submission_key'))
    )
    op.create_index(op.f('ix_question_answerer_id'), 'question', ['answerer_id'], unique=False)
    op.create_index(op.f('ix_question_asker_id'), 'question', ['asker_id'], unique=False)
    op.create_index(op.f('ix_question_match_id'), 'question', ['match_id'], unique=False)
    op.create_index('ix_question_need_public', 'question', ['need_id', 'is_public'], unique=False)
    op.create_table('visit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('match_id', sa.Integer(), nullable=False),
    sa.Column('side', _side(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('words', sa.Text(), nullable=True),
    sa.Column('proposer_id', sa.Integer(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('submission_key', sa.String(length=36), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('minutes > 0 AND minutes <= 1440', name=op.f('ck_visit_lasts_a_day_at_most')),
    sa.ForeignKeyConstraint(['match_id'], ['match.id'], name=op.f('fk_visit_match_id_match')),
    sa.ForeignKeyConstraint(['proposer_id'], ['user.id'], name=op.f('fk_visit_proposer_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit')),
    sa.UniqueConstraint('submission_key', name=op.f('uq_visit_submission_key'))
    )
    op.create_index(op.f('ix_visit_match_id'), 'visit', ['match_id'], unique=False)
    op.create_index(op.f('ix_visit_proposer_id'), 'visit', ['proposer_id'], unique=False)
    op.create_table('attachment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('of_answer', sa.Boolean(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('media_type', sa.String(length=80), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_attachment_owner_id_user')),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_attachment_question_id_question')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment'))
    )
    op.create_index(op.f('ix_attachment_owner_id'), 'attachment', ['owner_id'], unique=False)
    op.create_index(op.f('ix_attachment_question_id'), 'attachment', ['question_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_attachment_question_id'), table_name='attachment')
    op.drop_index(op.f('ix_attachment_owner_id'), table_name='attachment')
    op.drop_table('attachment')
    op.drop_index(op.f('ix_visit_proposer_id'), table_name='visit')
    op.drop_index(op.f('ix_visit_match_id'), table_name='visit')
    op.drop_table('visit')
    op.drop_index('ix_question_need_public', table_name='question')
    op.drop_index(op.f('ix_question_match_id'), table_name='question')
    op.drop_index(op.f('ix_question_asker_id'), table_name='question')
    op.drop_index(op.f('ix_question_answerer_id'), table_name='question')
    op.drop_table('question')
