"""Census, inpatient service days, beds and bassinets, and lengths of stay."""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, Draw, NumberDraw, Template, makers, percent, rounded, three
from question_bank.templates.wording import HOSPITALS, MONTHS, UNITS, begin, in_words, listed, reported

WRITTEN = dt.date(2026, 11, 25)
FORMULAS = "inpatient-statistics-formulas"
SERVICE_DAY = "horton-calculating-reporting-healthcare-statistics-ahima"
TURNOVER = "horton-calculating-reporting-healthcare-statistics-ahima-8"
CENTER = "cdc-principles-epidemiology-public-health-practice-lesson-2"


def _service_days(stream: Stream) -> Draw:
    """Inpatient service days of one day: the closing census and those who came and went on the same day."""
    before, admitted, left = stream.whole(80, 260), stream.whole(12, 34), stream.whole(10, 32)
    died, same = stream.whole(2, 4), stream.whole(2, 5)
    census = before + admitted - left - died
    month, length = stream.one(MONTHS)
    day = stream.whole(2, length)
    facts = listed(stream, f"{admitted} admissions", f"{left} discharges of living patients", f"{died} deaths")
    stem = (f"At midnight at the end of {month} {day - 1}, {stream.one(HOSPITALS)} had {before} inpatients. On {month} "
            f"{day} there were: {facts}. Of those admitted on {month} {day}, {same} also left on that day, and are in "
            "both counts. " + stream.one((
                f"How many inpatient service days did the hospital give on {month} {day}?",
                f"How many inpatient service days are recorded for {month} {day}?")))
    key = Choice(str(census + same), f"{before} + {admitted} − {left} − {died} = {census} at midnight. The {same} who "
                 f"came and went between two counts had a service day each: {census} + {same} = {census + same}.")
    return Draw(stem, key, three(
        key,
        Choice(str(census), "This is the census at midnight. It misses those who came and went on the day."),
        Choice(str(census + died + same), "The deaths were not subtracted. A patient who dies leaves the census too."),
        Choice(str(census - same), "Those who came and went are subtracted once more. They are in both counts, so "
               "the census holds none of them; their days are added."),
        Choice(str(before + admitted), "This adds the admissions and takes off nobody."),
    ))


def _unit_census(stream: Stream) -> NumberDraw:
    """The closing census of one unit, with transfers between units."""
    unit = stream.one(UNITS)
    start, admitted, left = stream.whole(18, 40), stream.whole(3, 9), stream.whole(3, 9)
    came, died = stream.whole(1, 6), stream.whole(1, 2)
    went = came + stream.whole(1, 3)
    end = start + admitted + came - left - went - died
    facts = listed(stream, f"admitted from outside {admitted}", f"transferred in from other units {came}",
                   f"transferred out to other units {went}", f"discharged alive {left}", f"died {died}")
    stem = (f"The {unit} unit of {stream.one(HOSPITALS)} began the day with a census of {start}. During the day: "
            f"{facts}. " + stream.one(("What is the unit's census at midnight?",
                                      "With how many patients does the unit end the day?")))
    return NumberDraw(stem, str(end), "patients", (
        f"{start} + {admitted} + {came} − {left} − {went} − {died} = {end}. For a unit, a transfer in adds a patient "
        "and a transfer out takes one away. For the hospital as a whole they cancel: leaving them out here gives "
        f"{start + admitted - left - died}."))


def _average_census(stream: Stream) -> Draw:
    """Average daily census of adults and children: service days over the days of the period."""
    name, days = stream.one((("January through March", 90), ("April through June", 91), ("July through September", 92),
                             ("October through December", 92)))
    patients = stream.whole(60, 210)
    service = days * patients + stream.whole(0, days - 1)
    newborn = days * stream.whole(5, 14) + stream.whole(0, days - 1)
    beds, discharges = patients * stream.whole(125, 165) // 100, service * 10 // stream.whole(38, 56)
    stem = reported(stream, f"{name} ({days} days)", f"{service:,} inpatient service days of adults and children",
                    f"{newborn:,} newborn service days", f"{beds} adult and pediatric beds",
                    f"{discharges:,} discharges")
    stem += " " + stream.one(("What is the average daily census of adults and children, to one decimal?",
                              "How many adults and children were in the house on an average day, to one decimal?"))
    key = Choice(rounded(service, days, 1), f"Service days over the days of the period: {service:,} / {days} = "
                 f"{rounded(service, days, 1)}.")
    return Draw(stem, key, three(
        key,
        Choice(rounded(service + newborn, days, 1), "This adds the newborns, whose census is kept apart."),
        Choice(rounded(discharges, days, 1), f"{discharges:,} / {days} is how many left on an average day, not how "
                                             "many were there."),
        Choice(rounded(service, beds, 1), f"{service:,} / {beds} gives the days that an average bed was in use."),
    ))


