"""Reads of people."""

import hashlib

from msgspec import Struct
from sqlalchemy import select

from app.store.models.people import User
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


def password_hash(user_id: int) -> str | None:
    """Return the hash of a person's password; None for a guest."""
    return session().execute(select(User.password_hash).where(User.id == user_id)).scalar_one_or_none()


def _row(user: User | None) -> PersonRow | None:
    if user is None:
        return None
    stamp = hashlib.sha256((user.password_hash or "guest").encode()).hexdigest()[:16]
    return PersonRow(user.id, user.public_id, user.email, user.name, user.role, user.is_guest, stamp)
