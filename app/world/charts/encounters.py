"""Make an encounter with its chart from a clinical template."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal

from app.world.charts.documents import make_documents
from app.world.charts.phrases import phrases
from app.world.charts.prepared import Chargeable, Coded, Drawable, Prepared, holds, of_a_child, prepared
from app.world.charts.untidy import ordinary, untidy
from app.world.charts.vitals import vital_words
from app.world.charts.words import Bank, Banks, Words
from app.world.model import Charge, ChartDocument, Diagnosis, Encounter, Facility, Person, Procedure, Provider, Sex
from app.world.seed import LongStream, Seed, Stream
from app.world.services import services
from app.world.templates import Author, ProcedureRow, Template, titles

# Patient discharge status codes in words: facts of the code set, the words our own.
_DISPOSITIONS = {
    "01": "home", "02": "a short-term hospital", "03": "a skilled nursing facility",
    "04": "an intermediate care facility", "05": "a children's or cancer hospital",
    "06": "home with home health services", "07": "left against medical advice",
    "20": "died", "50": "home hospice", "51": "an inpatient hospice", "62": "an inpatient rehabilitation facility",
    "63": "a long-term care hospital", "65": "a psychiatric hospital",
}
GROWN = 12  # years: younger children do not answer the nurse themselves
_HOURS = tuple(dt.time(hour) for hour in range(8, 16))  # when somebody comes
_LEAVES = dt.time(10, 30)  # when observation ends on its last morning, after the discharge summary
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def make_encounter(seed: Seed, template: Template, patient: Person, provider: Provider, facility: Facility,
                   referring: Provider | None, first: dt.date, level: int) -> Encounter:
    """Return what happened from `first` on, with a chart as tidy as `level` (1 clean, 2 ordinary, 3 untidy).

    `patient` must fit the template's ages and sexes. The level changes the chart only: the codes, charges and dates
    of one seed are the same at every level.
    """
    stream, ready = seed.long_stream(), prepared(template.id)
    nights = stream.whole(*template.stay)
    age = age_on(patient, first)
    drawn = _options(stream, ready, age, patient)
    options = {axis: row.option.name for axis, row in drawn.items()}
    status = _discharge_status(stream, template)
    accident_on = _accident_on(stream, template, first)
    identifier = "E" + stream.digits(7)
    start = dt.datetime.combine(first, _HOURS[stream.whole(0, 7)])
    last = first + dt.timedelta(days=nights)
    words = _words(stream, ready, drawn, patient, provider, referring, first, last, age,
                   {"disposition": _DISPOSITIONS.get(status, ""), "accident_date": _day(accident_on or first),
                    "hours": str(_hours(start, nights)), "days": str(nights)})
    coded = [row for row in ready.diagnoses if not row.row.when or holds(row.row.when, options)]
    places = {row.row.id: number for number, row in enumerate(coded, start=1)}
    diagnoses = tuple([row.made or _diagnosis(row, words) for row in coded])
    procedures = tuple([_procedure(row, words, first) for row in template.procedures if holds(row.when, options)])
    charges = tuple([_charge(row, places, words, first, nights, ready.institutional) for row in ready.charges
                     if not row.row.when or holds(row.row.when, options)])
    reason = words.write(ready.reason, "reason")  # before the chart, whose draws depend on the level
    chart = _chart(seed.child("chart"), stream, ready, options, words, provider, referring, start, nights, level,
                   age, (*diagnoses, *procedures), identifier)
    return Encounter(
        id=identifier, template=template.id, setting=template.setting, reason=reason,
        first=first, last=last, provider=provider, facility=facility, referring=referring,
        specialty=template.specialty, diagnoses=diagnoses, procedures=procedures, charges=charges,
        discharge_status=status, accident=template.accident, accident_on=accident_on, chart=tuple(chart))


def age_on(person: Person, day: dt.date) -> int:
    """Return the person's age in whole years on `day`."""
    born = person.birth_date
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _discharge_status(stream: Stream, template: Template) -> str:
    if not template.discharge_statuses:
        return template.discharge_status
    return stream.weighted(list(template.discharge_statuses.items()))


def _accident_on(stream: Stream, template: Template, first: dt.date) -> dt.date | None:
    if not template.accident:
        return None
    return first - dt.timedelta(days=stream.whole(*template.accident_days))


def _options(stream: Stream, ready: Prepared, age: int, patient: Person) -> dict[str, Drawable]:
    return {axis.name: stream.of(axis.open) if axis.open is not None else stream.weighted([
                (row, row.option.weight) for row in axis.drawables
                if patient.sex in row.option.sexes and row.option.ages[0] <= age <= row.option.ages[1]])
            for axis in ready.axes}


def _words(stream: LongStream, ready: Prepared, drawn: Mapping[str, Drawable], patient: Person, provider: Provider,
           referring: Provider | None, first: dt.date, last: dt.date, age: int, further: Mapping[str, str]) -> Words:
    known, banks = _told(ready.template.id, tuple([row.option.name for row in drawn.values()]), patient.sex,
                         "grown" if age >= GROWN else "child" if age else "newborn")
    words = Words(stream, known, banks)
    words |= further
    words["age"], words["a_age"] = str(age), f"{_article(age)} {age}"
    if age >= 18:
        words["name"] = f"Ms. {patient.family}" if patient.sex == "F" else f"Mr. {patient.family}"
        words["person"] = "woman" if patient.sex == "F" else "man"
    else:
        words["name"], words["person"] = patient.given, "girl" if patient.sex == "F" else "boy"
    words["provider"] = provider.name
    words["referring"] = referring.name if referring else "the primary care office"
    words["first"], words["last"] = _day(first), _day(last)
    words |= vital_words(stream, age, patient.sex, ready.template.vitals)
    return words


