"""Units of drugs and therapy, and what an edit allows. Codes are spoken of, not named.

Minutes and milligrams are whole numbers.
"""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, Draw, Template, chosen, makers, three
from question_bank.templates.wording import HOSPITALS, SURNAMES, drawn_day, on, person

WRITTEN = dt.date(2026, 11, 25)
PAIR = {
    "Column 1 alone": "The facts allow more than the column 1 service.",
    "Both, with a modifier for separate services": "A modifier needs indicator 1 and a documented separate service.",
    "Both, without a modifier": "The pair is in force on that day.",
    "Column 2 alone": "In an edit pair, column 1 is the one paid.",
}
LIMIT = {
    "Correct the units to what was given": "The units on the claim are what was given.",
    "Report the extra units on separate lines": "The limit is not one for each line.",
    "Nothing more is payable: the limit is absolute": "The limit is not one by policy or anatomy.",
    "Appeal with the record: the limit may be exceeded": "The limit is not one that the record can overcome here.",
}
NOTICES = {
    "GA": "GA says that a required notice is on file.", "GZ": "GZ says that a denial is expected and no notice was "
                                                              "given.",
    "GY": "GY is for what the law excludes, without a notice.",
    "GX": "GX says that a notice was given by choice, though none was required.",
}
ITEMS = {False: ("a laboratory test", "a bone density test", "an echocardiogram", "a sleep study", "a vitamin B12 "
                 "injection"),
         True: ("a routine eye refraction", "cosmetic surgery", "a hearing aid", "routine dental care")}
SERVICES = ("gait training", "manual therapy", "therapeutic exercise", "neuromuscular training",
            "functional activities")


def units(count: int) -> str:
    """Return `1 unit` or `5 units`."""
    return f"{count} unit" if count == 1 else f"{count} units"


