"""Question sessions: which items were drawn, in what form, and what was answered."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import db
from app.store.models.people import User
from app.store.models.types import UtcDateTime


class Sitting(db.Model):  # type: ignore[name-defined,misc]
    """One session of questions. `mode` is how they are asked: practice explains each at once."""

    __tablename__ = "sitting"
    __table_args__ = (CheckConstraint("mode IN ('practice', 'mock')", name="mode_is_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)
    mode: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(120))
    started_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class SittingItem(db.Model):  # type: ignore[name-defined,misc]
    """An item as it was drawn, stored whole so that it stays readable after the bank changes; and its answer.

    `order` is the seed of the order of options. `score` is 0 to 100.
    """

    __tablename__ = "sitting_item"
    __table_args__ = (
        UniqueConstraint("sitting_id", "position"),
        CheckConstraint("position >= 1", name="position_from_one"),
        CheckConstraint("score IS NULL OR (score >= 0 AND score <= 100)", name="score_is_percent"),
        CheckConstraint("(answered_at IS NULL) = (response IS NULL)", name="answer_has_a_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey(Sitting.id, ondelete="CASCADE"))
    position: Mapped[int]
    item_id: Mapped[str] = mapped_column(String(120), index=True)
    item_version: Mapped[str] = mapped_column(String(40))
    domain: Mapped[str] = mapped_column(String(8))
    body: Mapped[str] = mapped_column(Text)
    order: Mapped[str] = mapped_column(String(80))
    response: Mapped[str | None] = mapped_column(Text)
    score: Mapped[int | None]
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
