"""The seventh character of an ICD-10-CM code: the table that governs it, and the placeholder X before it.

ICD-10-CM Official Guidelines, sections I.A.4 (placeholder) and I.A.5 (seventh character): a code that needs a seventh
character is invalid without it, and X fills every empty place before it.
"""

import re

from msgspec import Struct

from app.coding.editions import CodeIndex
from app.coding.model import bare, dotted

_LINE = re.compile(r"([0-9A-Z])(?: and ([0-9A-Z]))?: (.+)", re.DOTALL)
_CHARACTERS = 7


class SeventhTable(Struct, frozen=True):
    """`level` is the code where the table stands; `meanings` its characters in order, with what each says."""

    level: str
    meanings: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]


def seventh_table(index: CodeIndex, code: str) -> SeventhTable | None:
    """Return the nearest table above `code`, or its own; None when it takes no seventh character.

    Where several tables stand above one another the nearest one governs.
    """
    for note in index.notes(code):
        if note.kind == "Seventh character":
            lines = [_LINE.fullmatch(text) for text in note.texts]
            meanings = tuple((mark, line[3]) for line in lines if line for mark in (line[1], line[2]) if mark)
            if meanings:
                remarks = tuple(text for text, line in zip(note.texts, lines, strict=True) if not line)
                return SeventhTable(note.level, meanings, remarks)
    return None


def complete(code: str, character: str) -> str:
    """Return `code` with `character` in the seventh place, X in the empty ones before it. Raises ValueError."""
    plain = bare(code)
    if not 3 <= len(plain) < _CHARACTERS or len(bare(character)) != 1:
        raise ValueError(f"{code!r} cannot take {character!r} as a seventh character")
    return dotted(plain.ljust(_CHARACTERS - 1, "X") + bare(character))


def placeholders(code: str) -> int:
    """Return how many X stand in `code` only to fill places."""
    plain = bare(code)
    return len(plain[3:-1]) - len(plain[3:-1].rstrip("X")) if len(plain) == _CHARACTERS else 0
