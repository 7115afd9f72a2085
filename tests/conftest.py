"""A small office for the tests: a fresh database each, cheap password hashes, people of every role."""

import contextvars
import shutil

import pytest
from flask.testing import FlaskClient
from msgspec import Struct
from sqlalchemy import select

from app.actions import accounts, classes
from app.config import ROOT, Settings
from app.extensions import db
from app.factory import create_app
from app.store.models.people import Assignment, Class, Membership, User
from app.store.session import session, writing
from tests.codes import built_index

PASSWORD = "correct horse battery"
SCENARIO = "verify-a-visit"


def settings_for(folder, **changes):
    values = {"instance": folder, "secret_key": "t" * 40, "database_url": f"sqlite:///{folder / 'test.sqlite'}",
              "codes": built_index(), "root": ROOT, "testing": True, "hash_cost": (1, 8)}
    return Settings(**{**values, **changes})


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory):
    """Tables made once a run; each test works on a copy."""
    folder = tmp_path_factory.mktemp("empty")
    app = create_app(settings_for(folder))
    with app.app_context():
        db.create_all()
        db.session.remove()
        db.engine.dispose()
    return folder / "test.sqlite"


class Browser(FlaskClient):
    """A browser of its own: each request in a fresh context, as on a server. Inside the context that a test holds open,
    the person of the first request would be remembered for every browser after it."""

    def open(self, *args, **kwargs):
        db.session.rollback()  # what the test reads next is what the request wrote
        return contextvars.Context().run(super().open, *args, **kwargs)


@pytest.fixture
def app(tmp_path, empty_database):
    shutil.copy(empty_database, tmp_path / "test.sqlite")
    made = create_app(settings_for(tmp_path))
    made.config["WTF_CSRF_ENABLED"] = False
    made.test_client_class = Browser
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def office(app):
    return app.extensions["office"]


class Cast(Struct):
    """Everybody a page must know apart. Ids of users; public ids of things."""

    users: dict[str, int]
    klass: str
    assignment: str
    assignment_id: int


EMAILS = {name: f"{name.replace(' ', '-')}@example.org" for name in (
    "learner", "classmate", "other class", "instructor", "other instructor", "administrator")}


@pytest.fixture
def cast(app, office):
    for name, email in EMAILS.items():
        role = "administrator" if name == "administrator" else "instructor" if "instructor" in name else "learner"
        accounts.register(name.title(), email, PASSWORD, role=role)
    users = {row.email: row.id for row in session().execute(select(User.email, User.id))}
    ids = {name: users[email] for name, email in EMAILS.items()}
    mine = classes.open_class(ids["instructor"], "HIT 210")
    other = classes.open_class(ids["other instructor"], "HIT 220")
    numbers = {row.public_id: row.id for row in session().execute(select(Class.public_id, Class.id))}
    with writing() as own:
        own.add_all(Membership(class_id=numbers[mine], user_id=ids[name]) for name in ("learner", "classmate"))
        own.add(Membership(class_id=numbers[other], user_id=ids["other class"]))
    given = classes.give(numbers[mine], office.library.scenarios[SCENARIO], "Week 1", attempts_allowed=2)
    assignment_id = session().execute(select(Assignment.id).where(Assignment.public_id == given)).scalar_one()
    db.session.rollback()
    return Cast(ids, mine, given, assignment_id)


@pytest.fixture
def browse(app):
    """`browse("learner")` is a client signed in as that person; `browse("guest")`, `browse("nobody")`."""
    def as_(name):
        client = app.test_client()
        if name == "guest":
            client.post("/guest")
        elif name != "nobody":
            answer = client.post("/sign-in", data={"email": EMAILS[name], "password": PASSWORD})
            assert answer.status_code == 302, answer.text
        return client

    return as_
