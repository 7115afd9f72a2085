"""Ask the index for the severity of a secondary diagnosis: CC, MCC, and the principal diagnoses that cancel it.

These are the tables of FY 2026, to explain with. The grouper (`app.coding.grouping`) is what decides, on any date.
"""

import sqlite3
import zlib
from typing import Literal, Protocol

from msgspec import Struct

from app.coding.model import bare
from app.coding.reader import Reader
from app.coding.severity_table import severity_table

SCHEMA = """
CREATE TABLE severity (code TEXT PRIMARY KEY, level TEXT NOT NULL, collection INTEGER NOT NULL,
    alive_only INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE pdx_collection (collection INTEGER PRIMARY KEY, codes BLOB NOT NULL);  -- packed, with a space between
"""


class SeverityOf(Struct, frozen=True):
    """`level` in the tables; `excluded` when the principal diagnosis asked about cancels it; `alive_only`: it counts
    only when the patient was discharged alive."""

    level: Literal["CC", "MCC", ""]
    excluded: bool = False
    alive_only: bool = False


class SeverityIndex(Protocol):
    """CC and MCC status."""

    def severity(self, code: str, principal: str = "") -> SeverityOf:
        """Return the level of `code` as a secondary diagnosis, beside `principal` when one is given."""

    def excluded_by(self, code: str) -> tuple[str, ...]:
        """Return the principal diagnoses (without dot) beside which `code` counts neither as CC nor as MCC."""


class SeverityQueries(Reader):
    """The queries, for the built index."""

    def severity(self, code: str, principal: str = "") -> SeverityOf:
        """See `SeverityIndex`."""
        for level, collection, alive_only in self._rows(
                "SELECT level, collection, alive_only FROM severity WHERE code = ?", bare(code)):
            excluded = bool(principal) and bare(principal) in self._collection(collection)
            return SeverityOf(level, excluded, bool(alive_only))
        return SeverityOf("")

    def excluded_by(self, code: str) -> tuple[str, ...]:
        """See `SeverityIndex`."""
        for (collection,) in self._rows("SELECT collection FROM severity WHERE code = ?", bare(code)):
            return tuple(sorted(self._collection(collection)))
        return ()

    def _collection(self, number: int) -> frozenset[str]:
        found = self._rows("SELECT codes FROM pdx_collection WHERE collection = ?", number)
        return frozenset(zlib.decompress(found[0][0]).decode().split(" ")) if found else frozenset()


def fill(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """Put the tables into the index, each collection packed; return what the index tells about them."""
    table = severity_table()
    connection.executemany("INSERT INTO severity VALUES (?,?,?,?)", (
        (row.code, row.level, row.collection, row.alive_only) for row in table.rows))
    connection.executemany("INSERT INTO pdx_collection VALUES (?,?)", (
        (number, zlib.compress(" ".join(codes).encode())) for number, codes in table.collections.items()))
    return (("ccs", str(sum(row.level == "CC" for row in table.rows))),
            ("mccs", str(sum(row.level == "MCC" for row in table.rows))),
            ("pdx_collections", str(len(table.collections))),
            ("severity_source", "CMS FY 2026 IPPS final rule, tables 6I to 6K, from drg 1.0.0"))
