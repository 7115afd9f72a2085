"""Flat code sets (HCPCS Level II, a school's CPT file): a list of codes with descriptions, kept and searched alike.

The teaching subset lives in the built index, an imported file in a database of the site's own, both with these tables.
"""

import re
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from app.coding.model import Hit, System, bare
from app.coding.query import MAX_WORDS, content, parts, procedure_terms, words
from app.coding.spelling import Vocabulary
from app.coding.text_search import Texts, search_titles

SCHEMA = """
CREATE TABLE item (
    id INTEGER PRIMARY KEY,            -- in order of merit in a search: the best is 1
    system TEXT NOT NULL, code TEXT NOT NULL, title TEXT NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL);  -- days as yyyymmdd
CREATE TABLE item_word (system TEXT NOT NULL, word TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (system, word)) WITHOUT ROWID;
CREATE VIRTUAL TABLE item_text USING fts5(title, content='', detail='none', columnsize=0,
    tokenize='porter unicode61 remove_diacritics 2');
"""
FINISH = """CREATE UNIQUE INDEX item_code ON item (system, code);
INSERT INTO item_text(item_text) VALUES ('optimize');"""
ALWAYS, OPEN_END = 19_000_101, 99_991_231
_CODE = re.compile(r"(?:[A-Z]\d{1,4}|\d{2,5}|\d{4}[A-Z])")


class Item(Struct, frozen=True):
    """A code with the days on which it is in force (yyyymmdd, both included)."""

    system: System
    code: str
    title: str
    first: int = ALWAYS
    last: int = OPEN_END


def fill(connection: sqlite3.Connection, items: Iterable[Item], progress: Callable[[int], None] | None = None) -> int:
    """Put `items` into the tables, short titles first; return how many. Raises sqlite3.Error."""
    ranked = sorted(items, key=lambda item: (-item.last, len(item.title), item.code))
    counts: dict[tuple[str, str], int] = {}
    for rank, item in enumerate(ranked, 1):
        connection.execute("INSERT INTO item VALUES (?,?,?,?,?,?)",
                           (rank, item.system, item.code, item.title, item.first, item.last))
        connection.execute("INSERT INTO item_text(rowid, title) VALUES (?,?)", (rank, item.title))
        for word in {word for word in words(item.title) if not word.isdigit()}:
            counts[item.system, word] = counts.get((item.system, word), 0) + 1
        if progress and rank % 500 == 0:
            progress(rank)
    connection.executemany("INSERT INTO item_word VALUES (?,?,?)", (
        (system, word, count) for (system, word), count in sorted(counts.items())))
    return len(ranked)


def look_up_item(connection: sqlite3.Connection, system: str, code: str) -> Item | None:
    """Return the item, or None."""
    row = connection.execute("SELECT system, code, title, first, last FROM item WHERE system = ? AND code = ?",
                             (system, bare(code))).fetchone()
    return Item(*row) if row else None


class ItemSearcher:
    """Searches one file through any connection to it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._vocabularies: dict[str, Vocabulary] = {}

    def search(self, connection: sqlite3.Connection, system: System, text: str, limit: int,
               day: int | None = None) -> tuple[Hit, ...]:
        """Return up to `limit` hits of `system`, best first. `day` leaves out what was not in force on it."""
        typed = text.split()[:MAX_WORDS]
        if not typed or limit < 1:
            return ()
        where, values = "r.system = ?", (system,)
        if day:
            where, values = where + " AND r.first <= ? AND r.last >= ?", (system, day, day)  # type: ignore[assignment]
        beginning = bare(typed[0])
        if len(typed) == 1 and _CODE.fullmatch(beginning):
            rows = connection.execute(
                f"SELECT r.code, r.title FROM item AS r WHERE r.code >= ? AND r.code < ? AND {where}"  # noqa: S608
                " ORDER BY r.code LIMIT ?", (beginning, beginning + "~", *values, limit)).fetchall()
            if rows:
                return tuple(Hit(code, title, True, "code", system) for code, title in rows)
        asked = content(words(" ".join(typed))[:MAX_WORDS])
        ideas = parts(asked, self._words(connection, system), procedure_terms()) if asked else ()
        found = search_titles(connection, Texts("item_text", "item", where, values), ideas, limit)
        return tuple(Hit(row.code, row.title, True, "title", system) for row in found)

    def _words(self, connection: sqlite3.Connection, system: str) -> Vocabulary:
        with self._lock:
            if system not in self._vocabularies:
                self._vocabularies[system] = Vocabulary(connection.execute(
                    "SELECT word, count FROM item_word WHERE system = ?", (system,)))
            return self._vocabularies[system]


def of_systems(hits: Sequence[Sequence[Hit]], limit: int) -> tuple[Hit, ...]:
    """Merge what several systems found: codes asked for first, then each system's best in turn."""
    exact = [hit for found in hits for hit in found if hit.why == "code"]
    rest = [[hit for hit in found if hit.why != "code"] for found in hits]
    turns = (found[i] for i in range(max(map(len, rest), default=0)) for found in rest if i < len(found))
    return (*exact, *turns)[:limit]
