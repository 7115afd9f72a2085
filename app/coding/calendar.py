"""Editions side by side: which one governs a date of service, and which codes were in force on it.

The full tabular list is at hand for one edition (FY 2026, April 2026). Of the others the codes and their days are
known, from the Medicare Code Editor's tables: a code is judged by the day of service, whatever edition shows it.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, Protocol

from msgspec import Struct

from app.coding.model import bare
from app.coding.reader import Reader
from app.coding.validity import Valid

SCHEMA = """
CREATE TABLE edition (system TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, codes INTEGER NOT NULL,
    PRIMARY KEY (system, first)) WITHOUT ROWID;
"""
DatedSystem = Literal["icd10cm", "icd10pcs"]
_NAMES = {"icd10cm": "ICD-10-CM", "icd10pcs": "ICD-10-PCS"}
# The updates of the years for which a grouper is at hand: each October 1 and April 1.
_UPDATES = tuple(day for year in range(2022, 2027) for day in (dt.date(year, 4, 1), dt.date(year, 10, 1)))[1:]
_END = dt.date(2027, 3, 31)


class Edition(Struct, frozen=True):
    """A half-year of a code set. `codes` are those in force; both days are included."""

    system: DatedSystem
    first: dt.date
    last: dt.date
    codes: int

    @property
    def name(self) -> str:
        """The edition in words, such as "ICD-10-CM FY 2026 (April 2026)"."""
        fiscal = self.first.year + (self.first.month >= 10)
        return f"{_NAMES[self.system]} FY {fiscal} ({self.first:%B %Y})"


class Calendar(Protocol):
    """What was in force when. Codes with or without dot, in either case."""

    def edition_for(self, on: dt.date, system: DatedSystem = "icd10cm") -> Edition:
        """Return the edition that governs a date of service. Raises ValueError outside October 2022 to March 2027."""

    def editions(self, system: DatedSystem = "icd10cm") -> tuple[Edition, ...]:
        """Return every edition whose codes are known, the oldest first."""

    def valid_on(self, code: str, on: dt.date) -> bool:
        """Whether the complete ICD-10-CM or ICD-10-PCS `code` was in force on the day."""

    def in_force(self, code: str) -> tuple[tuple[dt.date, dt.date], ...]:
        """Return the first and last days of each stretch in which `code` was in force; () for one never known."""


class CalendarQueries(Reader):
    """The queries, for the built index."""

    def edition_for(self, on: dt.date, system: DatedSystem = "icd10cm") -> Edition:
        """See `Calendar`."""
        for edition in self.editions(system):
            if edition.first <= on <= edition.last:
                return edition
        raise ValueError(f"no edition of {_NAMES[system]} is at hand for a service on {on.isoformat()}")

    def editions(self, system: DatedSystem = "icd10cm") -> tuple[Edition, ...]:
        """See `Calendar`."""
        rows = self._rows("SELECT system, first, last, codes FROM edition WHERE system = ? ORDER BY first", system)
        return tuple(Edition(s, dt.date.fromisoformat(f), dt.date.fromisoformat(last), n) for s, f, last, n in rows)

    def valid_on(self, code: str, on: dt.date) -> bool:
        """See `Calendar`."""
        return any(first <= on <= last for first, last in self.in_force(code))

    def in_force(self, code: str) -> tuple[tuple[dt.date, dt.date], ...]:
        """See `Calendar`."""
        rows = self._rows("SELECT first, last FROM valid WHERE code = ? ORDER BY first", bare(code))
        return tuple((_day(first), _day(last)) for first, last in rows)


def edition_rows(valid: Mapping[str, Sequence[Valid]]) -> Iterator[tuple[str, str, str, int]]:
    """Yield the rows of the table: each half-year with how many codes were in force on its first day."""
    for system, stretches in valid.items():
        for first, after in zip(_UPDATES, (*_UPDATES[1:], _END + dt.timedelta(days=1)), strict=True):
            count = sum(row.first <= first <= row.last for row in stretches)
            yield system, first.isoformat(), (after - dt.timedelta(days=1)).isoformat(), count


def _day(number: int) -> dt.date:
    return dt.date(number // 10_000, number // 100 % 100, number % 100)
