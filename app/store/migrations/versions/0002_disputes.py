"""Disputes of marks, and marks given again by a person."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

_KINDS = "kind IN ('opened', 'hint_taken', 'submitted', 'marked', {}'broken', 'finished')"
_NAME = 'ck_attempt_event_kind_is_known'


def upgrade() -> None:
    op.create_table('dispute',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=32), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.String(length=80), nullable=False),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('quote', sa.Text(), nullable=False),
    sa.Column('raised_at', sa.DateTime(), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_by', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint("(outcome = 'open') = (answered_at IS NULL)", name=op.f('ck_dispute_answered_when_settled')),
    sa.CheckConstraint('line >= 0', name=op.f('ck_dispute_line_from_zero')),
    sa.CheckConstraint("outcome IN ('open', 'upheld', 'declined')", name=op.f('ck_dispute_outcome_is_known')),
    sa.ForeignKeyConstraint(['answered_by'], ['user_account.id'], name=op.f('fk_dispute_answered_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_dispute_attempt_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dispute')),
    sa.UniqueConstraint('attempt_id', 'step', 'line', name=op.f('uq_dispute_attempt_id_step_line')),
    sa.UniqueConstraint('public_id', name=op.f('uq_dispute_public_id'))
    )
    with op.batch_alter_table('dispute', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dispute_attempt_id'), ['attempt_id'], unique=False)
    _kinds("'regraded', ")


def downgrade() -> None:
    op.execute("DELETE FROM attempt_event WHERE kind = 'regraded'")
    _kinds("")
    op.drop_table('dispute')


def _kinds(more: str) -> None:
    """Say anew which events there are."""
    with op.batch_alter_table('attempt_event', schema=None) as batch_op:
        batch_op.drop_constraint(op.f(_NAME), type_='check')
        batch_op.create_check_constraint(op.f(_NAME), sa.text(_KINDS.format(more)))