def _drug(stream: Stream) -> Draw:
    """Units given or discarded of a drug from single-dose vials."""
    each = stream.one((1, 2, 5, 10, 20, 25))
    vial = each * stream.whole(8, 40)
    dose = each * stream.whole(5, 95)
    dose += each if dose % vial == 0 else 0  # something is left in the last vial
    vials = -(-dose // vial)
    waste = vials * vial - dose
    wasted = waste > 0 and stream.chance(50)
    due = waste // each if wasted else dose // each
    stem = (f"One unit of a drug's HCPCS code is defined as {each} mg. On "
            f"{on(drawn_day(stream, dt.date(2026, 1, 5), 300))} a Medicare outpatient of {stream.one(HOSPITALS)} "
            f"receives {dose:,} mg from single-dose vials of {vial:,} mg, and what is left in the last vial is "
            "discarded and documented. How many units are reported on the line for the "
            + ("discarded amount, with JW?" if wasted else "drug that was given?"))
    key = Choice(units(due), f"Opened: {vials} × {vial:,} mg; {dose:,} mg given, {waste:,} mg discarded. "
                             f"{waste if wasted else dose:,} / {each} = {due}.")
    return Draw(stem, key, three(
        key,
        Choice(units(dose // each if wasted else waste // each), "This is the other line: given and discarded are "
                                                                 "apart."),
        Choice(units(vials * vial // each), "This is the whole content of the vials on one line."),
        Choice(units(waste if wasted else dose), "These are milligrams, not units of the code."),
        Choice(units(vials), "These are vials."),
        Choice(units(due + 1), "This rounds up, though nothing is to be rounded."),
    ))


def _therapy(stream: Stream) -> Draw:
    """Timed therapy units by total minutes."""
    first, second = stream.some(SERVICES, 2)
    a, b, untimed = stream.whole(8, 40), stream.whole(5, 36), stream.whole(8, 15)
    total = a + b
    due = (total + 7) // 15
    stem = (f"A Medicare therapy note of {person(stream)} at {stream.one(HOSPITALS)} has {a} minutes of {first}, {b} "
            f"minutes of {second} and {untimed} minutes of an untimed service that is billed once. The first "
            "two are timed codes of 15 minutes. "
            + stream.one(("How many timed units are billed for the day?",
                          "What is the number of timed units for the day?")))
    key = Choice(units(due), f"{a} + {b} = {total} timed minutes. {units(due)} for {15 * due - 7} to "
                             f"{15 * due + 7} minutes.")
    return Draw(stem, key, three(
        key,
        Choice(units((total + untimed + 7) // 15), "This counts the minutes of the untimed service."),
        Choice(units(-(-a // 15) + -(-b // 15)), "This rounds each service up. The total decides."),
        Choice(units(total // 15), "This drops what is left over, though 8 minutes make a further unit."),
        Choice(units(-(-total // 15)), "This bills any minute over as a unit. It takes 8."),
        Choice(units(due + 1), "There are too few minutes for that."),
        Choice(units(due + 2), "This adds a unit for the untimed service too."),
    ))


def _edit_pair(stream: Stream) -> Draw:
    """What is payable of a procedure-to-procedure pair."""
    indicator, apart = stream.one((0, 0, 1, 1, 1, 1, 9, 9)), stream.chance(50)
    facts = (stream.one(("The operative report shows them on different sites through separate incisions",
                         "The record shows two sessions on the same day, hours apart")) if apart else
             stream.one(("The record shows both at the same site in the same session",
                         "The second was done through the incision of the first, at the same site")))
    meaning = {0: "0", 1: "1", 9: "9, as the pair was deleted back to its effective date"}[indicator]
    if indicator == 9:
        answer = "Both, without a modifier"
        why = "Indicator 9: the edit was deleted as of its start. It does not apply."
    elif indicator == 1 and apart:
        answer = "Both, with a modifier for separate services"
        why = "Indicator 1 and a separate service that is documented."
    else:
        answer = "Column 1 alone"
        why = ("Indicator 0: no modifier opens the pair." if indicator == 0 else
               "Indicator 1 allows a modifier only for a separate service, and this one is not.")
    stem = (f"A claim from {stream.one(HOSPITALS)} for {person(stream)}, date of service "
            f"{on(drawn_day(stream, dt.date(2026, 1, 5), 300))}, has two procedures that form an NCCI edit pair. Its "
            f"modifier indicator is {meaning}. {facts}. "
            + stream.one(("Which of the two is payable?", "Which of the two is paid?")))
    return Draw(stem, *chosen(PAIR, answer, why))


def _units_limit(stream: Stream) -> Draw:
    """What to do with units above a medically unlikely edit."""
    number = stream.whole(0, 3)
    limit = stream.whole(1, 6)
    billed = limit * 10 if number == 0 else limit + stream.whole(1, 3)
    given = limit if number == 0 else billed
    kind = {0: stream.one(("each claim line", "the date of service, set by policy", "the date of service, set by "
                                                                                    "clinical data")),
            1: "each claim line", 2: "the date of service, set by policy", 3: "the date of service, set by clinical "
                                                                          "data"}[number]
    why = (f"Given: {given}, billed: {billed}. The claim is wrong, not the edit.",
           "A limit for each line: what is necessary beyond it goes on a further line with a fitting modifier.",
           "A limit by date that rests on policy or anatomy is not exceeded.",
           "A limit by date that rests on clinical data may be exceeded in rare cases that the record "
           "supports.")[number]
    stem = (f"A Medicare claim line from {stream.one(HOSPITALS)} is denied under a medically unlikely edit: {billed} "
            f"units billed, and the limit is {limit} for {kind}. Biller {stream.one(SURNAMES)} finds {units(given)} of "
            f"{stream.one(('a supply', 'a laboratory test', 'an injection'))} in the record, each with its order. "
            + stream.one(("What does the biller do?", "What is the right step?")))
    return Draw(stem, *chosen(LIMIT, tuple(LIMIT)[number], why))


def _notice_modifier(stream: Stream) -> Draw:
    """The modifier for a Medicare service by the notice that was or was not given."""
    excluded, given = stream.chance(50), stream.chance(50)
    what = stream.one(ITEMS[excluded])
    letter = {(False, True): "GA", (False, False): "GZ", (True, False): "GY", (True, True): "GX"}[excluded, given]
    cover = ("The law excludes it from Medicare" if excluded else
             "Medicare covers it in general, but will deny it here as not reasonable and necessary")
    notice = ("Before the service a written notice of noncoverage was given and signed" if given else
              "No notice was given before the service")
    stem = (f"{person(stream)}, {stream.whole(66, 91)}, in Original Medicare, gets {what} at {stream.one(HOSPITALS)}. "
            f"{cover}. {notice}. "
            + stream.one(("Which HCPCS modifier reports how notice was handled?",
                        "Which HCPCS modifier tells Medicare about the notice?")))
    why = {"GA": "Denial for necessity expected, and the required notice is on file.",
           "GZ": "Denial for necessity expected, and no notice: the provider bears it.",
           "GY": "Excluded by law: no notice is required.",
           "GX": "Excluded by law, and a notice given by choice. GY may stand beside it."}
    return Draw(stem, *chosen(NOTICES, letter, why[letter]))


TEMPLATES = makers(
    (Template("t-drug-units", ("4.9",), "application", "cms-mcpm-ch-17", WRITTEN), _drug),
    (Template("t-therapy-units", ("4.9",), "application", "cms-mcpm-ch-5-sec-20-2", WRITTEN), _therapy),
    (Template("t-edit-pair", ("4.9", "4.4"), "analysis", "cms-ncci-modifier-indicators", WRITTEN), _edit_pair),
    (Template("t-units-limit", ("4.9", "4.4"), "analysis", "cms-ncci-mue-adjudication", WRITTEN), _units_limit),
    (Template("t-notice-modifier", ("4.9",), "application", "cms-mcpm-ch-30-secs-50-240-400", WRITTEN),
     _notice_modifier),
)
