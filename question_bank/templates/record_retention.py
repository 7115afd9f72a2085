"""Retention: until when a record is kept, and what may be destroyed. A question states the rule of state or policy."""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.deadlines import dates
from question_bank.templates.drawing import Choice, Draw, Template, chosen, makers, three
from question_bank.templates.wording import HOSPITALS, SURNAMES, begin, drawn_day, lines, on, person

WRITTEN = dt.date(2026, 11, 25)
GIVEN = "arithmetic-state-rule-given-item"
TODAY = dt.date(2026, 11, 2)
PAPERS = ("a notice of privacy practices", "a policy on sanctions", "a business associate contract",
          "a policy on mobile devices", "a procedure for patient requests", "a contingency plan")
DESTROY = {
    "It may be destroyed under the policy": "Something still holds this record back.",
    "It is kept: the period has not run out": "The period of the policy is over.",
    "It is kept: a lawsuit is pending or foreseen": "No lawsuit is known for this record.",
    "It is kept: the patient is younger than the rule asks": "The patient reached that age long enough ago.",
}


def later(day: dt.date, years: int) -> dt.date:
    """Return the same day so many years later (February 28 for a 29th that the year has not)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _keep_until(stream: Stream) -> Draw:
    """A minor's record: years after discharge or years after coming of age, whichever is later."""
    years, more = stream.whole(5, 11), stream.whole(2, 7)
    grown = stream.chance(35)
    left = drawn_day(stream, dt.date(2012, 1, 2), 4_500)
    age = stream.whole(19, 70) if grown else stream.whole(1, 17)
    born = later(left, -age) - dt.timedelta(stream.whole(10, 340))
    of_age = later(born, 18)
    until = max(later(left, years), later(of_age, more)) if not grown else later(left, years)
    stem = (f"State law says: hospital records are kept {years} years after discharge; those of patients who are "
            f"under 18 at discharge at least until {more} years after they turn 18. A patient born on {on(born)} was "
            f"discharged from {stream.one(HOSPITALS)} on {on(left)}. Until which day must the record be kept?")
    return Draw(stem, *dates(
        until, (f"The patient was an adult: {years} years after {on(left)}." if grown else
                f"{years} years after discharge: {on(later(left, years))}. {more} years after turning 18 on "
                f"{on(of_age)}: {on(later(of_age, more))}. The later day counts."),
        (later(left, years), "This leaves out that the patient was a minor, and the later day counts."),
        (later(of_age, more), "This is the time of a minor. " + ("The patient was an adult." if grown else
                                                                  "The later of both days counts.")),
        (later(of_age, 0), "At 18 the further years begin."),
        (later(left, years + more), "This adds both periods. They run side by side."),
        (later(left, 6), "Six years are for HIPAA's own papers."),
    ))


def _mammogram(stream: Stream) -> Draw:
    """Five years, or ten when the patient had no further mammogram there."""
    made = drawn_day(stream, dt.date(2014, 1, 6), 2_000)
    again = stream.chance(50)
    back = later(made, stream.whole(1, 3))
    until = later(made, 5 if again else 10)
    more = (f"She came back to the same facility for another mammogram in {back:%B %Y}." if again else
            "She never had another mammogram at that facility.")
    stem = (f"Mrs. {stream.one(SURNAMES)} had a mammogram at the breast center of {stream.one(HOSPITALS)} on "
            f"{on(made)}. {more} No state law sets a longer time. Until which day does the federal rule require "
            "the images of that first examination to be kept?")
    return Draw(stem, *dates(
        until, ("With a further mammogram there it is 5 years: " if again else
                "Without a further mammogram there it is 10 years: ") + on(until) + ".",
        (later(made, 10 if again else 5), "10 years is for patients who had no further mammogram there." if again else
         "5 years is for patients who came back to the facility."),
        (later(made, 7), "No federal rule on mammograms has seven years."),
        (later(made, 6), "Six years are for HIPAA's own papers."),
        (later(made, 3), "No federal rule on mammograms has three years."),
    ))


