"""The documents of a chart: by several authors, at several times."""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from operator import itemgetter

from app.world.charts.prepared import Prepared, holds
from app.world.charts.texts import written
from app.world.charts.untidy import INTAKE_ENDS
from app.world.charts.words import Bank, Part, Words
from app.world.model import ChartDocument, DocumentKind, Section
from app.world.seed import Stream
from app.world.templates import Author, DocumentRow

_ROUNDS = dt.time(7, 0)  # when a hospital day's first note may be written
_VITALS, _ALLERGIES = written("{vitals}."), written("{allergies}")
# A document before it has a number: when it was written, then the fields of ChartDocument without id and time.
_Draft = tuple[dt.datetime, DocumentKind, str, str, dt.datetime, tuple[Section, ...]]


def make_documents(ready: Prepared, options: Mapping[str, str], words: Words, authors: Mapping[Author, str],
                   start: dt.datetime, nights: int, stream: Stream, encounter: str) -> list[ChartDocument]:
    """Return the signed documents in order of time, numbered after the id of the `encounter`."""
    nurse = authors["nurse"]
    made = [_nursing(ready, words, nurse, start, stream)]
    if ready.problems:
        made.append(_list("problem_list", "Problem list", "Active", ready.problems, words, nurse, start))
    if ready.medications:
        made.append(_list("medication_list", "Medication list", "Current medications", ready.medications, words,
                          nurse, start + minutes(4)))
    for row, parts in ready.documents:
        if not row.when or holds(row.when, options):
            for day in _days(row, nights):
                made.append(_document(row, parts, day, words, authors, start, stream))  # noqa: PERF401
    made.sort(key=itemgetter(0))
    return [ChartDocument(f"{encounter}-D{number:02d}", kind, title, author, at, signed, sections)
            for number, (at, kind, title, author, signed, sections) in enumerate(made, start=1)]


def _days(row: DocumentRow, nights: int) -> tuple[int, ...] | range:
    if row.each_day:
        return range(1, nights)
    return (nights if row.day == -1 else row.day,)


def _document(row: DocumentRow, parts: tuple[Part, ...], day: int, words: Words, authors: Mapping[Author, str],
              start: dt.datetime, stream: Stream) -> _Draft:
    sections = words.sections(parts, day)
    opening = start if day == 0 else dt.datetime.combine(start.date() + dt.timedelta(days=day), _ROUNDS)
    late, after = divmod(stream.whole(0, 519), 52)  # up to ten minutes late, and signed within the hour
    at = opening + minutes(row.minute + late)
    title = f"{row.title}, day {day + 1}" if row.each_day else row.title
    return at, row.kind, title, authors[row.author], at + minutes(4 + after), sections


def _nursing(ready: Prepared, words: Words, nurse: str, start: dt.datetime, stream: Stream) -> _Draft:
    sections = (*words.sections((ready.intake,), 0), Section("Vital signs", words.say(_VITALS)),
                Section("Allergies", words.say(_ALLERGIES)), Section(INTAKE_ENDS, words[ready.close]))
    late, after = divmod(stream.whole(0, 259), 52)
    at = start + minutes(5 + late)
    return at, "nursing_note", ready.intake_title, nurse, at + minutes(4 + after), sections


def _list(kind: DocumentKind, title: str, heading: str, lines: tuple[Bank, ...], words: Words, author: str,
          at: dt.datetime) -> _Draft:
    filled = [words.write(line, kind) for line in lines]
    return at, kind, title, author, at + minutes(2), (Section(heading, "\n".join(filter(None, filled))),)


@cache
def minutes(count: int) -> dt.timedelta:
    """Return so many minutes."""
    return dt.timedelta(minutes=count)
