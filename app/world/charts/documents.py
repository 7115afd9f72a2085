"""The documents of a chart: by several authors, at several times."""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from operator import attrgetter

from app.world.charts.grammar import singular
from app.world.charts.untidy import INTAKE_ENDS
from app.world.charts.variety import woven
from app.world.charts.words import Words
from app.world.model import ChartDocument, DocumentKind, Section
from app.world.seed import Stream
from app.world.settings import settings
from app.world.templates import Author, Choice, DocumentRow, Template, When, templates

_ROUNDS = dt.time(7, 0)  # when a hospital day's first note may be written


def holds(when: When, options: Mapping[str, str]) -> bool:
    """Say whether a row holds under the drawn options."""
    return not when or all(options[axis] in names for axis, names in when.items())


def make_documents(template: Template, options: Mapping[str, str], words: Words, authors: Mapping[Author, str],
                   start: dt.datetime, nights: int, stream: Stream) -> list[ChartDocument]:
    """Return the signed documents in order of time."""
    made = [_nursing(template, words, authors, start, stream)]
    if template.problems:
        made.append(_list("problem_list", "Problem list", "Active", template.problems, words, authors["nurse"], start))
    if template.medications:
        made.append(_list("medication_list", "Medication list", "Current medications", template.medications, words,
                          authors["nurse"], start + minutes(4)))
    for row, sections in _rows(template.id):
        if holds(row.when, options):
            made += [_document(row, sections, day, words, authors, start, stream) for day in _days(row, nights)]
    made.sort(key=attrgetter("at"))
    return made


# A section before it is filled: heading, text, the place where it takes turns, bank and number of sentences woven in.
_Blank = tuple[str, Choice, str, str, int]


@cache
def _rows(template: str) -> tuple[tuple[DocumentRow, tuple[_Blank, ...]], ...]:
    """Return the document rows of a template with their sections."""
    more = woven(template)
    return tuple(
        (row, tuple((heading, text, f"document {number} {heading}", *more.get((number, heading), ("", 0)))
                    for heading, text in row.sections.items()))
        for number, row in enumerate(templates()[template].documents))


def _days(row: DocumentRow, nights: int) -> list[int]:
    if row.each_day:
        return list(range(1, nights))
    return [nights if row.day == -1 else row.day]


def _document(row: DocumentRow, blanks: tuple[_Blank, ...], day: int, words: Words, authors: Mapping[Author, str],
              start: dt.datetime, stream: Stream) -> ChartDocument:
    sections = tuple([_section(blank, max(day, 0), words) for blank in blanks])
    opening = start if day == 0 else dt.datetime.combine(start.date() + dt.timedelta(days=day), _ROUNDS)
    at = opening + minutes(row.minute + stream.whole(0, 9))
    title = f"{row.title}, day {day + 1}" if row.each_day else row.title
    return ChartDocument("", row.kind, title, authors[row.author], at, _signed(at, stream), sections)


def _section(blank: _Blank, turn: int, words: Words) -> Section:
    heading, text, where, bank, count = blank
    filled = words.fill(text, where, turn)
    if count and filled:
        filled = f"{filled} {words.woven(bank, count)}"
    return Section(heading, singular(filled))


def _nursing(template: Template, words: Words, authors: Mapping[Author, str], start: dt.datetime,
             stream: Stream) -> ChartDocument:
    place = settings()[template.setting]
    sections = (
        Section("Reason", singular(f"{words.fill(template.intake, 'intake')} {words.woven('woven_nursing', 2)}")),
        Section("Vital signs", words.fill("{vitals}.", "vitals")),
        Section("Allergies", words.fill("{allergies}", "allergies")),
        Section(INTAKE_ENDS, words.fill(f"{{{place.close}}}", "close")),
    )
    at = start + minutes(stream.whole(5, 9))
    return ChartDocument("", "nursing_note", place.intake, authors["nurse"], at, _signed(at, stream), sections)


def _list(kind: DocumentKind, title: str, heading: str, lines: tuple[str, ...], words: Words, author: str,
          at: dt.datetime) -> ChartDocument:
    filled = [words.fill(line, f"{kind} {number}") for number, line in enumerate(lines)]
    text = "\n".join(line for line in filled if line)
    return ChartDocument("", kind, title, author, at, at + minutes(2), (Section(heading, text),))


def _signed(at: dt.datetime, stream: Stream) -> dt.datetime:
    return at + minutes(stream.whole(4, 55))


@cache
def minutes(count: int) -> dt.timedelta:
    """Return so many minutes."""
    return dt.timedelta(minutes=count)
