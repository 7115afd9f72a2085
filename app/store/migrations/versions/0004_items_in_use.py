"""Figures of items in use, and reports of items."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('item_figure',
    sa.Column('item_id', sa.String(length=120), nullable=False),
    sa.Column('item_version', sa.String(length=40), nullable=False),
    sa.Column('answers', sa.Integer(), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=False),
    sa.Column('biserial', sa.Integer(), nullable=True),
    sa.Column('set_aside_at', sa.DateTime(), nullable=True),
    sa.Column('cleared_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint('biserial IS NULL OR biserial BETWEEN -1000 AND 1000', name=op.f('ck_item_figure_biserial_is_a_correlation')),
    sa.CheckConstraint('percent BETWEEN 0 AND 100', name=op.f('ck_item_figure_percent_is_percent')),
    sa.PrimaryKeyConstraint('item_id', 'item_version', name=op.f('pk_item_figure'))
    )
    op.create_table('item_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=32), nullable=False),
    sa.Column('item_id', sa.String(length=120), nullable=False),
    sa.Column('item_version', sa.String(length=40), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('reporter_id', sa.Integer(), nullable=True),
    sa.Column('about', sa.String(length=20), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('raised_at', sa.DateTime(), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('settled_by', sa.Integer(), nullable=True),
    sa.Column('settled_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint("(outcome = 'open') = (settled_at IS NULL)", name=op.f('ck_item_report_settled_has_a_time')),
    sa.CheckConstraint("about IN ('key', 'unclear', 'outdated', 'other')", name=op.f('ck_item_report_about_is_known')),
    sa.CheckConstraint("outcome IN ('open', 'changed', 'kept')", name=op.f('ck_item_report_outcome_is_known')),
    sa.ForeignKeyConstraint(['reporter_id'], ['user_account.id'], name=op.f('fk_item_report_reporter_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['settled_by'], ['user_account.id'], name=op.f('fk_item_report_settled_by'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_report')),
    sa.UniqueConstraint('item_id', 'item_version', 'reporter_id', name=op.f('uq_item_report_item_id_item_version_reporter_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_item_report_public_id'))
    )
    with op.batch_alter_table('item_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_report_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_item_report_reporter_id'), ['reporter_id'], unique=False)


def downgrade() -> None:
    op.drop_table('item_report')
    op.drop_table('item_figure')
