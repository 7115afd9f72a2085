"""Find rows of a code set by the words of their titles. The rows are numbered in order of merit: the best is 1.

Which words mean the same comes as parts (`app.coding.query`). The first hundred matches, which SQLite gives in order of
merit without scoring them all, are the ones worth ranking.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from msgspec import Struct

from app.coding.asked import Asked
from app.coding.query import Part, Phrase

_WORTH_RANKING = 120
_FEW = 5  # parts of which any one may be left out; of more, the many combinations cost too much


class Titled(Struct, frozen=True):
    """A row that was found. `key` is what is left of its title for a comparison (`app.coding.query.phrase_key`)."""

    id: int
    code: str
    title: str
    key: str


class Texts(Struct, frozen=True):
    """Where to search: a full-text table, and the rows it is made from. `where` is a condition on a row with marks."""

    text: str
    rows: str
    where: str = "1"
    values: tuple[object, ...] = ()


def search_titles(connection: sqlite3.Connection, texts: Texts, parts: Sequence[Part], limit: int,
                  strict: bool = False) -> list[Titled]:
    """Return up to `limit` rows that have all parts, or else all but one, or else any of them; best first.

    `strict`: only those that have all.
    """
    if not parts:
        return []
    asked = Asked(parts)
    for expression in (all_of(parts),) if strict else (all_of(parts), *weaker(parts)):
        found = _matching(connection, texts, expression)
        if found:
            return sorted(found, key=lambda row: (*asked.beside(row.key.split()), row.id))[:limit]
    return []


def all_of(parts: Iterable[Part]) -> str:
    """Return the full-text expression of rows that have every part."""
    return " AND ".join(map(_expression, parts))


def weaker(parts: Sequence[Part]) -> tuple[str, ...]:
    """Return the expressions of rows that have all parts but one (of a few), and of those that have any."""
    any_ = " OR ".join(map(_expression, parts))
    return (_all_but_one(parts), any_) if 1 < len(parts) <= _FEW else (any_,)


def _matching(connection: sqlite3.Connection, texts: Texts, expression: str) -> list[Titled]:
    rows = connection.execute(
        f"SELECT r.id, r.code, r.title, r.key FROM {texts.text} AS t JOIN {texts.rows} AS r ON r.id = t.rowid"  # noqa: S608
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
