"""The office opens."""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('user_account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=32), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('is_guest', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint("role IN ('learner', 'instructor', 'administrator')", name=op.f('ck_user_account_role_is_known')),
    sa.CheckConstraint('(email IS NULL) = (password_hash IS NULL)', name=op.f('ck_user_account_email_has_password')),
    sa.CheckConstraint('email IS NULL OR email = lower(email)', name=op.f('ck_user_account_email_is_lower_case')),
    sa.CheckConstraint('is_guest = (email IS NULL)', name=op.f('ck_user_account_guest_has_no_email')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_account')),
    sa.UniqueConstraint('email', name=op.f('uq_user_account_email')),
    sa.UniqueConstraint('public_id', name=op.f('uq_user_account_public_id'))
    )
    op.create_table('class',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('instructor_id', sa.Integer(), nullable=False),
    sa.Column('join_code', sa.String(length=16), nullable=False),
    sa.ForeignKeyConstraint(['instructor_id'], ['user_account.id'], name=op.f('fk_class_instructor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_class')),
    sa.UniqueConstraint('join_code', name=op.f('uq_class_join_code')),
    sa.UniqueConstraint('public_id', name=op.f('uq_class_public_id'))
    )
    with op.batch_alter_table('class', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_class_instructor_id'), ['instructor_id'], unique=False)

    op.create_table('sitting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=32), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('mode', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('started_at', sa.DateTime(), nullable=False),
    sa.Column('finished_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint("mode IN ('practice', 'mock')", name=op.f('ck_sitting_mode_is_known')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_sitting_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sitting')),
    sa.UniqueConstraint('public_id', name=op.f('uq_sitting_public_id'))
    )
    with op.batch_alter_table('sitting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sitting_user_id'), ['user_id'], unique=False)

    op.create_table('assignment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=32), nullable=False),
    sa.Column('class_id', sa.Integer(), nullable=False),
    sa.Column('scenario_id', sa.String(length=80), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('opens_at', sa.DateTime(), nullable=True),
    sa.Column('due_at', sa.DateTime(), nullable=True),
    sa.Column('attempts_allowed', sa.Integer(), nullable=False),
    sa.CheckConstraint('attempts_allowed BETWEEN 1 AND 20', name=op.f('ck_assignment_attempts_one_to_twenty')),
    sa.CheckConstraint('opens_at IS NULL OR due_at IS NULL OR opens_at < due_at', name=op.f('ck_assignment_opens_before_due')),
    sa.ForeignKeyConstraint(['class_id'], ['class.id'], name=op.f('fk_assignment_class_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment')),
    sa.UniqueConstraint('public_id', name=op.f('uq_assignment_public_id'))
    )
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assignment_class_id'), ['class_id'], unique=False)

    op.create_table('membership',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('class_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['class_id'], ['class.id'], name=op.f('fk_membership_class_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_membership_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership')),
    sa.UniqueConstraint('class_id', 'user_id', name=op.f('uq_membership_class_id_user_id'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_user_id'), ['user_id'], unique=False)

    op.create_table('sitting_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sitting_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.String(length=120), nullable=False),
    sa.Column('item_version', sa.String(length=40), nullable=False),
    sa.Column('domain', sa.String(length=8), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('order', sa.String(length=80), nullable=False),
    sa.Column('response', sa.Text(), nullable=True),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint('(answered_at IS NULL) = (response IS NULL)', name=op.f('ck_sitting_item_answer_has_a_time')),
    sa.CheckConstraint('position >= 1', name=op.f('ck_sitting_item_position_from_one')),
    sa.CheckConstraint('score IS NULL OR (score >= 0 AND score <= 100)', name=op.f('ck_sitting_item_score_is_percent')),
    sa.ForeignKeyConstraint(['sitting_id'], ['sitting.id'], name=op.f('fk_sitting_item_sitting_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sitting_item')),
    sa.UniqueConstraint('sitting_id', 'position', name=op.f('uq_sitting_item_sitting_id_position'))
    )
    with op.batch_alter_table('sitting_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sitting_item_item_id'), ['item_id'], unique=False)

    op.create_table('attempt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=32), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=True),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('scenario_id', sa.String(length=80), nullable=False),
    sa.Column('duty', sa.String(length=40), nullable=False),
    sa.Column('scenario', sa.Text(), nullable=False),
    sa.Column('seed', sa.String(length=80), nullable=False),
    sa.Column('case', sa.Text(), nullable=False),
    sa.Column('token', sa.Integer(), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.Column('possible', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(), nullable=False),
    sa.Column('finished_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint('ordinal >= 1', name=op.f('ck_attempt_ordinal_from_one')),
    sa.CheckConstraint('points >= 0 AND points <= possible', name=op.f('ck_attempt_points_within_possible')),
    sa.CheckConstraint('token >= 0', name=op.f('ck_attempt_token_counts_up')),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_attempt_assignment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_attempt_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt')),
    sa.UniqueConstraint('assignment_id', 'user_id', 'ordinal', name=op.f('uq_attempt_assignment_id_user_id_ordinal')),
    sa.UniqueConstraint('public_id', name=op.f('uq_attempt_public_id'))
    )
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attempt_scenario_id'), ['scenario_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attempt_user_id'), ['user_id'], unique=False)

    op.create_table('attempt_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('step', sa.String(length=80), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.CheckConstraint("kind IN ('opened', 'hint_taken', 'submitted', 'marked', 'broken', 'finished')", name=op.f('ck_attempt_event_kind_is_known')),
    sa.CheckConstraint('number >= 1', name=op.f('ck_attempt_event_number_from_one')),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_attempt_event_attempt_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt_event')),
    sa.UniqueConstraint('attempt_id', 'number', name=op.f('uq_attempt_event_attempt_id_number'))
    )
    with op.batch_alter_table('attempt_event', schema=None) as batch_op:
        batch_op.create_index('one_submission_a_step', ['attempt_id', 'step'], unique=True, sqlite_where=sa.text("kind = 'submitted'"), postgresql_where=sa.text("kind = 'submitted'"))

    op.create_table('draft',
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.String(length=80), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('other', sa.Text(), nullable=True),
    sa.Column('token', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_draft_attempt_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('attempt_id', 'step', name=op.f('pk_draft'))
    )


def downgrade() -> None:
    op.drop_table('draft')
    with op.batch_alter_table('attempt_event', schema=None) as batch_op:
        batch_op.drop_index('one_submission_a_step', sqlite_where=sa.text("kind = 'submitted'"), postgresql_where=sa.text("kind = 'submitted'"))

    op.drop_table('attempt_event')
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attempt_user_id'))
        batch_op.drop_index(batch_op.f('ix_attempt_scenario_id'))

    op.drop_table('attempt')
    with op.batch_alter_table('sitting_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sitting_item_item_id'))

    op.drop_table('sitting_item')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_membership_user_id'))

    op.drop_table('membership')
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assignment_class_id'))

    op.drop_table('assignment')
    with op.batch_alter_table('sitting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sitting_user_id'))

    op.drop_table('sitting')
    with op.batch_alter_table('class', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_class_instructor_id'))

    op.drop_table('class')
    op.drop_table('user_account')