def _hipaa_paper(stream: Stream) -> Draw:
    """Six years from creation, or from the day it was last in effect, whichever is later."""
    what = stream.one(PAPERS)
    made = drawn_day(stream, dt.date(2014, 1, 6), 2_400)
    begun = made + dt.timedelta(stream.whole(10, 60))
    ended = begun + dt.timedelta(stream.whole(400, 2_000))
    until = later(ended, 6)
    stem = (f"{begin(stream.one(HOSPITALS))} approved {what} on {on(made)}. It took effect on {on(begun)} and was "
            f"replaced by a new one on {on(ended)}. "
            + stream.one(("Until which day does HIPAA require the old one to be kept?",
                          "Under HIPAA, until which day must the old one be kept?")))
    return Draw(stem, *dates(
        until, f"Six years from the day it was last in effect: {on(until)}.",
        (later(made, 6), "This counts from the making. The later of both days counts."),
        (later(begun, 6), "This counts from the day it took effect."),
        (later(ended, 10), "Ten years is not HIPAA's time."),
        (ended, "It is kept after it was replaced."),
    ))


def _may_destroy(stream: Stream) -> Draw:
    """Whether a box of records may go."""
    years = stream.whole(7, 10)
    number = stream.whole(0, 3)
    left = later(TODAY, -years) + dt.timedelta(stream.whole(20, 600) if number == 1 else -stream.whole(20, 600))
    child = number == 3 or (number == 0 and stream.chance(30))
    age_now = stream.whole(14, 19) if number == 3 else stream.whole(22, 25) if child else stream.whole(34, 88)
    suit = (stream.one(("The risk manager has a lawyer's letter about that stay.",
                        "A malpractice suit about that stay is before the court."))
            if number == 2 else "The risk manager knows of no claim.")
    stem = (f"{begin(stream.one(HOSPITALS))} keeps records for {years} years after discharge, and those of minors at "
            f"least until age 21; nothing that a lawsuit may need is destroyed. On {on(TODAY)} the destruction list "
            f"includes a stay of {person(stream)}, now {age_now} years old, who was discharged on {on(left)}. {suit} "
            + stream.one(("What applies to this record?", "May the record be destroyed?")))
    why = (f"{years} years have passed, the patient is past 21, and no suit is known.",
           f"{years} years from {on(left)} end on {on(later(left, years))}.",
           "A legal hold stops destruction, whatever the policy says.",
           f"At {age_now} the patient has not reached 21.")[number]
    return Draw(stem, *chosen(DESTROY, tuple(DESTROY)[number], why))


def _destroyed_count(stream: Stream) -> Draw:
    """How many of six record series a schedule lets go."""
    series = stream.some((("disease index", 10), ("operating room register", 12), ("employee training sheet", 6),
                          ("release of information log", 7), ("emergency register", 8), ("audit trail report", 6),
                          ("physician index", 10), ("transcription log", 3)), 6)
    ages = [years + stream.one((-2, -1, 1, 2, 3)) for _, years in series]
    held = stream.whole(0, 5)
    rows = [f"{name}, kept {years} years, now {age} years old" + (" and under legal hold" if i == held else "")
            for i, ((name, years), age) in enumerate(zip(series, ages, strict=True))]
    over = [age > years for (_, years), age in zip(series, ages, strict=True)]
    count = sum(gone for i, gone in enumerate(over) if i != held)
    stem = (f"Below is the retention schedule of {stream.one(HOSPITALS)}, with the age of what it holds on "
            f"{on(drawn_day(stream, TODAY, 40))}. "
            + stream.one(("How many of the six may be destroyed today?",
                          "How many of these six series may be destroyed today?")) + lines(*rows))
    key = Choice(str(count), f"{sum(over)} of them are past their time" + (", and one of these is under legal hold"
                             if over[held] else "") + f": {count}.")
    return Draw(stem, key, three(
        key,
        Choice(str(sum(over)), "This destroys what is under legal hold."),
        Choice(str(6 - sum(over)), "These are the ones whose time has not run out."),
        Choice("6", "A schedule sets a time for each series. Not each is over."),
        Choice(str(count + 1), "One of them is not past its time, or is held."),
        Choice(str(count + 2), "Two of them are not past their time, or held."),
    ))


TEMPLATES = makers(
    (Template("t-keep-until", ("2.4",), "analysis", GIVEN, WRITTEN), _keep_until),
    (Template("t-keep-mammogram", ("2.4",), "application", "21-cfr-900-12-c-4-i", WRITTEN), _mammogram),
    (Template("t-keep-hipaa-paper", ("2.4", "6.2"), "application", "45-cfr-164-530-j-2", WRITTEN), _hipaa_paper),
    (Template("t-may-destroy", ("2.4",), "analysis", "fed-r-civ-p-37-e-common-law-duty-preserve-evidence", WRITTEN),
     _may_destroy),
    (Template("t-destroyed-count", ("2.4",), "application", "accepted-practice-records-destruction", WRITTEN),
     _destroyed_count),
)
