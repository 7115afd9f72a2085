"""Speed drills: which charts were laid on the desk, what was handed in, and when it was received."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import db
from app.store.models.people import User
from app.store.models.types import UtcDateTime


class Drill(db.Model):  # type: ignore[name-defined,misc]
    """One drill of one learner. `kind` is stored whole; whether its time is over is computed, never stored."""

    __tablename__ = "drill"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 1 AND 60", name="minutes_up_to_an_hour"),
        CheckConstraint("stopped_at IS NULL OR stopped_at >= started_at", name="stopped_after_its_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)
    kind_id: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(Text)
    seed: Mapped[str] = mapped_column(String(80))
    minutes: Mapped[int]
    started_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    stopped_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class DrillChart(db.Model):  # type: ignore[name-defined,misc]
    """A chart of a drill. `chart` is what the learner sees and `key` what is right, both as they were at its opening.

    `typed` is the draft. The counts of codes are the mark's, kept for figures over many drills.
    """

    __tablename__ = "drill_chart"
    __table_args__ = (
        UniqueConstraint("drill_id", "position"),
        Index("one_open_chart_a_drill", "drill_id", unique=True,
              sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'")),
        CheckConstraint("state IN ('open', 'handed_in', 'skipped', 'late', 'broken')", name="state_is_known"),
        CheckConstraint("position >= 1", name="position_from_one"),
        CheckConstraint("(state = 'open') = (received_at IS NULL)", name="received_when_not_open"),
        CheckConstraint("(state IN ('handed_in', 'skipped', 'late')) = (mark IS NOT NULL)",
                        name="marked_when_handed_in"),
        CheckConstraint("codes_right >= 0 AND codes_right <= codes_asked", name="right_within_asked"),
        CheckConstraint("codes_extra >= 0", name="extra_from_zero"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    drill_id: Mapped[int] = mapped_column(ForeignKey(Drill.id, ondelete="CASCADE"))
    position: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), default="open")
    chart: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    typed: Mapped[str] = mapped_column(Text, default="{}")
    response: Mapped[str | None] = mapped_column(Text)
    mark: Mapped[str | None] = mapped_column(Text)
    codes_asked: Mapped[int]
    codes_right: Mapped[int] = mapped_column(default=0)
    codes_extra: Mapped[int] = mapped_column(default=0)
    clean: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
