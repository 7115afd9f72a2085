"""The patient index: find a patient, see two records of one, tell one error from another, merge, check a number."""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, Draw, NumberDraw, Template, makers
from question_bank.templates.wording import HOSPITALS, SURNAMES, begin, table

WRITTEN = dt.date(2026, 11, 25)
IDENTITY = "mpi-duplicate-rate"
GIVEN = "audit-policy-in-the-question"
GIVEN_NAMES = ("Ada", "Bruno", "Carla", "Diego", "Elena", "Felix", "Grace", "Hugo", "Ines", "Jonas", "Karen", "Leo",
               "Marta",
               "Nadia", "Oscar", "Paula", "Ruth", "Simon", "Tessa", "Victor")
STREETS = ("Oak St", "Mill Rd", "Lake Ave", "Hill Ct", "Park Ln", "River Dr", "Elm St", "Bay Rd")
COLUMNS = ("record", "surname", "given name", "born", "street")
Person = tuple[str, str, str, str]


def _number(stream: Stream) -> str:
    return f"{stream.whole(10, 98)}-{stream.whole(10, 98)}-{stream.whole(10, 98)}"


def _numbers(stream: Stream, count: int) -> list[str]:
    """Return different record numbers in their order."""
    first = stream.some(range(10, 99), count)
    return sorted(f"{start}-{stream.whole(10, 98)}-{stream.whole(10, 98)}" for start in first)


def _born(stream: Stream) -> str:
    return f"{stream.whole(1940, 2012)}-{stream.whole(1, 12):02d}-{stream.whole(13, 28)}"


def _street(stream: Stream) -> str:
    return f"{stream.whole(11, 990)} {stream.one(STREETS)}"


def _people(stream: Stream, count: int) -> list[Person]:
    """Return people who share neither surname nor birth date."""
    return [(surname, stream.one(GIVEN_NAMES),
             f"{1940 + 9 * i + stream.whole(0, 8)}-{stream.whole(1, 12):02d}-{stream.whole(13, 28)}",
             _street(stream)) for i, surname in enumerate(stream.some(SURNAMES, count))]


def _find_patient(stream: Stream) -> Draw:
    """Which record of the index is that of the patient at the desk: twin, namesake and neighbor stand beside it."""
    surname, other_surname = stream.some(SURNAMES, 2)
    given, twin = stream.some(GIVEN_NAMES, 2)
    born, street, other_street = _born(stream), _street(stream), _street(stream)
    other_born = f"{int(born[:4]) + stream.whole(2, 6)}{born[4:]}"
    people = ((surname, given, born, street), (surname, twin, born, street), (surname, given, other_born, other_street),
              (other_surname, given, other_born, street))
    order = stream.shuffled(range(4))
    numbers = dict(zip(order, _numbers(stream, 4), strict=True))
    rows = [(numbers[i], *people[i]) for i in order]
    stem = (f"{given} {surname}, born {born}, of {street}, is at the registration desk of {stream.one(HOSPITALS)}. "
        + stream.one((
        "Which record of the index is this patient's?", "Under which number does the clerk register the visit?"))
        + table("Patient index", COLUMNS, rows))
    whys = ("Name, birth date and street agree.", f"This is {twin}: same surname, birth date and street, as a twin "
            f"has. The given name differs.",
            "This is a namesake: the birth date and the street differ.", "The surname and the birth date differ.")
    return Draw(stem, Choice(numbers[0], whys[0]), tuple(Choice(numbers[i], whys[i]) for i in (1, 2, 3)))


