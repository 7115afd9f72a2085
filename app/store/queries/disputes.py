"""Reads of disputes, as typed rows."""

import datetime as dt

from msgspec import Struct
from sqlalchemy import func, select

from app.learning.contract import LineMark
from app.store.models.attempts import Attempt
from app.store.models.disputes import Dispute
from app.store.models.people import Assignment, User
from app.store.queries.attempts import loaded
from app.store.session import session


class DisputeRow(Struct, frozen=True):
    """A dispute as the learner and the instructor see it."""

    public_id: str
    line: int
    reason: str
    quote: str
    raised_at: dt.datetime
    outcome: str
    answer: str
    answered_at: dt.datetime | None


class ClassDispute(Struct, frozen=True):
    """A dispute on an instructor's list, with the line it is about."""

    row: DisputeRow
    attempt: str
    step: str
    student: str
    assignment: str
    title: str
    mark: LineMark


def of_step(attempt_id: int, step: str) -> dict[int, DisputeRow]:
    """Return the disputes of a step by the line they are about."""
    rows = session().execute(select(Dispute).where(Dispute.attempt_id == attempt_id, Dispute.step == step)).scalars()
    return {row.line: _row(row) for row in rows}


def of_class(class_id: int) -> list[ClassDispute]:
    """Return the disputes of a class: the open ones first, the oldest first among them."""
    rows = session().execute(
        select(Dispute, Attempt.id, Attempt.public_id, User.name, Assignment.title)
        .join(Attempt, Attempt.id == Dispute.attempt_id).join(User, User.id == Attempt.user_id)
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .where(Assignment.class_id == class_id)
        .order_by(Dispute.outcome != "open", Dispute.raised_at, Dispute.id)).all()
    found = []
    for dispute, attempt_id, public_id, student, assignment in rows:
        state = loaded(attempt_id).state.step(dispute.step)
        if state is not None and state.mark is not None:
            found.append(ClassDispute(_row(dispute), public_id, dispute.step, student, assignment, state.spec.title,
                                      state.mark.lines[dispute.line]))
    return found


def open_in_class(class_id: int) -> int:
    """Return how many disputes of a class wait for an answer."""
    return session().execute(
        select(func.count()).select_from(Dispute).join(Attempt, Attempt.id == Dispute.attempt_id)
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .where(Assignment.class_id == class_id, Dispute.outcome == "open")).scalar_one()


def _row(row: Dispute) -> DisputeRow:
    return DisputeRow(row.public_id, row.line, row.reason, row.quote, row.raised_at, row.outcome, row.answer,
                      row.answered_at)
