"""Coming in: guests, registration, signing in, passwords, joining a class."""

import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.store.models.attempts import Attempt
from app.store.models.drills import Drill
from app.store.models.people import Class, Membership, User
from app.store.models.sittings import Sitting
from app.store.queries.people import PersonRow, by_email, password_hash
from app.store.session import utc_now, writing

SHORTEST = 10  # characters of a password
_AT_ONCE = threading.BoundedSemaphore(2)  # a hash takes 64 MiB: never many together
_hasher = PasswordHasher()


class Taken(Exception):
    """There is an account with this address already."""


def use_hash_cost(time_cost: int, memory_kib: int) -> None:
    """Set how dear a hash is (tests make it cheap)."""
    global _hasher
    _hasher = PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=1)


def make_guest() -> str:
    """Make a guest and return the public id. The same row becomes the account on registering."""
    with writing() as session:
        user = User(public_id=secrets.token_urlsafe(12), name="Guest", is_guest=True, role="learner",
                    created_at=utc_now(), last_seen_at=utc_now())
        session.add(user)
        session.flush()
        return str(user.public_id)


def register(name: str, email: str, password: str, *, guest: PersonRow | None = None, role: str = "learner") -> str:
    """Register and return the public id. A guest's own row, with all its work, becomes the account. Raises Taken."""
    hashed = _hash(password)
    try:
        with writing() as session:
            user = session.get(User, guest.id) if guest is not None and guest.is_guest else None
            if user is None:
                user = User(public_id=secrets.token_urlsafe(12), role=role, created_at=utc_now())
                session.add(user)
            user.name, user.email, user.password_hash, user.is_guest = name, email.strip().lower(), hashed, False
            user.last_seen_at = utc_now()
            session.flush()
            return str(user.public_id)
    except IntegrityError:
        raise Taken from None


def sign_in(email: str, password: str) -> PersonRow | None:
    """Return the person, or None. An unknown address takes as long as a wrong password."""
    found = by_email(email)
    if not _verify(found.password_hash if found else _decoy(), password) or found is None:
        return None
    with writing() as session:
        session.execute(update(User).where(User.id == found.person.id).values(last_seen_at=utc_now()))
    return found.person


def adopt_guest(guest: PersonRow, user_id: int) -> None:
    """Move a guest's work to the account that was signed in to, and forget the guest."""
    if not guest.is_guest or guest.id == user_id:
        return
    with writing() as session:
        session.execute(select(User.id).where(User.id.in_((guest.id, user_id))).order_by(User.id).with_for_update())
        for move in _MOVERS:
            move(session, guest.id, user_id)
        session.execute(delete(User).where(User.id == guest.id))


def _move_classes(session: Session, guest_id: int, user_id: int) -> None:
    mine = select(Membership.class_id).where(Membership.user_id == user_id)
    session.execute(update(Membership).where(Membership.user_id == guest_id, Membership.class_id.not_in(mine))
                    .values(user_id=user_id).execution_options(synchronize_session=False))


def _move_attempts(session: Session, guest_id: int, user_id: int) -> None:
    """At an assignment both worked, the guest's attempts are counted after the account's own: no work is lost."""
    own = dict(session.execute(select(Attempt.assignment_id, func.max(Attempt.ordinal))
                               .where(Attempt.user_id == user_id).group_by(Attempt.assignment_id)).all())
    for attempt in session.execute(select(Attempt).where(Attempt.user_id == guest_id)).scalars():
        if attempt.assignment_id is not None:
            attempt.ordinal += own.get(attempt.assignment_id, 0)
        attempt.user_id = user_id
    session.flush()


def _move_sittings(session: Session, guest_id: int, user_id: int) -> None:
    session.execute(update(Sitting).where(Sitting.user_id == guest_id).values(user_id=user_id))


def _move_drills(session: Session, guest_id: int, user_id: int) -> None:
    session.execute(update(Drill).where(Drill.user_id == guest_id).values(user_id=user_id))


# What a guest can own. A new table with a user_id adds its mover here; a test holds the list against the tables.
_MOVERS = (_move_classes, _move_attempts, _move_sittings, _move_drills)


def forget_guest(guest_id: int) -> bool:
    """Forget a guest with all work; False when the person is no guest any more."""
    with writing() as session:
        return bool(session.execute(delete(User).where(User.id == guest_id, User.is_guest)).rowcount)  # type: ignore[attr-defined]


def change_password(user_id: int, old: str, new: str) -> bool:
    """Change a password; False when the old one is wrong. Other sessions end."""
    kept = password_hash(user_id)
    if kept is None or not _verify(kept, old):
        return False
    return _replace_hash(User.id == user_id, kept, new)


def reset_password(email: str, stamp: str, new: str) -> bool:
    """Set a new password by a link; False when the password is another one than when the link was made."""
    found = by_email(email)
    if found is None or found.person.stamp != stamp:
        return False
    return _replace_hash(User.email == found.person.email, found.password_hash, new)


def _replace_hash(whose: ColumnElement[bool], kept: str, new: str) -> bool:
    """Hash first, then write: nobody waits for the lock meanwhile. Of two at once, the first wins."""
    hashed = _hash(new)
    with writing() as session:
        changed = session.execute(update(User).where(whose, User.password_hash == kept).values(password_hash=hashed)
                                  .returning(User.id)).first()
        return changed is not None


def join_class(user_id: int, code: str) -> str | None:
    """Join a class by its code and return its name, or None. Joining twice is joining once."""
    with writing() as session:
        found = session.execute(select(Class.id, Class.name).where(Class.join_code == code.strip().upper())).first()
        if found is None:
            return None
        already = session.execute(select(Membership.id).where(Membership.class_id == found.id,
                                                              Membership.user_id == user_id)).first()
        if already is None:
            session.add(Membership(class_id=found.id, user_id=user_id))
        return str(found.name)


def _hash(password: str) -> str:
    with _AT_ONCE:
        return _hasher.hash(password)


def _verify(hashed: str, password: str) -> bool:
    try:
        with _AT_ONCE:
            return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


_decoys: dict[str, str] = {}


def _decoy() -> str:
    """A hash of nobody's password, at the present cost."""
    cost = f"{_hasher.time_cost}/{_hasher.memory_cost}"
    if cost not in _decoys:
        _decoys[cost] = _hash(secrets.token_hex(8))
    return _decoys[cost]
