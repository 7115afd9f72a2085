"""The same promises on SQLite and on a real PostgreSQL: migrations, races."""

import threading

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, inspect, select

from app.actions import accounts, attempts, classes, drills
from app.extensions import db
from app.factory import create_app
from app.learning.drill import kinds
from app.store.models.attempts import Attempt
from app.store.models.drills import Drill
from app.store.models.people import Assignment, Class, Membership, User
from app.store.queries import attempts as reads
from app.store.queries import drills as drill_reads
from app.store.queries import progress
from app.store.session import session, utc_now, writing
from tests.conftest import PASSWORD, SCENARIO, settings_for
from tests.store.postgres import server

pytestmark = pytest.mark.xdist_group("databases")


@pytest.fixture(scope="module")
def postgres(tmp_path_factory):
    with server(tmp_path_factory.mktemp("postgres")) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def migrated(request, tmp_path):
    """An application whose database was made by the migrations alone."""
    url = f"sqlite:///{tmp_path / 'm.sqlite'}" if request.param == "sqlite" else request.getfixturevalue("postgres")
    app = create_app(settings_for(tmp_path, database_url=url))
    with app.app_context():
        upgrade()
        yield app
        db.session.remove()
        downgrade(revision="base")
        db.engine.dispose()


def fill(app):
    office = app.extensions["office"]
    accounts.register("Teacher", "teacher@example.org", PASSWORD, role="instructor")
    accounts.register("Student", "student@example.org", PASSWORD)
    ids = {row.email: row.id for row in session().execute(select(User.email, User.id))}
    classes.open_class(ids["teacher@example.org"], "HIT 210")
    class_id = session().execute(select(Class.id)).scalar_one()
    with writing() as own:
        own.add(Membership(class_id=class_id, user_id=ids["student@example.org"]))
    classes.give(class_id, office.library.scenarios[SCENARIO], "Week 1", attempts_allowed=3)
    return ids["student@example.org"], session().execute(select(Assignment.id)).scalar_one()


def test_the_migrations_make_what_the_models_say(migrated):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), db.metadata) == []


def test_a_filled_database_goes_down_and_up_again(migrated):
    fill(migrated)
    db.session.remove()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert "attempt" in inspect(db.engine).get_table_names()


def test_a_case_is_worked_and_shown_at_home(migrated):
    student, assignment = fill(migrated)
    office = migrated.extensions["office"]
    public = attempts.start(student, office.library.scenarios[SCENARIO], office.codes, assignment_id=assignment)
    row = session().execute(select(Attempt.id).where(Attempt.public_id == public)).scalar_one()
    for _ in office.library.scenarios[SCENARIO].steps:
        attempts.hand_in(row, reads.loaded(row).state.current.spec.id, {})
        db.session.rollback()
    assert reads.loaded(row).state.finished
    assert [due.best for due in progress.due(student)] == [0]
    assert [done.percent for done in progress.recent(student)] == [0]


def test_a_drill_is_counted_alike(migrated):
    student, now = fill(migrated)[0], utc_now()
    public = drills.start(student, kinds()["short"], received=now).public_id
    row = session().execute(select(Drill.id).where(Drill.public_id == public)).scalar_one()
    drills.hand_in(row, 1, {"codes": ["I10"]}, migrated.extensions["office"].codes, received=now)
    drills.skip(row, 2, received=now)
    assert drills.start(student, kinds()["short"], received=now).public_id == public
    db.session.rollback()
    told = drill_reads.of_user(student, now)[0].figures
    assert (told.coded, told.skipped, told.right) == (1, 1, 0)
    assert drill_reads.open_chart(row).position == 3


def test_a_limit_of_three_holds_against_twenty_at_once(migrated):
    student, assignment = fill(migrated)
    office, results = migrated.extensions["office"], []
    scenario, codes = office.library.scenarios[SCENARIO], office.codes
    db.session.rollback()

    def run():
        with migrated.app_context():
            try:
                results.append(attempts.start(student, scenario, codes, assignment_id=assignment))
            except attempts.Refused as refusal:
                results.append(str(refusal))
            db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 20
    assert session().execute(select(func.count()).select_from(Attempt)).scalar_one() == 3
