"""Reads of people."""

import datetime as dt
import hashlib

from msgspec import Struct
from sqlalchemy import select

from app.store.models.attempts import Attempt, AttemptEvent, Draft
from app.store.models.drills import Drill
from app.store.models.people import User
from app.store.models.sittings import Sitting, SittingItem
from app.store.session import session


class PersonRow(Struct, frozen=True):
    """A person without secrets. `stamp` changes with the password, so that old sessions end."""

    id: int
    public_id: str
    email: str | None
    name: str
    role: str
    is_guest: bool
    stamp: str


class Credentials(Struct, frozen=True):
    person: PersonRow
    password_hash: str


def by_public_id(public_id: str) -> PersonRow | None:
    """Return the person, or None."""
    return _row(session().execute(select(User).where(User.public_id == public_id)).scalar_one_or_none())


def by_email(email: str) -> Credentials | None:
    """Return a registered person with the hash of the password, or None."""
    user = session().execute(select(User).where(User.email == email.strip().lower())).scalar_one_or_none()
    row = _row(user)
    return Credentials(row, user.password_hash or "") if row is not None and user is not None else None


def idle_guests(since: dt.datetime) -> list[int]:
    """Return the ids of guests who did nothing at `since` or later (UTC)."""
    worked = (
        select(Attempt.id).where(Attempt.user_id == User.id, Attempt.started_at >= since),
        select(Sitting.id).where(Sitting.user_id == User.id, Sitting.started_at >= since),
        select(Drill.id).where(Drill.user_id == User.id, Drill.started_at >= since),
        select(AttemptEvent.id).join(Attempt, Attempt.id == AttemptEvent.attempt_id)
        .where(Attempt.user_id == User.id, AttemptEvent.at >= since),
        select(Draft.step).join(Attempt, Attempt.id == Draft.attempt_id)
        .where(Attempt.user_id == User.id, Draft.saved_at >= since),
        select(SittingItem.id).join(Sitting, Sitting.id == SittingItem.sitting_id)
        .where(Sitting.user_id == User.id, SittingItem.answered_at >= since),
    )
    query = select(User.id).where(User.is_guest, User.created_at < since, *(~rows.exists() for rows in worked))
    return list(session().execute(query.order_by(User.id)).scalars())


def password_hash(user_id: int) -> str | None:
    """Return the hash of a person's password; None for a guest."""
    return session().execute(select(User.password_hash).where(User.id == user_id)).scalar_one_or_none()


def _row(user: User | None) -> PersonRow | None:
    if user is None:
        return None
    stamp = hashlib.sha256((user.password_hash or "guest").encode()).hexdigest()[:16]
    return PersonRow(user.id, user.public_id, user.email, user.name, user.role, user.is_guest, stamp)
