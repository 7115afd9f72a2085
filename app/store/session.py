"""Sessions: one to read with a request, and one that takes the lock, writes, and commits once."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from app.extensions import db


def session() -> Session:
    """Return the reading session of this request."""
    return db.session()


@contextmanager
def writing() -> Iterator[Session]:
    """Open a transaction that writes: locked from its first statement on SQLite, committed once, or not at all.

    On PostgreSQL the caller locks the row that it decides by (`with_for_update`). Reads of this request that came
    before are forgotten, so that what is read afterwards is what was written.
    """
    db.session.rollback()
    engine = db.engine.execution_options(writing=True)
    with Session(engine, expire_on_commit=False) as own, own.begin():
        yield own


def utc_now() -> dt.datetime:
    """Return the present moment. The only clock of store and actions."""
    return dt.datetime.now(dt.UTC)
