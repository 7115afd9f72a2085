"""Migrations on a database that is in use: no row is lost, and one that fails changes nothing.

That they equal the models and come down again: `test_databases.py`.
"""

import pytest
from alembic import command
from flask import current_app
from flask_migrate import upgrade
from sqlalchemy import func, inspect, select

from app.actions import accounts, classes
from app.extensions import db
from app.store.models.people import Class, Membership, User
from app.store.session import session, writing
from tests.conftest import PASSWORD


def tables():
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def checks():
    inspector = inspect(db.engine)
    return {check["name"] for table in tables() for check in inspector.get_check_constraints(table)}


def test_migrations_make_every_check_of_the_models(bare):
    upgrade()
    wanted = {constraint.name for table in db.metadata.tables.values() for constraint in table.constraints
              if constraint.__class__.__name__ == "CheckConstraint"}
    assert checks() == wanted


def test_upgrading_twice_changes_nothing(bare):
    upgrade()
    upgrade()
    assert tables() == set(db.metadata.tables)


@pytest.fixture
def filled(bare):
    upgrade()
    accounts.register("Ines", "ines@example.org", PASSWORD, role="instructor")
    accounts.register("Lee", "lee@example.org", PASSWORD)
    people = {row.email: row.id for row in session().execute(select(User.email, User.id))}
    classes.open_class(people["ines@example.org"], "HIT 210")
    found = session().execute(select(Class.id)).scalar_one()
    with writing() as own:
        own.add(Membership(class_id=found, user_id=people["lee@example.org"]))
    db.session.remove()
    return bare


# A migration that somebody may write next: the table that others point to is made anew.
_NEXT = '''
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "next", "{head}", None, None

def upgrade():
    with op.batch_alter_table("user_account", recreate="{recreate}") as batch:
        batch.add_column(sa.Column("pronouns", sa.String(40)))
    {more}

def downgrade():
    with op.batch_alter_table("user_account") as batch:
        batch.drop_column("pronouns")
'''


def migrate_further(tmp_path, **changes):
    """Upgrade by one more migration, kept beside the real ones for this test only."""
    config = current_app.extensions["migrate"].migrate.get_config()
    real = config.get_main_option("script_location") + "/versions"
    (tmp_path / "next.py").write_text(_NEXT.format(head="0004", **{"recreate": "always", "more": "", **changes}))
    config.set_main_option("version_locations", f"{real} {tmp_path}")
    config.set_main_option("path_separator", "space")
    command.upgrade(config, "head")


def test_a_migration_that_makes_a_table_anew_keeps_the_rows_that_point_to_it(filled, tmp_path):
    migrate_further(tmp_path, recreate="always" if db.engine.dialect.name == "sqlite" else "never")
    assert session().execute(select(func.count()).select_from(Membership)).scalar_one() == 1
    assert session().execute(select(func.count()).select_from(Class)).scalar_one() == 1


def test_a_migration_that_fails_changes_nothing(filled, tmp_path):
    with pytest.raises(ZeroDivisionError):
        migrate_further(tmp_path, recreate="auto", more="1 / 0")
    assert "pronouns" not in {column["name"] for column in inspect(db.engine).get_columns("user_account")}


def test_a_migration_that_leaves_orphans_is_refused(filled, tmp_path):
    with pytest.raises(Exception, match=r"point to nothing|violates foreign key"):
        migrate_further(tmp_path, recreate="auto", more='op.execute("DELETE FROM user_account")')
    assert session().execute(select(func.count()).select_from(User)).scalar_one() == 2


def test_foreign_keys_are_asked_for_again_afterwards(filled, tmp_path):
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
