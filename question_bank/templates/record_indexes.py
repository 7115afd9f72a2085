"""Filing orders, Soundex, and look-ups in the disease index, the physician index and the patient index."""

import datetime as dt
import re
from collections.abc import Callable
from itertools import groupby

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, Draw, MatchDraw, NumberDraw, OrderDraw, Template, makers, three
from question_bank.templates.wording import HOSPITALS, MONTHS, SURNAMES, begin, in_words, table

WRITTEN = dt.date(2026, 11, 25)
FILING = "record-filing-terminal-digit"
ALPHABETIC = "record-filing-alphabetic"
SOUNDEX = "national-archives-soundex"
NUMBERING = "record-numbering-unit-serial"
INDEXES = "disease-and-physician-index"
GIVEN = "audit-policy-in-the-question"
ASSISTANTS = ("A file clerk", "A new clerk", "A technician", "A practicum student", "A trainee")
STORES = ("the paper archive", "the off-site store", "the film library", "the old file room",
          "the outpatient file room")
CODES = ("E11.9", "E78.5", "D64.9", "I50.9", "J44.9", "M10.9", "N39.0", "K21.9", "K80.20", "I63.9", "I48.91", "N17.9")
PHYSICIANS = ("Dr. Amari", "Dr. Brandt", "Dr. Castillo", "Dr. Dunne", "Dr. Eng")
NAMES = ("Ashcraft", "Ashcroft", "Bailey", "Baley", "Burroughs", "Burrows", "Carr", "Kerr", "Clark", "Clarke", "Cook",
         "Fisher",
         "Fischer", "Gutierrez", "Hansen", "Hanson", "Jackson", "Johnson", "Johnston", "Jonson", "Larson", "Lawson",
         "Lee",
         "Lloyd", "Lukaschowsky", "McGee", "Meyer", "Miller", "Moller", "Myers", "Nielsen", "Nelson", "Nilson", "Olsen",
         "Olson", "Peters", "Peterson", "Petersen", "Pfister", "Pierce", "Pearce", "Reed", "Reid", "Rogers", "Rodgers",
         "Schmidt", "Schmitt", "Smith", "Smyth", "Snyder", "Schneider", "Stevens", "Stephens", "Stewart", "Stuart",
         "Thompson", "Thomson", "Tymczak", "Wagner", "Wegener", "Weber", "Webber", "Williams", "Wilson",
         "Willson", "Wright", "Yates", "Zeller", "Ziegler")
LETTERS = {letter: digit for letters, digit in (("BFPV", "1"), ("CGJKQSXZ", "2"), ("DT", "3"), ("L", "4"), ("MN", "5"),
                                                ("R", "6"))
           for letter in letters}


def _number(stream: Stream) -> str:
    return f"{stream.whole(10, 98)}-{stream.whole(10, 98)}-{stream.whole(10, 98)}"


def _near(stream: Stream, count: int) -> list[str]:
    """Return record numbers that share pairs of digits, so that each order of filing sorts them differently."""
    pairs = [stream.some(range(10, 99), 2) for _ in range(3)]
    found: list[str] = []
    while len(found) < count:
        number = "-".join(str(stream.one(pair)) for pair in pairs)
        if number not in found:
            found.append(number)
    return found


def by_terminal(number: str) -> list[str]:
    """Return the pairs of digits in the order in which terminal-digit filing looks at them."""
    return number.split("-")[::-1]


def by_middle(number: str) -> list[str]:
    first, middle, last = number.split("-")
    return [middle, first, last]


ORDERS: tuple[tuple[str, Callable[[str], list[str]], str], ...] = (
    ("terminal-digit", by_terminal, "the last pair, then the middle, then the first"),
    ("middle-digit", by_middle, "the middle pair, then the first, then the last"),
    ("straight numeric", lambda number: number.split("-"), "the first pair, then the middle, then the last"),
)


def _first_folder(stream: Stream) -> Draw:
    """Which of four folders stands first, or last, under a drawn order of filing."""
    numbers = _near(stream, 4)
    wanted, order, told = stream.one(ORDERS)
    last = stream.chance(50)
    stem = (f"{stream.one(ASSISTANTS)} files four folders in {stream.one(STORES)}: {in_words(numbers)}. The room uses "
            f"{wanted} filing. Which of the four folders comes {'last' if last else 'first'}?")
    ordered = sorted(numbers, key=order)
    right = ordered[-1 if last else 0]
    def why(number: str) -> str:
        place = ("first", "second", "third", "fourth")[ordered.index(number)]
        return f"{begin(wanted)} filing looks at {told}. This one comes {place} of the four."
    return Draw(stem, Choice(right, f"{why(right)} The order is {', '.join(ordered)}."), tuple(
        Choice(number, why(number)) for number in numbers if number != right))


