"""Book logic: look a term up, go to the category, read the notes of every level, add the seventh character.

There is no free alphabetic index of ICD-10-CM. What stands for it here is a list like one: titles, inclusion terms and
our own synonyms that hold the words looked for, each with the code it leads to. It never replaces the tabular list.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from app.coding.editions import CodeIndex
from app.coding.model import Code, Hit, Notes, bare
from app.coding.query import content, phrase_key, singular, synonyms, words

_LOOKED_AT = 60
_LINES_OF_A_CATEGORY = 3
_SEVEN = 7


class IndexLine(Struct, frozen=True):
    """A line as an index prints it. `code` ends in a dash when more characters must follow: S72.-"""

    text: str
    code: str
    complete: bool
    source: Literal["title", "inclusion term", "synonym"]


class Level(Struct, frozen=True):
    """A level of the tabular list on the way to a code, with the notes that stand at it."""

    code: Code
    notes: tuple[Notes, ...]


class Branch(Struct, frozen=True):
    """A heading or code with what stands below it. `seventh`: only the seventh character is left to choose."""

    code: Code
    below: tuple["Branch", ...] = ()
    seventh: bool = False


def index_lines(index: CodeIndex, term: str, limit: int = 20) -> tuple[IndexLine, ...]:
    """Return up to `limit` lines for `term`, best first. A category with many fitting codes has a line of its own."""
    hits = index.search(term, _LOOKED_AT)
    by_category: dict[str, list[Hit]] = {}
    for hit in hits:
        by_category.setdefault(bare(hit.code)[:3], []).append(hit)
    lines: dict[IndexLine, None] = {}
    for category, found in by_category.items():
        for line in _lines(index, term, category, found):
            lines.setdefault(line)
    return tuple(lines)[:limit]


def _lines(index: CodeIndex, term: str, category: str, hits: list[Hit]) -> Iterator[IndexLine]:
    yield from (_line(index, term, hit) for hit in hits[:_LINES_OF_A_CATEGORY])
    heading = index.look_up(category)
    if len(hits) > _LINES_OF_A_CATEGORY and heading is not None and not heading.billable:
        yield IndexLine(heading.title, f"{heading.code}.-", False, "title")


def _line(index: CodeIndex, term: str, hit: Hit) -> IndexLine:
    asked = _content(term)
    shown = hit.code if hit.billable else f"{hit.code}-" if "." in hit.code else f"{hit.code}.-"
    for name in _inclusions(index, hit.code):
        if asked <= _content(name) and not asked <= _content(hit.title):
            return IndexLine(name, shown, hit.billable, "inclusion term")
    entry = synonyms().get(content(words(term)))
    if entry is not None and hit.code in entry.first and phrase_key(term) != phrase_key(hit.title):
        return IndexLine(f"{' '.join(term.split())}: see {hit.title}", shown, hit.billable, "synonym")
    return IndexLine(hit.title, shown, hit.billable, "title")


def _content(text: str) -> frozenset[str]:
    return frozenset(singular(word) for word in content(words(text)))


def _inclusions(index: CodeIndex, code: str) -> Iterator[str]:
    for note in index.notes(code):
        if note.kind == "Inclusion terms" and note.level == code:
            yield from note.texts


def walk(index: CodeIndex, code: str) -> tuple[Level, ...]:
    """Return the levels from the chapter down to `code`, each with its own notes; () for an unknown code."""
    found, way = index.look_up(code), []
    notes = index.notes(code)
    while found is not None:
        own = tuple(note for note in notes if note.level == found.code and note.level_title == found.title)
        way.append(Level(found, own))
        # A block of one category has the category's name and would be found again in its place.
        above = index.look_up(found.parent) if found.parent and found.parent != found.code else None
        found = above
    return tuple(reversed(way))


def subdivisions(index: CodeIndex, code: str) -> tuple[Branch, ...]:
    """Return what stands below `code`, down to complete codes or to where a seventh character is chosen."""
    return tuple(_branch(index, child) for child in index.children(code))


def _branch(index: CodeIndex, code: Code) -> Branch:
    if code.billable or code.kind in ("chapter", "block"):
        return Branch(code)
    below = index.children(code.code)
    if all(len(bare(child.code)) == _SEVEN for child in below):
        return Branch(code, seventh=True)
    return Branch(code, tuple(_branch(index, child) for child in below))
