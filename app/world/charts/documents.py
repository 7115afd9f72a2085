"""The documents of a chart: by several authors, at several times."""

import datetime as dt
from collections.abc import Mapping

from app.world.charts.grammar import singular
from app.world.charts.untidy import INTAKE_ENDS
from app.world.charts.variety import woven
from app.world.charts.words import Words
from app.world.model import ChartDocument, DocumentKind, Section
from app.world.seed import Stream
from app.world.settings import settings
from app.world.templates import Author, Choice, DocumentRow, Template, When

_ROUNDS = dt.time(7, 0)  # when a hospital day's first note may be written


def holds(when: When, options: Mapping[str, str]) -> bool:
    """Say whether a row holds under the drawn options."""
    return all(options[axis] in names for axis, names in when.items())


def make_documents(template: Template, options: Mapping[str, str], words: Words, authors: Mapping[Author, str],
                   start: dt.datetime, nights: int, stream: Stream) -> list[ChartDocument]:
    """Return the signed documents in order of time."""
    made = [_nursing(template, words, authors, start, stream)]
    if template.problems:
        made.append(_list("problem_list", "Problem list", "Active", template.problems, words, authors["nurse"], start))
    if template.medications:
        made.append(_list("medication_list", "Medication list", "Current medications", template.medications, words,
                          authors["nurse"], start + dt.timedelta(minutes=4)))
    for number, row in enumerate(template.documents):
        if holds(row.when, options):
            more = woven(template.id)
            made += [_document(row, number, day, words, authors, start, stream, more) for day in _days(row, nights)]
    return sorted(made, key=lambda document: document.at)


def _days(row: DocumentRow, nights: int) -> list[int]:
    if row.each_day:
        return list(range(1, nights))
    return [nights if row.day == -1 else row.day]


def _document(row: DocumentRow, number: int, day: int, words: Words, authors: Mapping[Author, str], start: dt.datetime,
              stream: Stream, more: Mapping[tuple[int, str], tuple[str, int]]) -> ChartDocument:
    sections = tuple([_section(number, heading, text, max(day, 0), words, more)
                      for heading, text in row.sections.items()])
    opening = start if day == 0 else dt.datetime.combine(start.date() + dt.timedelta(days=day), _ROUNDS)
    at = opening + dt.timedelta(minutes=row.minute + stream.whole(0, 9))
    title = f"{row.title}, day {day + 1}" if row.each_day else row.title
    return ChartDocument("", row.kind, title, authors[row.author], at, _signed(at, stream), sections)


def _section(number: int, heading: str, text: Choice, turn: int, words: Words,
             more: Mapping[tuple[int, str], tuple[str, int]]) -> Section:
    where = f"document {number} {heading}"
    filled = words.fill(text, where, turn)
    if (number, heading) in more and filled:
        bank, count = more[number, heading]
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
    at = start + dt.timedelta(minutes=stream.whole(5, 9))
    return ChartDocument("", "nursing_note", place.intake, authors["nurse"], at, _signed(at, stream), sections)


def _list(kind: DocumentKind, title: str, heading: str, lines: tuple[str, ...], words: Words, author: str,
          at: dt.datetime) -> ChartDocument:
    filled = [words.fill(line, f"{kind} {number}") for number, line in enumerate(lines)]
    text = "\n".join(line for line in filled if line)
    return ChartDocument("", kind, title, author, at, at + dt.timedelta(minutes=2), (Section(heading, text),))


def _signed(at: dt.datetime, stream: Stream) -> dt.datetime:
    return at + dt.timedelta(minutes=stream.whole(4, 55))
