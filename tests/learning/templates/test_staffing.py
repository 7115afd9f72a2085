"""Staffing and productivity, worked out again from the stem."""

import re
from fractions import Fraction

import pytest

from tests.learning.templates.reading import agrees, find, half_up


def fte_needed(stem):
    volume, minutes, hours = find(stem, "# [a-z ]+ to be", "at # minutes each", "of which # are productive")
    return volume / (hours * 60 / minutes)


def below_standard(stem):
    standard = int(find(stem, "is # records an hour"))
    (name,) = [name for name, done, hours in re.findall(r"(\w+), (\d+) records in (\d+) hours", stem)
               if int(done) < standard * int(hours)]
    return name


def weighted_output(stem):
    units = sum(int(n) * Fraction(w) for n, w in re.findall(r"(\d+) [a-z ]+ records at ([\d.]+) units", stem))
    return units / find(stem, "In # productive hours")


def backlog(stem):
    waiting, more, staff, each = find(stem, "^# ", "and # more come", "# employees", "do # a day")
    after = 0
    while waiting > 0:
        waiting, after = waiting + more - staff * each, after + 1
    return after


def cheapest(stem):
    records, speed, wage, rate, fee, hours, temp = find(
        stem, "^# records", "do # an hour", "their wage of #", "agency: # a record", "fee of #", "then # hours at #")
    costs = {"Overtime": records / speed * (wage + wage / 2), "The agency": records * rate,
             "A temporary employee": fee + hours * temp}
    name = min(costs, key=costs.get)
    return f"{name}: ${half_up(costs[name], 2):,}"


def unit_cost(stem):
    records, salaries, benefits, other = find(stem, "had # ", "salaries came to #", "benefits are #%",
                                              "supplies cost #")
    return salaries / records * (1 + benefits / 100) + other / records


def scanning(stem):
    charts, pages, scanners, speed, hours, share = find(
        stem, "scan # paper", "charts of # pages", "has # scanners of # pages", "staffed # hours", "run only #%")
    minutes = charts * pages / (scanners * speed)
    return -(-minutes // (hours * 60 * share / 100))


def training(stem):
    people, groups, hours, wage, trainer, material = find(
        stem, "^# employees", "in # groups", "takes # hours", r"at # an hour", "charges # per group", "materials are "
            "# a")
    return people * (hours * wage + material) + groups * trainer


def turnaround(stem):
    standard = find(stem, "standard is # days")
    rows = [(int(last), int(count)) for last, count in re.findall(r"(\d+) days: (\d+)", stem)]
    later = find(stem, "later: #")
    return 100 * sum(count for last, count in rows if last <= standard) / Fraction(sum(c for _, c in rows) + later)


def variance(stem):
    budget, spent = find(stem, "budgeted # for", "and spent #")
    return f"{half_up(abs(100 * spent / budget - 100), 1)}% {'unfavorable' if spent > budget else 'favorable'}"


def payback(stem):
    cost, saves, upkeep = find(stem, "costs # at the start", "saves # a month", "costs # a month")
    month = 0
    while cost > 0:
        cost, month = cost - saves + upkeep, month + 1
    return month


APART = {"fte-needed": (fte_needed, 1), "below-standard": (below_standard, None), "weighted-output": (weighted_output,
    2),
         "backlog-days": (backlog, 0), "cheapest-way": (cheapest, None), "unit-cost": (unit_cost, 2),
         "scanning-days": (scanning, 0), "training-cost": (training, 0), "turnaround-share": (turnaround, 1),
         "budget-variance": (variance, None), "payback-period": (payback, 0)}


@pytest.mark.parametrize("name", APART)
def test_the_key_agrees_with_a_calculation_made_apart(name):
    agrees(name, *APART[name])
