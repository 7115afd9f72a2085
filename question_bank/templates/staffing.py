"""Staffing and productivity: full-time equivalents, standards, backlogs, turnaround, overtime, unit costs, budgets."""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, Draw, NumberDraw, Template, dollars, makers, percent, rounded, three
from question_bank.templates.wording import HOSPITALS, SURNAMES, begin, listed

WRITTEN = dt.date(2026, 11, 25)
STAFFING = "ahima-staffing-productivity-fte-from-workload-productive"
PAYBACK = "payback-period-initial-cost-over-net-periodic-saving"
BUDGET = "department-budget-variance"
GIVEN = "audit-policy-in-the-question"
WORK = (("inpatient records", "coded"), ("emergency records", "coded"), ("requests for records", "answered"), ("charts",
    "scanned"),
        ("discharges", "abstracted"), ("operative reports", "edited"))
MINUTES = {"inpatient records": (22, 40), "emergency records": (6, 12), "requests for records": (12, 30),
           "charts": (10, 25), "discharges": (9, 20), "operative reports": (8, 15)}
UNIT = {"inpatient records": "record", "emergency records": "record", "requests for records": "request",
        "charts": "chart", "discharges": "discharge"}
WORKERS = ("coders", "analysts", "release-of-information clerks", "scanning clerks", "abstractors")


def days(count: int) -> str:
    """Return `1 day` or `5 days`."""
    return f"{count} day" if count == 1 else f"{count} days"


def _fte_needed(stream: Stream) -> Draw:
    """Full-time equivalents from yearly volume, minutes a record and productive hours."""
    work, done = stream.one(WORK)
    volume, minutes = stream.whole(18, 64) * 1000, stream.whole(*MINUTES[work])
    productive = stream.whole(78, 88)
    hours = 2080 * productive // 100
    stem = (f"In a year {stream.one(HOSPITALS)} has {volume:,} {work} to be {done}, at {minutes} minutes each. A "
            f"full-time employee is paid for 2,080 hours a year, of which {hours:,} are productive after leave, "
            "holidays and meetings. "
            + stream.one(("How many full-time equivalents does the work need, to one decimal?",
                          "How many full-time equivalents, to one decimal, does the manager request?")))
    key = Choice(rounded(volume * minutes, 60 * hours, 1), f"{volume:,} × {minutes} / 60 = about "
                                                           f"{(volume * minutes + 30) // 60:,} hours of work. Over "
                                                           f"{hours:,} productive hours: "
                                                           f"{rounded(volume * minutes, 60 * hours, 1)}.")
    return Draw(stem, key, three(
        key,
        Choice(rounded(volume * minutes, 60 * 2080, 1), "This divides by paid hours, as if nobody were ever on leave."),
        Choice(rounded(volume, minutes * hours, 1), "This divides the volume by the minutes. It treats them as records "
                                                    "per hour."),
        Choice(rounded(volume * minutes * hours, 60 * 2080 * 2080, 1), "This lowers the need by the time away. Leave "
            "raises it."),
    ))


def _standard_met(stream: Stream) -> Draw:
    """Which of four employees is below a standard for each hour."""
    names = stream.some(SURNAMES, 4)
    standard = stream.whole(3, 9)  # records an hour
    low = stream.whole(0, 3)
    rows, whys = [], []
    hours = stream.shuffled([stream.whole(18, 22), stream.whole(26, 29), stream.whole(31, 34), stream.whole(36, 38)])
    if hours[low] == min(hours):
        hours = [*hours[1:], hours[0]]
    done = []
    for i, worked in enumerate(hours):
        count = worked * standard - stream.whole(3, 10) if i == low else worked * standard + stream.whole(1, 9)
        done.append(count)
        rows.append(f"{names[i]}, {count} records in {worked} hours")
        whys.append(f"{count} / {worked} = {rounded(count, worked, 2)} an hour.")
    least = min(range(4), key=lambda i: done[i])
    stem = (f"The standard of {stream.one(HOSPITALS)} is {standard} records an hour of productive time. In a week: "
            f"{'; '.join(rows)}. "
            + stream.one(("Who was below the standard?", "Whose output does the supervisor review as falling short?")))
    key = Choice(names[low], whys[low] + f" The standard is {standard}.")
    return Draw(stem, key, tuple(
        Choice(names[i], whys[i] + (" The fewest records, but in the fewest hours: the standard was "
                                    "met." if i == least else " The standard was met."))
        for i in range(4) if i != low))


