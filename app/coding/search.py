"""Search a built index as a coder does: a code's beginning, terms in any order, abbreviations, misspellings.

Rows of the index are numbered in order of general merit (billable first, first encounters before later ones, short
titles before long), so that the first hundred matches of a text query, which SQLite gives in that order without
scoring them all, are already the ones worth ranking.
"""

import sqlite3
import threading
from collections.abc import Iterable, Sequence

from msgspec import Struct

from app.coding.model import Hit, bare
from app.coding.query import Part, Phrase, Query, content, keys, phrase_key, singular, understand, words
from app.coding.spelling import Vocabulary

_WORTH_RANKING = 120
_COLUMNS = (("title", 2), ("title own", 3), ("title own above", 4))
_WHY = {0: "name", 1: "name", 2: "title", 3: "term", 4: "heading", 5: "some words"}


class _Row(Struct, frozen=True):
    id: int
    code: str
    title: str
    billable: bool
    late: bool  # a later encounter or sequela


class Searcher:
    """Searches through any connection to the same file; it keeps only the words for spelling, read at first need."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._vocabulary: Vocabulary | None = None

    def search(self, connection: sqlite3.Connection, text: str, limit: int) -> tuple[Hit, ...]:
        """Return up to `limit` hits, best first; none for an empty or unknown `text`."""
        query = understand(text, self._words(connection))
        if query.code and not query.parts:
            found = _by_code(connection, query.code, limit)
            return found or _by_words(connection, understand(f"{text} {text}", self._words(connection)), limit)
        return _by_words(connection, query, limit)

    def _words(self, connection: sqlite3.Connection) -> Vocabulary:
        with self._lock:
            if self._vocabulary is None:
                self._vocabulary = Vocabulary(connection.execute("SELECT word, count FROM word"))
            return self._vocabulary


def _by_code(connection: sqlite3.Connection, beginning: str, limit: int) -> tuple[Hit, ...]:
    """The code itself, then what begins with it in tabular order. A short beginning shows categories first."""
    rows = connection.execute(
        "SELECT code, title, billable FROM code WHERE bare >= ? AND bare < ? AND kind IN ('category', 'subcategory')"
        " ORDER BY bare != ?, length(bare) > 3 AND ? < 3, position LIMIT ?",
        (beginning, beginning + "~", beginning, len(beginning), limit)).fetchall()
    return tuple(Hit(code, title, bool(billable), "code") for code, title, billable in rows)


def _by_words(connection: sqlite3.Connection, query: Query, limit: int) -> tuple[Hit, ...]:
    if not query.parts or limit < 1:
        return ()
    tiers = _named(connection, query) if not query.code else {}
    for columns, tier in _COLUMNS:
        if len(tiers) >= _WORTH_RANKING:
            break
        for id_ in _matching(connection, columns, " AND ".join(map(_expression, query.parts)), query.code):
            tiers.setdefault(id_, tier)
    if not tiers:
        tiers = dict.fromkeys(_matching(connection, "title own above", _all_but_one(query.parts), query.code), 5)
    if not tiers and query.code:
        return _by_words(connection, Query("", (*query.parts, Part((query.code.lower(),)))), limit)
    if not tiers:
        tiers = dict.fromkeys(_matching(connection, "title own above", _any(query.parts), ""), 5)
    ranked = sorted(_rows(connection, tiers), key=lambda row: _merit(row, tiers[row.id], query))
    return tuple(Hit(row.code, row.title, row.billable, _WHY[tiers[row.id]]) for row in ranked[:limit])


def _named(connection: sqlite3.Connection, query: Query) -> dict[int, int]:
    """Return the codes whose whole name is asked for, and the complete codes under such a heading."""
    first = [bare(code) for code in (query.parts[0].first if len(query.parts) == 1 else ())]
    asked = keys(query)
    rows = connection.execute(
        f"SELECT id, bare, billable FROM code WHERE kind != 'block' AND (bare IN ({_marks(first)}) OR id IN"  # noqa: S608  (marks only)
        f" (SELECT code FROM phrase WHERE key IN ({_marks(asked)}))) ORDER BY id LIMIT {_WORTH_RANKING}",
        (*first, *asked)).fetchall()
    tiers = {id_: 0 for id_, _, _ in rows}
    for _, heading, billable in rows[:5] if rows and not rows[0][2] else ():
        if not billable:
            below = connection.execute("SELECT id FROM code WHERE bare > ? AND bare < ? AND billable AND NOT late"
                                       " ORDER BY id LIMIT 8", (heading, heading + "~"))
            for (id_,) in below:
                tiers.setdefault(id_, 1)
    return tiers


def _matching(connection: sqlite3.Connection, columns: str, expression: str, code: str) -> list[int]:
    rows = connection.execute(
        "SELECT text.rowid FROM text JOIN code ON code.id = text.rowid WHERE text MATCH ? AND code.bare >= ?"
        " AND code.bare < ? ORDER BY text.rowid LIMIT ?" if code else
        "SELECT rowid FROM text WHERE text MATCH ? ORDER BY rowid LIMIT ?",
        (f"{{{columns}}} : ({expression})", *((code, code + "~") if code else ()), _WORTH_RANKING)).fetchall()
    return [id_ for (id_,) in rows]


def _expression(part: Part) -> str:
    """Return the full-text expression of one idea: what was typed, or any of what it may mean."""
    typed = _every(part.typed, "*" if part.open_end else "")
    return f"({' OR '.join([typed, *(_every(meant, '') for meant in part.meant)])})"


def _every(phrase: Phrase, ending: str) -> str:
    return "(" + " AND ".join(f'"{word}"{ending}' for word in phrase) + ")"  # only a-z and 0-9: see `words`


def _all_but_one(parts: Sequence[Part]) -> str:
    each = [_expression(part) for part in parts]
    return " OR ".join(f"({' AND '.join(each[:i] + each[i + 1:] or each)})" for i in range(len(each)))


def _any(parts: Sequence[Part]) -> str:
    return " OR ".join(_expression(part) for part in parts)


def _rows(connection: sqlite3.Connection, ids: Iterable[int]) -> list[_Row]:
    wanted = tuple(ids)
    found = connection.execute(
        f"SELECT id, code, title, billable, late FROM code WHERE id IN ({_marks(wanted)})", wanted)  # noqa: S608
    return [_Row(id_, code, title, bool(billable), bool(late)) for id_, code, title, billable, late in found]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _merit(row: _Row, tier: int, query: Query) -> tuple[object, ...]:
    """Return the place of a row in the list: smaller is better."""
    key = phrase_key(row.title).split()
    asked = {singular(word) for part in query.parts for word in _best(part, key)}
    missed = len(asked - set(key)) if tier != 4 else 0
    begins = content(words(row.title))[:1] != query.parts[0].typed[:1]
    named = 0 if tier == 0 and row.billable else 1 if tier <= 1 and row.billable else 2 if tier == 0 else 3
    first = bare(row.code) not in [bare(code) for part in query.parts for code in part.first]
    return (named, first, not row.billable, row.late, missed if tier == 5 else 0, tier, missed,
            len(set(key) - asked), begins, row.id)


def _best(part: Part, key: Sequence[str]) -> Phrase:
    """Return the alternative of which most words stand in the title."""
    return min((part.typed, *part.meant), key=lambda phrase: sum(singular(w) not in key for w in content(phrase)))
