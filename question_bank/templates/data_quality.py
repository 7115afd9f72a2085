"""Data quality: completeness, validity, reconciled counts, outliers, agreement of sources, lateness, match scores."""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, Draw, NumberDraw, Template, makers, percent, rounded, three
from question_bank.templates.wording import HOSPITALS, MONTHS, SURNAMES, begin, in_words, sheet, table

WRITTEN = dt.date(2026, 11, 25)
QUALITY = "ahima-data-quality-management-model"
GIVEN = "audit-policy-in-the-question"
OUTLIER = "nist-sematech-outliers"
AGREEMENT = "mchugh-kappa-2012"
HISTORY = "42-cfr-482-24-c-4-i"
INDEX_RATE = "mpi-duplicate-rate"
FIELDS = ("preferred language", "race", "telephone number", "discharge status", "attending physician",
          "admission source",
          "emergency contact", "ethnicity", "primary care physician", "advance directive")
MEASURES = (("length of stay", "days"), ("days to code", "days"), ("minutes at the desk", "minutes"), ("charge lines",
    "lines"),
            ("pages scanned", "pages"))


def _completeness(stream: Stream) -> Draw:
    """Which field is below a standard of completeness, when fields are not asked of the same number of records."""
    names = stream.some(FIELDS, 4)
    goal = stream.one((90, 95, 96, 98))
    low = stream.whole(0, 3)
    asked = stream.shuffled([stream.whole(300, 420), stream.whole(700, 900), stream.whole(1200, 1600),
                             stream.whole(2100, 2600)])
    if asked[low] == max(asked):
        asked = [*asked[1:], asked[0]]
    blanks = []
    for i, total in enumerate(asked):
        room = total * (100 - goal) // 100
        blanks.append(room + max(2, room // 3) if i == low else room * stream.whole(55, 95) // 100)
    stem = f"{begin(stream.one(HOSPITALS))} wants each field filled in at least {goal}% of the records that need it. "
    stem += stream.one(("Which field misses the standard?", "On which field does the data steward work first?",
                        "Which field fails?"))
    stem += table("Completeness", ("field", "records", "blank"), [(name, f"{total:,}", blank) for name, total,
                                                                  blank in zip(names, asked, blanks, strict=True)])
    whys = [f"{total:,} − {blank} = {total - blank:,} filled, {percent(total - blank, total)}." for total,
            blank in zip(asked, blanks, strict=True)]
    most = max(range(4), key=lambda i: blanks[i])
    key = Choice(begin(names[low]), f"{whys[low]} The standard is {goal}%.")
    return Draw(stem, key, tuple(
        Choice(begin(names[i]), whys[i] + (" It has the most blanks, but of the most "
                                           "records." if i == most else " It meets the standard."))
        for i in range(4) if i != low))


def _invalid_values(stream: Stream) -> NumberDraw:
    """How many of a list of values break a drawn rule of the data dictionary."""
    low, high = stream.one(((0, 110), (0, 120), (18, 105)))
    sexes = ("F", "M", "U")
    rows, broken, reasons = [], 0, []
    for i in range(8):
        age = stream.whole(low, high)
        sex = stream.one(sexes)
        kind = stream.one(("", "", "", "", "", "age", "sex", "order"))
        came = stream.whole(2, 14)
        left = came + stream.whole(0, 9)
        if kind == "age":
            age = stream.one((high + stream.whole(1, 80), -stream.whole(1, 3)))
        elif kind == "sex":
            sex = stream.one(("X9", "B", "?"))
        elif kind == "order":
            left = came - 1
        bad = not low <= age <= high or sex not in sexes or left < came
        broken += bad
        if bad:
            reasons.append(f"R{i + 1}")
        rows.append((f"R{i + 1}", age, sex, came, left))
    month, _ = stream.one(MONTHS)
    stem = (f"The data dictionary allows ages from {low} to {high}, the sex codes F, M and U, and no discharge day "
            f"before the admission day. "
            f"How many of these {month} records break a rule?") + table("Extract", ("record", "age", "sex", "admitted",
                "discharged"), rows)
    return NumberDraw(stem, str(broken), "records", (
        f"{'Records ' + in_words(reasons) if broken else 'No records'} break a rule: {broken}. Age {low} and age "
        f"{high} are allowed, and so is a discharge on the day of admission. A record that breaks two rules is one "
        f"record."))


def _unexplained_rows(stream: Stream) -> Draw:
    """Rows that are missing after a load when rejects, duplicates and late records are accounted for."""
    sent = stream.whole(42, 190) * 100 + stream.whole(0, 99)
    rejected, double, late = stream.whole(30, 180), stream.whole(20, 120), stream.whole(15, 90)
    lost = stream.whole(4, 60)
    lost += lost == late  # the two must not cancel
    loaded = sent - rejected - double + late - lost
    source = stream.one(("laboratory results", "encounters", "charge lines", "immunizations", "medication orders",
                         "discharges"))
    stem = (f"A nightly load brings {source} to the data warehouse. The counts are below. " + stream.one((
        "How many rows are unaccounted for?", "How many rows does the analyst still have to find?"))) + sheet(
        stream, f"{sent:,} rows sent by the source system", f"{rejected} rows rejected for errors",
        f"{double} duplicate rows removed",
        f"{late} rows added that were left over from the night before", f"{loaded:,} rows in the warehouse after the "
            "load")
    key = Choice(str(lost), f"Expected: {sent:,} − {rejected} − {double} + {late} = {loaded + lost:,}. Found: "
                            f"{loaded:,}. Missing: {lost}.")
    return Draw(stem, key, three(
        key,
        Choice(str(sent - loaded), "This is sent less loaded, as if every difference were a loss. Rejected and "
                                   "duplicate rows are explained."),
        Choice(str(abs(sent - rejected - double - loaded)), "The rows left from the night before were not counted in."),
        Choice(str(lost + rejected), "Rejected rows are known: they stand in the error file."),
        Choice(str(lost + double), "Duplicate rows were removed on purpose."),
    ))


def _outlier(stream: Stream) -> Draw:
    """Which value lies beyond the fences: one and a half interquartile ranges from the quartiles, on either side."""
    first, spread = stream.whole(34, 60), stream.whole(4, 10) * 2
    third = first + spread
    low, high = first - spread * 3 // 2, third + spread * 3 // 2
    above = stream.chance(50)
    outside = high + stream.whole(1, spread) if above else low - stream.whole(1, min(low - 2, spread))
    inside = (low + stream.whole(0, 1), high - stream.whole(0, 1), third + stream.whole(1, spread))
    values = in_words([str(value) for value in stream.shuffled([*inside, outside])])
    measure, unit = stream.one(MEASURES)
    stem = (f"For {measure} a month's lower quartile is {first} {unit} and the upper quartile {third} {unit}. Values "
            f"more than one and a half interquartile ranges beyond a quartile are checked. Four values are {values}. "
            + stream.one(("Which one is checked?", "Which of them is an outlier by that rule?",
                          "Which one goes on the list for checking?")))
    key = Choice(f"{outside} {unit}", f"The interquartile range is {third} − {first} = {spread}. The fences are "
                 f"{first} − "
                 f"1.5 × {spread} = {low} and {third} + 1.5 × {spread} = {high}: {outside} lies beyond.")
    return Draw(stem, key, tuple(
        Choice(f"{value} {unit}", f"It is beyond a quartile, as half of all values are, and within the fences of {low} "
                                  f"and {high}.") for value in inside))


def _z_score(stream: Stream) -> Draw:
    """Which value lies beyond a drawn number of standard deviations, and its z-score."""
    deviation = stream.whole(2, 9) * 10  # tenths
    mean = stream.whole(12, 40) * 10 + deviation * 4
    limit = stream.one((2, 3))
    up = stream.chance(50)
    far = limit * 10 + stream.whole(2, 8)  # tenths of a deviation
    value = mean + (far if up else -far) * deviation // 10
    measure, unit = stream.one(MEASURES)
    stem = (f"An analyst flags a value of {measure} when it lies more than {limit} standard deviations from the mean. "
            f"The mean is {rounded(mean, 10, 1)} {unit}, the standard deviation {rounded(deviation, 10, 1)}. "
            f"One record shows {rounded(value, 10, 1)} {unit}. What is its z-score, and is it flagged?")
    sign, other = ("", "−") if up else ("−", "")
    size = rounded(far, 10, 1)
    key = Choice(f"{sign}{size}: flagged", f"({rounded(value, 10, 1)} − {rounded(mean, 10, 1)}) / "
                                           f"{rounded(deviation, 10, 1)} = {sign}{size}; its size is more than "
                                           f"{limit}.")
    return Draw(stem, key, three(
        key,
        Choice(f"{sign}{size}: not flagged", "The z-score is right. What counts is its size on either side of the "
                                             "mean."),
        Choice(f"{other}{size}: flagged", "The sign is the wrong way round: it tells whether the value is above or "
                                          "below the mean."),
        Choice(f"{rounded(value, deviation, 1)}: flagged", "This divides the value by the standard deviation without "
                                                           "taking the mean off."),
    ))


def _two_sources(stream: Stream) -> Draw:
    """Agreement of registry and chart, over the records that both have."""
    rows, same, both = [], 0, 0
    stages = ("I", "II", "III", "IV")
    for i, number in enumerate(stream.some(range(11, 99), 10)):
        registry: str | None = stream.one(stages)
        chart: str | None = registry if stream.chance(70) else stream.one(stages)
        if i and stream.chance(15):
            registry = None
        elif i and stream.chance(15):
            chart = None
        if registry and chart:
            both += 1
            same += registry == chart
        rows.append((f"K{number}", registry or "none", chart or "none"))
    stem = stream.one(("A cancer registrar compares the stage in the registry with the stage in the chart.",
                       "Ten cases are drawn to compare the stage in the registry with that in the chart.",
                       "A reviewer checks the registry's stage against the chart.")) + " " + (
        "Cases with a stage missing in either source are left out. What is the percent agreement?") + table(
            "Stage", ("case", "registry", "chart"), rows)
    key = Choice(percent(same, both), f"Both have a stage in {both} cases, the same in {same}: {percent(same, both)}.")
    return Draw(stem, key, three(
        key,
        Choice(percent(same, 10), "This divides by all ten cases. Those without a stage in one source are left out."),
        Choice(percent(both - same, both), "This is the share that differs."),
        Choice(percent(both, 10), "This is the share of cases in which both have a stage: completeness, not "
                                  "agreement."),
        Choice(percent(same + 10 - both, 10), "This counts a missing stage as agreement."),
    ))


def _late_history(stream: Stream) -> Draw:
    """Which record has its history and physical later than 24 hours after admission."""
    names = stream.some(SURNAMES, 4)
    wrong = stream.whole(0, 3)
    month, _ = stream.one(MONTHS)
    rows, whys = [], []
    for i, name in enumerate(names):
        day, hour, minute = stream.whole(2, 24), stream.whole(0, 23), stream.whole(0, 59)
        came = dt.datetime(2026, 1, day, hour, minute, tzinfo=dt.UTC)
        hours = stream.whole(25, 38) if i == wrong else stream.one((stream.whole(2, 12), stream.whole(18, 23)))
        written = came + dt.timedelta(hours=hours, minutes=stream.whole(0, 50))
        rows.append((name, f"{month} {came.day}, {came:%H:%M}", f"{month} {written.day}, {written:%H:%M}"))
        took = int((written - came).total_seconds()) // 60
        whys.append(f"{took // 60} h {took % 60} min after admission")
    stem = (f"At {stream.one(HOSPITALS)} a nurse reviewer checks four inpatients without an earlier history and "
            f"physical. One must be in the record within 24 hours after admission. "
            + stream.one(("Whose is late?", "Which record goes on the list of late "
                                            "ones?"))) + table("History and physical", ("patient", "admitted",
                                                "in the record"), rows)
    key = Choice(names[wrong], f"It came {whys[wrong]}: beyond 24 hours.")
    return Draw(stem, key, tuple(Choice(names[i], f"It came {whys[i]}: in time, whether the date changed or "
                                                  f"not.") for i in range(4) if i != wrong))


def _delinquency(stream: Stream) -> Draw:
    """Delinquency rate: delinquent records over the average monthly discharges, by the hospital's own rule."""
    discharges = stream.whole(60, 240) * 12
    monthly = discharges // 12
    delinquent = monthly * stream.whole(18, 48) // 100
    incomplete = delinquent + monthly * stream.whole(15, 45) // 100
    stem = (f"{begin(stream.one(HOSPITALS))} defines the delinquency rate as delinquent records over average monthly "
            f"discharges. A record is delinquent when it is incomplete more than 30 days after discharge. "
            + stream.one(("What is the rate?", "What delinquency rate goes to the medical executive "
                                               "committee?"))) + sheet(
        stream, f"{discharges:,} discharges in the last 12 months", f"{incomplete} incomplete records today",
        f"{delinquent} records incomplete for more than 30 days after discharge",
        f"{monthly + stream.whole(-20, 20)} discharges last month")
    key = Choice(percent(delinquent, monthly), f"Average monthly discharges: {discharges:,} / 12 = {monthly}. "
                                               f"{delinquent} / {monthly} = {percent(delinquent, monthly)}.")
    return Draw(stem, key, three(
        key,
        Choice(percent(incomplete, monthly), "This counts all incomplete records. Until day 30 they are incomplete, "
                                             "not delinquent."),
        Choice(percent(delinquent, discharges), "This divides by a year's discharges."),
        Choice(percent(delinquent, incomplete), "This is the share of the incomplete records that is delinquent."),
    ))


def _match_score(stream: Stream) -> Draw:
    """What a drawn match policy does with a pair of records: link, review, or keep apart."""
    points = {"last name": stream.whole(15, 22), "first name": stream.whole(10, 15), "date of birth": stream.whole(24,
        32),
              "sex": stream.whole(3, 6), "telephone": stream.whole(10, 16), "address": stream.whole(9, 14)}
    top = sum(points.values())
    link, review = top * stream.whole(72, 80) // 100, top * stream.whole(42, 55) // 100
    agree = [name for name in points if stream.chance(60)]
    score = sum(points[name] for name in agree)
    differ = [name for name in points if name not in agree]
    answers = {"link": "Link the two records automatically", "review": "Send the pair to a specialist for review",
               "apart": "Keep the two records apart",
               "merge": "Merge them and tell the specialist later"}
    which = "link" if score >= link else "review" if score >= review else "apart"
    stem = (f"A matching program gives points for each element that agrees in two records. It links a pair from {link} "
            f"points on, sends it to a specialist from {review} to {link - 1}, and keeps it apart below {review}. "
            f"In one pair these agree: {in_words(agree) if agree else 'none'}. " + stream.one(("What does the program "
                "do?", "What becomes of the pair?", "What happens to the two records?")))
    stem += table("Points", ("element", "points"), list(points.items()))
    told = f"{' + '.join(str(points[name]) for name in agree) or '0'} = {score} points."
    reasons = {"link": f"A pair is linked from {link} points on.", "review": f"A specialist reviews from {review} to "
               f"{link - 1} points.",
               "apart": f"A pair stays apart below {review} points.", "merge": "The policy has no such step: a wrong "
                   "merge makes an overlay."}
    missing = f" What differs ({in_words(differ)}) gives no points." if differ else ""
    return Draw(stem, Choice(answers[which], f"{told} {reasons[which]}{missing}"), tuple(
        Choice(text, f"{reasons[name]} This pair has {score}.") for name, text in answers.items() if name != which))


def _quality_characteristic(stream: Stream) -> Draw:
    """Which characteristic of data quality a drawn defect offends."""
    count, total, days = stream.whole(12, 90), stream.whole(300, 900), stream.whole(6, 20)
    where = stream.one(HOSPITALS)
    defects = {
        "Timeliness": (f"At {where} {count} of {total} immunizations reached the state registry {days} days after the "
        f"deadline.", "The data came too late for use."),
        "Comprehensiveness": (f"At {where} {count} of {total} registrations have no preferred language, although the "
        f"field is required.", "A required value is missing."),
        "Consistency": (f"At {where} the allergy list and the pharmacy system disagree about penicillin for {count} of "
        f"{total} patients.", "The same fact differs between two places."),
        "Accuracy": (f"At {where} {count} of {total} weights were typed in pounds into a field for kilograms.",
                     "The value is there and valid in form, but not true."),
        "Granularity": (f"At {where} {count} of {total} injury records say only “leg”, where the study needs the bone "
        f"and the side.", "The value is true and not detailed enough."),
        "Definition": (f"At {where} two clinics counted {count} and {total} “no-shows”, because each had its own "
                       f"idea of what one is.", "Nobody had fixed what the element means."),
    }
    wanted = stream.one(tuple(defects))
    stem = f"{defects[wanted][0]} " + stream.one(("Which characteristic of data quality is most directly at fault?",
                                                  "Which characteristic of data quality is most clearly lacking?"))
    others = stream.some([name for name in defects if name != wanted], 3)
    return Draw(stem, Choice(wanted, defects[wanted][1]), tuple(
        Choice(name, f"That would be another fault. {defects[name][1]}") for name in others))


TEMPLATES = makers(
    (Template("t-field-completeness", ("1.9", "1.4"), "analysis", QUALITY, WRITTEN), _completeness),
    (Template("t-invalid-values", ("1.9", "3.2"), "application", QUALITY, WRITTEN), _invalid_values),
    (Template("t-unexplained-rows", ("1.9", "3.2"), "analysis", GIVEN, WRITTEN), _unexplained_rows),
    (Template("t-outlier-fence", ("3.3",), "application", OUTLIER, WRITTEN), _outlier),
    (Template("t-z-score", ("3.3",), "application", OUTLIER, WRITTEN), _z_score),
    (Template("t-two-sources", ("1.4", "3.3"), "application", AGREEMENT, WRITTEN), _two_sources),
    (Template("t-late-history", ("1.5", "1.1"), "application", HISTORY, WRITTEN), _late_history),
    (Template("t-delinquency-rate", ("1.5", "5.4"), "application", GIVEN, WRITTEN), _delinquency),
    (Template("t-match-score", ("1.8", "2.6"), "analysis", GIVEN, WRITTEN), _match_score),
    (Template("t-quality-characteristic", ("1.4", "1.9"), "application", QUALITY, WRITTEN), _quality_characteristic),
)
