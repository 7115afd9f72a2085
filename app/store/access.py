"""Who may see what: the only way from an id in an address to a row.

Absent, foreign and withdrawn are the same: `Absent`, which a page shows as 404.
"""

from typing import Any, Protocol

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, or_, select, true

from app.store.models.attempts import Attempt
from app.store.models.disputes import Dispute
from app.store.models.drills import Drill
from app.store.models.people import Assignment, Class, Membership, User
from app.store.models.sittings import Sitting
from app.store.session import session


class Absent(LookupError):
    """There is no such thing, or not for this person."""


class Actor(Protocol):
    """Who asks."""

    @property
    def id(self) -> int: ...
    @property
    def role(self) -> str: ...


class ClassRef(Struct, frozen=True):
    id: int
    public_id: str
    name: str
    join_code: str


class AssignmentRef(Struct, frozen=True):
    id: int
    public_id: str
    class_id: int
    scenario_id: str
    title: str


class OwnedRef(Struct, frozen=True):
    """An attempt, a question session or a drill, and whose it is."""

    id: int
    user_id: int


def klass(actor: Actor, public_id: str) -> ClassRef:
    """Return a class to its instructor, or to an administrator. Raises Absent."""
    query = select(Class.id, Class.public_id, Class.name, Class.join_code).where(Class.public_id == public_id)
    return ClassRef(*_one(query.where(_teaches(actor))))


def assignment(actor: Actor, public_id: str) -> AssignmentRef:
    """Return an assignment to a learner of its class, to its instructor, or to an administrator. Raises Absent."""
    member = select(Membership.id).where(Membership.class_id == Class.id, Membership.user_id == actor.id).exists()
    query = (select(Assignment.id, Assignment.public_id, Assignment.class_id, Assignment.scenario_id, Assignment.title)
             .join(Class, Class.id == Assignment.class_id)
             .where(Assignment.public_id == public_id, or_(member, _teaches(actor))))
    return AssignmentRef(*_one(query))


def attempt(actor: Actor, public_id: str) -> OwnedRef:
    """Return an attempt to its learner; to an instructor when it was made for an assignment of his. Raises Absent."""
    given = (select(Assignment.id).join(Class, Class.id == Assignment.class_id)
             .where(Assignment.id == Attempt.assignment_id, _teaches(actor)).exists())
    query = (select(Attempt.id, Attempt.user_id)
             .where(Attempt.public_id == public_id, or_(Attempt.user_id == actor.id, given)))
    return OwnedRef(*_one(query))


def dispute(actor: Actor, class_id: int, public_id: str) -> int:
    """Return the id of a dispute in that class to its instructor, or to an administrator. Raises Absent."""
    query = (select(Dispute.id).join(Attempt, Attempt.id == Dispute.attempt_id)
             .join(Assignment, Assignment.id == Attempt.assignment_id).join(Class, Class.id == Assignment.class_id)
             .where(Dispute.public_id == public_id, Class.id == class_id, _teaches(actor)))
    return int(_one(query)[0])


def sitting(actor: Actor, public_id: str) -> OwnedRef:
    """Return a question session to the learner whose it is, and to nobody else. Raises Absent."""
    query = select(Sitting.id, Sitting.user_id).where(Sitting.public_id == public_id, Sitting.user_id == actor.id)
    return OwnedRef(*_one(query))


def drill(actor: Actor, public_id: str) -> OwnedRef:
    """Return a speed drill to the learner whose it is, and to nobody else. Raises Absent."""
    query = select(Drill.id, Drill.user_id).where(Drill.public_id == public_id, Drill.user_id == actor.id)
    return OwnedRef(*_one(query))


def teaches(actor: Actor) -> None:
    """Raises Absent unless this person is an instructor or an administrator."""
    if actor.role not in ("instructor", "administrator"):
        raise Absent


def user_exists(user_id: int) -> bool:
    """Return whether there is such a person."""
    return session().execute(select(User.id).where(User.id == user_id)).first() is not None


def _teaches(actor: Actor) -> ColumnElement[bool]:
    if actor.role == "administrator":
        return true()
    return (Class.instructor_id == actor.id) & (true() if actor.role == "instructor" else ~true())


def _one(query: Select[Any]) -> tuple[Any, ...]:
    row = session().execute(query).first()
    if row is None:
        raise Absent
    return tuple(row)
