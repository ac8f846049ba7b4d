"""First schema"""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('activity',
    sa.Column('id', sa.String(length=60), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('cluster', sa.String(length=60), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('cpv', JSON, nullable=False),
    sa.Column('cpv_fit', sa.String(length=12), nullable=True),
    sa.Column('nace', JSON, nullable=False),
    sa.Column('esco', JSON, nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity'))
    )
    with op.batch_alter_table('activity', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_activity_cluster'), ['cluster'], unique=False)

    op.create_table('catalogue_state',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('reference_revision', sa.Integer(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_catalogue_state_one_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_catalogue_state'))
    )
    op.create_table('login_attempt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_login_attempt'))
    )
    with op.batch_alter_table('login_attempt', schema=None) as batch_op:
        batch_op.create_index('ix_login_attempt_key_at', ['key', 'at'], unique=False)

    op.create_table('municipality',
    sa.Column('nis', sa.String(length=5), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('province', sa.String(length=40), nullable=False),
    sa.Column('arrondissement', sa.String(length=40), nullable=False),
    sa.Column('latitude', sa.Double(), nullable=False),
    sa.Column('longitude', sa.Double(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('merged_into_nis', sa.String(length=5), nullable=True),
    sa.CheckConstraint('length(nis) = 5', name=op.f('ck_municipality_nis_length')),
    sa.ForeignKeyConstraint(['merged_into_nis'], ['municipality.nis'], name=op.f('fk_municipality_merged_into_nis_municipality')),
    sa.PrimaryKeyConstraint('nis', name=op.f('pk_municipality'))
    )
    op.create_table('region',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('settings', JSON, nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_region')),
    sa.UniqueConstraint('slug', name=op.f('uq_region_slug'))
    )
    op.create_table('rule',
    sa.Column('id', sa.String(length=60), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('explanation', sa.Text(), nullable=False),
    sa.Column('parameters', JSON, nullable=False),
    sa.Column('certainty', sa.Enum('certain', 'likely', 'uncertain', name='certainty', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('valid_to IS NULL OR valid_to >= valid_from', name=op.f('ck_rule_dates_in_order')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rule'))
    )
    op.create_table('user',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=True),
    sa.Column('password_hash', sa.String(length=255), nullable=True),
    sa.Column('email_confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('session_token', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('email = lower(email)', name=op.f('ck_user_email_lower_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user')),
    sa.UniqueConstraint('email', name=op.f('uq_user_email')),
    sa.UniqueConstraint('session_token', name=op.f('uq_user_session_token'))
    )
    op.create_table('activity_synonym',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.String(length=60), nullable=False),
    sa.Column('text', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_activity_synonym_activity_id_activity'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity_synonym')),
    sa.UniqueConstraint('activity_id', 'text', name=op.f('uq_activity_synonym_activity_id'))
    )
    op.create_table('event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('region_id', sa.Integer(), nullable=True),
    sa.Column('subject_type', sa.String(length=30), nullable=False),
    sa.Column('subject_id', sa.String(length=60), nullable=False),
    sa.Column('action', sa.String(length=40), nullable=False),
    sa.Column('before', JSON, nullable=False),
    sa.Column('after', JSON, nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['actor_id'], ['user.id'], name=op.f('fk_event_actor_id_user')),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_event_region_id_region')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event'))
    )
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_at'), ['at'], unique=False)
        batch_op.create_index('ix_event_subject', ['subject_type', 'subject_id'], unique=False)

    op.create_table('organisation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=160), nullable=False),
    sa.Column('kbo', sa.String(length=10), nullable=False),
    sa.Column('type', sa.Enum('company', 'municipality', 'ocmw', 'agb', 'igs', 'school', 'housing_company', 'vzw', 'social_economy', name='type', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('work_form', sa.Enum('maatwerkbedrijf', 'lokale_dienst', 'ocmw_dienst', 'wijk_werken', 'gob', 'ama', 'geen', name='work_form', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('is_supplier', sa.Boolean(), nullable=False),
    sa.Column('status', sa.Enum('pending', 'approved', 'refused', name='status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('status_reason', sa.Text(), nullable=True),
    sa.Column('nace_code', sa.String(length=7), nullable=True),
    sa.Column('nace_version', sa.String(length=4), nullable=True),
    sa.Column('joint_committee', sa.String(length=12), nullable=True),
    sa.Column('recognition', sa.String(length=160), nullable=True),
    sa.Column('description', sa.Text(), nullable=True),
    sa.Column('website', sa.String(length=200), nullable=True),
    sa.Column('municipality_nis', sa.String(length=5), nullable=True),
    sa.Column('postcode', sa.String(length=4), nullable=True),
    sa.Column('region_id', sa.Integer(), nullable=True),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("nace_version IN ('2003', '2008', '2025')", name=op.f('ck_organisation_nace_version_known')),
    sa.CheckConstraint("trim(name) <> ''", name=op.f('ck_organisation_name_not_empty')),
    sa.CheckConstraint('(nace_code IS NULL) = (nace_version IS NULL)', name=op.f('ck_organisation_nace_code_with_version')),
    sa.CheckConstraint('length(kbo) = 10', name=op.f('ck_organisation_kbo_length')),
    sa.ForeignKeyConstraint(['municipality_nis'], ['municipality.nis'], name=op.f('fk_organisation_municipality_nis_municipality')),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_organisation_region_id_region')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation')),
    sa.UniqueConstraint('kbo', name=op.f('uq_organisation_kbo'))
    )
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisation_municipality_nis'), ['municipality_nis'], unique=False)
        batch_op.create_index(batch_op.f('ix_organisation_region_id'), ['region_id'], unique=False)

    op.create_table('outbox_mail',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('recipient', sa.String(length=254), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_outbox_mail_user_id_user'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_mail'))
    )
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outbox_mail_created_at'), ['created_at'], unique=False)

    op.create_table('place_name',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('folded', sa.String(length=80), nullable=False),
    sa.Column('postcode', sa.String(length=4), nullable=True),
    sa.Column('municipality_nis', sa.String(length=5), nullable=False),
    sa.Column('latitude', sa.Double(), nullable=True),
    sa.Column('longitude', sa.Double(), nullable=True),
    sa.ForeignKeyConstraint(['municipality_nis'], ['municipality.nis'], name=op.f('fk_place_name_municipality_nis_municipality')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_place_name')),
    sa.UniqueConstraint('folded', 'postcode', 'municipality_nis', name=op.f('uq_place_name_folded'))
    )
    with op.batch_alter_table('place_name', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_place_name_folded'), ['folded'], unique=False)
        batch_op.create_index('ix_place_name_postcode', ['postcode'], unique=False)

    op.create_table('region_municipality',
    sa.Column('municipality_nis', sa.String(length=5), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['municipality_nis'], ['municipality.nis'], name=op.f('fk_region_municipality_municipality_nis_municipality')),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_region_municipality_region_id_region')),
    sa.PrimaryKeyConstraint('municipality_nis', name=op.f('pk_region_municipality'))
    )
    with op.batch_alter_table('region_municipality', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_region_municipality_region_id'), ['region_id'], unique=False)

    op.create_table('user_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('coordinator', 'policy_officer', name='role', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('municipality_nis', sa.String(length=5), nullable=True),
    sa.CheckConstraint("role <> 'policy_officer' OR municipality_nis IS NOT NULL", name=op.f('ck_user_role_policy_officer_has_municipality')),
    sa.ForeignKeyConstraint(['municipality_nis'], ['municipality.nis'], name=op.f('fk_user_role_municipality_nis_municipality')),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_user_role_region_id_region')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_user_role_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_role')),
    sa.UniqueConstraint('user_id', 'role', 'region_id', 'municipality_nis', name=op.f('uq_user_role_user_id'))
    )
    with op.batch_alter_table('user_role', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_user_role_region_id'), ['region_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_user_role_user_id'), ['user_id'], unique=False)

    op.create_table('declared_interest',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_declared_interest_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_declared_interest_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declared_interest')),
    sa.UniqueConstraint('user_id', 'organisation_id', name=op.f('uq_declared_interest_user_id'))
    )
    with op.batch_alter_table('declared_interest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_declared_interest_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('membership',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_membership_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_membership_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership')),
    sa.UniqueConstraint('user_id', 'organisation_id', name=op.f('uq_membership_user_id'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('need',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=True),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Enum('enclave', 'service', 'vacancy', 'placement', name='kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('status', sa.Enum('draft', 'published', 'approved', 'withdrawn', name='status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('title', sa.String(length=160), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('municipality_nis', sa.String(length=5), nullable=True),
    sa.Column('postcode', sa.String(length=4), nullable=True),
    sa.Column('start_to_agree', sa.Boolean(), nullable=False),
    sa.Column('duration', sa.String(length=80), nullable=True),
    sa.Column('recurrence', sa.Enum('once', 'seasonal', 'ongoing', name='recurrence', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('urgency', sa.Enum('low', 'normal', 'high', name='urgency', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('budget', sa.String(length=120), nullable=True),
    sa.Column('visibility', sa.Enum('region', 'network', name='visibility', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('core_activity', sa.Boolean(), nullable=True),
    sa.Column('submission_key', sa.String(length=36), nullable=True),
    sa.Column('external_id', sa.String(length=80), nullable=True),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('postponed_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('people_min', sa.Integer(), nullable=True),
    sa.Column('people_max', sa.Integer(), nullable=True),
    sa.Column('hours_per_week', sa.Double(), nullable=True),
    sa.Column('start_date', sa.Date(), nullable=True),
    sa.Column('end_date', sa.Date(), nullable=True),
    sa.Column('certificates', JSON, nullable=False),
    sa.Column('licences', JSON, nullable=False),
    sa.Column('languages', JSON, nullable=False),
    sa.Column('language_level', sa.String(length=2), nullable=True),
    sa.Column('schedule', JSON, nullable=False),
    sa.Column('details', JSON, nullable=False),
    sa.Column('site', sa.Enum('on_site', 'workshop', 'either', name='site', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('phase', sa.Enum('first', 'second', name='phase', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.CheckConstraint("status = 'draft' OR (trim(title) <> '' AND trim(text) <> '' AND municipality_nis IS NOT NULL AND postcode IS NOT NULL AND contact_id IS NOT NULL AND published_at IS NOT NULL AND (start_date IS NOT NULL OR start_to_agree))", name=op.f('ck_need_published_is_complete')),
    sa.CheckConstraint('end_date >= start_date', name=op.f('ck_need_dates_in_order')),
    sa.CheckConstraint('hours_per_week > 0 AND hours_per_week <= 60', name=op.f('ck_need_hours_possible')),
    sa.CheckConstraint('people_max > 0', name=op.f('ck_need_people_max_positive')),
    sa.CheckConstraint('people_max >= people_min', name=op.f('ck_need_people_in_order')),
    sa.CheckConstraint('people_min > 0', name=op.f('ck_need_people_min_positive')),
    sa.ForeignKeyConstraint(['contact_id'], ['user.id'], name=op.f('fk_need_contact_id_user')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_need_created_by_id_user')),
    sa.ForeignKeyConstraint(['municipality_nis'], ['municipality.nis'], name=op.f('fk_need_municipality_nis_municipality')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_need_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_need_region_id_region')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_need')),
    sa.UniqueConstraint('submission_key', name=op.f('uq_need_submission_key'))
    )
    with op.batch_alter_table('need', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_need_external_id'), ['external_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_need_municipality_nis'), ['municipality_nis'], unique=False)
        batch_op.create_index(batch_op.f('ix_need_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index('ix_need_region_status', ['region_id', 'status'], unique=False)
        batch_op.create_index('ix_need_status_revision', ['status', 'revision'], unique=False)

    op.create_table('offer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Enum('enclave_team', 'service', 'profile', 'workplace', name='kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('status', sa.Enum('draft', 'published', 'paused', 'withdrawn', name='status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('title', sa.String(length=160), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('municipality_nis', sa.String(length=5), nullable=True),
    sa.Column('postcode', sa.String(length=4), nullable=True),
    sa.Column('radius_km', sa.Double(), nullable=True),
    sa.Column('pseudonym', sa.String(length=16), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('submission_key', sa.String(length=36), nullable=True),
    sa.Column('external_id', sa.String(length=80), nullable=True),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('people_min', sa.Integer(), nullable=True),
    sa.Column('people_max', sa.Integer(), nullable=True),
    sa.Column('hours_per_week', sa.Double(), nullable=True),
    sa.Column('start_date', sa.Date(), nullable=True),
    sa.Column('end_date', sa.Date(), nullable=True),
    sa.Column('certificates', JSON, nullable=False),
    sa.Column('licences', JSON, nullable=False),
    sa.Column('languages', JSON, nullable=False),
    sa.Column('language_level', sa.String(length=2), nullable=True),
    sa.Column('schedule', JSON, nullable=False),
    sa.Column('details', JSON, nullable=False),
    sa.Column('site', sa.Enum('on_site', 'workshop', 'either', name='site', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('phase', sa.Enum('first', 'second', name='phase', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.CheckConstraint("kind <> 'profile' OR pseudonym IS NOT NULL", name=op.f('ck_offer_profile_has_pseudonym')),
    sa.CheckConstraint("status = 'draft' OR (trim(title) <> '' AND trim(text) <> '' AND municipality_nis IS NOT NULL AND contact_id IS NOT NULL AND published_at IS NOT NULL AND valid_until IS NOT NULL)", name=op.f('ck_offer_published_is_complete')),
    sa.CheckConstraint('end_date >= start_date', name=op.f('ck_offer_dates_in_order')),
    sa.CheckConstraint('hours_per_week > 0 AND hours_per_week <= 60', name=op.f('ck_offer_hours_possible')),
    sa.CheckConstraint('people_max > 0', name=op.f('ck_offer_people_max_positive')),
    sa.CheckConstraint('people_max >= people_min', name=op.f('ck_offer_people_in_order')),
    sa.CheckConstraint('people_min > 0', name=op.f('ck_offer_people_min_positive')),
    sa.CheckConstraint('radius_km > 0 AND radius_km <= 300', name=op.f('ck_offer_radius_possible')),
    sa.ForeignKeyConstraint(['contact_id'], ['user.id'], name=op.f('fk_offer_contact_id_user')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_offer_created_by_id_user')),
    sa.ForeignKeyConstraint(['municipality_nis'], ['municipality.nis'], name=op.f('fk_offer_municipality_nis_municipality')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_offer_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offer')),
    sa.UniqueConstraint('pseudonym', name=op.f('uq_offer_pseudonym')),
    sa.UniqueConstraint('submission_key', name=op.f('uq_offer_submission_key'))
    )
    with op.batch_alter_table('offer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_offer_external_id'), ['external_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_offer_municipality_nis'), ['municipality_nis'], unique=False)
        batch_op.create_index(batch_op.f('ix_offer_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index('ix_offer_status_revision', ['status', 'revision'], unique=False)

    op.create_table('token',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('purpose', sa.Enum('confirm_email', 'reset_password', 'invite', name='purpose', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_token_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_token_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_token')),
    sa.UniqueConstraint('digest', name=op.f('uq_token_digest'))
    )
    op.create_table('match',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('need_id', sa.Integer(), nullable=False),
    sa.Column('offer_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('suggested', 'approved', 'refused', 'set_aside', name='status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('origin', sa.Enum('engine', 'manual', name='origin', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('score', sa.Double(), nullable=False),
    sa.Column('reasons', JSON, nullable=False),
    sa.Column('cautions', JSON, nullable=False),
    sa.Column('weights_version', sa.String(length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_match_need_id_need')),
    sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], name=op.f('fk_match_offer_id_offer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_match')),
    sa.UniqueConstraint('need_id', 'offer_id', name=op.f('uq_match_need_id'))
    )
    with op.batch_alter_table('match', schema=None) as batch_op:
        batch_op.create_index('ix_match_need_status', ['need_id', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_match_offer_id'), ['offer_id'], unique=False)

    op.create_table('need_activity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('need_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.String(length=60), nullable=False),
    sa.Column('origin', sa.Enum('recognised', 'chosen', 'rejected', name='origin', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_need_activity_activity_id_activity')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_need_activity_need_id_need'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_need_activity')),
    sa.UniqueConstraint('need_id', 'activity_id', name=op.f('uq_need_activity_need_id'))
    )
    with op.batch_alter_table('need_activity', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_need_activity_activity_id'), ['activity_id'], unique=False)

    op.create_table('offer_activity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('offer_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.String(length=60), nullable=False),
    sa.Column('origin', sa.Enum('recognised', 'chosen', 'rejected', name='origin', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_offer_activity_activity_id_activity')),
    sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], name=op.f('fk_offer_activity_offer_id_offer'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offer_activity')),
    sa.UniqueConstraint('offer_id', 'activity_id', name=op.f('uq_offer_activity_offer_id'))
    )
    with op.batch_alter_table('offer_activity', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_offer_activity_activity_id'), ['activity_id'], unique=False)

    op.create_table('offer_municipality',
    sa.Column('offer_id', sa.Integer(), nullable=False),
    sa.Column('municipality_nis', sa.String(length=5), nullable=False),
    sa.ForeignKeyConstraint(['municipality_nis'], ['municipality.nis'], name=op.f('fk_offer_municipality_municipality_nis_municipality')),
    sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], name=op.f('fk_offer_municipality_offer_id_offer'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('offer_id', 'municipality_nis', name=op.f('pk_offer_municipality'))
    )
    op.create_table('decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('match_id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('from_status', sa.Enum('suggested', 'approved', 'refused', 'set_aside', name='from_status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('to_status', sa.Enum('suggested', 'approved', 'refused', 'set_aside', name='to_status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('refusal_reason', sa.Enum('wrong_activity', 'too_far', 'no_capacity', 'wrong_period', 'missing_certificate', 'conditions', 'known_problem', 'other', name='refusal_reason', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('words', sa.Text(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=True),
    sa.CheckConstraint("to_status <> 'refused' OR refusal_reason IS NOT NULL", name=op.f('ck_decision_refusal_has_reason')),
    sa.ForeignKeyConstraint(['actor_id'], ['user.id'], name=op.f('fk_decision_actor_id_user')),
    sa.ForeignKeyConstraint(['match_id'], ['match.id'], name=op.f('fk_decision_match_id_match')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision'))
    )
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_decision_match_id'), ['match_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_decision_match_id'))
        batch_op.drop_index(batch_op.f('ix_decision_actor_id'))

    op.drop_table('decision')
    op.drop_table('offer_municipality')
    with op.batch_alter_table('offer_activity', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_offer_activity_activity_id'))

    op.drop_table('offer_activity')
    with op.batch_alter_table('need_activity', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_need_activity_activity_id'))

    op.drop_table('need_activity')
    with op.batch_alter_table('match', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_match_offer_id'))
        batch_op.drop_index('ix_match_need_status')

    op.drop_table('match')
    op.drop_table('token')
    with op.batch_alter_table('offer', schema=None) as batch_op:
        batch_op.drop_index('ix_offer_status_revision')
        batch_op.drop_index(batch_op.f('ix_offer_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_offer_municipality_nis'))
        batch_op.drop_index(batch_op.f('ix_offer_external_id'))

    op.drop_table('offer')
    with op.batch_alter_table('need', schema=None) as batch_op:
        batch_op.drop_index('ix_need_status_revision')
        batch_op.drop_index('ix_need_region_status')
        batch_op.drop_index(batch_op.f('ix_need_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_need_municipality_nis'))
        batch_op.drop_index(batch_op.f('ix_need_external_id'))

    op.drop_table('need')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_membership_organisation_id'))

    op.drop_table('membership')
    with op.batch_alter_table('declared_interest', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_declared_interest_organisation_id'))

    op.drop_table('declared_interest')
    with op.batch_alter_table('user_role', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_user_role_user_id'))
        batch_op.drop_index(batch_op.f('ix_user_role_region_id'))

    op.drop_table('user_role')
    with op.batch_alter_table('region_municipality', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_region_municipality_region_id'))

    op.drop_table('region_municipality')
    with op.batch_alter_table('place_name', schema=None) as batch_op:
        batch_op.drop_index('ix_place_name_postcode')
        batch_op.drop_index(batch_op.f('ix_place_name_folded'))

    op.drop_table('place_name')
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outbox_mail_created_at'))

    op.drop_table('outbox_mail')
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_organisation_region_id'))
        batch_op.drop_index(batch_op.f('ix_organisation_municipality_nis'))

    op.drop_table('organisation')
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_index('ix_event_subject')
        batch_op.drop_index(batch_op.f('ix_event_at'))

    op.drop_table('event')
    op.drop_table('activity_synonym')
    op.drop_table('user')
    op.drop_table('rule')
    op.drop_table('region')
    op.drop_table('municipality')
    with op.batch_alter_table('login_attempt', schema=None) as batch_op:
        batch_op.drop_index('ix_login_attempt_key_at')

    op.drop_table('login_attempt')
    op.drop_table('catalogue_state')
    with op.batch_alter_table('activity', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_activity_cluster'))

    op.drop_table('activity')
