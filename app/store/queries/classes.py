"""Reads of classes: what an instructor sees first, and the gradebook of one class."""

import datetime as dt

from msgspec import Struct
from sqlalchemy import func, select

from app.learning.attempt import whole_percent
from app.store.models.attempts import Attempt
from app.store.models.disputes import Dispute
from app.store.models.people import Assignment, Class, Membership, User
from app.store.models.sittings import Sitting, SittingItem
from app.store.session import session


class ClassRow(Struct, frozen=True):
    public_id: str
    name: str
    join_code: str
    students: int
    assignments: int
    disputes: int  # that wait for an answer


class AssignmentRow(Struct, frozen=True):
    id: int
    public_id: str
    title: str
    scenario_id: str
    opens_at: dt.datetime | None
    due_at: dt.datetime | None
    attempts_allowed: int


class Cell(Struct, frozen=True):
    """A student's best finished attempt at an assignment; `percent` None: only under way."""

    attempt_id: str
    percent: int | None
    attempts: int


class StudentRow(Struct, frozen=True):
    """A line of the gradebook. `cells` by assignment id; scenarios and questions count all practice as well."""

    name: str
    email: str
    last_seen_at: dt.datetime | None
    scenarios: int
    questions: int
    cells: dict[int, Cell]


def of_instructor(user_id: int, *, everyone: bool = False) -> list[ClassRow]:
    """Return the classes of an instructor; `everyone`: of all, for an administrator."""
    students = select(func.count()).where(Membership.class_id == Class.id).scalar_subquery()
    given = select(func.count()).where(Assignment.class_id == Class.id).scalar_subquery()
    waiting = (select(func.count(Dispute.id)).join(Attempt, Attempt.id == Dispute.attempt_id)
               .join(Assignment, Assignment.id == Attempt.assignment_id)
               .where(Assignment.class_id == Class.id, Dispute.outcome == "open").scalar_subquery())
    query = (select(Class.public_id, Class.name, Class.join_code, students, given, waiting)
             .order_by(Class.name, Class.id))
    if not everyone:
        query = query.where(Class.instructor_id == user_id)
    return [ClassRow(*row) for row in session().execute(query)]


def of_learner(user_id: int) -> list[str]:
    """Return the names of the classes a learner is in."""
    return list(session().execute(
        select(Class.name).join(Membership, Membership.class_id == Class.id)
        .where(Membership.user_id == user_id).order_by(Class.name)).scalars())


def assignments(class_id: int) -> list[AssignmentRow]:
    """Return a class's assignments, the next due first."""
    rows = session().execute(
        select(Assignment.id, Assignment.public_id, Assignment.title, Assignment.scenario_id, Assignment.opens_at,
               Assignment.due_at, Assignment.attempts_allowed)
        .where(Assignment.class_id == class_id)
        .order_by(Assignment.due_at.is_(None), Assignment.due_at, Assignment.id))
    return [AssignmentRow(*row) for row in rows]


def gradebook(class_id: int) -> list[StudentRow]:
    """Return a line a student, by name, in four queries however many students there are."""
    members = session().execute(
        select(User.id, User.name, User.email, User.last_seen_at)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.class_id == class_id).order_by(User.name, User.id)).all()
    ids = [row[0] for row in members]
    cells = _cells(class_id)
    scenarios = dict(session().execute(
        select(Attempt.user_id, func.count()).where(Attempt.user_id.in_(ids), Attempt.finished_at.is_not(None))
        .group_by(Attempt.user_id)).all())
    questions = dict(session().execute(
        select(Sitting.user_id, func.count()).join(SittingItem, SittingItem.sitting_id == Sitting.id)
        .where(Sitting.user_id.in_(ids), SittingItem.answered_at.is_not(None)).group_by(Sitting.user_id)
    ).all())
    return [StudentRow(name, email or "", seen, scenarios.get(id_, 0), questions.get(id_, 0), cells.get(id_, {}))
            for id_, name, email, seen in members]


def _cells(class_id: int) -> dict[int, dict[int, Cell]]:
    rows = session().execute(
        select(Attempt.user_id, Attempt.assignment_id, Attempt.public_id, Attempt.points, Attempt.possible,
               Attempt.finished_at)
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .where(Assignment.class_id == class_id).order_by(Attempt.id))
    found: dict[int, dict[int, Cell]] = {}
    for user_id, assignment_id, public_id, points, possible, finished in rows:
        percent = whole_percent(points, possible) if finished else None
        mine = found.setdefault(user_id, {})
        before = mine.get(assignment_id)
        made = (before.attempts if before else 0) + 1
        better = before is None or (percent is not None and (before.percent is None or percent > before.percent))
        mine[assignment_id] = (Cell(public_id, percent, made) if better or before is None
                               else Cell(before.attempt_id, before.percent, made))
    return found
