"""Writing: locked first, committed once, nothing left behind by an error, and durable."""

import datetime as dt
import threading

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, StatementError

from app.actions import accounts
from app.extensions import db
from app.store.models.people import Assignment, Class, Membership, User
from app.store.session import session, utc_now, writing

LIMIT = 3


@pytest.fixture
def tables(bare):
    db.create_all()
    return bare


def person(**changes):
    values = {"public_id": "p", "name": "P", "is_guest": True, "role": "learner", "created_at": utc_now()}
    return User(**{**values, **changes})


def count(table):
    return session().execute(select(func.count()).select_from(table)).scalar_one()


def test_an_error_leaves_nothing_behind(tables):
    with pytest.raises(RuntimeError), writing() as own:
        own.add(person())
        own.flush()
        raise RuntimeError
    assert count(User) == 0


def test_a_request_reads_what_it_wrote(tables):
    assert count(User) == 0  # opens a reading transaction, which would show the old state
    with writing() as own:
        own.add(person())
    assert count(User) == 1


def test_a_limit_holds_when_twenty_ask_at_once(tables):
    """Counting and then inserting is safe, because the lock is taken before the count."""
    accounts.make_guest()
    user = session().execute(select(User.id)).scalar_one()
    db.session.rollback()
    passed, start = [], threading.Barrier(20)

    def ask(number):
        with tables.app_context():
            start.wait()
            with writing() as own:
                own.get(User, user, with_for_update=True)
                if own.execute(select(func.count()).select_from(Class)).scalar_one() < LIMIT:
                    own.add(Class(public_id=f"c{number}", name="C", instructor_id=user, join_code=f"J{number}"))
                    passed.append(number)
            db.session.remove()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == LIMIT
    assert count(Class) == LIMIT


@pytest.mark.parametrize("changes", [
    {"role": "principal"}, {"is_guest": False}, {"email": "a@example.org"},
    {"email": "A@example.org", "password_hash": "x", "is_guest": False}, {"name": None},
], ids=["role", "no address", "guest with an address", "capital letters", "no name"])
def test_the_database_refuses_a_person_who_makes_no_sense(tables, changes):
    with pytest.raises(IntegrityError), writing() as own:
        own.add(person(**changes))


def test_a_learner_is_in_a_class_once(tables):
    with writing() as own:
        own.add(person())
        own.flush()
        own.add(Class(id=1, public_id="c", name="C", instructor_id=1, join_code="J"))
        own.flush()
        own.add(Membership(class_id=1, user_id=1))
    with pytest.raises(IntegrityError), writing() as own:
        own.add(Membership(class_id=1, user_id=1))


def test_nothing_points_to_nowhere(tables):
    with pytest.raises(IntegrityError), writing() as own:
        own.add(Membership(class_id=77, user_id=77))


def test_an_assignment_closes_after_it_opens(tables):
    with writing() as own:
        own.add(person())
        own.flush()
        own.add(Class(id=1, public_id="c", name="C", instructor_id=1, join_code="J"))
    with pytest.raises(IntegrityError), writing() as own:
        own.add(Assignment(public_id="a", class_id=1, scenario_id="s", title="T", opens_at=utc_now(),
                           due_at=utc_now() - dt.timedelta(hours=1)))


def test_a_moment_comes_back_in_utc(tables):
    east = dt.datetime(2026, 4, 1, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=5)))
    with writing() as own:
        own.add(person(created_at=east))
    assert session().execute(select(User.created_at)).scalar_one() == dt.datetime(2026, 4, 1, 4, 30, tzinfo=dt.UTC)


def test_a_moment_without_a_zone_is_refused(tables):
    with pytest.raises(StatementError, match="needs its time zone"), writing() as own:
        own.add(person(created_at=dt.datetime(2026, 4, 1)))


def test_what_was_told_saved_survives_a_power_cut(app):
    with db.engine.connect() as connection:
        asked = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                 for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
