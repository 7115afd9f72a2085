"""Guests who do not come back are forgotten; everybody else is not."""

import datetime as dt

from sqlalchemy import func, select

from app.actions import accounts, attempts
from app.jobs import guests
from app.store.models.people import User
from app.store.queries import people
from app.store.session import session, utc_now
from tests.conftest import SCENARIO

LATER = utc_now() + dt.timedelta(days=40)


def count():
    return session().execute(select(func.count()).select_from(User)).scalar_one()


def test_an_idle_guest_is_forgotten_with_the_work(app, office):
    guest = people.by_public_id(accounts.make_guest())
    attempts.start(guest.id, office.library.scenarios[SCENARIO], office.codes)
    assert guests.forget_idle_guests(LATER) == 1
    assert count() == 0


def test_a_guest_who_worked_lately_stays(app, office):
    guest = people.by_public_id(accounts.make_guest())
    attempts.start(guest.id, office.library.scenarios[SCENARIO], office.codes, now=LATER - dt.timedelta(days=3))
    assert guests.forget_idle_guests(LATER) == 0


def test_a_registered_person_is_never_forgotten(app, cast):
    before = count()
    assert guests.forget_idle_guests(LATER) == 0
    assert count() == before


def test_one_failure_stops_one(app, monkeypatch):
    first, _ = (people.by_public_id(accounts.make_guest()).id for _ in range(2))
    real = accounts.forget_guest
    monkeypatch.setattr(guests, "forget_guest", lambda id_: 1 / 0 if id_ == first else real(id_))
    assert guests.forget_idle_guests(LATER) == 1
