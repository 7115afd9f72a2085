"""Last days and whether a paper is in time: HIPAA answers, breach notices, Medicare filing and appeals, completion."""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, Draw, Template, chosen, makers, three
from question_bank.templates.wording import HOSPITALS, begin, drawn_day, on, person, woman

WRITTEN = dt.date(2026, 11, 25)
START = dt.date(2026, 1, 5)
REQUESTS = {  # what is asked: days, days of the one extension
    "an amendment of her record": (60, 30),
    "an accounting of disclosures": (60, 30),
}
LEVELS = {  # what is asked for: who decided before, days
    "a redetermination by the MAC": ("the initial determination", 120),
    "a reconsideration by the QIC": ("the redetermination", 180),
    "a hearing by OMHA": ("the reconsideration", 60),
    "review by the Appeals Council": ("the judge's decision", 60),
}
HOLIDAYS = {(1, 1), (6, 19), (7, 3), (7, 4), (11, 11), (12, 24), (12, 25)}
HP = {
    "In order as it is": "Something is missing or late here.",
    "Too old: a new history and physical is needed": "It was made within 30 days before admission, or afterward.",
    "An update note is missing": "An update is in the record, or none is needed here.",
    "Made more than 24 hours after admission": "It was there within 24 hours of admission.",
}
ESTIMATE_DAYS = {1: "within 1 business day", 3: "within 3 business days"}


def after(day: dt.date, count: int) -> dt.date:
    """Return the day so many calendar days later. The first day is not counted, the last one is."""
    return day + dt.timedelta(count)


def working(day: dt.date) -> dt.date:
    """Return the day itself, or the next one on which offices surely work."""
    while day.weekday() not in (1, 2) or (day.month, day.day) in HOLIDAYS:
        day = after(day, 1)
    return day


