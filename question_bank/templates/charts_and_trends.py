"""Charts and trends: Pareto tables, control limits, runs, moving averages, change, means of groups, fitting graphs."""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.drawing import (
    Choice,
    Draw,
    MatchDraw,
    NumberDraw,
    OrderDraw,
    Template,
    makers,
    percent,
    rounded,
    three,
)
from question_bank.templates.wording import HOSPITALS, MONTHS, begin, in_words, table

WRITTEN = dt.date(2026, 11, 25)
GRAPHS = "cdc-principles-epidemiology-public-health-practice-lesson-4"
CENTER = "cdc-principles-epidemiology-public-health-practice-lesson-2"
CONTROL = "nist-sematech-e-handbook-statistical-methods-section-6-3-1"
PARETO = "ahrq-digital-healthcare-research-workflow-assessment-toolkit"
GIVEN = "audit-policy-in-the-question"
REASONS = ("eligibility", "no authorization", "coding", "late filing", "duplicate", "missing records",
           "coordination of benefits", "medical necessity")
MEASURES = ("days to code", "queries unanswered", "requests answered late", "charts returned for correction",
            "duplicate records made",
            "claims stopped by edits")


def _pareto(stream: Stream) -> Draw:
    """How many of the largest causes make up a drawn share of all."""
    names = stream.some(REASONS, 6)
    counts = [stream.whole(150, 260), stream.whole(90, 145), stream.whole(50, 85), stream.whole(25, 48),
              stream.whole(12, 24), stream.whole(3, 11)]
    rows = stream.shuffled(list(zip(names, counts, strict=True)))
    goal = stream.one((70, 75, 80))
    total, running, needed = sum(counts), 0, 0
    for count in counts:
        running, needed = running + count, needed + 1
        if 100 * running >= goal * total:
            break
    top = {name for name, _ in rows[:needed]}
    stem = (f"A team at {stream.one(HOSPITALS)} counts denials by reason and works on the fewest reasons that make up "
        f"at least {goal}% of them. " + stream.one((
        "How many reasons is that?", "On how many reasons does the team work?")) + table("Denials", ("reason",
            "count"), rows))
    as_listed = next(n for n in range(1, 7) if 100 * sum(count for _, count in rows[:n]) >= goal * total)
    key = Choice(str(needed), f"From the largest on: {' + '.join(map(str, counts[:needed]))} = {running} of {total}, "
                              f"{percent(running, total)}. One fewer gives "
                              f"{percent(running - counts[needed - 1], total)}.")
    return Draw(stem, key, three(
        key,
        Choice(str(as_listed), "This adds the reasons as they are listed. The largest come first."),
        Choice(str(needed - 1), f"This stops short of {goal}%."),
        Choice(str(needed + 1), "This is one more than is needed."),
        Choice(str(len(top) + 2), "This is two more than are needed."),
    ))


def _pareto_order(stream: Stream) -> OrderDraw:
    """Put the bars of a Pareto chart in order."""
    names = stream.some(REASONS, 5)
    counts = sorted(stream.some(range(12, 240), 5), reverse=True)
    rows = stream.shuffled(list(zip(names, counts, strict=True)))
    stem = (f"A clerk at {stream.one(HOSPITALS)} draws a Pareto chart of the denials below. In which order do the bars "
            f"stand, from the left?"
            + table("Denials", ("reason", "count"), rows))
    total, running, lines = sum(counts), 0, []
    for name, count in zip(names, counts, strict=True):
        running += count
        lines.append(Choice(name, f"{count} denials; with those before it {percent(running, total)} of all."))
    return OrderDraw(stem, tuple(lines))


def _months(stream: Stream, count: int) -> list[str]:
    start = stream.whole(0, len(MONTHS) - count)
    return [name for name, _ in MONTHS[start:start + count]]


