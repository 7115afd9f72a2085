"""The index of a code set's edition: look-ups, search, notes with what is inherited, MS-DRG weights.

`SqliteCodeIndex` reads the file that `app.coding.index_build.build` made; `MemoryCodeIndex` is a handful of codes.
"""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import msgspec

from app.coding.calendar import Calendar, CalendarQueries, number
from app.coding.items import Item, ItemSearcher, look_up_item, of_systems
from app.coding.model import Code, DrgRow, Hit, Notes, System, bare
from app.coding.pcs.index import PcsIndex, PcsQueries
from app.coding.pcs.search import PcsSearcher
from app.coding.search import Searcher
from app.coding.severity import SeverityIndex, SeverityQueries
from app.coding.site_codes import OwnSet, SiteCodes
from app.coding.spelling import Wordbook

_CODE = """SELECT code.code, code.title, code.billable, code.kind, coalesce(parent.code, ''), code.chapter, code.block,
           code.first_valid, code.system FROM code LEFT JOIN code AS parent ON parent.id = code.parent """
# A block of one category (B20) has the category's own name: the category is what somebody asks for.
_LOOK_UP = _CODE + "WHERE code.bare = ? ORDER BY code.kind = 'block' LIMIT 1"
_YOUNGER = 20  # hits beyond the limit that may take the place of codes not yet in force
_BELOW = "code.parent = (SELECT id FROM code WHERE bare = ? ORDER BY kind = 'block' LIMIT 1)"
_CHILDREN = f"{_CODE} WHERE {_BELOW} ORDER BY code.position"
# The parent comes from a subquery: joined, SQLite would scan all codes to build a filter, 15 ms for each code asked.
_ANCESTRY = """WITH RECURSIVE up(id, depth) AS (
    SELECT * FROM (SELECT id, 0 FROM code WHERE bare = ? ORDER BY kind = 'block' LIMIT 1)
    UNION ALL SELECT (SELECT parent FROM code WHERE code.id = up.id), depth + 1 FROM up WHERE up.id IS NOT NULL)
    SELECT note.kind, code.code, code.title, note.text FROM up JOIN code ON code.id = up.id
    JOIN note ON note.code = code.id ORDER BY depth, note.position"""


class CodeIndex(Protocol):
    """One edition of a code set. Codes may be asked for with or without the dot, in either case."""

    @property
    def edition(self) -> str:
        """The edition in words, such as `ICD-10-CM FY 2026 (April 2026)`."""

    def look_up(self, code: str) -> Code | None:
        """Return the code, category, block or chapter; None when there is none."""

    def is_billable(self, code: str) -> bool:
        """Whether `code` is complete: valid on a claim, with no longer code under it."""

    def search(self, query: str, limit: int) -> tuple[Hit, ...]:
        """Return what fits `query` (a code's beginning, terms in any order, abbreviations), best first."""

    def children(self, code: str) -> tuple[Code, ...]:
        """Return what stands directly below `code`, in tabular order."""

    def notes(self, code: str) -> tuple[Notes, ...]:
        """Return the notes of `code`, then those it inherits, nearest level first."""

    def drg(self, number: str) -> DrgRow | None:
        """Return the row of MS-DRG `number` (three digits)."""


class CodeSets(CodeIndex, PcsIndex, SeverityIndex, Calendar, Protocol):
    """Everything that a built index and the site's own files answer."""

    @property
    def about(self) -> dict[str, str]:
        """Editions, sources and counts, as the builder wrote them down."""

    @property
    def own(self) -> tuple[OwnSet, ...]:
        """What the site imported itself."""

    def search_in(self, systems: tuple[System, ...], query: str, limit: int,
                  on: dt.date | None = None) -> tuple[Hit, ...]:
        """Search some code sets together. `on` is the date of service: complete codes not in force on it stay out."""

    def item(self, system: System, code: str) -> Item | None:
        """Return a HCPCS Level II code, or one of the site's licensed CPT file."""


