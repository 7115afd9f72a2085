"""The tabular list of ICD-10-CM as rows, read from the package `simple-icd-10-cm`.

Its traps, met here: twelve blocks of blocks (C00-C96) and none of their contents stand side by side, so that the outer
ones pose as leaves; a block of one category has the category's name; 518 titles hold a tab; a note may begin with the
comma that follows its own heading in print.
"""

import re
import sys
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.coding.model import Kind, NoteKind, bare

_KINDS: dict[str, Kind] = {"chapter": "chapter", "section": "block", "category": "category",
                           "subcategory": "subcategory", "extended subcategory": "subcategory"}
# Seventh characters of a later encounter and of a sequela; the others (first encounters, the fetus of a multiple
# gestation, laterality, stage) are as good as any. Words, not letters, tell them apart.
_LATE = re.compile(r", (?:subsequent encounter|sequela)")
_RANGE_ENDS = re.compile(r"([A-Z][0-9A-Z]{2})-([A-Z][0-9A-Z]{2})")


class Entry(Struct, frozen=True):
    """One node. `rank` is its place in order of merit, `parent` the rank of the node above (None above a chapter)."""

    code: str
    title: str
    kind: Kind
    billable: bool
    late: bool
    chapter: str
    block: str
    position: int
    notes: tuple[tuple[NoteKind, str], ...]
    terms: tuple[str, ...]  # its own inclusion terms
    above: tuple[str, ...]  # titles, terms and includes of what stands above it, up to the category
    up: int | None  # position of the node above
    rank: int = 0
    parent: int | None = None

    @property
    def bare(self) -> str:
        """The code without its dot."""
        return bare(self.code)


def tabular() -> tuple[Entry, ...]:
    """Return every node in tabular order, ranked."""
    entries: list[Entry] = []
    for chapter in _chapters():
        _walk(chapter, None, entries)
    return _ranked(entries)


def _chapters() -> list[Any]:
    """The package costs 2 seconds and 190 MB to import, so it is only ever imported here, while building."""
    import simple_icd_10_cm  # noqa: F401

    found: list[Any] = sys.modules["simple_icd_10_cm.simple_icd_10_cm"]._chapter_list
    return found


def _walk(node: Any, above: Entry | None, entries: list[Entry]) -> None:
    outer = _outer_block(node, entries) if node.type == "section" else None
    entry = _entry(node, outer or above, len(entries))
    entries.append(entry)
    for child in node.children:
        _walk(child, entry, entries)


def _outer_block(node: Any, entries: list[Entry]) -> Entry | None:
    """Return the smallest block read so far whose range holds this one's: the package gives them as neighbours."""
    first, last = _ends(node.name)
    around = [(e, *_ends(e.code)) for e in entries if e.kind == "block" and e.code != node.name]
    holding = [(high, e) for e, low, high in around if low <= first and last <= high]
    return min(holding, key=lambda found: found[0])[1] if holding else None


def _ends(block: str) -> tuple[str, str]:
    found = _RANGE_ENDS.fullmatch(block)
    return (found[1], found[2]) if found else (block, block)


def _entry(node: Any, above: Entry | None, position: int) -> Entry:
    kind, title = _KINDS[node.type], clean(node.description)
    terms = tuple(clean(term) for term in node.inclusion_term)
    inherits = above is not None and above.kind in ("category", "subcategory") and kind == "subcategory"
    return Entry(
        code=node.name, title=title, kind=kind, billable=kind in ("category", "subcategory") and not node.children,
        late=_LATE.search(title) is not None, chapter=above.chapter if above else node.name,
        block=node.name if kind == "block" else above.block if above else "", position=position, notes=_notes(node),
        terms=terms, up=above.position if above else None,
        above=(*above.above, above.title, *above.terms) if above and inherits else
              tuple(clean(text) for text in node.includes) if kind == "category" else (),
    )


def _notes(node: Any) -> tuple[tuple[NoteKind, str], ...]:
    """Return a node's notes in the order in which the tabular list prints them."""
    seventh = [node.seven_chr_note, *(f"{character}: {said}" for character, said in node.seven_chr_def.items())]
    kinds: tuple[tuple[NoteKind, list[str]], ...] = (
        ("Inclusion terms", node.inclusion_term), ("Includes", node.includes), ("Note", node.notes.split("\n")),
        ("Code first", node.code_first.split("\n")), ("Use additional code", node.use_additional_code.split("\n")),
        ("Code also", node.code_also.split("\n")), ("Excludes 1", node.excludes1), ("Excludes 2", node.excludes2),
        ("Seventh character", seventh),
    )
    return tuple((kind, clean(text)) for kind, texts in kinds for text in texts if clean(text))


def clean(text: str) -> str:
    """Return `text` on one line, without tabs, double spaces, or the comma that followed its printed heading."""
    return " ".join(text.replace("/\t", "/").split()).removeprefix(", ")


def _ranked(entries: list[Entry]) -> tuple[Entry, ...]:
    """Number the entries: complete codes first, later encounters after first ones, short titles before long."""
    order = sorted(entries, key=lambda e: (not e.billable, e.late, len(e.title) - 15 * ("nspecified" in e.title),
                                           e.position))
    rank = {entry.position: place for place, entry in enumerate(order, 1)}
    return tuple(replace(e, rank=rank[e.position], parent=None if e.up is None else rank[e.up]) for e in entries)