def _control_limit(stream: Stream) -> Draw:
    """Which month lies beyond the control limits, three standard deviations from the mean."""
    deviation = stream.whole(2, 6)
    mean = deviation * 3 + stream.whole(12, 40)
    low, high = mean - 3 * deviation, mean + 3 * deviation
    months = _months(stream, 8)
    values = [mean + stream.one((-1, 1)) * stream.whole(0, 2 * deviation) for _ in months]
    signal, near, below = stream.some(range(8), 3)
    up = stream.chance(50)
    values[signal] = high + stream.whole(1, deviation) if up else low - stream.whole(1, deviation)
    values[near], values[below] = (high - stream.whole(0, 1), low + stream.whole(0, 1))
    other = next(i for i in range(8) if i not in (signal, near, below))
    measure = stream.one(MEASURES)
    stem = (f"On a control chart of {measure} the mean is {mean} and the standard deviation {deviation}. The limits "
            f"lie three standard deviations from the mean. "
            + stream.one(("Which month signals a special cause?", "For which month does the supervisor look for a "
                "special "
                                                      "cause?")) + table(begin(measure), ("month", "count"),
                                                          list(zip(months, values, strict=True))))
    key = Choice(months[signal], f"The limits are {low} and {high}. The {values[signal]} of {months[signal]} lies "
                                 f"beyond.")
    return Draw(stem, key, (
        Choice(months[near], f"{values[near]} is high, and not above {high}."),
        Choice(months[below], f"{values[below]} is low, and not below {low}."),
        Choice(months[other], f"{values[other]} lies well within {low} and {high}."),
    ))


def _run(stream: Stream) -> Draw:
    """Whether the last months are a run on one side of the median, by a drawn rule."""
    needed = stream.whole(6, 8)
    median = stream.whole(24, 60)
    length = stream.whole(needed - 2, needed + 1)
    side = stream.one((-1, 1))
    values = [median + stream.one((-1, 1)) * stream.whole(1, 9) for _ in range(10 - length)]
    values += [median - side * stream.whole(1, 9)]
    values += [median + side * stream.whole(1, 9) for _ in range(length)]
    yes = length >= needed
    where = "above" if side > 0 else "below"
    other = "below" if side > 0 else "above"
    stem = (f"A run chart of {stream.one(MEASURES)} has a median of {median}. By the department's rule, {needed} or "
            "more months in a row on one side of the median make a shift. The months read, in order: "
            f"{in_words([str(value) for value in values])}. What does the report say about the latest months?")
    def says(shift: bool, count: int, which: str) -> str:
        return f"{'A shift' if shift else 'No shift'}: {count} in a row {which}"
    key = Choice(says(yes, length, where), f"Counting back from the last: {length} months in a row lie {where} "
                                           f"{median}, and the rule asks for {needed}.")
    return Draw(stem, key, (
        Choice(says(not yes, length, where), f"The count is right. The rule asks for {needed}."),
        Choice(says(yes, length, other), f"The count is right, but the months lie {where} the median."),
        Choice(says(length + 1 >= needed, length + 1, where), "This counts the last month of the other side too."),
    ))


def _moving_average(stream: Stream) -> NumberDraw:
    """The latest three-month moving average."""
    span = stream.one((3, 4))
    months = _months(stream, 6)
    values = [stream.whole(40, 190) for _ in months]
    measure = stream.one(MEASURES)
    last = values[-span:]
    stem = (f"To smooth a line chart of {measure}, {stream.one(HOSPITALS)} shows a {span}-month moving average. What "
            f"is its latest value, to one decimal?"
            + table(begin(measure), ("month", "count"), list(zip(months, values, strict=True))))
    return NumberDraw(stem, rounded(sum(last), span, 1), "", (
        f"The last {span} months: ({' + '.join(map(str, last))}) / {span} = {rounded(sum(last), span, 1)}. The mean of "
        f"all six months would be {rounded(sum(values), 6, 1)}."), "0.1")


def _change(stream: Stream) -> Draw:
    """Relative change and change in points of a rate."""
    before = stream.whole(40, 160)  # tenths of a percent
    down = stream.chance(50)
    after = before * stream.whole(55, 85) // 100 if down else before * stream.whole(120, 160) // 100
    gap = abs(after - before)
    rate = stream.one(("the denial rate", "the readmission rate", "the share of late requests", "the duplicate rate",
                       "the error rate of the scanners"))
    relative = stream.chance(50)
    stem = (f"At {stream.one(HOSPITALS)} {rate} went from {rounded(before, 10, 1)}% to {rounded(after, 10, 1)}% within "
            f"a year. "
            + ("By what percentage did it change (relative change)?" if relative else "By how many percentage points "
                                                                                      "did it change?"))
    word, unit = "down" if down else "up", "%" if relative else " points"
    def says(number: str) -> str:
        return f"{number}{unit}, {word}"
    of_old, points = rounded(100 * gap, before, 1), rounded(gap, 10, 1)
    whys = {of_old: f"{points} points over the old {rounded(before, 10, 1)}% = {of_old}%: the relative change.",
            points: f"{rounded(max(before, after), 10, 1)}% − {rounded(min(before, after), 10, 1)}% = {points} "
                    "percentage points."}
    right, wrong = (of_old, points) if relative else (points, of_old)
    key = Choice(says(right), whys[right])
    return Draw(stem, key, three(
        key, Choice(says(wrong), f"{whys[wrong]} The other measure is asked for."),
        Choice(says(rounded(100 * gap, after, 1)), "This divides by the new rate. A change is measured against the old "
                                                   "one."),
        Choice(says(rounded(100 * after, before, 1)), "This is the new rate as a share of the old, not the change."),
    ))


