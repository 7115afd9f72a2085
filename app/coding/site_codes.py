"""The code sets that a site brought itself, in one database beside the index: it is the site's own, never shipped.

A file that is imported replaces what the site had of that system; the other systems stay. The database is written
beside its target and renamed at the end, so that a search never meets half of one.
"""

import os
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from app.coding.items import FINISH, SCHEMA, Item, ItemSearcher, fill, look_up_item
from app.coding.model import Hit, System

_META = "CREATE TABLE meta (system TEXT PRIMARY KEY, source TEXT NOT NULL, count INTEGER NOT NULL) WITHOUT ROWID;"


class OwnSet(Struct, frozen=True):
    """What a site imported: from which file, how many codes."""

    system: System
    source: str
    count: int


def import_items(target: Path, system: System, source: str, items: Iterable[Item],
                 progress: Callable[[int], None] | None = None) -> OwnSet:
    """Replace the site's codes of `system` by `items`. Raises OSError, sqlite3.Error."""
    kept, about = _kept(target, system)
    fresh = list(items)
    descriptor, name = tempfile.mkstemp(prefix=f"{target.name}-", suffix=".importing", dir=target.parent)
    os.close(descriptor)
    unfinished = Path(name)
    try:
        with closing(sqlite3.connect(unfinished)) as connection:
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA + _META)
            fill(connection, [*kept, *fresh], progress)
            connection.executemany("INSERT INTO meta VALUES (?,?,?)",
                                   [*about, (system, source, len(fresh))])
            connection.commit()
            connection.executescript(FINISH)
        unfinished.chmod(0o600)  # a licensed file is for this site's server only
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return OwnSet(system, source, len(fresh))


def _kept(target: Path, without: str) -> tuple[list[Item], list[tuple[str, str, int]]]:
    if not target.exists():
        return [], []
    with closing(sqlite3.connect(f"{target.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT system, code, title, first, last FROM item WHERE system != ?", (without,))
        about = connection.execute("SELECT system, source, count FROM meta WHERE system != ?", (without,)).fetchall()
        return [Item(*row) for row in rows], about


class SiteCodes:
    """Reads the database while a site runs; an import is seen by the next search."""

    def __init__(self, path: Path | None) -> None:
        self._path, self._local, self._lock = path, threading.local(), threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._searcher = ItemSearcher()

    def sets(self) -> tuple[OwnSet, ...]:
        """Return what the site imported."""
        connection = self._connection()
        rows = connection.execute("SELECT system, source, count FROM meta ORDER BY system") if connection else ()
        return tuple(OwnSet(*row) for row in rows)

    def has(self, system: str) -> bool:
        """Whether the site imported `system`."""
        return any(own.system == system for own in self.sets())

    def look_up(self, system: str, code: str) -> Item | None:
        """Return the item, or None."""
        connection = self._connection()
        return look_up_item(connection, system, code) if connection else None

    def search(self, system: System, text: str, limit: int, day: int | None = None) -> tuple[Hit, ...]:
        """Return up to `limit` hits, best first."""
        connection = self._connection()
        return self._searcher.search(connection, system, text, limit, day) if connection else ()

    def _connection(self) -> sqlite3.Connection | None:
        """Return this thread's connection to the file that is there now."""
        try:
            found = self._path.stat() if self._path else None
        except FileNotFoundError:
            found = None
        if found is None or self._path is None:
            return None
        version = (found.st_ino, found.st_mtime_ns)
        if getattr(self._local, "version", None) != version:
            self._local.connection = sqlite3.connect(f"{self._path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            self._local.version = version
        with self._lock:
            if self._seen != version:
                self._seen, self._searcher = version, ItemSearcher()
        connection: sqlite3.Connection = self._local.connection
        return connection