def _newborn_occupancy(stream: Stream) -> Draw:
    """Occupancy of bassinets: newborn service days over bassinets times days."""
    month, days = stream.one(MONTHS)
    bassinets = stream.whole(12, 30)
    service = bassinets * days * stream.whole(45, 78) // 100
    beds = bassinets * stream.whole(6, 9)
    adult = beds * days * stream.whole(60, 80) // 100
    births = service * 10 // stream.whole(20, 27)
    stem = reported(stream, f"{month} ({days} days)", f"{bassinets} bassinets", f"{beds} beds for adults and children",
                    f"{service} newborn service days", f"{adult:,} service days of adults and children",
                    f"{births} births")
    stem += " " + stream.one(("What is the newborn occupancy rate?", "What occupancy does the nursery report?",
                              "What share of the bassinet days was used?"))
    key = Choice(percent(service, bassinets * days), f"Bassinet days: {bassinets} × {days} = {bassinets * days}. "
                 f"{service} / {bassinets * days} = {percent(service, bassinets * days)}.")
    return Draw(stem, key, three(
        key,
        Choice(percent(service + adult, (bassinets + beds) * days), "This puts beds and bassinets together. Newborns "
               "are reported apart."),
        Choice(percent(births * 2, bassinets * days), "This takes two days for each birth instead of the service days "
               "that were counted."),
        Choice(percent(adult, beds * days), "This is the occupancy of the beds of adults and children."),
    ))


def _turnover(stream: Stream) -> Draw:
    """Bed turnover, direct: discharges of the period over the average bed count."""
    discharges, days = stream.whole(4200, 9800), 365
    beds = discharges // stream.whole(38, 62)
    stay = stream.whole(38, 56)
    service = discharges * stay // 10
    stem = reported(stream, f"a year of {days} days", f"{discharges:,} discharges including deaths",
                    f"{beds} beds on average",
                    f"{service:,} inpatient service days", f"an average length of stay of {rounded(stay, 10, 1)} days")
    stem += " " + stream.one(("What is the bed turnover rate by the direct formula, to one decimal?",
                              "How many times, to one decimal, was each bed used (direct bed turnover rate)?"))
    key = Choice(rounded(discharges, beds, 1), f"Discharges over the average bed count: {discharges:,} / {beds} = "
                 f"{rounded(discharges, beds, 1)} patients a bed in the year.")
    return Draw(stem, key, three(
        key,
        Choice(rounded(service, beds, 1), f"{service:,} / {beds} is days of use a bed, not patients a bed."),
        Choice(rounded(days * 10, stay, 1), f"{days} / {rounded(stay, 10, 1)} is the turnover of a bed that is never "
               "empty."),
        Choice(rounded(discharges, days, 1), f"{discharges:,} / {days} is discharges a day."),
    ))


def _turnover_indirect(stream: Stream) -> Draw:
    """Bed turnover, indirect: occupancy times the days of the period over the average length of stay."""
    stay, share = stream.whole(36, 60), stream.whole(610, 880)
    name, days = stream.one((("a quarter of 91 days", 91), ("a year of 365 days", 365), ("a half-year of 182 days",
        182)))
    stem = reported(stream, name, f"an occupancy of {rounded(share, 10, 1)}%",
                    f"an average length of stay of {rounded(stay, 10, 1)} days", f"{stream.whole(90, 240)} beds")
    stem += " " + stream.one(("By the indirect formula, what is the bed turnover rate, to one decimal?",
                              "The number of discharges is not available. What is the indirect bed turnover rate, "
                              "to one decimal?"))
    top = share * days  # tenths of a percent of days
    key = Choice(rounded(top, 100 * stay, 1), f"Occupancy times days over length of stay: {rounded(share, 10, 1)}% × "
                                              f"{days} / {rounded(stay, 10, 1)} = {rounded(top, 100 * stay, 1)}.")
    return Draw(stem, key, three(
        key,
        Choice(rounded(10 * days, stay, 1), f"{days} / {rounded(stay, 10, 1)} leaves the occupancy out, as if the beds "
               "were never empty."),
        Choice(rounded(10_000 * days, share * stay, 1), "This divides by the occupancy, as if empty beds made for more "
               "patients."),
        Choice(rounded(30 * share, 100 * stay, 1), "This takes the 30 days of a month for the whole period."),
    ))


