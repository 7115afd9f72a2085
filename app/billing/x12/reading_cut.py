"""Cut the text of a file into segments, by the characters that each ISA names.

An ISA is 106 characters long: its 4th separates elements, its 105th the parts of an element, its 106th ends each
segment (ASC X12 005010, interchange control structures). Files whose ISA was not padded are read too, with a note.
"""

import re
from collections.abc import Iterator

from app.billing.x12.reading_model import Marks, Problem, Segment, X12Error, unbroken

_WIDTHS = (2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)
_BLANK = " \t\r\n\x0b\x0c\x1a\ufeff"
_BEFORE = re.compile(f"[{_BLANK}]*")
_NAME = re.compile(r"[A-Z][A-Z0-9]{1,2}")
_WIDEST = 40  # no element of an ISA is longer than 15: beyond this it is no ISA
_FOREIGN = (("UNA", "EDIFACT"), ("UNB", "EDIFACT"), ("%PDF", "a PDF"), ("PK", "a ZIP archive"), ("<", "XML or HTML"),
            ("{", "JSON"))


def cut(text: str) -> tuple[str, tuple[Segment, ...]]:
    """Return what stands before the first ISA, and the segments. Raises X12Error when there is no readable ISA."""
    start = _blank_until(text, 0)
    _must_be_x12(text, start)
    return text[:start], tuple(_segments(text, start))


def _blank_until(text: str, start: int) -> int:
    found = _BEFORE.match(text, start)
    return found.end() if found else start


def _must_be_x12(text: str, start: int) -> None:
    if start == len(text):
        raise X12Error([Problem("the file is empty; it should begin with ISA", 1)])
    if text[start:start + 3].upper() == "ISA":
        return
    line = 1 + text.count("\n", 0, start)
    begins = "".join(ch for ch in text[start:start + 20].split("\n")[0] if ch.isprintable()).strip()
    foreign = next((name for sign, name in _FOREIGN if text.startswith(sign, start)), "")
    if re.match(r"(?i)(GS|ST)[^\w\s]", text[start:]):
        raise X12Error([Problem(f"the file begins with {text[start:start + 2].upper()}; ISA was expected, because it "
                                "says which characters separate and end the segments", line)])
    if "\0" in text[start:start + 1000]:
        foreign = foreign or "a file of a program, not text"
    looks = f"it looks like {foreign}" if foreign else f"it begins with “{begins}”"
    raise X12Error([Problem(f"this is no X12 file: {looks}, and ISA was expected", line)])


def _segments(text: str, start: int) -> Iterator[Segment]:
    at, line, number = start, 1 + text.count("\n", 0, start), 0
    marks: Marks | None = None
    ends = re.compile("$")
    while at < len(text):
        number += 1
        if marks is None or _is_isa(text, at):
            marks, stop, notes = _isa(text, at, line, number)
            ends = _terminator(marks.end)
            raw = text[at:stop]
            found = ends.match(text, stop)
        else:
            found = ends.search(text, at)
            raw, notes = text[at:found.start() if found else len(text)], ()
            if not raw.strip(_BLANK):  # only blanks after the last terminator cannot happen: `ends` takes them
                notes = ("an empty segment",)
        end = found.group() if found else ""
        elements = _elements(raw, marks)
        yield Segment(number, line, raw, end, elements, marks, notes=(*notes, *_told(elements[0], end, marks)))
        line += (raw + end).count("\n")
        at += len(raw) + len(end)


def _told(name: str, end: str, marks: Marks) -> Iterator[str]:
    """What is odd about the segment whatever it says."""
    if not _NAME.fullmatch(name):
        yield f"“{name[:12]}” is no segment name: two or three letters and digits were expected"
    if not end and marks.end != "\n":
        yield f"the file ends without the terminator “{marks.end}”"
    if end.count(marks.end) > 1 and marks.end not in _BLANK:
        yield "an empty segment follows"


def _elements(raw: str, marks: Marks) -> tuple[str, ...]:
    name, *rest = unbroken(raw).split(marks.element)
    return name.strip(_BLANK).upper(), *rest


def _terminator(end: str) -> re.Pattern[str]:
    """The terminator with all the blank space after it; more terminators without a segment between belong to it."""
    return re.compile(f"(?:{re.escape(end)}[{_BLANK}]*)+")


def _is_isa(text: str, at: int) -> bool:
    return text[at:at + 3].upper() == "ISA" and not text[at + 3:at + 4].isalnum()


def _isa(text: str, at: int, line: int, number: int) -> tuple[Marks, int, tuple[str, ...]]:
    """Return the marks, where the ISA's own text stops, and notes. Line breaks inside it do not count."""
    def stop(said: str) -> X12Error:
        return X12Error([Problem(said, line, number)])

    separator = text[at + 3:at + 4]
    if not separator:
        raise stop("ISA is cut off after its name; 16 elements were expected")
    if separator.isalnum() or separator in " \r\n":
        raise stop(f"the character after ISA separates the elements, and “{separator.strip()}” cannot")
    values, here = _isa_values(text, at + 4, separator)
    for place, (value, width) in enumerate(zip(values, _WIDTHS, strict=False), start=1):
        if len(value) > _WIDEST:
            raise stop(f"ISA is damaged: element {place} has {len(value)} characters, {width} were expected")
    if len(values) < 15 or here >= len(text):
        raise stop(f"ISA is cut off: {len(values)} of its 16 elements were found")
    component, after = text[here], text[here + 1:here + 2]
    if component in "\r\n" or component.isalnum() or component == separator:
        raise stop("ISA is damaged: its 16th element names the character between the parts of an element, and "
                   f"“{component.strip()}” cannot be one")
    if not after:
        raise stop("ISA is cut off: the character that ends each segment was expected after its 16th element")
    end = "\n" if text.startswith("\r\n", here + 1) else after
    if end.isalnum() or end in (separator, component, " "):
        raise stop(f"ISA is damaged: the character after its 16th element ends each segment, and “{end.strip()}” "
                   "cannot")
    repetition = values[10] if len(values[10]) == 1 and not values[10].isalnum() and values[10].strip() else ""
    odd = [f"element {place} has {len(value)} characters instead of {width}"
           for place, (value, width) in enumerate(zip(values, _WIDTHS, strict=False), start=1) if len(value) != width]
    notes = (f"ISA is not 106 characters long: {', '.join(odd)}",) if odd else ()
    return Marks(separator, component, repetition, end), here + 1, notes


def _isa_values(text: str, start: int, separator: str) -> tuple[list[str], int]:
    """Return the first 15 elements (fewer at the end of the file), and where the 16th begins."""
    values: list[str] = []
    at = start
    while len(values) < 15:
        stop = text.find(separator, at)
        if stop < 0:
            break
        values.append(unbroken(text[at:stop]))
        at = stop + 1
    while len(values) == 15 and at + 1 < len(text) and text[at] in "\r\n":  # wrapped just here
        at += 1
    return values, at
