"""Deadlines, worked out again from the stem: days are counted one by one on a calendar of month lengths."""

import calendar
import re

import pytest

from tests.learning.templates.reading import agrees, find

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def days_in(stem):
    return [(int(year), MONTHS.index(month) + 1, int(day))
            for month, day, year in re.findall(r"([A-Z][a-z]{2}) (\d+), (\d{4})", stem)]


def text(day):
    return f"{MONTHS[day[1] - 1]} {day[2]}, {day[0]}"


def count_on(day, days):
    year, month, number = day
    for _ in range(int(days)):
        number += 1
        if number > calendar.monthrange(year, month)[1]:
            month, number = month + 1, 1
        if month > 12:
            year, month = year + 1, 1
    return year, month, number


def access(stem):
    _signed, came, *letter = days_in(stem)
    return text(count_on(came, 60 if letter else 30))


def patient_request(stem):
    came, *letter = days_in(stem)
    return text(count_on(came, 90 if letter else 60))


def breach_notice(stem):
    return text(count_on(days_in(stem)[1], 60))


def breach_to_hhs(stem):
    (known,) = days_in(stem)
    return text(count_on(known if find(stem, "of # people") >= 500 else (known[0], 12, 31), 60))


def appeal(stem):
    days = {"redetermination by": 120, "reconsideration by": 180, "hearing by": 60, "review by": 60}
    (length,) = [count for words, count in days.items() if words in stem]
    return text(count_on(count_on(days_in(stem)[0], 5), length))


def contract_filing(stem):
    _came, left, answered = days_in(stem)
    return text(count_on(answered if "is the secondary payer" in stem else left, find(stem, "within # days of dis")))


def medicare_filing(stem):
    first, last = days_in(stem)
    year, month, day = last if "An institutional Medicare claim" in stem else first
    return text((year + 1, month, min(day, calendar.monthrange(year + 1, month)[1])))


def documentation_request(stem):
    return text(count_on(days_in(stem)[0], 45))


def overpayment(stem):
    return text(count_on(days_in(stem)[2], 60))


def completion(stem):
    return text(count_on(days_in(stem)[1], 30))


def history_and_physical(stem):
    came, _surgery, made = days_in(stem)[:3]
    if "office" in stem:
        if came > count_on(made, 30):
            return "Too old: a new history and physical is needed"
        return "An update note is missing" if "No note after" in stem else "In order as it is"
    hours = [int(hour) for hour in re.findall(r"at (\d+):00", stem)]
    late = made > count_on(came, 1) or (made == count_on(came, 1) and hours[1] > hours[0])
    return "Made more than 24 hours after admission" if late else "In order as it is"


def estimate(stem):
    day, service = days_in(stem)
    ahead = find(stem, "is # business")
    days, counted, other = 3 if ahead >= 10 else 1, 0, day
    due = None
    while other != service:
        other = count_on(other, 1)
        if calendar.weekday(*other) < 5 and other != (2026, 2, 16):
            counted += 1
            due = due or (other if counted == days else None)
    assert counted == ahead
    return text(due)


APART = {"access-deadline": access, "patient-request-deadline": patient_request,
         "breach-notice-deadline": breach_notice, "breach-to-hhs-deadline": breach_to_hhs, "appeal-deadline": appeal,
         "contract-filing": contract_filing, "medicare-filing": medicare_filing,
         "documentation-request": documentation_request, "overpayment-return": overpayment,
         "record-completion": completion, "history-and-physical": history_and_physical, "estimate-deadline": estimate}


@pytest.mark.parametrize("name", APART)
def test_the_key_agrees_with_a_calculation_made_apart(name):
    agrees(name, APART[name], None)