def _weighted_output(stream: Stream) -> Draw:
    """Weighted productivity: units of work over hours."""
    weights = stream.one(((10, 4, 2), (12, 4, 1), (10, 5, 2), (15, 6, 3)))  # in tenths of a unit
    counts = (stream.whole(40, 70), stream.whole(50, 100), stream.whole(60, 140))
    hours = stream.whole(30, 38)
    kinds = ("inpatient", "outpatient surgery", "emergency")
    units = sum(w * n for w, n in zip(weights, counts, strict=True))
    rows = listed(stream, *(f"{n} {kind} records at {rounded(w, 10, 1)} units each" for n, kind, w in zip(counts, kinds,
        weights, strict=True)))
    name = stream.one(SURNAMES)
    stem = (f"Records are counted in work units, as some take longer than others. In {hours} productive hours {name} "
            f"coded: {rows}. What is the output in units per hour, to two decimals?")
    key = Choice(rounded(units, 10 * hours, 2),
                 f"{' + '.join(f'{n} × {rounded(w, 10, 1)}' for n, w in zip(counts, weights, strict=True))} = "
                 f"{rounded(units, 10, 1)} units. Over {hours} hours: {rounded(units, 10 * hours, 2)}.")
    return Draw(stem, key, three(
        key,
        Choice(rounded(sum(counts), hours, 2), "This counts records, as if each took the same time."),
        Choice(rounded(units, 400, 2), "This divides by 40 paid hours instead of the productive ones."),
        Choice(rounded(weights[0] * counts[0], 10 * hours, 2), "This counts the inpatient records alone."),
    ))


