"""Whether two ICD-10-CM codes may stand together, as the Excludes 1 notes say.

ICD-10-CM Official Guidelines, section I.A.12.a: an Excludes 1 note means "not coded here", the two never together,
unless the conditions are clearly unrelated to each other. The notes of every level above a code govern it too.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations

from msgspec import Struct

from app.coding.editions import CodeIndex
from app.coding.model import Notes, bare
from app.coding.notes.references import references

GUIDELINE = "ICD-10-CM Official Guidelines, section I.A.12.a"


class Conflict(Struct, frozen=True):
    """`code` stands under a note (at `level`, saying `text`) that names `other`."""

    code: str
    other: str
    level: str
    text: str


def excludes1_conflict(index: CodeIndex, one: str, two: str) -> Conflict | None:
    """Return the note that forbids the two codes together, the nearest to either; None when they may stand together."""
    if bare(one) == bare(two):
        return None
    found = [*_named(index, one, two), *_named(index, two, one)]
    return min(found, key=lambda conflict: (-len(conflict.level), conflict.level)) if found else None


def conflicts(index: CodeIndex, codes: Iterable[str]) -> tuple[Conflict, ...]:
    """Return every forbidden pair of `codes`."""
    pairs = combinations(dict.fromkeys(bare(code) for code in codes), 2)
    return tuple(found for one, two in pairs if (found := excludes1_conflict(index, one, two)))


def _named(index: CodeIndex, code: str, other: str) -> Iterator[Conflict]:
    for note in index.notes(code):
        if note.kind == "Excludes 1" and not holds(note, other):
            for text in note.texts:
                if any(reference.means(other) for reference in references(text)):
                    yield Conflict(bare(code), bare(other), note.level, text)


def holds(note: Notes, code: str) -> bool:
    """Whether the level at which a note stands holds `code` itself: such a note only sends to a neighbor."""
    first, _, last = note.level.partition("-")
    plain = bare(code)
    return bare(first) <= plain[:len(bare(first))] and plain[:len(bare(last or first))] <= bare(last or first)
