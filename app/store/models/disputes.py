"""Disputes: a learner says that a line of a mark is wrong, and an instructor answers."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import db
from app.store.models.attempts import Attempt
from app.store.models.people import User
from app.store.models.types import UtcDateTime


class Dispute(db.Model):  # type: ignore[name-defined,misc]
    """One dispute a line of a step's mark. `line` counts the lines from 0; `quote` are words of the chart, or ""."""

    __tablename__ = "dispute"
    __table_args__ = (
        UniqueConstraint("attempt_id", "step", "line"),
        CheckConstraint("line >= 0", name="line_from_zero"),
        CheckConstraint("outcome IN ('open', 'upheld', 'declined')", name="outcome_is_known"),
        CheckConstraint("(outcome = 'open') = (answered_at IS NULL)", name="answered_when_settled"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey(Attempt.id, ondelete="CASCADE"), index=True)
    step: Mapped[str] = mapped_column(String(80))
    line: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    quote: Mapped[str] = mapped_column(Text, default="")
    raised_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(20), default="open")
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey(User.id, ondelete="SET NULL"))
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