def _duplicate_pair(stream: Stream) -> Draw:
    """Which two records are one patient by a drawn rule: birth date and street agree, the name changed or was "
      "misspelled."""
    one, *rest = _people(stream, 4)
    surname, given, born, street = one
    how = stream.one(("married name", "misspelled", "short"))
    again = {"married name": (stream.one([name for name in SURNAMES if name not in {p[0] for p in (one, *rest)}]),
                              given, born, street),
             "misspelled": (surname[:-2] + surname[-1] + surname[-2] if surname[-1] != surname[-2] else surname + "e",
                            given, born, street),
             "short": (surname, given[0] + ".", born, street)}[how]
    neighbor = (rest[0][0], rest[0][1], rest[0][2], street)
    twin = (surname, stream.one([name for name in GIVEN_NAMES if name[0] != given[0]]),
            f"{int(born[:4]) + 1}{born[4:]}", rest[1][3])
    people = (one, again, neighbor, twin)
    order = stream.shuffled(range(4))
    numbers = dict(zip(order, _numbers(stream, 4), strict=True))
    def pair(a: int, b: int) -> str:
        return " and ".join(sorted((numbers[a], numbers[b])))
    stem = (f"{begin(stream.one(HOSPITALS))} sends pairs of records for review when birth date and street agree and "
            "the given names agree or begin with the same letter. "
            + stream.one(("Which pair is sent?", "Which two records are sent for review?")) + table("Patient index",
                COLUMNS, [(numbers[i], *people[i]) for i in order]))
    said = {"married name": "The surname may have changed.", "misspelled": "The surname is misspelled.",
            "short": "The given name is shortened."}[how]
    key = Choice(pair(0, 1), f"Birth date and street agree, and the given names begin alike. {said}")
    return Draw(stem, key, (
        Choice(pair(0, 2), "Only the street agrees: two people at one address."),
        Choice(pair(0, 3), "Only the surname agrees; birth date and street differ."),
        Choice(pair(1, 2), "Only the street agrees."),
    ))


def _error_kind(stream: Stream) -> Draw:
    """Which error of the index a drawn event is: duplicate, overlay, overlap, or none."""
    first, second = _numbers(stream, 2)
    name, other = stream.some(SURNAMES, 2)
    given, given_other = stream.some(GIVEN_NAMES, 2)
    place = stream.one(HOSPITALS)
    kinds = {
        "Duplicate": (f"At {place} {given} {name} has the records {first} and {second}: the second was made when the "
                      f"clerk searched for a misspelled name.",
                      "One patient has two records in one index."),
        "Overlay": (f"At {place} record {first} of {given} {name} holds the laboratory results of {given_other} "
                    f"{other}, who was registered under it by mistake.",
                    "One record holds the data of two people."),
        "Overlap": (f"{given} {name} has number {first} at {place} and number {second} at a sister hospital; the "
                    f"system's shared index holds both and has not linked them.",
                    "One patient has numbers at two facilities of a system that are not linked."),
        "No error": (f"At {place} {given} {name} married and is now {given} {other}. Record {first} shows the new "
                     f"name, with the old one as an alias.",
                     "A change of name with an alias keeps one record for one patient."),
    }
    kind = stream.one(tuple(kinds))
    stem = kinds[kind][0] + " " + stream.one(("What does the data steward call this?",
                                              "How is this entered in the log of index errors?"))
    return Draw(stem, Choice(kind, kinds[kind][1]), tuple(Choice(other_kind, "That is when "
        f"{why[0].lower()}{why[1:]}") for other_kind, (_, why) in kinds.items() if other_kind != kind))


def _survivor(stream: Stream) -> Draw:
    """Which number is kept after a merge, by a drawn policy with two steps."""
    numbers = _numbers(stream, 4)
    years = stream.some(range(2009, 2026), 4)
    visits = stream.some(range(2, 40), 4)
    holds = [stream.chance(35) for _ in range(4)]
    rule = stream.one(("with the most visits", "made first", "made last"))
    rows = [(number, year, count, "yes" if hold else "no") for number, year, count, hold in zip(numbers, years, visits,
        holds, strict=True)]
    measure = {"with the most visits": lambda i: visits[i], "made first": lambda i: -years[i],
               "made last": lambda i: years[i]}
    allowed = [i for i in range(4) if not holds[i]]
    if len(allowed) < 2:
        return _survivor(stream)
    kept = max(allowed, key=measure[rule])
    stem = (f"Review shows that four records of {stream.one(HOSPITALS)} are one patient's. By policy the record {rule} "
            f"is kept and takes in the others. A record under legal hold is never the one that is kept. "
            "Which number is kept?") + table("Records of the patient", ("record", "made in", "visits", "legal hold"),
                                             rows)
    def why(i: int) -> str:
        told = f"It was made in {years[i]} and has {visits[i]} visits."
        return told + (" It is under legal hold." if holds[i] else f" Another one without a hold is the one {rule}.")
    return Draw(stem, Choice(numbers[kept], f"Among the records without a legal hold it is the one {rule}."), tuple(
        Choice(numbers[i], why(i)) for i in range(4) if i != kept))


