"""Find rows of a code set by the words of their titles. The rows are numbered in order of merit: the best is 1.

Which words mean the same comes as parts (`app.coding.query`). The first hundred matches, which SQLite gives in order of
merit without scoring them all, are the ones worth ranking.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from msgspec import Struct

from app.coding.query import Part, Phrase, content, phrase_key, singular

_WORTH_RANKING = 120


class Titled(Struct, frozen=True):
    """A row that was found."""

    id: int
    code: str
    title: str


class Texts(Struct, frozen=True):
    """Where to search: a full-text table, and the rows it is made from. `where` is a condition on a row with marks."""

    text: str
    rows: str
    where: str = "1"
    values: tuple[object, ...] = ()


def search_titles(connection: sqlite3.Connection, texts: Texts, parts: Sequence[Part], limit: int) -> list[Titled]:
    """Return up to `limit` rows that have all parts, or else all but one, or else any of them; best first."""
    if not parts:
        return []
    for expression in (" AND ".join(map(_expression, parts)), _all_but_one(parts), _any(parts)):
        found = _matching(connection, texts, expression)
        if found:
            return sorted(found, key=lambda row: _merit(row, parts))[:limit]
    return []


def _matching(connection: sqlite3.Connection, texts: Texts, expression: str) -> list[Titled]:
    rows = connection.execute(
        f"SELECT r.id, r.code, r.title FROM {texts.text} AS t JOIN {texts.rows} AS r ON r.id = t.rowid"  # noqa: S608
        f" WHERE t.{texts.text} MATCH ? AND {texts.where} ORDER BY t.rowid LIMIT {_WORTH_RANKING}",
        (expression, *texts.values))
    return [Titled(*row) for row in rows]


def _expression(part: Part) -> str:
    typed = _every(part.typed, "*" if part.open_end else "")
    return f"({' OR '.join([typed, *(_every(meant, '') for meant in part.meant)])})"


def _every(phrase: Phrase, ending: str) -> str:
    return "(" + " AND ".join(f'"{word}"{ending}' for word in phrase) + ")"  # only a-z and 0-9: see `words`


def _all_but_one(parts: Sequence[Part]) -> str:
    each = [_expression(part) for part in parts]
    return " OR ".join(f"({' AND '.join(each[:i] + each[i + 1:] or each)})" for i in range(len(each)))


def _any(parts: Iterable[Part]) -> str:
    return " OR ".join(map(_expression, parts))


def _merit(row: Titled, parts: Sequence[Part]) -> tuple[int, int, int]:
    """Fewest words missed, fewest words beyond what was asked, best row."""
    key = set(phrase_key(row.title).split())
    asked = {singular(word) for part in parts for word in _best(part, key)}
    return (len(asked - key), len(key - asked), row.id)


def _best(part: Part, key: set[str]) -> Phrase:
    return min((part.typed, *part.meant), key=lambda phrase: sum(singular(word) not in key for word in content(phrase)))