class SqliteCodeIndex(PcsQueries, SeverityQueries, CalendarQueries):
    """A built index, opened read-only, with a connection for each thread. Raises FileNotFoundError."""

    def __init__(self, path: Path, own: Path | None = None) -> None:
        """`own` is the database of what the site imported itself; it need not exist."""
        super().__init__(path)
        book = Wordbook()
        self._searcher, self._pcs_searcher, self._item_searcher = Searcher(book), PcsSearcher(book), ItemSearcher(book)
        self._own = SiteCodes(own)
        self._drgs: dict[str, DrgRow] = {}  # fewer than a thousand; asked for again and again

    @property
    def edition(self) -> str:
        """The edition in words."""
        return self.about["edition"]

    @property
    def about(self) -> dict[str, str]:
        """Edition, sources and counts, as the builder wrote them down."""
        return dict(self._rows("SELECT name, value FROM meta"))

    def look_up(self, code: str) -> Code | None:
        """See `CodeIndex`."""
        rows = self._rows(_LOOK_UP, bare(code))
        return _code(rows[0]) if rows else None

    def is_billable(self, code: str) -> bool:
        """See `CodeIndex`."""
        return bool(self._rows("SELECT 1 FROM code WHERE bare = ? AND billable", bare(code)))

    def search(self, query: str, limit: int) -> tuple[Hit, ...]:
        """See `CodeIndex`."""
        return self._searcher.search(self._connection(), query, limit)

    def search_in(self, systems: tuple[System, ...], query: str, limit: int,
                  on: dt.date | None = None) -> tuple[Hit, ...]:
        """See `CodeSets`."""
        # Only where no system has all the words is one that has some of them worth showing.
        for strict in (True, False) if len(systems) > 1 else (False,):
            found = [self._search_one(system, query, limit, on, strict) for system in systems]
            if any(found):
                return of_systems(found, limit)
        return ()

    @property
    def own(self) -> tuple[OwnSet, ...]:
        """See `CodeSets`."""
        return self._own.sets()

    def item(self, system: System, code: str) -> Item | None:
        """See `CodeSets`. The complete official file, once imported, stands for our subset."""
        return self._own.look_up(system, code) if self._own.has(system) else look_up_item(
            self._connection(), system, code)

    def _search_one(self, system: System, query: str, limit: int, on: dt.date | None,
                    strict: bool) -> tuple[Hit, ...]:
        day = None if on is None else number(on)
        if system == "icd10cm":
            most = limit if on is None else limit + _YOUNGER
            found = self._searcher.search(self._connection(), query, most, strict)
            return tuple(hit for hit in found if on is None or not hit.billable or self.valid_on(hit.code, on))[:limit]
        if system == "icd10pcs":
            return self._pcs_searcher.search(self._connection(), query, limit, day, strict)
        if self._own.has(system):
            return self._own.search(system, query, limit, day, strict)
        return self._item_searcher.search(self._connection(), system, query, limit, day, strict)

    def children(self, code: str) -> tuple[Code, ...]:
        """See `CodeIndex`."""
        return tuple(_code(row) for row in self._rows(_CHILDREN, bare(code)))

    def notes(self, code: str) -> tuple[Notes, ...]:
        """See `CodeIndex`. The tabular list prints a note once, at the highest level it governs."""
        grouped: dict[tuple[str, str, str], list[str]] = {}
        for kind, level, title, text in self._rows(_ANCESTRY, bare(code)):
            texts = grouped.setdefault((kind, level, title), [])
            if text not in texts:
                texts.append(text)
        return tuple(_notes(*key, texts) for key, texts in grouped.items())

    def drg(self, number: str) -> DrgRow | None:
        """See `CodeIndex`."""
        wanted = number.strip().zfill(3)
        if wanted not in self._drgs:
            rows = self._rows("SELECT * FROM drg WHERE drg = ?", wanted)
            if not rows:
                return None
            self._drgs[wanted] = msgspec.convert(dict(zip(DrgRow.__struct_fields__, rows[0], strict=True)), DrgRow,
                                                 strict=False)
        return self._drgs[wanted]


class MemoryCodeIndex:
    """A few codes held in memory, for tests and notebooks."""

    def __init__(self, codes: tuple[Code, ...], notes: Mapping[str, tuple[Notes, ...]] | None = None,
                 drgs: tuple[DrgRow, ...] = (), edition: str = "a few codes") -> None:
        self._codes = {bare(code.code): code for code in codes}
        self._notes = {bare(code): found for code, found in (notes or {}).items()}
        self._drgs = {row.drg: row for row in drgs}
        self.edition = edition

    def look_up(self, code: str) -> Code | None:
        """See `CodeIndex`."""
        return self._codes.get(bare(code))

    def is_billable(self, code: str) -> bool:
        """See `CodeIndex`."""
        found = self.look_up(code)
        return found is not None and found.billable

    def search(self, query: str, limit: int) -> tuple[Hit, ...]:
        """Return the codes that begin with `query`, or whose title has all its words."""
        words = query.lower().split()
        found = (c for c in self._codes.values() if words and (bare(c.code).startswith(bare(query))
                                                               or all(word in c.title.lower() for word in words)))
        ranked = sorted(found, key=lambda c: (not c.billable, len(c.title), c.code))
        return tuple(Hit(c.code, c.title, c.billable, "title") for c in ranked[:limit])

    def children(self, code: str) -> tuple[Code, ...]:
        """See `CodeIndex`."""
        return tuple(c for c in self._codes.values() if c.parent and bare(c.parent) == bare(code))

    def notes(self, code: str) -> tuple[Notes, ...]:
        """See `CodeIndex`."""
        found = self.look_up(code)
        # A block of one category has the category's name: without this look it would be its own parent for ever.
        above = self.notes(found.parent) if found and found.parent and bare(found.parent) != bare(code) else ()
        return (*self._notes.get(bare(code), ()), *above)

    def drg(self, number: str) -> DrgRow | None:
        """See `CodeIndex`."""
        return self._drgs.get(number.strip().zfill(3))


def _code(row: tuple[Any, ...]) -> Code:
    code, title, billable, kind, parent, chapter, block, first_valid, system = row
    day = dt.date.fromisoformat(first_valid) if first_valid else None
    return Code(code, title, bool(billable), kind, parent, chapter, block, day, system)


def _notes(kind: Any, level: str, title: str, texts: list[str]) -> Notes:
    return Notes(kind, level, title, tuple(texts))
