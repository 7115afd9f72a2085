"""Speed drills and their charts."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('drill',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=32), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('kind_id', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('seed', sa.String(length=80), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(), nullable=False),
    sa.Column('stopped_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint('minutes BETWEEN 1 AND 60', name=op.f('ck_drill_minutes_up_to_an_hour')),
    sa.CheckConstraint('stopped_at IS NULL OR stopped_at >= started_at', name=op.f('ck_drill_stopped_after_its_start')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_drill_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_drill')),
    sa.UniqueConstraint('public_id', name=op.f('uq_drill_public_id'))
    )
    with op.batch_alter_table('drill', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_drill_user_id'), ['user_id'], unique=False)

    op.create_table('drill_chart',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('drill_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('chart', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('typed', sa.Text(), nullable=False),
    sa.Column('response', sa.Text(), nullable=True),
    sa.Column('mark', sa.Text(), nullable=True),
    sa.Column('codes_asked', sa.Integer(), nullable=False),
    sa.Column('codes_right', sa.Integer(), nullable=False),
    sa.Column('codes_extra', sa.Integer(), nullable=False),
    sa.Column('clean', sa.Boolean(), nullable=False),
    sa.Column('opened_at', sa.DateTime(), nullable=False),
    sa.Column('received_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint("(state = 'open') = (received_at IS NULL)", name=op.f('ck_drill_chart_received_when_not_open')),
    sa.CheckConstraint("(state IN ('handed_in', 'skipped', 'late')) = (mark IS NOT NULL)", name=op.f('ck_drill_chart_marked_when_handed_in')),
    sa.CheckConstraint("state IN ('open', 'handed_in', 'skipped', 'late', 'broken')", name=op.f('ck_drill_chart_state_is_known')),
    sa.CheckConstraint('codes_extra >= 0', name=op.f('ck_drill_chart_extra_from_zero')),
    sa.CheckConstraint('codes_right >= 0 AND codes_right <= codes_asked', name=op.f('ck_drill_chart_right_within_asked')),
    sa.CheckConstraint('position >= 1', name=op.f('ck_drill_chart_position_from_one')),
    sa.ForeignKeyConstraint(['drill_id'], ['drill.id'], name=op.f('fk_drill_chart_drill_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_drill_chart')),
    sa.UniqueConstraint('drill_id', 'position', name=op.f('uq_drill_chart_drill_id_position'))
    )
    with op.batch_alter_table('drill_chart', schema=None) as batch_op:
        batch_op.create_index('one_open_chart_a_drill', ['drill_id'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))


def downgrade() -> None:
    op.drop_table('drill_chart')
    op.drop_table('drill')
