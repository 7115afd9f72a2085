"""How near one ICD-10-PCS code is to another: which of its seven characters differ, and what that means."""

from functools import cache
from pathlib import Path

from msgspec import Struct

from app.world.datafile import load

CHARACTERS = ("section", "body system", "root operation", "body part", "approach", "device", "qualifier")
_DATA = Path(__file__).parent / "data"
_NEAR = {1: 60, 2: 40}  # percent earned by how many characters differ while the root operation is right
_OTHER_OPERATION = 20  # percent earned when only the root operation is wrong


class Confused(Struct, frozen=True, forbid_unknown_fields=True):
    """Two root operations that are taken for each other: their two third characters, and what parts them."""

    third: str
    guideline: str
    words: str


@cache
def confused() -> dict[frozenset[str], Confused]:
    """Return the confused pairs by their two third characters. Raises DataFileError."""
    rows = load(_DATA / "root_operations.yaml", tuple[Confused, ...], shown_as="app/coding/data/root_operations.yaml")
    return {frozenset(row.third): row for row in rows}


def differs(key: str, given: str) -> tuple[str, ...]:
    """Return the names of the characters in which `given` differs from `key`; what it lacks differs too."""
    return tuple(name for i, name in enumerate(CHARACTERS) if key[i:i + 1] != given[i:i + 1])


def percent(key: str, given: str) -> int:
    """Return the share of a procedure's marks that `given` earns (0 to 100)."""
    off = differs(key, given)
    if not off:
        return 100
    if off == ("root operation",):
        return _OTHER_OPERATION
    return _NEAR.get(len(off), 0) if key[:3] == given[:3] else 0


def remark(key: str, given: str) -> str:
    """Return the difference in words, with the guideline where two root operations are often confused."""
    off = differs(key, given)
    if not off:
        return ""
    pair = confused().get(frozenset((key[2], given[2:3]))) if key[:1] == given[:1] else None
    told = f" {pair.words} (ICD-10-PCS guideline {pair.guideline})" if pair else ""
    return f"{given} differs from {key} in {_and(off)}.{told}"


def _and(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