def _name_search(stream: Stream) -> NumberDraw:
    """How many records a search by the beginning of the surname and a span of birth years returns."""
    surname = stream.one([name for name in SURNAMES if len(name) > 5])
    begins = surname[:3]
    year = stream.whole(1950, 1995)
    span = stream.whole(1, 2)
    rows = []
    for number in _numbers(stream, 8):
        alike = stream.one((surname, *(begins + ending for ending in ("ton", "er", "well", "ley"))))
        name = alike if stream.chance(65) else stream.one(SURNAMES)
        born = f"{year + stream.whole(-3, 3)}-{stream.whole(1, 12):02d}-{stream.whole(13, 28)}"
        rows.append((number, name, stream.one(GIVEN_NAMES), born))
    found = [row[0] for row in rows if row[1].startswith(begins) and abs(int(row[3][:4]) - year) <= span]
    if not found:
        return _name_search(stream)
    letters = [row[0] for row in rows if row[1].startswith(begins)]
    stem = (f"A caller is sure of {begins} as the first three letters of the surname and of {year} as the year of "
        f"birth, give or take {span} year{'s' if span > 1 else ''}. " + stream.one((
        "How many records does the search return?", "How many records does the clerk have to look at?"))
        + table("Patient index", ("record", "surname", "given name", "born"), rows))
    return NumberDraw(stem, str(len(found)), "records", (
        f"{len(letters)} surnames begin with {begins}; of these {len(found)} are of people born from {year - span} to "
        f"{year + span}{': ' + ', '.join(found)}. Both years at the ends count."))


def _check_digit(stream: Stream) -> Draw:
    """Which record number fails a drawn check: a weighted sum of its digits must end in its last digit."""
    weights = stream.one(((2, 3, 4, 5, 6), (1, 2, 1, 2, 1), (3, 1, 3, 1, 3), (7, 5, 3, 2, 1)))
    def check(digits: list[int]) -> int:
        return sum(d * w for d, w in zip(digits, weights, strict=True)) % 10
    def reads(digits: list[int], last: int) -> str:
        text = "".join(map(str, digits)) + str(last)
        return f"{text[:2]}-{text[2:4]}-{text[4:]}"
    drawn = [[stream.whole(1, 9) for _ in range(5)] for _ in range(4)]
    wrong = stream.whole(0, 3)
    shown = [reads(d, (check(d) + (stream.whole(1, 9) if i == wrong else 0)) % 10) for i, d in enumerate(drawn)]
    whys = [f"{' + '.join(f'{x} × {w}' for x, w in zip(d, weights, strict=True))} = "
            f"{sum(x * w for x, w in zip(d, weights, strict=True))}, which ends in {check(d)}." for d in drawn]
    stem = (f"In the record numbers of {stream.one(HOSPITALS)} the sixth digit is a check: multiply the first five by "
            f"{', '.join(map(str, weights))} in turn and add up; the last digit of the sum is the sixth digit. "
            "Which of these numbers was typed wrong?")
    return Draw(stem, Choice(shown[wrong], f"{whys[wrong]} The number ends in {shown[wrong][-1]}."), tuple(
        Choice(shown[i], f"{whys[i]} So does the number.") for i in range(4) if i != wrong))


TEMPLATES = makers(
    (Template("t-index-lookup", ("1.8", "2.6"), "application", IDENTITY, WRITTEN), _find_patient),
    (Template("t-duplicate-pair", ("2.6", "1.8"), "analysis", IDENTITY, WRITTEN), _duplicate_pair),
    (Template("t-index-error", ("2.6", "1.8"), "application", IDENTITY, WRITTEN), _error_kind),
    (Template("t-merge-survivor", ("2.6", "1.8"), "analysis", GIVEN, WRITTEN), _survivor),
    (Template("t-index-search", ("1.8", "3.2"), "application", GIVEN, WRITTEN), _name_search),
    (Template("t-check-digit", ("2.6", "1.8"), "application", GIVEN, WRITTEN), _check_digit),
)
