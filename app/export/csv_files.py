"""Tables as CSV (RFC 4180, UTF-8): read by any spreadsheet, and no cell of text is taken for a formula."""

import csv
import datetime as dt
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from app.export.tables import TABLES, Column, Row
from app.learning.population import Billed

# A spreadsheet takes text that begins so for a formula; the apostrophe makes it text again (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def part_name(table: str, chunk: int) -> str:
    """Return the name of one chunk of a table."""
    return f"{table}-{chunk:05d}.csv"


def write(cases: Iterable[Billed], folder: Path, chunk: int) -> list[str]:
    """Write a chunk of every table, without its header (`join` adds it). Return the names in order."""
    names = [part_name(table.name, chunk) for table in TABLES]
    with ExitStack() as stack:
        writers = [csv.writer(stack.enter_context((folder / name).open("w", encoding="utf-8", newline="")))
                   for name in names]
        for case in cases:
            for table, writer in zip(TABLES, writers, strict=True):
                writer.writerows(_cells(row, table.columns) for row in table.rows(case))
    return names


def join(folder: Path, target: Path, chunks: int) -> list[str]:
    """Put the chunks of `folder` together in `target`, one file a table with its header. Return the names."""
    names = [f"{table.name}.csv" for table in TABLES]
    for table, name in zip(TABLES, names, strict=True):
        with (target / name).open("wb") as whole:
            whole.write((",".join(column.name for column in table.columns) + "\r\n").encode())
            for chunk in range(chunks):
                with (folder / part_name(table.name, chunk)).open("rb") as part:
                    while block := part.read(1 << 20):
                        whole.write(block)
    return names


def _cells(row: Row, columns: tuple[Column, ...]) -> list[str]:
    return [_cell(value, column) for value, column in zip(row, columns, strict=True)]


def _cell(value: object, column: Column) -> str:
    if value is None:
        return ""
    if column.kind == "text":
        text = str(value)
        return f"'{text}" if text.startswith(FORMULA) else text
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, dt.date) else str(value)
