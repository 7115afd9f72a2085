"""Check the envelopes: what was opened is closed, counts and control numbers agree (ISA–IEA, GS–GE, ST–SE)."""

import re

from msgspec import Struct

from app.billing.x12.reading_model import Problem, Segment


class Span(Struct, frozen=True, gc=False):
    """A transaction: where it lies (1-based segment numbers) and the headers it stands under, where there are any."""

    st: Segment
    gs: Segment | None
    isa: Segment | None
    last: int


_KIND = re.compile(r"\d{3}", re.ASCII)
_OPENS = {"ISA": "IEA", "GS": "GE", "ST": "SE"}
_CLOSES = {"IEA": "ISA", "GE": "GS", "SE": "ST"}
_LEVELS = ("ISA", "GS", "ST")
_WHAT = {"ISA": "interchange", "GS": "functional group", "ST": "transaction"}
_A = {"ISA": "an interchange", "GS": "a functional group", "ST": "a transaction"}
_COUNTED = {"ISA": "functional groups", "GS": "transactions", "ST": "segments"}
_CONTROL = {"ISA": 13, "GS": 6, "ST": 2}  # the element of the header with its control number


class _Walk:
    """Goes through the segments with what is open. Says each thing once, where it is noticed."""

    def __init__(self) -> None:
        self.open: dict[str, Segment] = {}
        self.counted: dict[str, int] = dict.fromkeys(_LEVELS, 0)
        self.spans: list[Span] = []
        self.problems: list[Problem] = []

    def say(self, segment: Segment, said: str) -> None:
        self.problems.append(Problem(said, segment.line, segment.number))

    def begin(self, segment: Segment) -> None:
        if segment.id == "ST" and not _KIND.fullmatch(segment.at(1)):
            self.say(segment, f"ST01 is “{segment.at(1)[:12]}”: the three digits of a transaction were expected, such "
                              "as 837 or 835")
        level = _LEVELS.index(segment.id)
        self.close_below(segment, _LEVELS[level:])
        if level and _LEVELS[level - 1] not in self.open:
            above = _LEVELS[level - 1]
            self.say(segment, f"{segment.id} stands outside {_A[above]}: {above} was expected before it")
        if level:
            self.counted[_LEVELS[level - 1]] += 1
        self.open[segment.id], self.counted[segment.id] = segment, 0

    def close_below(self, segment: Segment, levels: tuple[str, ...]) -> None:
        """Whatever is still open at `levels` was never closed."""
        left = [level for level in levels if level in self.open]
        if not left:
            return
        inner = left[-1]
        expected = " and ".join(_OPENS[level] for level in reversed(left))
        control = self.open[inner].at(_CONTROL[inner])
        self.say(segment, f"{segment.id} stands here, but {_WHAT[inner]} {control} has not ended: {expected} "
                          f"{'was' if len(left) == 1 else 'were'} expected")
        for level in left:
            self.shut(level, segment.number - 1)

    def shut(self, level: str, last: int) -> None:
        header = self.open.pop(level)
        if level == "ST":
            self.spans.append(Span(header, self.open.get("GS"), self.open.get("ISA"), last))

    def end(self, segment: Segment) -> None:
        level = _CLOSES[segment.id]
        if level not in self.open:
            self.say(segment, f"{segment.id} ends {_A[level]}, but none is open: {level} was expected before it")
            return
        self.close_below(segment, _LEVELS[_LEVELS.index(level) + 1:])
        if level == "ST":
            self.counted["ST"] = segment.number - self.open["ST"].number + 1
        self.compare(segment, level)
        self.shut(level, segment.number)

    def compare(self, segment: Segment, level: str) -> None:
        said, counted = segment.at(1), self.counted[level]
        if not (said.isascii() and said.isdigit()):
            self.say(segment, f"{segment.id} should say how many {_COUNTED[level]} there are ({counted}), "
                              f"and says “{said[:20]}”")
        elif int(said[:20]) != counted:
            self.say(segment, f"{segment.id} says {said[:20]} {_COUNTED[level]}, {counted} "
                              f"{'was' if counted == 1 else 'were'} counted")
        mine, theirs = segment.at(2), self.open[level].at(_CONTROL[level])
        if mine != theirs:
            self.say(segment, f"{segment.id} has control number “{mine[:20]}”, {level} has “{theirs[:20]}”: "
                              "the same was expected")

    def inside(self, segment: Segment) -> None:
        if "ST" in self.open or (segment.id == "TA1" and "ISA" in self.open):
            return
        expected = next((level for level in _LEVELS if level not in self.open), "ST")
        self.say(segment, f"“{segment.id[:12]}” stands outside {_A[expected]}: {expected} was expected before it")

    def finish(self, last: Segment) -> None:
        left = [level for level in _LEVELS if level in self.open]
        if not left:
            return
        ends = [_OPENS[level] for level in reversed(left)]
        expected = ends[0] if len(ends) == 1 else f"{', '.join(ends[:-1])} and {ends[-1]}"
        control = self.open[left[-1]].at(_CONTROL[left[-1]])
        self.say(last, f"the file ends after this segment, inside {_WHAT[left[-1]]} {control}: {expected} "
                       f"{'was' if len(ends) == 1 else 'were'} expected")
        for level in reversed(left):
            self.shut(level, last.number)


def _never_ended(segments: tuple[Segment, ...]) -> Problem | None:
    """The whole file after its ISA is one segment: the ISA names another terminator than the file has."""
    last = segments[-1]
    if len(segments) != 2 or last.end or f"SE{last.marks.element}" not in last.raw.upper():
        return None
    return Problem(f"ISA says that “{last.marks.end.strip() or 'a line break'}” ends each segment, and none was found "
                   "after it: the character after its 16th element should be the one that the file uses", 1, 1)


def walk(segments: tuple[Segment, ...]) -> tuple[tuple[Span, ...], tuple[Problem, ...]]:
    """Return the transactions and what is wrong with the envelopes, in the order of the file."""
    unended = _never_ended(segments)
    if unended is not None:
        return (), (unended,)
    state, outside = _Walk(), False
    for segment in segments:
        if segment.id in _OPENS:
            state.begin(segment)
        elif segment.id in _CLOSES:
            state.end(segment)
        else:
            before = len(state.problems)
            state.inside(segment)
            if outside and len(state.problems) > before:
                state.problems.pop()  # one line for a run of stray segments, not one each
            outside = len(state.problems) > before or (outside and "ST" not in state.open)
            continue
        outside = False
    state.finish(segments[-1])
    return tuple(state.spans), tuple(state.problems)
