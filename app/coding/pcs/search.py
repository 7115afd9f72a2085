"""Search ICD-10-PCS: the beginning of a code, the name of a procedure, or the words of a title in any order."""

import re
import sqlite3
import threading
from collections.abc import Sequence

from app.coding.model import Hit, bare
from app.coding.query import MAX_WORDS, Part, Phrase, content, parts, phrase_key, procedure_terms, words
from app.coding.spelling import Vocabulary
from app.coding.text_search import Texts, Titled, search_titles

# A section, then at least one digit somewhere: "bed" is a word, "0dt" and "b2" are beginnings of codes, as "gzb" is.
_CODE = re.compile(r"(?:(?=.*\d)|(?=[GH]Z))[0-9B-DF-HX][0-9A-HJ-NP-Z]{1,6}")
_LONGEST_TERM = 4  # words of the body-part key that are looked for
_Key = dict[Phrase, tuple[Phrase, ...]]


class PcsSearcher:
    """Searches through any connection to the same file; it keeps the words for spelling and the body-part key."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._learned: tuple[Vocabulary, _Key] | None = None

    def search(self, connection: sqlite3.Connection, text: str, limit: int, day: int | None = None) -> tuple[Hit, ...]:
        """Return up to `limit` hits, best first. `day` (yyyymmdd) leaves out what was not in force on it."""
        typed = text.split()[:MAX_WORDS]
        if not typed or limit < 1:
            return ()
        where, values = ("r.first <= ? AND r.last >= ?", (day, day)) if day else ("1", ())
        if len(typed) == 1 and _CODE.fullmatch(bare(typed[0])):
            found = _beginning(connection, bare(typed[0]), where, values, "code", limit)
            if found:
                return _hits(found, "code")
        asked = words(" ".join(typed))[:MAX_WORDS]
        named = _by_name(connection, asked, where, values, limit)
        vocabulary, key = self._words(connection)
        texts = Texts("pcs_text", "pcs", where, values)
        ideas = _with_body_parts(parts(content(asked), vocabulary, procedure_terms()), key) if asked else ()
        found = search_titles(connection, texts, ideas, limit) if len(named) < limit else []
        rest = [row for row in found if row.code not in {name.code for name in named}]
        return (*_hits(named, "name"), *_hits(rest[:limit - len(named)], "title"))

    def _words(self, connection: sqlite3.Connection) -> tuple[Vocabulary, _Key]:
        with self._lock:
            if self._learned is None:
                key = connection.execute("SELECT term, use FROM pcs_term WHERE kind = 'body part'").fetchall()
                self._learned = (Vocabulary(connection.execute("SELECT word, count FROM pcs_word")),
                                 {content(words(term)): tuple(content(words(part)) for part in use.split(" ; "))
                                  for term, use in key if 0 < len(words(term)) <= _LONGEST_TERM})
            return self._learned


def _beginning(connection: sqlite3.Connection, beginning: str, where: str, values: tuple[object, ...], order: str,
               limit: int) -> list[Titled]:
    rows = connection.execute(
        f"SELECT r.id, r.code, r.title FROM pcs AS r WHERE r.code >= ? AND r.code < ? AND {where}"  # noqa: S608
        f" ORDER BY r.{order} LIMIT ?", (beginning, beginning + "~", *values, limit))
    return [Titled(*row) for row in rows]


def _by_name(connection: sqlite3.Connection, asked: Phrase, where: str, values: tuple[object, ...],
             limit: int) -> list[Titled]:
    """Return the codes that the whole query is the name of: our own terms first, then the index's."""
    entry = procedure_terms().get(content(asked))
    beginnings = list(entry.first) if entry else []
    if not beginnings:
        rows = connection.execute("SELECT beginnings FROM pcs_term WHERE key = ? AND kind = 'see'",
                                  (phrase_key(" ".join(asked)),))
        beginnings = [beginning for (listed,) in rows for beginning in listed.split()]
    found: dict[str, Titled] = {}
    for beginning in beginnings[:8]:
        for row in _beginning(connection, beginning, where, values, "id", limit):
            found.setdefault(row.code, row)
    return list(found.values())[:limit]


def _with_body_parts(ideas: Sequence[Part], key: _Key) -> tuple[Part, ...]:
    """Give anatomical terms the value to use for them: "abdominal esophagus" is the lower esophagus."""
    found, at = [], 0
    while at < len(ideas):
        for length in range(min(_LONGEST_TERM, len(ideas) - at), 0, -1):
            typed = tuple(word for idea in ideas[at:at + length] for word in idea.typed)
            if typed in key:
                meant = tuple(m for idea in ideas[at:at + length] for m in idea.meant) if length == 1 else ()
                found.append(Part(typed, (*meant, *key[typed]), open_end=length == 1 and ideas[at].open_end))
                at += length
                break
        else:
            found.append(ideas[at])
            at += 1
    return tuple(found)


def _hits(rows: Sequence[Titled], why: str) -> tuple[Hit, ...]:
    return tuple(Hit(row.code, row.title, True, why, "icd10pcs") for row in rows)
