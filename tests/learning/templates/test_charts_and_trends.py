"""Charts and trends, worked out again from what is shown."""

import re
from fractions import Fraction
from itertools import accumulate

import pytest

from tests.learning.templates.reading import agrees, find, half_up, numbers


def rows(text):
    cells = [[cell.strip() for cell in line.split("|")] for line in text.split("\n") if "|" in line][1:]
    return [(name, int(count)) for name, count in cells]


def pareto(text):
    goal = find(text, "least #%")
    counts = sorted((count for _, count in rows(text)), reverse=True)
    return 1 + sum(100 * running < goal * sum(counts) for running in accumulate(counts))


def pareto_bars(text):
    return " < ".join(name for name, _ in sorted(rows(text), key=lambda row: -row[1]))


def control_limit(text):
    mean, deviation = find(text, "mean is #", "deviation #")
    (month,) = [month for month, count in rows(text) if abs(count - mean) / deviation > 3]
    return month


def run_chart(text):
    median, needed = find(text, "median of #", "rule, #")
    values = numbers(re.search(r"in order: ([^.]*)\.", text)[1])
    sides = "".join("+" if value > median else "-" for value in values)
    run = len(sides) - len(sides.rstrip(sides[-1]))
    return (f"{'A shift' if run >= needed else 'No shift'}: {run} in a row {'above' if sides[-1] == '+' else 'below'}")


def moving_average(text):
    counts = [count for _, count in rows(text)][-int(find(text, "a #-month")):]
    return Fraction(sum(counts), len(counts))


def relative_change(text):
    before, after = find(text, "from #% to #%")
    word = "down" if after < before else "up"
    if "relative change" in text:
        return f"{half_up(abs(100 * after / before - 100), 1)}%, {word}"
    return f"{half_up(abs(after - before), 1)} points, {word}"


def combined_rate(text):
    a, b, c, d = find(text, r"\b# of # ", "satellite # of #")
    weight = b / (b + d)
    return 100 * (a / b * weight + c / d * (1 - weight))


def fitting_graph(text):
    signs = {"over 24|each week|over three": "Line chart", "shares of four|divide between": "Pie chart",
             "in classes": "Histogram", "six services|five clerks": "Bar chart", "coders|60 hospitals": "Scatter plot",
             "argest first": "Pareto chart"}
    lines = sorted(line for line in text.split("\n")[2:] if line)
    return "; ".join(f"{line} = " + next(graph for sign, graph in signs.items() if re.search(sign,
        line)) for line in lines)


APART = {"pareto-reasons": (pareto, 0), "pareto-bars": (pareto_bars, None), "control-limit": (control_limit, None),
         "run-chart": (run_chart, None), "moving-average": (moving_average, 1),
         "relative-change": (relative_change, None), "combined-rate": (combined_rate, 1),
         "fitting-graph": (fitting_graph, None)}


@pytest.mark.parametrize("name", APART)
def test_the_key_agrees_with_a_calculation_made_apart(name):
    agrees(name, *APART[name])
