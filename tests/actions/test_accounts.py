"""Moving a guest's work, and passwords."""

import threading

import pytest
from sqlalchemy import func, select

from app.actions import accounts
from app.extensions import db
from app.store.models.attempts import Attempt
from app.store.models.people import Class, Membership, User
from app.store.models.sittings import Sitting
from app.store.queries import people
from app.store.session import session, utc_now, writing
from tests.conftest import EMAILS, PASSWORD


@pytest.fixture
def guest(app):
    return people.by_public_id(accounts.make_guest())


def attempt(user_id, *, assignment=None, ordinal=1):
    with writing() as own:
        own.add(Attempt(public_id=f"a{user_id}-{assignment}-{ordinal}", user_id=user_id, assignment_id=assignment,
                        ordinal=ordinal, scenario_id="s", duty="d", scenario="{}", seed="1", case="{}",
                        started_at=utc_now()))


def in_class(user_id, public_id):
    found = session().execute(select(Class.id).where(Class.public_id == public_id)).scalar_one()
    with writing() as own:
        own.add(Membership(class_id=found, user_id=user_id))


def test_a_guest_s_cases_and_questions_move_to_the_account(cast, guest):
    learner = cast.users["learner"]
    attempt(guest.id)
    with writing() as own:
        own.add(Sitting(public_id="q", user_id=guest.id, mode="practice", title="t", started_at=utc_now()))
    accounts.adopt_guest(guest, learner)
    assert session().execute(select(Attempt.user_id)).scalars().all() == [learner]
    assert session().execute(select(Sitting.user_id)).scalars().all() == [learner]


def test_a_guest_s_attempts_at_an_assignment_follow_those_of_the_account(cast, guest):
    learner = cast.users["learner"]
    attempt(learner, assignment=cast.assignment_id)
    attempt(guest.id, assignment=cast.assignment_id)
    accounts.adopt_guest(guest, learner)
    found = session().execute(select(Attempt.user_id, Attempt.ordinal).order_by(Attempt.ordinal)).all()
    assert [tuple(row) for row in found] == [(learner, 1), (learner, 2)]


def test_a_guest_s_classes_move_once(cast, guest):
    stranger = cast.users["other class"]  # in one class already, not in this one
    for person in (guest, people.by_public_id(accounts.make_guest())):
        in_class(person.id, cast.klass)
        accounts.adopt_guest(person, stranger)
        assert session().execute(select(func.count()).select_from(Membership)
                                 .where(Membership.user_id == stranger)).scalar_one() == 2


def test_everything_a_guest_can_own_moves(cast, guest):
    owners = {table.name for table in db.metadata.tables.values() if "user_id" in table.columns}
    known = {"membership", "attempt", "sitting", "drill"}
    assert owners == known, "add a mover to app/actions/accounts.py, then the name here"
    assert len(accounts._MOVERS) == len(owners)


def test_a_registered_person_is_never_adopted(cast):
    learner = people.by_email(EMAILS["learner"]).person
    accounts.adopt_guest(learner, cast.users["classmate"])
    assert people.by_email(EMAILS["learner"]) is not None


def test_a_guest_who_registers_is_the_same_row(guest):
    made = accounts.register("Ann", "ann@example.org", PASSWORD, guest=guest)
    assert made == guest.public_id
    assert people.by_email("ann@example.org").person.id == guest.id


def test_the_stamp_changes_with_the_password(cast):
    before = people.by_email(EMAILS["learner"]).person.stamp
    accounts.change_password(cast.users["learner"], PASSWORD, "another long one")
    assert people.by_email(EMAILS["learner"]).person.stamp != before


def test_a_wrong_old_password_changes_nothing(cast):
    assert not accounts.change_password(cast.users["learner"], "not this one", "another long one")
    assert accounts.sign_in(EMAILS["learner"], PASSWORD) is not None


def test_a_reset_works_only_for_the_password_it_was_made_for(cast):
    stamp = people.by_email(EMAILS["learner"]).person.stamp
    assert accounts.reset_password(EMAILS["learner"], stamp, "the first new one")
    assert not accounts.reset_password(EMAILS["learner"], stamp, "the second new one")
    assert accounts.sign_in(EMAILS["learner"], "the first new one") is not None


def test_no_password_is_hashed_while_the_database_is_locked(cast, monkeypatch):
    seen = []
    plain = accounts._hash

    def watched(password):
        with writing() as own:  # would wait, and then fail, if the caller held the lock
            seen.append(own.execute(select(func.count()).select_from(User)).scalar_one())
        return plain(password)

    monkeypatch.setattr(accounts, "_hash", watched)
    accounts.change_password(cast.users["learner"], PASSWORD, "another long one")
    assert seen


def test_at_most_two_hashes_run_at_once(app, monkeypatch):
    now, most, gate = [], [], threading.Barrier(2, timeout=5)

    class Hasher:
        def hash(self, password):
            now.append(password)
            most.append(len(now))
            gate.wait()
            now.pop()
            return "hash"

    monkeypatch.setattr(accounts, "_hasher", Hasher())
    threads = [threading.Thread(target=accounts._hash, args=(str(i),)) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 2
