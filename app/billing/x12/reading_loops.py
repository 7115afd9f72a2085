"""Name the loop that each segment of a transaction stands in (`words/loops.yaml`)."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from app.billing.x12.reading_model import Segment
from app.world.datafile import load

DATA = Path(__file__).parent / "words"


class LoopRule(Struct, frozen=True, forbid_unknown_fields=True):
    """When a loop begins, and what may stand in it: see the head of the file."""

    id: str
    words: str
    starts: str
    when: dict[int, tuple[str, ...]] = {}
    inside: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()

    def begins(self, segment: Segment, loop: str) -> bool:
        """Whether `segment`, standing after `loop`, begins this loop."""
        return (not self.inside or loop.startswith(self.inside)) and all(
            segment.code(place) in values for place, values in self.when.items())


class Kind(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of transaction."""

    kind: str
    title: str
    loops: tuple[LoopRule, ...]

    def starting(self, name: str) -> tuple[LoopRule, ...]:
        """Return the rules for segments of this name."""
        return _by_start(self.kind).get(name, ())


@cache
def kinds() -> dict[str, Kind]:
    """Return the kinds of transaction by name."""
    rows = load(DATA / "loops.yaml", tuple[Kind, ...], shown_as="app/billing/x12/words/loops.yaml")
    return {row.kind: row for row in rows}


@cache
def _by_start(kind: str) -> dict[str, tuple[LoopRule, ...]]:
    rules = kinds()[kind].loops
    return {name: tuple(r for r in rules if r.starts == name) for name in {r.starts for r in rules}}


_GUIDES = {"X222": "837P", "X098": "837P", "X223": "837I", "X096": "837I", "X224": "837D", "X097": "837D",
           "X214": "277CA"}


def kind_of(st: Segment, gs: Segment | None, inside: tuple[Segment, ...]) -> str:
    """Return 837P, 837I, 835 …; where neither ST nor GS names the guide, the segments of a claim tell."""
    name = st.code(1)
    version = st.code(3) or (gs.code(8) if gs else "")
    told = next((kind for guide, kind in _GUIDES.items() if guide in version), "")
    if told.startswith(name) and name:
        return told
    if name == "837":
        return "837I" if any(s.id in ("SV2", "CL1") for s in inside) else "837P"
    return name


def place(segments: tuple[Segment, ...], kind: str) -> Iterator[Segment]:
    """Yield the segments of one transaction with their loops, and a note where a guide expects something else."""
    known = kinds().get(kind)
    if known is None:
        yield from segments
        return
    loop: LoopRule | None = None
    for segment in segments:
        before = loop.id if loop else ""
        found = next((r for r in known.starting(segment.id) if r.begins(segment, before)), None)
        loop = found or loop
        if loop is None:
            yield segment
            continue
        notes = segment.notes
        if loop.holds and (segment.id not in loop.holds or (found is None and segment.id == loop.starts)):
            notes += (f"{segment.id} was not expected in loop {loop.id} ({loop.words})",)
        yield replace(segment, loop=loop.id, place=loop.words, notes=notes)