def year_later(day: dt.date) -> dt.date:
    """Return the same day of the next year, and February 28 for February 29."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def dates(right: dt.date, why: str, *mistakes: tuple[dt.date, str]) -> tuple[Choice, tuple[Choice, ...]]:
    """Return the key and three wrong dates."""
    key = Choice(on(right), why)
    return key, three(key, *(Choice(on(day), wrong) for day, wrong in mistakes))


def _access(stream: Stream) -> Draw:
    """Last day for a copy under the right of access, with or without the extension."""
    signed = drawn_day(stream, START, 280)
    came, asked_again = after(signed, stream.whole(2, 9)), stream.chance(50)
    told = after(came, stream.whole(15, 27))
    due = after(came, 60 if asked_again else 30)
    more = (f"On {on(told)} the hospital wrote to her, giving the reason for a delay and the date she will have it."
            if asked_again else "The hospital has not written to her since.")
    stem = (f"{woman(stream)} signs a request for a copy of her own record on {on(signed)}. It reaches "
            f"{stream.one(HOSPITALS)} on {on(came)}. {more} State law sets no shorter time. By which day must the "
            "hospital act on the request?")
    return Draw(stem, *dates(
        due, f"30 days from receipt on {on(came)}" + (", and one extension of 30 days: " if asked_again else ": ")
        + f"{on(due)}.",
        (after(signed, 60 if asked_again else 30), "This counts from the signature. The clock starts on receipt."),
        (after(came, 30 if asked_again else 60), "This leaves out the extension." if asked_again else
         "An extension needs a letter with the reason and the date within the first 30 days."),
        *([(after(told, 30), "This counts the 30 further days from the letter.")] if asked_again else []),
        (after(came, 90), "There is one extension, not two."),
    ))


def _patient_request(stream: Stream) -> Draw:
    """Last day to act on a request for amendment or for an accounting."""
    what, (days, more) = stream.one(tuple(REQUESTS.items()))
    came, longer = drawn_day(stream, START, 280), stream.chance(40)
    due = after(came, days + (more if longer else 0))
    told = after(came, stream.whole(30, 55))
    extension = (f"On {on(told)} it told her in writing the reason for a delay and the date it will answer. "
                 if longer else "No extension was taken. ")
    stem = (f"{begin(stream.one(HOSPITALS))} receives on {on(came)} a patient's written request for {what}. {extension}"
            + stream.one(("Under HIPAA, by which day must it act?", "What is the last day to act under HIPAA?")))
    return Draw(stem, *dates(
        due, f"60 days from {on(came)}" + (", and 30 more by the extension" if longer else "") + f": {on(due)}.",
        (after(came, 30), "30 days is the time for a copy of the record."),
        (after(came, 60 if longer else 90), "This leaves out the extension." if longer else
         "The 30 days more need a written statement to the patient."),
        (after(came, 45), "These rules have no period of 45 days."),
        (after(came, 120), "The one extension has 30 days."),
    ))


def _breach_notice(stream: Stream) -> Draw:
    """Last day for telling the people affected: 60 days from discovery."""
    happened = drawn_day(stream, START, 220)
    known = after(happened, stream.whole(3, 40))
    done = after(known, stream.whole(8, 40))
    due = after(known, 60)
    stem = (f"On {on(happened)} records of {stream.whole(12, 480)} patients of {stream.one(HOSPITALS)} were sent to "
            f"the wrong address. A clerk of the hospital noticed it on {on(known)} and told her supervisor. The "
            f"investigation ended on {on(done)}: it is a breach of unsecured information. What is the last day to "
            "notify the patients?")
    return Draw(stem, *dates(
        due, f"Discovery is the first day on which a member of the workforce knew: {on(known)}. 60 days later: "
             f"{on(due)}. It must go out sooner if possible.",
        (after(happened, 60), "This counts from the event. The clock starts on discovery."),
        (after(done, 60), "This counts from the end of the investigation."),
        (after(known, 30), "30 days is the time for access, not for notice of a breach."),
    ))


def _breach_to_hhs(stream: Stream) -> Draw:
    """Last day for telling HHS: at once with the patients from 500 on, else 60 days after the year."""
    known = drawn_day(stream, START, 300)
    large = stream.chance(40)
    people = stream.whole(500, 4_800) if large else stream.whole(9, 499)
    due = after(known, 60) if large else after(dt.date(known.year, 12, 31), 60)
    stem = (f"{begin(stream.one(HOSPITALS))} discovers on {on(known)} a breach of the unsecured information of "
            f"{people:,} people. "
            + stream.one(("By which day must HHS be notified?", "What is the last day to notify HHS?")))
    return Draw(stem, *dates(
        due, f"{people:,} people are " + ("at least 500: HHS is told along with the people, within 60 days of "
                                          "discovery."
                                          if large else "fewer than 500: 60 days after the end of the calendar year."),
        (after(dt.date(known.year, 12, 31), 60), "This is the yearly report of breaches with fewer than 500 people."),
        (after(known, 60), "This is the time from 500 people on, and the time for the people themselves."),
        (dt.date(known.year, 12, 31), "The year's end is where the time for small breaches begins."),
        (after(known, 30), "No rule of HIPAA gives HHS 30 days."),
        (year_later(known), "A year is not the time for any notice."),
    ))


def _appeal(stream: Stream) -> Draw:
    """Last day for a level of Medicare appeal, receipt presumed five days after the notice."""
    level, (before, days) = stream.one(tuple(LEVELS.items()))
    notice = working(drawn_day(stream, START, 260))
    while working(after(notice, 5 + days)) != after(notice, 5 + days):
        notice = after(notice, 1)
    due = after(notice, 5 + days)
    stem = (f"{before.capitalize()} on a Medicare claim of {stream.one(HOSPITALS)} is dated {on(notice)}. Nothing "
            f"shows when it was received. "
            + stream.one((f"By which day must {level} be requested?", f"What is the last day to request {level}?")))
    wrong = 120 if days != 120 else 180
    return Draw(stem, *dates(
        due, f"Receipt is presumed 5 days after {on(notice)}. {days} days from then: {on(due)}.",
        (after(notice, days), "This leaves out the 5 days in which receipt is presumed."),
        (after(notice, 5 + wrong), f"{wrong} days belong to another level."),
        (after(notice, days - 5), "This subtracts the 5 days. They are added."),
    ))


def _contract_filing(stream: Stream) -> Draw:
    """Timely filing under a contract, for a primary or a secondary claim."""
    days, left = stream.one((90, 120, 180)), drawn_day(stream, START, 240)
    came, answered = left - dt.timedelta(stream.whole(3, 9)), after(left, stream.whole(31, 70))
    secondary = stream.chance(50)
    due = after(answered if secondary else left, days)
    role = "the secondary" if secondary else "the only"
    stem = (f"A contract with a plan says: claims are filed within {days} days of discharge, and within {days} days of "
            f"the primary plan's remittance where this plan is secondary. A patient of {stream.one(HOSPITALS)} was "
            f"admitted on {on(came)} and discharged on {on(left)}. This plan is {role} payer. "
            + (f"The primary plan's remittance is dated {on(answered)}. " if secondary else
               f"The first claim was rejected unprocessed on {on(answered)}. ")
            + stream.one(("What is the last day to file the claim?", "By which day must the claim be filed?")))
    return Draw(stem, *dates(
        due, f"{days} days from {on(answered if secondary else left)}: {on(due)}.",
        (after(left if secondary else answered, days), "This counts from discharge. The secondary's time begins with "
         "the primary's remittance." if secondary else "A rejected claim was never filed, and it starts no new time."),
        (after(came, days), "This counts from admission."),
        (after(due, 30), "This adds 30 days that the contract does not give."),
    ))


def _medicare_filing(stream: Stream) -> Draw:
    """One calendar year from the date that counts for the kind of claim."""
    institutional = stream.chance(50)
    first = drawn_day(stream, dt.date(2025, 7, 1), 420)
    last = after(first, stream.whole(3, 24))
    counts = last if institutional else first
    while working(year_later(counts)) != year_later(counts):
        first, last = after(first, 1), after(last, 1)
        counts = last if institutional else first
    due = year_later(counts)
    kind = ("An institutional Medicare claim from {place}" if institutional else
            "A physician's Medicare claim, one line for daily visits at {place},").format(
                place=stream.one(HOSPITALS))
    stem = (f"{kind} has a from date of {on(first)} and a through date of {on(last)}. Nothing excuses late filing. "
            "By which day must it be filed?")
    return Draw(stem, *dates(
        due, f"One calendar year from the {'through' if institutional else 'from'} date: {on(due)}.",
        (year_later(first if institutional else last),
         f"This counts from the {'from' if institutional else 'through'} date, as for the other kind of claim."),
        (after(counts, 180), "Original Medicare has no 180-day limit for claims."),
        (dt.date(counts.year + 1, 12, 31), "Limits at the end of a calendar year belong to an older rule."),
    ))


def _documentation_request(stream: Stream) -> Draw:
    """Last day for an additional documentation request: 45 days from its date."""
    dated = working(drawn_day(stream, START, 260))
    while working(after(dated, 45)) != after(dated, 45):
        dated = after(dated, 1)
    came = after(dated, stream.whole(3, 8))
    due = after(dated, 45)
    stem = (f"A Medicare contractor's request for additional documentation before payment is dated {on(dated)}. The "
            f"mail room of {stream.one(HOSPITALS)} stamps it on {on(came)}. What is the last day for the "
            "records to reach the contractor?")
    return Draw(stem, *dates(
        due, f"45 calendar days from the date of the request: {on(due)}. On day 46 the claim is denied.",
        (after(came, 45), "This counts from the stamp of the mail room."),
        (after(dated, 30), "The request gives 45 days, not 30."),
        (after(dated, 60), "60 days belong to the return of overpayments."),
        (after(dated, 63), "This counts 45 working days. The rule counts calendar days."),
    ))


def _overpayment(stream: Stream) -> Draw:
    """Last day to return an overpayment that is identified and counted up."""
    paid = drawn_day(stream, START, 180)
    hint = after(paid, stream.whole(20, 60))
    known = after(hint, stream.whole(4, 24))
    due = after(known, 60)
    stem = (f"Medicare paid {stream.one(HOSPITALS)} twice for a stay on {on(paid)}. A report with the account on it "
            f"was printed on {on(hint)} and set aside unread. On {on(known)} an analyst read it, saw the duplicate "
            "payment and knew its amount. No further inquiry is needed, and the hospital had no earlier reason to "
            "know. By which day must it be reported and returned?")
    return Draw(stem, *dates(
        due, f"60 days after it was identified on {on(known)}: {on(due)}.",
        (after(paid, 60), "This counts from the payment."),
        (after(hint, 60), "This counts from the printing, when nobody knew yet."),
        (after(known, 180), "180 days is how long an investigation in good faith may hold up the time."),
        (after(known, 30), "30 days is not the time for overpayments."),
    ))


def _completion(stream: Stream) -> Draw:
    """Last day for a complete record: 30 days after discharge."""
    came = drawn_day(stream, START, 280)
    left = after(came, stream.whole(2, 9))
    assigned = after(left, stream.whole(2, 7))
    due = after(left, 30)
    stem = (f"A patient is admitted to {stream.one(HOSPITALS)} on {on(came)} and discharged on {on(left)}. On "
            f"{on(assigned)} record analysis assigns a missing {stream.one(('signature', 'discharge summary'))} to "
            f"Dr. {person(stream).split()[1]}. By which day does the Medicare condition of participation require the "
            "record to be complete?")
    return Draw(stem, *dates(
        due, f"30 days after discharge on {on(left)}: {on(due)}.",
        (after(assigned, 30), "This counts from the assignment of the deficiency."),
        (after(came, 30), "This counts from admission."),
        (after(left, 15), "Bylaws may set 15 days. The federal rule has 30."),
    ))


def _history_and_physical(stream: Stream) -> Draw:
    """Whether a history and physical is in order for an admission with surgery."""
    answer = stream.one(tuple(HP))
    came = drawn_day(stream, START, 300)
    hour = stream.whole(6, 11)
    before = {"In order as it is": stream.whole(3, 29), "An update note is missing": stream.whole(3, 29),
              "Too old: a new history and physical is needed": stream.whole(31, 60)}.get(answer, 0)
    fresh = answer == "In order as it is" and stream.chance(40)
    surgery = f"Surgery is on {on(after(came, 3))}. "
    if before and not fresh:
        made = f"made in the surgeon's office on {on(came - dt.timedelta(before))}"
        update = ("No note after admission refers to it. " if answer == "An update note is missing" else
                  f"A note of {on(came)} at {hour + 4}:00 says that the patient was examined and notes what has "
                  "changed. ")
    else:
        later = stream.whole(5, 22) if fresh else stream.whole(27, 40)
        moment = dt.datetime(came.year, came.month, came.day, hour) + dt.timedelta(hours=later)  # noqa: DTZ001
        made = f"made in the hospital on {on(moment.date())} at {moment.hour}:00"
        update = ""
    stem = (f"{person(stream)} is admitted to {stream.one(HOSPITALS)} on {on(came)} at {hour}:00. {surgery}The history "
            f"and physical in the record was {made}. {update}How does it stand under the Medicare conditions of "
            "participation?")
    why = {"In order as it is": "Made in the 24 hours after admission, or in the 30 days before with an update in "
                                "time.",
           "Too old: a new history and physical is needed": f"{before} days before admission is more than 30. An "
                                                            "update does not help.",
           "An update note is missing": f"{before} days is within 30, but an update is due within 24 hours of "
                                        "admission and before surgery.",
           "Made more than 24 hours after admission": "None was made before, and this one came after the first 24 "
                                                      "hours."}
    return Draw(stem, *chosen(HP, answer, why[answer]))


def _estimate_day(stream: Stream) -> Draw:
    """By which day a good-faith estimate is due, in business days."""
    asked = drawn_day(stream, dt.date(2026, 2, 2), 55)
    while asked.weekday() > 4 or asked == dt.date(2026, 2, 16):
        asked = after(asked, 1)
    far = stream.chance(50)
    ahead = stream.whole(14, 30) if far else stream.whole(5, 9)
    service = asked
    count = 0
    while count < ahead:
        service = after(service, 1)
        count += business(service)
    limit = 3 if far else 1
    closed = ", but not on Presidents' Day, Feb 16" if asked < dt.date(2026, 2, 16) < service else ""
    def ends(days: int) -> dt.date:
        day = asked
        while days:
            day = after(day, 1)
            days -= business(day)
        return day
    stem = (f"On {asked:%A}, {on(asked)}, {person(stream)}, who has no insurance, makes an appointment at "
            f"{stream.one(HOSPITALS)} for {on(service)}. That is {ahead} business days ahead. By which day is the "
            f"good-faith estimate due? (The office is open Monday through Friday{closed}.)")
    return Draw(stem, *dates(
        ends(limit), f"{ahead} business days ahead: the estimate is due {ESTIMATE_DAYS[limit]} of making the "
                     f"appointment.",
        (ends(1 if far else 3), "This is the time for an appointment " + ("less than 10" if far else "10 or more")
         + " business days ahead."),
        (ends(5), "No limit of five business days is in the rule."),
        (service, "The estimate comes well before the service."),
        (asked, "The same day is good practice, but not the limit."),
    ))


def business(day: dt.date) -> bool:
    """Whether the office works on a day of spring 2026."""
    return day.weekday() < 5 and day != dt.date(2026, 2, 16)


BREACH = "45-cfr-164-404-2-b"
TEMPLATES = makers(
    (Template("t-access-deadline", ("2.2", "6.1"), "application", "45-cfr-164-524-b-2", WRITTEN), _access),
    (Template("t-patient-request-deadline", ("2.2", "2.1"), "application", "45-cfr-164-526-b-2-164-528-c", WRITTEN),
     _patient_request),
    (Template("t-breach-notice-deadline", ("2.5",), "application", BREACH, WRITTEN), _breach_notice),
    (Template("t-breach-to-hhs-deadline", ("2.5", "3.4"), "application", "45-cfr-164-408-b-c", WRITTEN),
     _breach_to_hhs),
    (Template("t-appeal-deadline", ("4.4",), "application", "42-cfr-405-appeal-times", WRITTEN), _appeal),
    (Template("t-contract-filing", ("4.9", "4.4"), "application", "payer-contract-in-the-question", WRITTEN),
     _contract_filing),
    (Template("t-medicare-filing", ("4.9",), "application",
              "42-cfr-424-44-cms-medicare-claims-processing-manual-chapter", WRITTEN), _medicare_filing),
    (Template("t-documentation-request", ("4.4", "3.4"), "application",
              "42-cfr-405-903-cms-medicare-program-integrity-manual-chapter", WRITTEN), _documentation_request),
    (Template("t-overpayment-return", ("5.2", "5.3"), "application", "42-cfr-401-305", WRITTEN), _overpayment),
    (Template("t-record-completion", ("1.5",), "application", "42-cfr-482-24-c-4-vii", WRITTEN), _completion),
    (Template("t-history-and-physical", ("1.5", "1.2"), "analysis", "42-cfr-482-24-c-4-i", WRITTEN),
     _history_and_physical),
    (Template("t-estimate-deadline", ("4.9", "6.1"), "application", "45-cfr-149-610", WRITTEN), _estimate_day),
)
