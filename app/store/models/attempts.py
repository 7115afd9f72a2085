"""Attempts at scenarios: the stored case, an append-only list of events, and drafts that are never marked."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import db
from app.store.models.people import User
from app.store.models.types import UtcDateTime


class Attempt(db.Model):  # type: ignore[name-defined,misc]
    """One learner at one scenario. `scenario` and `case` are stored whole: marking reads nothing else.

    `points` and `possible` (hundredths of a mark) are what the events fold to, kept for lists; `ordinal` counts the
    attempts at an assignment, so that its limit holds under races.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("assignment_id", "user_id", "ordinal"),
        CheckConstraint("points >= 0 AND points <= possible", name="points_within_possible"),
        CheckConstraint("token >= 0", name="token_counts_up"),
        CheckConstraint("ordinal >= 1", name="ordinal_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"))
    ordinal: Mapped[int] = mapped_column(default=1)
    scenario_id: Mapped[str] = mapped_column(String(80), index=True)
    duty: Mapped[str] = mapped_column(String(40))
    scenario: Mapped[str] = mapped_column(Text)
    seed: Mapped[str] = mapped_column(String(80))
    case: Mapped[str] = mapped_column(Text)
    token: Mapped[int] = mapped_column(default=0)
    points: Mapped[int] = mapped_column(default=0)
    possible: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class AttemptEvent(db.Model):  # type: ignore[name-defined,misc]
    """Something that happened in an attempt. Rows are only ever added."""

    __tablename__ = "attempt_event"
    __table_args__ = (
        UniqueConstraint("attempt_id", "number"),
        Index("one_submission_a_step", "attempt_id", "step", unique=True,
              sqlite_where=text("kind = 'submitted'"), postgresql_where=text("kind = 'submitted'")),
        CheckConstraint("kind IN ('opened', 'hint_taken', 'submitted', 'marked', 'regraded', 'broken', 'finished')",
                        name="kind_is_known"),
        CheckConstraint("number >= 1", name="number_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey(Attempt.id, ondelete="CASCADE"))
    number: Mapped[int]
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str] = mapped_column(String(20))
    step: Mapped[str] = mapped_column(String(80), default="")
    body: Mapped[str] = mapped_column(Text)


class Draft(db.Model):  # type: ignore[name-defined,misc]
    """What was typed and not handed in: the raw posted fields of one step, never marked, never thrown away.

    `other` keeps what a second tab saved on top of an older copy, so that both can be shown.
    """

    __tablename__ = "draft"

    attempt_id: Mapped[int] = mapped_column(ForeignKey(Attempt.id, ondelete="CASCADE"), primary_key=True)
    step: Mapped[str] = mapped_column(String(80), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    other: Mapped[str | None] = mapped_column(Text)
    token: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