def _combined_rate(stream: Stream) -> Draw:
    """The rate of two sites together: cases over cases, not the mean of the rates."""
    large, small = stream.whole(900, 2400), stream.whole(120, 380)
    low, high = stream.whole(3, 8), stream.whole(14, 30)
    first, second = large * low // 100, small * high // 100
    what = stream.one(("claims denied", "records coded late", "patients readmitted", "requests answered late"))
    noun, verb = what.split(" ", 1)
    stem = (f"At the main site of {stream.one(HOSPITALS)} {first} of {large:,} {noun} were {verb}, and at the "
            f"satellite {second} of {small}. What is the rate of both sites together?")
    key = Choice(percent(first + second, large + small), f"({first} + {second}) / ({large:,} + {small}) = "
                                                         f"{percent(first + second, large + small)}.")
    mean = first * small + second * large
    return Draw(stem, key, three(
        key,
        Choice(percent(mean, 2 * large * small), "This is the plain mean of the two rates, as if the sites were of one "
                                                 "size."),
        Choice(percent(mean, large * small), "This adds the two rates."),
        Choice(percent(first, large), "This is the rate of the main site alone."),
    ))


GRAPHS_FOR = {
    "Line chart": (("the average daily census over 24 months", "the denial rate of each week of a year",
                    "the monthly case-mix index over three years"), "A line shows change over time."),
    "Pie chart": (("the shares of four payers in this year's discharges", "how one year's requests divide between "
    "three types of requester"), "A pie shows the parts of one whole, if they are few."),
    "Histogram": (("the lengths of stay of 900 patients in classes of two days", "the ages of all patients of a clinic "
    "in classes of ten years"), "A histogram shows how one measured value is spread over classes."),
    "Bar chart": (("the average length of stay of six services", "the turnaround time of each of five clerks"),
                  "Bars compare categories that have no order in time."),
    "Scatter plot": (("hours of training and accuracy of 40 coders", "beds and full-time equivalents of 60 hospitals"),
                     "A scatter plot shows how two measured values go together."),
    "Pareto chart": (("reasons for denial with the largest first and a line of the running share", "types of scanning "
        "error, largest first, to decide what to work on"), "A Pareto chart puts the largest causes first."),
}


def _fitting_graph(stream: Stream) -> MatchDraw:
    """Which graph fits which data."""
    chosen = stream.some(tuple(GRAPHS_FOR), 5)
    pairs = tuple((Choice(begin(stream.one(GRAPHS_FOR[graph][0])), GRAPHS_FOR[graph][1]),
                   graph) for graph in chosen[:4])
    stem = (f"For the annual report of {stream.one(HOSPITALS)} a technician chooses a graph for each set of data. "
            f"Which graph fits best?")
    return MatchDraw(stem, pairs, (chosen[4],))


TEMPLATES = makers(
    (Template("t-pareto-reasons", ("5.1", "4.4"), "analysis", PARETO, WRITTEN), _pareto),
    (Template("t-pareto-bars", ("5.1", "3.5"), "application", PARETO, WRITTEN), _pareto_order),
    (Template("t-control-limit", ("5.1", "3.3"), "analysis", CONTROL, WRITTEN), _control_limit),
    (Template("t-run-chart", ("5.1", "6.6"), "analysis", GIVEN, WRITTEN), _run),
    (Template("t-moving-average", ("3.5", "3.3"), "application", CENTER, WRITTEN), _moving_average),
    (Template("t-relative-change", ("5.3", "3.3"), "application", GIVEN, WRITTEN), _change),
    (Template("t-combined-rate", ("3.3", "5.3"), "analysis", GIVEN, WRITTEN), _combined_rate),
    (Template("t-fitting-graph", ("3.5",), "application", GRAPHS, WRITTEN), _fitting_graph),
)
