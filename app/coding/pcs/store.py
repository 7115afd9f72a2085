"""Put ICD-10-PCS into the index: titled codes with their days, meanings, definitions, terms, and a full-text table."""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import takewhile

from msgspec import Struct

from app.coding.pcs.model import TABLE
from app.coding.pcs.sections import sections
from app.coding.pcs.source import PcsSource, read
from app.coding.query import phrase_key, words
from app.coding.validity import Valid

SCHEMA = """
CREATE TABLE pcs (
    id INTEGER PRIMARY KEY,            -- in order of merit in a search: the best is 1
    code TEXT NOT NULL, title TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL);
CREATE TABLE pcs_meaning (place TEXT NOT NULL, before TEXT NOT NULL, position INTEGER NOT NULL, character TEXT NOT NULL,
    meaning TEXT NOT NULL, PRIMARY KEY (place, position, before, character)) WITHOUT ROWID;
CREATE TABLE pcs_operation (section TEXT, character TEXT, name TEXT, definition TEXT, explanation TEXT, examples TEXT,
    PRIMARY KEY (section, character)) WITHOUT ROWID;
CREATE TABLE pcs_approach (section TEXT, character TEXT, name TEXT, definition TEXT,
    PRIMARY KEY (section, character)) WITHOUT ROWID;
CREATE TABLE pcs_term (id INTEGER PRIMARY KEY, key TEXT NOT NULL, term TEXT NOT NULL, kind TEXT NOT NULL,
    text TEXT NOT NULL, beginnings TEXT NOT NULL, use TEXT NOT NULL);
CREATE TABLE pcs_word (word TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE pcs_text USING fts5(title, content='', detail='none', columnsize=0,
    tokenize='porter unicode61 remove_diacritics 2');
"""
FINISH = """CREATE UNIQUE INDEX pcs_code ON pcs (code); CREATE INDEX pcs_term_key ON pcs_term (key);
INSERT INTO pcs_text(pcs_text) VALUES ('optimize');"""


class PcsCounts(Struct, frozen=True):
    """`titled`: codes of any year in the index. `untitled`: of those in force on the edition's first day."""

    titled: int
    in_force: int
    untitled: int
    terms: int


def fill(connection: sqlite3.Connection, valid: Iterable[Valid], day: int) -> PcsCounts:
    """Fill the tables. `day` (yyyymmdd) is the one on which codes in force are counted."""
    source, days = read(), {row.code: (number(row.first), number(row.last)) for row in valid}
    titles = {code: title for code, title in source.titles.items() if code in days}
    ranked = sorted(titles, key=lambda code: _merit(code, titles[code], days[code]))
    rows = [(rank, code, titles[code], *days[code]) for rank, code in enumerate(ranked, 1)]
    connection.executemany("INSERT INTO pcs VALUES (?,?,?,?,?)", rows)
    connection.executemany("INSERT INTO pcs_text(rowid, title) VALUES (?,?)", ((row[0], row[2]) for row in rows))
    _fill_meanings(connection, source)
    for table, values in (("pcs_operation", source.operations), ("pcs_approach", source.approaches)):
        for value in values:
            cells = [getattr(value, field) for field in value.__struct_fields__]
            connection.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(cells))})", cells)  # noqa: S608
    connection.executemany("INSERT INTO pcs_term VALUES (NULL,?,?,?,?,?,?)", (
        (phrase_key(t.term), t.term, t.kind, t.text, " ".join(t.beginnings), " ; ".join(t.use)) for t in source.terms))
    connection.executemany("INSERT INTO pcs_word VALUES (?,?)", _vocabulary(source))
    in_force = [code for code, (first, last) in days.items() if first <= day <= last]
    return PcsCounts(len(rows), len(in_force), sum(code not in source.titles for code in in_force), len(source.terms))


def number(day: object) -> int:
    """Return a date as the whole number yyyymmdd, as the index keeps it."""
    return int(str(day).replace("-", ""))


def _merit(code: str, title: str, days: tuple[int, int]) -> tuple[object, ...]:
    """Codes still in force, operations before the rest, without device and qualifier, short titles first."""
    return (-days[1], code[0] != "0", code[5:] != "ZZ", len(title), code)


def _fill_meanings(connection: sqlite3.Connection, source: PcsSource) -> None:
    rows = [*_upper(source), *((table, before, position, character, meaning)
                               for (table, before, position, character), meaning in source.labels.items())]
    connection.executemany("INSERT OR IGNORE INTO pcs_meaning VALUES (?,?,?,?,?)", rows)


def _upper(source: PcsSource) -> Iterator[tuple[str, str, int, str, str]]:
    """Yield the meanings of the first three characters; `place` is what stands before them."""
    operations = {(o.section, o.character): o.name for o in source.operations}
    for table in sorted({code[:TABLE] for code in source.titles}):
        section = sections()[table[0]]
        yield "", "", 0, table[0], section.name
        yield table[0], "", 1, table[1], source.systems.get(table[:2]) or section.system(table[1])
        name = operations.get((table[0], table[2])) or section.operation(table[1], table[2])
        yield table[:2], "", 2, table[2], name or _from_titles(t for c, t in source.titles.items() if c[:3] == table)


def _from_titles(titles: Iterable[str]) -> str:
    """What all titles of a table begin with is the operation: "Introduction of", "Pheresis of", "Hypnosis"."""
    columns = takewhile(lambda column: len(set(column)) == 1, zip(*(title.split() for title in titles), strict=False))
    return " ".join(column[0] for column in columns).strip(",").removesuffix(" of")


def _vocabulary(source: PcsSource) -> list[tuple[str, int]]:
    """Return each word with how many different texts have it: titles by the thousand repeat their words."""
    texts = [*source.labels.values(), *(o.name for o in source.operations), *(t.term for t in source.terms)]
    counts: dict[str, int] = {}
    for text in sorted(set(texts)):
        for word in set(words(text)):
            counts[word] = counts.get(word, 0) + 1
    for title in source.titles.values():
        for word in words(title):
            counts.setdefault(word, 1)
    return sorted((word, count) for word, count in counts.items() if not word.isdigit())