def _backlog(stream: Stream) -> Draw:
    """Days until a backlog is gone: what is done each day beyond what comes in."""
    staff, each = stream.whole(3, 8), stream.whole(18, 40)
    daily = staff * each
    spare = stream.whole(8, 30)
    needed = stream.whole(7, 30)
    arrive, backlog = daily - spare, spare * needed
    work, done = stream.one(WORK)
    stem = (f"{backlog:,} {work} wait to be {done} at {stream.one(HOSPITALS)}, and {arrive} more come in each working "
            f"day. {staff} employees do {each} a day each. "
            + stream.one(("After how many working days is the backlog gone?", "How many working days does it take to "
                "clear the backlog?")))
    key = Choice(days(needed), f"{staff} × {each} = {daily} a day, of which {arrive} only keep up with what comes in. "
                               f"{daily} − {arrive} = {spare} a day work off {backlog:,}: {needed} days.")
    return Draw(stem, key, three(
        key,
        Choice(days(-(-backlog // daily)), "This sets the whole output against the backlog and forgets what comes in."),
        Choice(days(-(-(backlog + arrive) // daily)), "This counts what comes in on the first day only."),
        Choice(days(-(-backlog // arrive)), "This divides by what comes in."),
        Choice(days(-(-backlog // each)), "This counts the output of one employee."),
    ))


def _overtime(stream: Stream) -> Draw:
    """Which of three ways to clear work is cheapest: overtime, an agency, or a temporary employee."""
    records, each = stream.whole(240, 900), stream.whole(4, 8)
    hours = records // each
    records = hours * each
    wage = stream.whole(26, 38) * 100
    rate = stream.whole(560, 1100)  # agency, cents a record
    temp, slower, start = wage - stream.whole(2, 7) * 100, stream.whole(10, 35), stream.whole(3, 12) * 10_000
    temp_hours = -(-hours * (100 + slower) // 100)
    costs = {"Overtime": hours * wage * 3 // 2, "The agency": records * rate,
             "A temporary employee": start + temp_hours * temp}
    worked = {"Overtime": f"{hours} hours at one and a half times {dollars(wage)}",
              "The agency": f"{records:,} records at {dollars(rate)}",
              "A temporary employee": f"{dollars(start)} and {temp_hours} hours at {dollars(temp)}"}
    best = min(costs, key=lambda name: costs[name])
    stem = (f"{records:,} records wait to be coded. There are three options. Overtime: own staff do {each} an hour, at "
            f"one and a half times their wage of {dollars(wage)}. The agency: {dollars(rate)} a record. A temporary "
            f"employee: a fee of {dollars(start)}, then {temp_hours} hours at "
            f"{dollars(temp)}. "
            + stream.one(("Which costs least, and how much?", "Which is cheapest, and at what cost?")))
    plain = hours * wage
    key = Choice(f"{best}: {dollars(costs[best])}", f"{worked[best]}: {dollars(costs[best])}. The others: "
                                                    + "; ".join(f"{name.lower()} {dollars(cost)}" for name,
                                                                    cost in costs.items() if name != best) + ".")
    return Draw(stem, key, three(
        key,
        Choice(f"Overtime: {dollars(plain)}", "This pays overtime at the plain wage: the half on top was forgotten."),
        Choice(f"A temporary employee: {dollars(temp_hours * temp)}", "This leaves out the fee."),
        *(Choice(f"{name}: {dollars(cost)}", f"{worked[name]}: right, but not the least.") for name,
          cost in costs.items() if name != best),
    ))


def _unit_cost(stream: Stream) -> Draw:
    """Cost of a coded record: salaries with benefits, software and other costs over records."""
    records = stream.whole(16, 48) * 500
    salaries = records * stream.whole(700, 1400)
    benefits, software = stream.whole(20, 30), stream.whole(24, 90) * 100_000
    extra = salaries * benefits // 100
    total = salaries + extra + software
    work, done = stream.one(WORK[:5])
    stem = (f"In a year {stream.one(HOSPITALS)} had {records:,} {work} {done}. " + begin(listed(
        stream, f"salaries came to {dollars(salaries)}", f"benefits are {benefits}% of salaries",
        f"software and supplies cost {dollars(software)}"))
        + f". What was the cost per {UNIT[work]}?")
    key = Choice(dollars(total // records + (2 * (total % records) >= records)), f"{dollars(salaries)} + "
        f"{dollars(extra)} benefits + {dollars(software)} = {dollars(total)}, over {records:,}.")
    def each(cents: int) -> str:
        return dollars((2 * cents + records) // (2 * records))
    return Draw(stem, key, three(
        key,
        Choice(each(salaries + software), "The benefits were left out."),
        Choice(each(salaries + extra), "Software and supplies were left out."),
        Choice(each(salaries), "This counts salaries alone."),
    ))


def _scanning(stream: Stream) -> Draw:
    """Days to scan a store of charts: pages over scanners, speed, hours and the share of time they run."""
    charts, pages = stream.whole(40, 160) * 100, stream.whole(60, 180)
    scanners, speed, hours, share = stream.whole(2, 4), stream.whole(30, 60), stream.one((6, 7, 8)), stream.one((60, 70,
        75, 80))
    total = charts * pages
    daily = scanners * speed * 60 * hours * share // 100
    stem = (f"{begin(stream.one(HOSPITALS))} will scan {charts:,} paper charts of {pages} pages on average. It has "
            f"{scanners} scanners of {speed} pages a minute, staffed {hours} hours a day. Because of preparation and "
            f"checks they run only {share}% of that time. How many working days does the scanning take, rounded up?")
    key = Choice(days(-(-total // daily)), f"Pages: {total:,}. A day: {scanners} × {speed} × 60 × {hours} × {share}% = "
                                           f"{daily:,}. {total:,} / {daily:,} = {rounded(total, daily, 1)}, rounded "
                                           f"up.")
    return Draw(stem, key, three(
        key,
        Choice(days(-(-total // (scanners * speed * 60 * hours))), "This has the scanners run all the time."),
        Choice(days(-(-total // (speed * 60 * hours * share // 100))), "This counts one scanner."),
        Choice(days(-(-total // (scanners * speed * 60 * 24))), "This has them run day and night."),
    ))


def _training(stream: Stream) -> NumberDraw:
    """What a training costs: hours of those who attend, a trainer, and materials."""
    people, hours, wage = stream.whole(8, 40), stream.one((2, 3, 4)), stream.whole(22, 36)
    trainer, material = stream.whole(4, 15) * 50, stream.whole(8, 25)
    groups = stream.whole(2, 3)
    people = people // groups * groups
    total = people * hours * wage + groups * trainer + people * material
    what = stream.one(("the new release-of-information software", "the changed query policy", "the yearly code changes",
                       "the downtime procedure", "privacy at the front desk"))
    stem = (f"{people} employees are to be trained in {what}, in {groups} groups of equal size. " + begin(listed(
        stream, f"the course takes {hours} hours of paid time at ${wage} an hour on average",
        f"the trainer charges ${trainer} per group", f"materials are ${material} a person"))
        + ". What does the training cost in dollars?")
    return NumberDraw(stem, str(total), "$", (
        f"Time: {people} × {hours} × ${wage} = ${people * hours * wage:,}. Trainer: {groups} × ${trainer} = "
        f"${groups * trainer:,}. Materials: {people} × ${material} = ${people * material:,}. Together ${total:,}. "
        f"Without the paid time of those who attend it would look like ${groups * trainer + people * material:,}."))


def _turnaround(stream: Stream) -> Draw:
    """Share of requests answered within a drawn standard, out of a drawn table of counts by days."""
    limits = (5, 10, 15, 30)
    counts = [stream.whole(60, 160), stream.whole(50, 120), stream.whole(20, 70), stream.whole(8, 30), stream.whole(2,
        9)]
    which = stream.whole(1, 2)
    total, good = sum(counts), sum(counts[:which + 1])
    rows = (f"within {limits[0]} days: {counts[0]}; in 6 to {limits[1]} days: {counts[1]}; in 11 to {limits[2]} days: "
            f"{counts[2]}; in 16 to {limits[3]} days: {counts[3]}; later: {counts[4]}")
    stem = (f"The log of requests for records at {stream.one(HOSPITALS)} shows how soon requests were answered. "
            f"{begin(rows)}. The department's own standard is {limits[which]} days. "
            + stream.one(("What share met the standard?", "Which share does the dashboard show as on time?")))
    key = Choice(percent(good, total), f"{' + '.join(map(str, counts[:which + 1]))} = {good} of {total}: "
                                       f"{percent(good, total)}.")
    return Draw(stem, key, three(
        key,
        Choice(percent(counts[which], total), "This takes the one row that ends at the standard. The faster answers "
                                              "met it too."),
        Choice(percent(good, total - counts[4]), "This leaves the latest answers out of all requests."),
        Choice(percent(total - counts[4], total), "This counts what was answered within 30 days, which is not the "
                                                  "department's standard."),
        Choice(percent(counts[0], total), "This counts the first row alone."),
    ))


def _variance(stream: Stream) -> Draw:
    """Budget variance in percent, and whether it is favorable."""
    line = stream.one(("contract coding", "overtime", "supplies", "software licenses", "postage and courier",
                       "education and travel"))
    budget = stream.whole(24, 180) * 500
    over = stream.chance(55)
    actual = budget + (1 if over else -1) * budget * stream.whole(4, 24) // 100
    gap = abs(actual - budget)
    stem = (f"For the {stream.one(('first', 'second', 'third'))} quarter the health information department of "
            f"{stream.one(HOSPITALS)} budgeted ${budget:,} for {line} and spent ${actual:,}. "
            + stream.one(("How does the report show the variance?", "What variance does the manager explain?")))
    kind, other = ("unfavorable", "favorable") if over else ("favorable", "unfavorable")
    key = Choice(f"{percent(gap, budget)} {kind}", f"${actual:,} − ${budget:,} is {'over' if over else 'under'} budget "
                                                   f"by ${gap:,}; divided by the budget of ${budget:,} that is "
                                                   f"{percent(gap, budget)}. Spending {'more' if over else 'less'} "
                                                   f"than budgeted is {kind}.")
    return Draw(stem, key, three(
        key,
        Choice(f"{percent(gap, budget)} {other}", "The figure is right. For an expense, more than budgeted is "
                                                  "unfavorable and less is favorable."),
        Choice(f"{percent(gap, actual)} {kind}", "This divides by what was spent. The budget is the yardstick."),
        Choice(f"{percent(gap, actual)} {other}", "This divides by what was spent, and names it the wrong way."),
    ))


def _payback(stream: Stream) -> Draw:
    """Payback period in months: cost at the start over the net saving of a month."""
    months = stream.whole(7, 36)
    net = stream.whole(8, 48) * 100
    fee = stream.whole(3, 15) * 100
    saving, cost = net + fee, months * net
    what = stream.one(("An encoder with edits", "A portal for record requests", "A scanner with barcode reading",
                       "A transcription engine", "A deficiency tracking module"))
    stem = (f"{what} costs ${cost:,} at the start. " + begin(listed(stream, f"it saves ${saving:,} a month in labor",
                                                                    f"it costs ${fee:,} a month in upkeep"))
            + ". " + stream.one(("After how many months will it have paid for itself?", "What is its payback period?")))
    key = Choice(f"{months} months", f"Net saving: ${saving:,} − ${fee:,} = ${net:,} a month. ${cost:,} / ${net:,} = "
                                     f"{months} months.")
    return Draw(stem, key, three(
        key,
        Choice(f"{-(-cost // saving)} months", "This leaves the upkeep out of the saving."),
        Choice(f"{-(-cost // (saving + fee))} months", "This adds the upkeep to the saving."),
        Choice(f"{-(-(cost + 12 * fee) // saving)} months", "This adds a year of upkeep to the cost. Upkeep goes on "
                                                            "each month and comes off the saving."),
        Choice(f"{-(-(cost + fee) // saving)} months", "This counts the upkeep once. It comes off each month's "
                                                       "saving."),
        Choice(f"{-(-cost // fee)} months", "This divides by the upkeep."),
    ))


TEMPLATES = makers(
    (Template("t-fte-needed", ("6.6", "5.4"), "application", STAFFING, WRITTEN), _fte_needed),
    (Template("t-below-standard", ("5.4", "6.6"), "analysis", STAFFING, WRITTEN), _standard_met),
    (Template("t-weighted-output", ("5.4", "6.6"), "application", STAFFING, WRITTEN), _weighted_output),
    (Template("t-backlog-days", ("6.6", "4.7"), "analysis", STAFFING, WRITTEN), _backlog),
    (Template("t-cheapest-way", ("6.6",), "analysis", GIVEN, WRITTEN), _overtime),
    (Template("t-unit-cost", ("6.6", "3.3"), "application", GIVEN, WRITTEN), _unit_cost),
    (Template("t-scanning-days", ("1.9", "6.6"), "application", STAFFING, WRITTEN), _scanning),
    (Template("t-training-cost", ("6.1", "6.6"), "application", GIVEN, WRITTEN), _training),
    (Template("t-turnaround-share", ("5.4", "5.2"), "application", GIVEN, WRITTEN), _turnaround),
    (Template("t-budget-variance", ("6.6",), "application", BUDGET, WRITTEN), _variance),
    (Template("t-payback-period", ("6.5", "6.6"), "application", PAYBACK, WRITTEN), _payback),
)
