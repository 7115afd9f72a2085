"""People, classes, and what is assigned to them."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import db
from app.store.models.types import UtcDateTime


class User(db.Model):  # type: ignore[name-defined,misc]
    """A person who signs in, or a guest who has not told a name yet (no email, no password)."""

    __tablename__ = "user_account"
    __table_args__ = (
        CheckConstraint("role IN ('learner', 'instructor', 'administrator')", name="role_is_known"),
        CheckConstraint("is_guest = (email IS NULL)", name="guest_has_no_email"),
        CheckConstraint("(email IS NULL) = (password_hash IS NULL)", name="email_has_password"),
        CheckConstraint("email IS NULL OR email = lower(email)", name="email_is_lower_case"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20), default="learner")
    is_guest: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class Class(db.Model):  # type: ignore[name-defined,misc]
    """A class of one instructor. Learners join by its code."""

    __tablename__ = "class"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    instructor_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    join_code: Mapped[str] = mapped_column(String(16), unique=True)


class Membership(db.Model):  # type: ignore[name-defined,misc]
    """A learner in a class."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("class_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey(Class.id, ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)


class Assignment(db.Model):  # type: ignore[name-defined,misc]
    """A scenario that a class is to work, between two moments, so many times at most."""

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("attempts_allowed BETWEEN 1 AND 20", name="attempts_one_to_twenty"),
        CheckConstraint("opens_at IS NULL OR due_at IS NULL OR opens_at < due_at", name="opens_before_due"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    class_id: Mapped[int] = mapped_column(ForeignKey(Class.id, ondelete="CASCADE"), index=True)
    scenario_id: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(120))
    opens_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    attempts_allowed: Mapped[int] = mapped_column(default=3)
