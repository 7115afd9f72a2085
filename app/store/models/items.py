"""What use tells of an item: its figures, and what learners report of it."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import db
from app.store.models.people import User
from app.store.models.types import UtcDateTime


class ItemFigure(db.Model):  # type: ignore[name-defined,misc]
    """The figures of one version of an item, as they were when somebody last finished a session with it.

    `percent` is the mean score, `biserial` in thousandths. `set_aside_at`: since when the item is not asked;
    `cleared_at`: when somebody looked at its key and found it right, so that it is asked whatever its figures.
    """

    __tablename__ = "item_figure"
    __table_args__ = (
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_is_percent"),
        CheckConstraint("biserial IS NULL OR biserial BETWEEN -1000 AND 1000", name="biserial_is_a_correlation"),
    )

    item_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    item_version: Mapped[str] = mapped_column(String(40), primary_key=True)
    answers: Mapped[int]
    percent: Mapped[int]
    biserial: Mapped[int | None]
    set_aside_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    cleared_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class ItemReport(db.Model):  # type: ignore[name-defined,misc]
    """A learner says that something is wrong with an item; an instructor settles it, with the change it caused.

    `body` is the item as the learner saw it. A learner reports a version of an item once.
    """

    __tablename__ = "item_report"
    __table_args__ = (
        UniqueConstraint("item_id", "item_version", "reporter_id"),
        CheckConstraint("outcome IN ('open', 'changed', 'kept')", name="outcome_is_known"),
        CheckConstraint("(outcome = 'open') = (settled_at IS NULL)", name="settled_has_a_time"),
        CheckConstraint("about IN ('key', 'unclear', 'outdated', 'other')", name="about_is_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    item_id: Mapped[str] = mapped_column(String(120), index=True)
    item_version: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(Text)
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey(User.id, ondelete="SET NULL"), index=True)
    about: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    raised_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(20), default="open")
    answer: Mapped[str] = mapped_column(Text, default="")
    settled_by: Mapped[int | None] = mapped_column(ForeignKey(User.id, ondelete="SET NULL"))
    settled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