@lru_cache(4096)
def _told(template: str, options: tuple[str, ...], sex: Sex, grown: Literal["grown", "child", "newborn"]
          ) -> tuple[Mapping[str, str], Mapping[str, Bank]]:
    """Return the words that are known and the banks, for all patients alike in this; neither is changed."""
    ready = prepared(template)
    words, banks = {**ready.known}, Banks(ready.banks)
    if grown != "grown":
        banks |= of_a_child(grown == "newborn")
    for axis, name in zip(ready.axes, options, strict=True):
        row = next(row for row in axis.drawables if row.option.name == name)
        words |= row.known
        banks |= row.banks
    return words | _PRONOUNS[sex], banks


_PRONOUNS = {"F": {"he": "she", "him": "her", "his": "her"}, "M": {"he": "he", "him": "him", "his": "his"}}


def _article(age: int) -> str:
    """`an` 8-, 11-, 18- or 80-year-old, `a` for all others under 110."""
    return "an" if age in (8, 11, 18) or 80 <= age < 90 else "a"


def _diagnosis(row: Coded, words: Words) -> Diagnosis:
    code = words.say(row.code)
    evidence = tuple([words.say(text) for text in row.evidence])
    return Diagnosis(code, titles()[code], evidence, row.row.poa, row.row.role, words.say(row.why))


def _procedure(row: ProcedureRow, words: Words, first: dt.date) -> Procedure:
    code = words.fill(row.code, "code")
    evidence = tuple(words.fill(text, "evidence") for text in row.evidence)
    return Procedure(code, titles()[code], first + dt.timedelta(days=row.day), evidence, words.fill(row.why, "why"))


def _charge(found: Chargeable, places: Mapping[str, int], words: Words, first: dt.date, nights: int,
            institutional: bool) -> Charge:
    row, service, units, modifiers = found
    if service is None:
        service = services()[words.fill(row.service, "service")]
    if units is None:
        units = _units(words.fill(str(row.units), "units"), nights)
    if modifiers is None:
        modifiers = tuple([words.fill(text, "modifier") for text in row.modifiers])
    pointers = tuple([places[name] for name in row.points if name in places])
    return Charge(service.id, service.code, service.title, units, service.charge * units,
                  first + dt.timedelta(days=row.day) if row.day else first, modifiers, pointers[:4],
                  service.revenue if institutional else "")


def _hours(start: dt.datetime, nights: int) -> int:
    """Return the whole hours from the order for observation, an hour after the start, to the last morning."""
    if not nights:
        return 0
    left = dt.datetime.combine(start.date() + dt.timedelta(days=nights), _LEAVES)
    return max(0, int((left - start) / dt.timedelta(hours=1)) - 1)


def _units(written: str, nights: int) -> int:
    """`3` is three; `days` is a unit for every night; `days-2` leaves out two nights."""
    if written.startswith("days"):
        return nights - int(written.removeprefix("days").lstrip("-") or 0)
    return int(written)


def _chart(seed: Seed, stream: Stream, ready: Prepared, options: Mapping[str, str], words: Words, provider: Provider,
           referring: Provider | None, start: dt.datetime, nights: int, level: int, age: int,
           coded: Sequence[Diagnosis | Procedure], encounter: str) -> list[ChartDocument]:
    authors = _Staff(stream, provider, referring)
    chart = make_documents(ready, options, words, authors, start, nights, stream, encounter)
    if level >= 2:
        chart = ordinary(seed, chart, [text for row in coded for text in row.evidence], age)
    if level >= 3:
        chart = untidy(seed, chart, provider.name, _conflict(seed, ready.template, options, words, age),
                       f"{encounter}-D{len(chart) + 1:02d}")
    return chart


class _Staff(dict[Author, str]):
    """Who writes in a chart, by role: somebody is drawn when a document needs one."""

    __slots__ = ("_stream",)

    def __init__(self, stream: Stream, provider: Provider, referring: Provider | None) -> None:
        self._stream = stream
        self["provider"] = provider.name
        if referring is not None:
            self["referring"] = referring.name

    def __missing__(self, role: Author) -> str:
        found = self[role] = self["consultant"] if role == "referring" else self._stream.one(phrases()[role])
        return found


def _conflict(seed: Seed, template: Template, options: Mapping[str, str], words: Words, age: int) -> tuple[str, str]:
    fitting = [(row.says, row.settled) for row in template.conflicts if holds(row.when, options)]
    bank = "conflict" if age >= 18 else "conflict_child"
    pairs = fitting or [(says, settled) for says, _, settled in (text.partition(" || ") for text in phrases()[bank])]
    says, settled = seed.child("conflict").stream().one(pairs)
    noted, added = words.woven("woven_nursing", 2), words.woven("woven_addendum", 2)
    return f"{words.fill(says, 'conflict')} {noted}", f"{words.fill(settled, 'conflict')} {added}"


@cache
def _day(day: dt.date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