def _median_stay(stream: Stream) -> Draw:
    """The median length of stay of a drawn list."""
    size = stream.one((7, 9, 11))
    stays = [stream.whole(1, 9) for _ in range(size - 1)] + [stream.whole(24, 60)]
    stays = stream.shuffled(stays)
    middle = sorted(stays)[size // 2]
    unsorted = stays[size // 2]
    illness = stream.one(("pneumonia", "heart failure", "sepsis", "a hip fracture", "a stroke", "cellulitis"))
    stem = (f"{begin(stream.one(HOSPITALS))} discharged {size} patients with {illness} "
            f"in a week. Their stays, in days, were {in_words([str(stay) for stay in stays])}. "
            + stream.one(("What was the median length of stay?", "The manager asks for the median stay. What is it?",
                          "One long stay pulls the mean up. What is the median stay?")))
    key = Choice(f"{rounded(middle, 1, 1)} days", f"In order: {in_words([str(stay) for stay in sorted(stays)])}. The "
                                                  f"middle of {size} is the {size // 2 + 1}th: {middle}.")
    return Draw(stem, key, three(
        key,
        Choice(f"{rounded(sum(stays), size, 1)} days", f"{sum(stays)} / {size} is the mean."),
        Choice(f"{rounded(unsorted, 1, 1)} days", "This is the middle of the list as it stands. It must be put in "
                                                  "order first."),
        Choice(f"{rounded(min(stays) + max(stays), 2, 1)} days", "This is halfway between the shortest and the longest "
                                                                 "stay: the midrange."),
        Choice(f"{rounded(sum(stays) - max(stays), size - 1, 1)} days", "This is the mean without the longest stay."),
    ))


def _one_stay(stream: Stream) -> Draw:
    """The length of one stay: the day of admission counts, the day of discharge does not."""
    first = dt.date(2026, 1, 1) + dt.timedelta(days=stream.whole(0, 330))
    first = first.replace(day=stream.whole(19, 28))
    nights = stream.whole(11, 36)
    last = first + dt.timedelta(days=nights)
    leave = stream.whole(1, 3)
    stem = (f"A patient of {stream.one(HOSPITALS)} was admitted on {_date(first)} and discharged on {_date(last)}. She "
            f"spent {leave} of those nights in the {stream.one(UNITS)} unit after a transfer within the hospital. "
            + stream.one(("What is her length of stay?", "How many discharge days does her discharge add to the "
                                                         "report?")))
    key = Choice(f"{nights} days", f"Count the day of admission, not that of discharge: {_date(first)} to "
                                   f"{_date(last)} is {nights} days. A transfer within the hospital changes nothing.")
    return Draw(stem, key, three(
        key,
        Choice(f"{nights + 1} days", "This counts both the day of admission and the day of discharge."),
        Choice(f"{nights - 1} days", "This counts neither the day of admission nor the day of discharge."),
        Choice(f"{nights - leave} days", "This takes off the days in the other unit. They belong to the same stay."),
    ))


def _date(day: dt.date) -> str:
    return f"{day:%B} {day.day}"


def _total_stay(stream: Stream) -> NumberDraw:
    """Discharge days of a short list of patients within one month, one of them in and out on the same day."""
    month, length = stream.one(MONTHS)
    rows = []
    for letter in "ABCDE":
        came = stream.whole(1, length - 10)
        rows.append((letter, came, came + stream.whole(1, 10)))
    same = stream.whole(0, 4)
    rows[same] = (rows[same][0], rows[same][1], rows[same][1])
    days = sum(max(1, left - came) for _, came, left in rows)
    listing = "; ".join(f"patient {letter} from {month} {came} to {month} {left}" for letter, came, left in rows)
    stem = (f"Five discharges from {stream.one(HOSPITALS)}: {listing}. " + stream.one((
        "What is the total of their discharge days (total length of stay)?",
        "How many discharge days do they add up to?")))
    worked = " + ".join(str(max(1, left - came)) for _, came, left in rows)
    return NumberDraw(stem, str(days), "days", (
        f"Day of discharge less day of admission; a patient in and out on one day has 1 day: {worked} = {days}. "
        f"Counting that patient as 0 gives {days - 1}; counting both ends of every stay gives {days + 4}."))


def _unit_that_does_not_balance(stream: Stream) -> Draw:
    """Which unit's census report is wrong: start + in − out must give the end."""
    names = stream.some(UNITS, 4)
    wrong = stream.whole(0, 3)
    off = stream.one((-2, -1, 1, 2))
    rows, whys = [], []
    for i, name in enumerate(names):
        start, came, went = stream.whole(14, 36), stream.whole(2, 9), stream.whole(2, 9)
        end = start + came - went + (off if i == wrong else 0)
        rows.append(f"{name} unit: start {start}, in {came}, out {went}, end {end}")
        whys.append(f"{start} + {came} − {went} = {start + came - went}; the report says {end}.")
    stem = (f"The night report of {stream.one(HOSPITALS)} gives for each unit the census at the start of the day, "
            "patients in (admissions and transfers), patients out (discharges, deaths, transfers), and the census at "
            f"the end. {'; '.join(rows)}. " + stream.one(("Which unit is called about its figures?",
                                                "Whose figures do not reconcile?")))
    key = Choice(f"{names[wrong]} unit", whys[wrong] + " The two disagree.")
    return Draw(stem, key, tuple(Choice(f"{name} unit", f"{why} They agree.")
                                 for i, (name, why) in enumerate(zip(names, whys, strict=True)) if i != wrong))


def _fullest_unit(stream: Stream) -> Draw:
    """Which of four units has the highest occupancy, when the largest census belongs to another."""
    names = stream.some(UNITS, 4)
    beds = stream.shuffled([stream.whole(10, 14), stream.whole(18, 24), stream.whole(28, 34), stream.whole(38, 46)])
    shares = stream.shuffled([stream.whole(55, 66), stream.whole(67, 75), stream.whole(76, 83), stream.whole(87, 96)])
    census = [(10 * bed * share + 50) // 100 for bed, share in zip(beds, shares, strict=True)]  # tenths
    best = max(range(4), key=lambda i: (census[i] * 1000 // beds[i], i))
    rows = "; ".join(f"{name} unit: {bed} beds, average daily census {rounded(tenths, 10, 1)}"
                     for name, bed, tenths in zip(names, beds, census, strict=True))
    stem = (f"{begin(stream.one(HOSPITALS))} compares its units for a month. {rows}. " + stream.one((
        "Which unit has the highest occupancy?", "Which unit runs closest to full?",
        "An extra nurse goes to the unit with the highest occupancy. Which is it?")))
    why = [f"{rounded(tenths, 10, 1)} / {bed} = {percent(tenths, 10 * bed)}." for bed, tenths in zip(beds, census,
        strict=True)]
    key = Choice(f"{names[best]} unit", why[best] + " It is the highest of the four.")
    most = max(range(4), key=lambda i: census[i])
    return Draw(stem, key, tuple(
        Choice(f"{names[i]} unit", why[i] + (" It has the most patients, but also the most room." if i == most else ""))
        for i in range(4) if i != best))


TEMPLATES = makers(
    (Template("t-service-days", ("3.5",), "application", SERVICE_DAY, WRITTEN), _service_days),
    (Template("t-unit-census", ("3.5",), "application", SERVICE_DAY, WRITTEN), _unit_census),
    (Template("t-average-census", ("3.5",), "application", FORMULAS, WRITTEN), _average_census),
    (Template("t-newborn-occupancy", ("3.5",), "application", FORMULAS, WRITTEN), _newborn_occupancy),
    (Template("t-bed-turnover", ("3.5",), "application", TURNOVER, WRITTEN), _turnover),
    (Template("t-bed-turnover-indirect", ("3.5",), "application", TURNOVER, WRITTEN), _turnover_indirect),
    (Template("t-median-stay", ("3.3", "3.5"), "application", CENTER, WRITTEN), _median_stay),
    (Template("t-one-stay", ("3.5",), "application", FORMULAS, WRITTEN), _one_stay),
    (Template("t-total-stay", ("3.5",), "application", FORMULAS, WRITTEN), _total_stay),
    (Template("t-census-reconcile", ("3.3", "3.5"), "analysis", SERVICE_DAY, WRITTEN), _unit_that_does_not_balance),
    (Template("t-fullest-unit", ("3.3", "3.5"), "analysis", FORMULAS, WRITTEN), _fullest_unit),
)