def _terminal_order(stream: Stream) -> OrderDraw:
    """Put folders in terminal-digit order."""
    numbers = sorted(_near(stream, 4), key=by_terminal)
    stem = (f"{stream.one(ASSISTANTS)} at {stream.one(HOSPITALS)} has four folders for {stream.one(STORES)}, which "
            "uses terminal-digit filing. In which order do they stand on the shelf?")
    lines = []
    for number in numbers:
        last, middle, first = by_terminal(number)
        lines.append(Choice(number, f"Section {last} (last pair), then {middle} (middle pair), then {first} (first "
                                    f"pair)."))
    return OrderDraw(stem, tuple(lines))


def _middle_order(stream: Stream) -> OrderDraw:
    """Put folders in middle-digit order."""
    numbers = sorted(_near(stream, 4), key=by_middle)
    stem = (f"{begin(stream.one(STORES))} of {stream.one(HOSPITALS)} uses middle-digit filing. "
            f"{stream.one(ASSISTANTS)} brings four folders. In which order do they go on the shelf?")
    lines = []
    for number in numbers:
        middle, first, last = by_middle(number)
        lines.append(Choice(number, f"Middle pair {middle}, then first pair {first}, then last pair {last}."))
    return OrderDraw(stem, tuple(lines))


def _sections(stream: Stream) -> MatchDraw:
    """Which clerk gets which folder when the sections of a terminal-digit room are shared out."""
    ends = (24, 49, 74, 99)
    names = stream.some(SURNAMES, 4)
    starts = (0, 25, 50, 75)
    shares = "; ".join(f"{name} {start:02d} to {end:02d}" for name, start, end in zip(names, starts, ends, strict=True))
    numbers: list[str] = []
    while len({int(number[-2:]) // 25 for number in numbers}) < 3:
        numbers = [_number(stream) for _ in range(4)]
    def clerk(pair: str) -> str:
        return names[int(pair) // 25]
    stem = f"In a terminal-digit file room four clerks share the sections: {shares}. Who files which of these folders?"
    return MatchDraw(stem, tuple(
        (Choice(number, f"The last pair, {number[-2:]}, is the section. The first pair would lead to "
                        f"{clerk(number[:2])}."), clerk(number[-2:]))
        for number in numbers), tuple(name for name in names if name not in {clerk(number[-2:]) for number in numbers}))


def _alphabetic(stream: Stream) -> OrderDraw:
    """Put patients' folders in alphabetic order by a drawn rule: nothing before something, punctuation ignored."""
    last = stream.one(SURNAMES)
    first = stream.one(("Ann", "Carl", "Dan", "Eva", "Jo", "Max", "Rose"))
    longer = {"Ann": "Anna", "Carl": "Carla", "Dan": "Dana", "Eva": "Evan", "Jo": "Joan", "Max": "Maxine",
              "Rose": "Rosemary"}[first]
    middle = stream.one("BDFHKM")
    other = chr(ord(middle) + stream.whole(1, 9))
    people = (f"{last}, {first}", f"{last}, {first} {middle}.", f"{last}, {first} {other}.", f"{last}, {longer}",
              f"{last}-{stream.one(('Adams', 'Young'))}, {first}")
    whys = ("No middle initial: nothing comes before something.", f"The middle initial {middle} goes before {other}.",
            f"The middle initial {other} comes after {middle}.",
            f"{longer} goes on where {first} ends: nothing comes before something.",
            "The hyphen is ignored, so the surname is longer and comes after the shorter one.")
    stem = (f"{begin(stream.one(STORES))} of {stream.one(HOSPITALS)} files by surname, then given name, then middle "
            f"initial. Hyphens are ignored, and nothing comes before something. "
            "In which order do these patients' folders stand?")
    return OrderDraw(stem, tuple(Choice(name, why) for name, why in zip(people, whys, strict=True)))


def soundex(name: str) -> str:
    """Return the American Soundex code: letters of one group count once, also when H or W stands between them."""
    letters = name[0].upper() + re.sub("[HW]", "", name[1:].upper())
    digits = [digit for digit, _ in groupby(LETTERS.get(letter, "") for letter in letters)]
    return f"{name[0].upper()}{''.join(digits[1:])[:3]:0<3}"


SOUND_ALIKE = {code: tuple(name for name in NAMES if soundex(name) == code) for code in sorted(map(soundex, NAMES))}


def _code_soundex(stream: Stream) -> Draw:
    """The Soundex code of a drawn name."""
    name = stream.one(NAMES)
    code, upper = soundex(name), name.upper()
    twice = "".join(LETTERS.get(letter, "") for letter in upper[1:])
    vowels = "".join(LETTERS.get(letter, "0" if letter in "AEIOUY" else "") for letter in upper[1:])
    first = LETTERS.get(upper[0], "0")
    swapped = code.translate(str.maketrans("45", "54"))
    stem = (f"{stream.one(('A clerk at', 'The registration desk of', 'A scheduler of'))} {stream.one(HOSPITALS)} looks "
            f"for a patient under {name} or a name that sounds alike. What is the Soundex code of the name?")
    key = Choice(code, f"Keep {name[0]}. Then B, F, P, V are 1; C, G, J, K, Q, S, X, Z are 2; D, T are 3; L is 4; M, N "
                       "are 5; R is 6. Other letters have no digit. Letters of one group side by side, or with H or W "
                       f"between, count once. Three digits, with zeros at the end: {code}.")
    return Draw(stem, key, three(
        key,
        Choice(f"{name[0]}{twice[:3]:0<3}", "Letters of one group that stand side by side count once, and the first "
                                            "letter counts with them."),
        Choice(f"{first}{code[1:]}", "The first letter stays a letter."),
        Choice(f"{name[0]}{vowels[:3]:0<3}", "This codes vowels as 0. A vowel has no digit; zeros only fill up the "
                                             "end."),
        Choice(swapped, "This takes L for 5 and M, N for 4."),
        Choice(code.rstrip("0"), "The code always has three digits: zeros fill it up."),
    ))


def _same_soundex(stream: Stream) -> Draw:
    """Which of four names a Soundex search for a drawn name finds."""
    groups = [names for names in SOUND_ALIKE.values() if len(names) > 1]
    asked, found = stream.some(stream.one(groups), 2)
    others = [name for name in NAMES if soundex(name) != soundex(asked)]
    close = [name for name in others if name[0] == asked[0]]
    wrong = (stream.some(close, 2) + stream.some([name for name in others if name not in close], 3))[:3]
    stem = (f"A patient of {stream.one(HOSPITALS)} says that the name may be misspelled in the index. The clerk "
            f"searches the index for {asked} by Soundex. Which of these names does the search find?")
    return Draw(stem, Choice(found, f"Both have the code {soundex(asked)}."), tuple(
        Choice(name, f"Its code is {soundex(name)}, and that of {asked} is {soundex(asked)}.") for name in wrong))


def _disease_index(stream: Stream) -> Draw:
    """Which records of a drawn disease index belong to a study."""
    code, *others = stream.some(CODES, 4)
    low = stream.one((18, 40, 50, 65))
    rows: list[tuple[str, str, str, int]] = []
    for i, number in enumerate(stream.some(range(11, 99), 8)):
        one, other = stream.some(others, 2)
        main, second = (code, one) if i < 3 else (one, code) if i < 6 else (one, other)
        age = low if i in (0, 3) else low - stream.whole(1, 12) if i % 3 == 1 else low + stream.whole(1, 25)
        rows.append((f"R{number}", main, second, age))
    rows = stream.shuffled(rows)
    principal = stream.chance(60)
    def those(keep: list[bool]) -> str:
        return ", ".join(row[0] for row, kept in zip(rows, keep, strict=True) if kept) or "No record"
    as_main = [row[1] == code for row in rows]
    anywhere = [code in row[1:3] for row in rows]
    old_enough = [row[3] >= low for row in rows]
    both = [m and o for m, o in zip(as_main, old_enough, strict=True)]
    any_old = [a and o for a, o in zip(anywhere, old_enough, strict=True)]
    asked = "as the principal diagnosis" if principal else "as any diagnosis"
    stem = (f"A study at {stream.one(HOSPITALS)} needs the records of patients aged {low} or older with {code} "
            f"{asked}. The disease index is below. Which records are pulled?"
            + table("Disease index", ("record", "principal", "secondary", "age"), rows))
    right, wrong = (both, any_old) if principal else (any_old, both)
    key = Choice(those(right), f"{code} {asked}, and an age of {low} or more.")
    return Draw(stem, key, three(
        key,
        Choice(those(wrong), "This takes the code in any place." if principal else "This takes the code in the first "
            "place only."),
        Choice(those(as_main if principal else anywhere), "This leaves the age out."),
        Choice(those([r[3] > low and keep for r, keep in zip(rows, right, strict=True)]),
               f"“{low} or older” takes in who is just {low}."),
        Choice(those(old_enough), "This looks at the age only."),
        Choice(those([not keep for keep in right]), "These are the records that the study does not need."),
    ), tuple(sorted({code, *others})))


def _physician_index(stream: Stream) -> NumberDraw:
    """How many patients of a physician: attending or consulting, each patient once."""
    doctor = stream.one(PHYSICIANS)
    rest = [name for name in PHYSICIANS if name != doctor]
    patients = [f"P{number}" for number in stream.some(range(11, 99), 6)]
    rows = []
    for i in range(10):
        patient = patients[i] if i < 6 else stream.one(patients)
        attending = doctor if stream.chance(45) else stream.one(rest)
        consulting = "none" if stream.chance(40) else stream.one([name for name in PHYSICIANS if name != attending])
        rows.append((patient, attending, consulting))
    rows = stream.shuffled(rows)
    mine = {patient for patient, attending, consulting in rows if attending == doctor}
    visits = sum(attending == doctor for _, attending, _ in rows)
    either = {patient for patient, attending, consulting in rows if doctor in (attending, consulting)}
    month, _ = stream.one(MONTHS)
    stem = (f"For the credentials file {doctor} needs the number of different patients for whom {doctor} was the "
            f"attending physician in {month}. The month's stays are below. How many patients is that?"
            + table("Stays", ("patient", "attending", "consulting"), rows))
    return NumberDraw(stem, str(len(mine)), "patients", (
        f"Stays as attending: {visits}. Different patients among them: {len(mine)} "
        f"({in_words(sorted(mine)) or 'none'}). Consultations do not count; with them there would be {len(either)}."))


def _numbering(stream: Stream) -> Draw:
    """Under which number the record of the second of three stays is today, for a drawn way of numbering."""
    first, second, third = sorted({_number(stream), _number(stream), _number(stream), "10-10-10", "98-98-98"})[1:4]
    years = (2018 + stream.whole(0, 2), 2021 + stream.whole(0, 1), 2023 + stream.whole(0, 2))
    system, told = stream.one((
        ("serial", "gives a new number at each admission and leaves each record under its own"),
        ("unit", "gives a number at the first admission and keeps it for all later ones"),
        ("serial-unit", "gives a new number at each admission and brings the earlier records forward to it")))
    stem = (f"{begin(stream.one(HOSPITALS))} {told}. {stream.one(SURNAMES)} was admitted in "
            f"{in_words([str(y) for y in years])}. The next unused numbers at those times were "
            f"{in_words((first, second, third))}. Under which number does the clerk find the record of {years[1]} "
            "today?")
    answers = {
        "serial": Choice(second, "In serial numbering each stay keeps its own number."),
        "unit": Choice(first, "In unit numbering the first number is the patient's for good."),
        "serial-unit": Choice(third, "In serial-unit numbering earlier records move to the newest number."),
        "": Choice(f"{first} and {second}", "No numbering system keeps one stay in two places."),
    }
    key = answers.pop(system)
    return Draw(stem, key, tuple(Choice(choice.text, f"{choice.why} This hospital "
                                                     f"{told}.") for choice in answers.values()))


TEMPLATES = makers(
    (Template("t-folder-place", ("1.9", "1.4"), "application", FILING, WRITTEN), _first_folder),
    (Template("t-terminal-order", ("1.9", "1.4"), "application", FILING, WRITTEN), _terminal_order),
    (Template("t-middle-order", ("1.9", "1.4"), "application", FILING, WRITTEN), _middle_order),
    (Template("t-file-sections", ("1.9", "5.4"), "application", FILING, WRITTEN), _sections),
    (Template("t-alphabetic-order", ("1.9", "1.4"), "application", ALPHABETIC, WRITTEN), _alphabetic),
    (Template("t-soundex-code", ("1.8", "2.6"), "application", SOUNDEX, WRITTEN), _code_soundex),
    (Template("t-soundex-search", ("1.8", "2.6"), "application", SOUNDEX, WRITTEN), _same_soundex),
    (Template("t-disease-index", ("3.2", "3.1"), "analysis", INDEXES, WRITTEN), _disease_index),
    (Template("t-physician-index", ("3.2", "3.1"), "application", INDEXES, WRITTEN), _physician_index),
    (Template("t-record-numbering", ("1.9", "1.8"), "application", NUMBERING, WRITTEN), _numbering),
)
