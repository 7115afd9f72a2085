"""Say a segment in words (`words/segments.yaml`)."""

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from app.billing.x12.reading_loops import DATA
from app.billing.x12.reading_model import Segment
from app.billing.x12.words_values import Reader, as_it_stands, reader
from app.world.datafile import load

_SLOT = re.compile(r"\{(\d+)(?:-(\d+))?(\?)?\}")
_SHORTEST = re.compile(r"[A-Z][A-Z0-9]{1,2}")


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """A segment as the data file has it."""

    title: str
    says: tuple[str, ...]
    elements: tuple[str, ...]


class Slot(Struct, frozen=True):
    """A place in a sentence, or a name in the list of elements. `part` 0: the whole element."""

    place: int
    part: int
    name: str
    read: Reader
    optional: bool = False


class Piece(Struct, frozen=True):
    """A piece of the sentence: texts around slots, one more text than slots."""

    texts: tuple[str, ...]
    slots: tuple[Slot, ...]


class SegmentWords(Struct, frozen=True):
    """How a segment is said."""

    title: str
    pieces: tuple[Piece, ...]
    elements: dict[tuple[int, int], Slot]


class Detail(Struct, frozen=True, gc=False):
    """One element of a segment: `CLM02`, its name, as it stands, and in words."""

    position: str
    name: str
    raw: str
    words: str


@cache
def all_words() -> dict[str, SegmentWords]:
    """Return how every known segment is said. Raises ValueError when the data name what does not exist."""
    rows = load(DATA / "segments.yaml", dict[str, Entry], shown_as="app/billing/x12/words/segments.yaml")
    return {name: _prepared(name, row) for name, row in rows.items()}


def _prepared(name: str, row: Entry) -> SegmentWords:
    elements = dict(_element(name, text) for text in row.elements)
    return SegmentWords(row.title, tuple(_piece(name, text, elements) for text in row.says), elements)


def _element(segment: str, text: str) -> tuple[tuple[int, int], Slot]:
    where, name, how = (part.strip() for part in f"{text} | ".split("|")[:3])
    place, _, part = where.partition("-")
    try:
        key = int(place), int(part or 0)
        return key, Slot(*key, name, reader(how))
    except (ValueError, KeyError):
        raise ValueError(f"{segment}: {text!r} should be “place | name | how to read it”") from None


def _piece(segment: str, text: str, elements: dict[tuple[int, int], Slot]) -> Piece:
    slots = []
    for place, part, optional in _SLOT.findall(text):
        found = elements.get((int(place), int(part or 0)))
        if found is None:
            raise ValueError(f"{segment}: {text!r} names an element that is not described")
        slots.append(Slot(found.place, found.part, found.name, found.read, bool(optional)))
    return Piece(tuple(_SLOT.sub("\0", text).split("\0")), tuple(slots))


def is_name(text: str) -> bool:
    """Whether `text` can be the name of a segment."""
    return bool(_SHORTEST.fullmatch(text))


def title(segment: Segment) -> str:
    """Return `Claim` for CLM."""
    known = all_words().get(segment.id)
    return known.title if known else "Segment not in our tables"


def say(segment: Segment) -> str:
    """Return the segment in one sentence without its title; what is not known is listed as it stands."""
    known = all_words().get(segment.id)
    if known is None:
        return "; ".join(value.strip() for value in segment.elements[1:] if value.strip()) or "nothing"
    said = [text for piece in known.pieces if (text := _said(piece, segment))]
    return ", ".join(said) or "nothing filled in"


def _said(piece: Piece, segment: Segment) -> str:
    out = [piece.texts[0]]
    for slot, text in zip(piece.slots, piece.texts[1:], strict=True):
        value = segment.at(slot.place, slot.part)
        if not value and not slot.optional:
            return ""
        out += (slot.read(value, segment.marks) if value else "", text)
    return " ".join("".join(out).split()).removesuffix(":")


def details(segment: Segment) -> Iterator[Detail]:
    """Yield every element that is filled in, and the parts that have names of their own."""
    known = all_words().get(segment.id)
    elements = known.elements if known else {}
    for place in range(1, len(segment.elements)):
        value = segment.at(place)
        if not value:
            continue
        slot = elements.get((place, 0))
        words = (slot.read if slot else as_it_stands)(value, segment.marks)
        yield Detail(f"{segment.id}{place:02d}", slot.name if slot else "", value, words)
        for (of, part), inner in elements.items():
            if of == place and part and (inside := segment.at(place, part)):
                yield Detail(f"{segment.id}{place:02d}-{part}", inner.name, inside, inner.read(inside, segment.marks))
