"""Retention, worked out again from the stem: dates as numbers of year, month and day."""

import calendar
import re

import pytest

from tests.learning.templates.reading import agrees, find

MONTHS = list(calendar.month_abbr)


def days_in(stem):
    return [(int(year), MONTHS.index(month), int(day))
            for month, day, year in re.findall(r"([A-Z][a-z]{2}) (\d+), (\d{4})", stem)]


def years_on(day, years):
    year = day[0] + int(years)
    return year, day[1], min(day[2], calendar.monthrange(year, day[1])[1])


def text(day):
    return f"{MONTHS[day[1]]} {day[2]}, {day[0]}"


def keep_until(stem):
    born, left = days_in(stem)
    years, more = find(stem, "kept # years", "until # years")
    choices = [years_on(left, years)]
    if left < years_on(born, 18):
        choices.append(years_on(years_on(born, 18), more))
    return text(max(choices))


def mammogram(stem):
    return text(years_on(days_in(stem)[0], 10 if "never had" in stem else 5))


def hipaa_paper(stem):
    return text(max(years_on(day, 6) for day in days_in(stem)))


def may_destroy(stem):
    today, left = days_in(stem)
    if "lawyer" in stem or "before the court" in stem:
        return "It is kept: a lawsuit is pending or foreseen"
    if years_on(left, find(stem, "for # years after")) > today:
        return "It is kept: the period has not run out"
    return ("It is kept: the patient is younger than the rule asks" if find(stem, "now # years old") < 21 else
            "It may be destroyed under the policy")


def destroyed_count(stem):
    rows = re.findall(r"kept (\d+) years, now (\d+) years old( and under legal hold)?", stem)
    assert len(rows) == 6
    return str(len([1 for kept, age, hold in rows if int(age) > int(kept) and not hold]))


APART = {"keep-until": keep_until, "keep-mammogram": mammogram, "keep-hipaa-paper": hipaa_paper,
         "may-destroy": may_destroy, "destroyed-count": destroyed_count}


@pytest.mark.parametrize("name", APART)
def test_the_key_agrees_with_a_calculation_made_apart(name):
    agrees(name, APART[name], None)
