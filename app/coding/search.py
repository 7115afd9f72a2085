"""Search a built index as a coder does: a code's beginning, terms in any order, abbreviations, misspellings.

Rows of the index are numbered in order of general merit (billable first, first encounters before later ones, short
titles before long), so that the first hundred matches of a text query, which SQLite gives in that order without
scoring them all, are already the ones worth ranking.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from msgspec import Struct

from app.coding.asked import Asked
from app.coding.model import Hit, bare
from app.coding.query import Part, Query, content, keys, understand, words
from app.coding.spelling import Wordbook
from app.coding.text_search import all_of, weaker

_WORTH_RANKING = 120
_COLUMNS = (("title", 2), ("title own", 3), ("title own above", 4))
_WHY = {0: "name", 1: "name", 2: "title", 3: "term", 4: "heading", 5: "some words"}


class _Row(Struct, frozen=True):
    id: int
    code: str
    title: str
    billable: bool
    late: bool  # a later encounter or sequela
    key: str  # what is left of the title for a comparison


class Searcher:
    """Searches through any connection to the same file."""

    def __init__(self, wordbook: Wordbook | None = None) -> None:
        self._wordbook = wordbook or Wordbook()

    def search(self, connection: sqlite3.Connection, text: str, limit: int, strict: bool = False) -> tuple[Hit, ...]:
        """Return up to `limit` hits, best first; none for an empty or unknown `text`.

        `strict`: only what has all words of `text`.
        """
        vocabulary = self._wordbook.of("icd10cm", connection)
        query = understand(text, vocabulary)
        if query.code and not query.parts:
            found = _by_code(connection, query.code, limit)
            return found or _by_words(connection, understand(f"{text} {text}", vocabulary), limit, strict)
        return _by_words(connection, query, limit, strict)


def _by_code(connection: sqlite3.Connection, beginning: str, limit: int) -> tuple[Hit, ...]:
    """The code itself, then what begins with it in tabular order. A short beginning shows categories first."""
    rows = connection.execute(
        "SELECT code, title, billable FROM code WHERE bare >= ? AND bare < ? AND kind IN ('category', 'subcategory')"
        " ORDER BY bare != ?, length(bare) > 3 AND ? < 3, position LIMIT ?",
        (beginning, beginning + "~", beginning, len(beginning), limit)).fetchall()
    return tuple(Hit(code, title, bool(billable), "code") for code, title, billable in rows)


def _by_words(connection: sqlite3.Connection, query: Query, limit: int, strict: bool) -> tuple[Hit, ...]:
    if not query.parts or limit < 1:
        return ()
    tiers = _named(connection, query) if not query.code else {}
    for columns, tier in _COLUMNS:
        if len(tiers) >= _WORTH_RANKING:
            break
        for id_ in _matching(connection, columns, all_of(query.parts), query.code):
            tiers.setdefault(id_, tier)
    if not tiers and query.code:  # "vitamin B12 deficiency": what looks like a code is a word
        return _by_words(connection, Query("", (*query.parts, Part((query.code.lower(),)))), limit, strict)
    if not tiers and not strict:
        tiers = _weakly(connection, query.parts)
    asked = Asked(query.parts)
    ranked = sorted(_rows(connection, tiers), key=lambda row: _merit(row, tiers[row.id], query, asked))
    return tuple(Hit(row.code, row.title, row.billable, _WHY[tiers[row.id]]) for row in ranked[:limit])


def _weakly(connection: sqlite3.Connection, parts: Sequence[Part]) -> dict[int, int]:
    """Return what has some of the words."""
    for expression in weaker(parts):
        found = _matching(connection, "title own above", expression, "")
        if found:
            return dict.fromkeys(found, 5)
    return {}


def _named(connection: sqlite3.Connection, query: Query) -> dict[int, int]:
    """Return the codes whose whole name is asked for, and the complete codes under such a heading."""
    first = [bare(code) for code in (query.parts[0].first if len(query.parts) == 1 else ())]
    asked = keys(query)
    rows = connection.execute(
        # One list of rows, and no OR: SQLite would read the whole table for it.
        f"SELECT id, bare, billable FROM code WHERE id IN (SELECT id FROM code WHERE bare IN ({_marks(first)})"  # noqa: S608  (marks only)
        f" UNION SELECT code FROM phrase WHERE key IN ({_marks(asked)})) AND kind != 'block'"
        f" ORDER BY id LIMIT {_WORTH_RANKING}",
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


def _rows(connection: sqlite3.Connection, ids: Iterable[int]) -> list[_Row]:
    wanted = tuple(ids)
    found = connection.execute(
        f"SELECT id, code, title, billable, late, key FROM code WHERE id IN ({_marks(wanted)})", wanted)  # noqa: S608
    return [_Row(id_, code, title, bool(billable), bool(late), key)
            for id_, code, title, billable, late, key in found]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _merit(row: _Row, tier: int, query: Query, asked: Asked) -> tuple[object, ...]:
    """Return the place of a row in the list: smaller is better."""
    missed, beyond = asked.beside(row.key.split())
    missed = missed if tier != 4 else 0
    begins = content(words(row.title))[:1] != query.parts[0].typed[:1]
    named = 0 if tier == 0 and row.billable else 1 if tier <= 1 and row.billable else 2 if tier == 0 else 3
    first = bare(row.code) not in [bare(code) for part in query.parts for code in part.first]
    return (named, first, not row.billable, row.late, missed if tier == 5 else 0, tier, missed, beyond, begins, row.id)
