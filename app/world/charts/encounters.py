"""Make an encounter with its chart from a clinical template."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from app.world.charts.documents import holds, make_documents
from app.world.charts.phrases import phrases
from app.world.charts.untidy import ordinary, untidy
from app.world.charts.vitals import vital_words
from app.world.charts.words import Words
from app.world.model import Charge, ChartDocument, Diagnosis, Encounter, Facility, Person, Procedure, Provider
from app.world.seed import LongStream, Seed, Stream, Weights
from app.world.services import services
from app.world.settings import settings
from app.world.templates import Author, ChargeRow, CodeRow, Option, ProcedureRow, Template, templates, titles

# Patient discharge status codes in words: facts of the code set, the words our own.
_DISPOSITIONS = {
    "01": "home", "02": "a short-term hospital", "03": "a skilled nursing facility",
    "04": "an intermediate care facility", "05": "a children's or cancer hospital",
    "06": "home with home health services", "07": "left against medical advice",
    "20": "died", "50": "home hospice", "51": "an inpatient hospice", "62": "an inpatient rehabilitation facility",
    "63": "a long-term care hospital", "65": "a psychiatric hospital",
}
GROWN = 12  # years: younger children do not answer the nurse themselves
_BY_AGE = ("allergies", "triage_close")  # slots that a young child's chart fills otherwise
_LEAVES = dt.time(10, 30)  # when observation ends on its last morning, after the discharge summary
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STAFF: tuple[Author, ...] = ("nurse", "laboratory", "radiology", "consultant", "resident", "therapist", "dietitian",
                              "social_worker", "respiratory", "pharmacist", "supplier")


def make_encounter(seed: Seed, template: Template, patient: Person, provider: Provider, facility: Facility,
                   referring: Provider | None, first: dt.date, level: int) -> Encounter:
    """Return what happened from `first` on, with a chart as tidy as `level` (1 clean, 2 ordinary, 3 untidy).

    `patient` must fit the template's ages and sexes. The level changes the chart only: the codes, charges and dates
    of one seed are the same at every level.
    """
    stream = seed.long_stream()
    nights = stream.whole(*template.stay)
    age = age_on(patient, first)
    drawn = _options(stream, template, age, patient)
    options = {axis: option.name for axis, option in drawn.items()}
    institutional = settings()[template.setting].form == "institutional"
    status = _discharge_status(stream, template)
    accident_on = _accident_on(stream, template, first)
    identifier = "E" + stream.digits(7)
    start = dt.datetime.combine(first, dt.time(stream.whole(8, 15)))
    words = _words(stream, template, drawn, patient, provider, referring, first, nights,
                   {"disposition": _DISPOSITIONS.get(status, ""), "accident_date": _day(accident_on or first),
                    "hours": str(_hours(start, nights))})
    rows = [row for row in template.diagnoses if not row.when or holds(row.when, options)]
    places = {row.id: number for number, row in enumerate(rows, start=1)}
    diagnoses = tuple([_diagnosis(row, words) for row in rows])
    procedures = tuple([_procedure(row, words, first) for row in template.procedures if holds(row.when, options)])
    charges = tuple([_charge(row, places, words, first, nights, institutional) for row in template.charges
                     if not row.when or holds(row.when, options)])
    reason = words.fill(template.reason, "reason")  # before the chart, whose draws depend on the level
    chart = _chart(seed.child("chart"), stream, template, options, words, provider, referring, start, nights, level,
                   age, (*diagnoses, *procedures))
    return Encounter(
        id=identifier, template=template.id, setting=template.setting, reason=reason,
        first=first, last=first + dt.timedelta(days=nights), provider=provider, facility=facility, referring=referring,
        specialty=template.specialty, diagnoses=diagnoses, procedures=procedures, charges=charges,
        discharge_status=status, accident=template.accident, accident_on=accident_on,
        chart=tuple([msgspec.structs.replace(document, id=f"{identifier}-D{number:02d}")
                     for number, document in enumerate(chart, start=1)]))


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


def _options(stream: Stream, template: Template, age: int, patient: Person) -> dict[str, Option]:
    drawn = {}
    for axis, options in template.variants.items():
        drawn[axis] = stream.of(_open_options(template.id)[axis]) if axis in _open_options(template.id) else (
            stream.weighted([(option, option.weight) for option in options
                             if patient.sex in option.sexes and option.ages[0] <= age <= option.ages[1]]))
    return drawn


@cache
def _open_options(template: str) -> dict[str, Weights[Option]]:
    """Return the options of every axis on which all fit everybody."""
    return {axis: Weights((option, option.weight) for option in options)
            for axis, options in templates()[template].variants.items()
            if all(option.sexes == ("F", "M") and option.ages == (0, 120) for option in options)}


def _words(stream: LongStream, template: Template, drawn: Mapping[str, Option], patient: Person, provider: Provider,
           referring: Provider | None, first: dt.date, nights: int, further: Mapping[str, str]) -> Words:
    age = age_on(patient, first)
    female = patient.sex == "F"
    grown, small = ("woman", "girl") if female else ("man", "boy")
    he, him, his = ("she", "her", "her") if female else ("he", "him", "his")
    last = first + dt.timedelta(days=nights)
    fixed = {
        "age": str(age), "a_age": f"{_article(age)} {age}", "person": grown if age >= 18 else small,
        "he": he, "him": him, "his": his,
        "name": (("Ms. " if female else "Mr. ") + patient.family) if age >= 18 else patient.given,
        "provider": provider.name, "referring": referring.name if referring else "the primary care office",
        "first": _day(first), "last": _day(last), "days": str(nights),
        **further, **vital_words(stream, age, patient.sex, template.vitals),
    }
    plain = _plain_names(template.id)
    slots = dict(template.slots)
    if age < GROWN:
        slots |= {"allergies": phrases()["allergies_child" if age else "allergies_newborn"],
                  "triage_close": phrases()["triage_close_child"], "agrees": phrases()["agrees_child"]}
    for option in drawn.values():
        slots |= option.words
    known = {name: slots[name] for name in plain if name in slots}
    return Words(stream, {**known, **fixed}, slots)  # type: ignore[dict-item]


@cache
def _plain_names(template: str) -> tuple[str, ...]:
    """Return the slots that are one text without a slot wherever the template fills them: nothing is drawn for them."""
    found = templates()[template]
    filled = [found.slots, *(option.words for options in found.variants.values() for option in options)]
    drawn = {name for words in filled for name, choice in words.items()
             if not isinstance(choice, str) or "{" in choice}
    return tuple(dict.fromkeys(name for words in filled for name in words if name not in {*drawn, *_BY_AGE}))


def _article(age: int) -> str:
    """`an` 8-, 11-, 18- or 80-year-old, `a` for all others under 110."""
    return "an" if age in (8, 11, 18) or 80 <= age < 90 else "a"


def _diagnosis(row: CodeRow, words: Words) -> Diagnosis:
    code = words.fill(row.code, "code") if "{" in row.code else row.code
    evidence = tuple([words.fill(text, "evidence") if "{" in text else text for text in row.evidence])
    return Diagnosis(code, titles()[code], evidence, row.poa, row.role,
                     words.fill(row.why, "why") if "{" in row.why else row.why)


def _procedure(row: ProcedureRow, words: Words, first: dt.date) -> Procedure:
    code = words.fill(row.code, "code")
    evidence = tuple(words.fill(text, "evidence") for text in row.evidence)
    return Procedure(code, titles()[code], first + dt.timedelta(days=row.day), evidence, words.fill(row.why, "why"))


def _charge(row: ChargeRow, places: Mapping[str, int], words: Words, first: dt.date, nights: int,
            institutional: bool) -> Charge:
    service = services()[words.fill(row.service, "service") if "{" in row.service else row.service]
    units = row.units if isinstance(row.units, int) else _units(words.fill(row.units, "units"), nights)
    modifiers = tuple([words.fill(text, "modifier") for text in row.modifiers])
    pointers = tuple([places[name] for name in row.points if name in places])
    return Charge(service.id, service.code, service.title, units, service.charge * units,
                  first + dt.timedelta(days=row.day) if row.day else first, modifiers, pointers[:4],
                  service.revenue if institutional else "")


def _hours(start: dt.datetime, nights: int) -> int:
    """Return the whole hours from the order for observation, an hour after the start, to the last morning."""
    left = dt.datetime.combine(start.date() + dt.timedelta(days=nights), _LEAVES)
    return max(0, int((left - start) / dt.timedelta(hours=1)) - 1)


def _units(written: str, nights: int) -> int:
    """`3` is three; `days` is a unit for every night; `days-2` leaves out two nights."""
    if written.startswith("days"):
        return nights - int(written.removeprefix("days").lstrip("-") or 0)
    return int(written)


def _chart(seed: Seed, stream: Stream, template: Template, options: Mapping[str, str], words: Words, provider: Provider,
           referring: Provider | None, start: dt.datetime, nights: int, level: int, age: int,
           coded: Sequence[Diagnosis | Procedure]) -> list[ChartDocument]:
    banks = phrases()
    authors: dict[Author, str] = {role: stream.one(banks[role]) for role in _STAFF}
    authors |= {"provider": provider.name, "referring": referring.name if referring else authors["consultant"]}
    chart = make_documents(template, options, words, authors, start, nights, stream)
    if level >= 2:
        chart = ordinary(seed, chart, [text for row in coded for text in row.evidence], age)
    if level >= 3:
        chart = untidy(seed, chart, provider.name, _conflict(seed, template, options, words, age))
    return chart


def _conflict(seed: Seed, template: Template, options: Mapping[str, str], words: Words, age: int) -> tuple[str, str]:
    fitting = [(row.says, row.settled) for row in template.conflicts if holds(row.when, options)]
    bank = "conflict" if age >= 18 else "conflict_child"
    pairs = fitting or [(says, settled) for says, _, settled in (text.partition(" || ") for text in phrases()[bank])]
    says, settled = seed.child("conflict").stream().one(pairs)
    noted, added = words.woven("woven_nursing", 3), words.woven("woven_addendum", 3)
    return f"{words.fill(says, 'conflict')} {noted}", f"{words.fill(settled, 'conflict')} {added}"


def _day(day: dt.date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
