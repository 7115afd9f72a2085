"""Census, service days, beds and stays, worked out again from the stem."""

import datetime as dt
import re
import statistics

import pytest

from tests.learning.templates.reading import agrees, find, numbers


def service_days(stem):
    """Follow the patients: who was there at midnight, and who had come and gone by then."""
    house, came, left, died, same = find(stem, "had # inpatients", "# admissions", "# discharges", "# deaths",
                                         ", # also left")
    stayed_over = house - (left + died - same)
    return stayed_over + (came - same) + 2 * same - same


def unit_census(stem):
    house = find(stem, "census of #")
    for word, sign in (("outside", 1), ("in from other units", 1), ("out to other units", -1), ("alive", -1), ("died",
        -1)):
        house += sign * find(stem, f"{word} #")
    return house


def average_census(stem):
    return find(stem, "# inpatient service days of adults") / find(stem, r"\(# days\)")


def newborn_occupancy(stem):
    per_day = find(stem, "# newborn service days") / find(stem, r"\(# days\)")
    return per_day / find(stem, "# bassinets") * 100


def turnover(stem):
    return find(stem, "# discharges") / find(stem, "# beds on average")


def turnover_indirect(stem):
    bed_days_used = find(stem, "occupancy of #%") * find(stem, "(?:quarter|year) of # days") / 100
    return bed_days_used / find(stem, "stay of # days")


def median_stay(stem):
    return statistics.median(numbers(re.search(r"in days, were ([^.]*)\.", stem)[1]))


def one_stay(stem):
    first, last = (dt.datetime.strptime(f"{day} 2027", "%B %d %Y") for day in re.findall(r"on ([A-Z]\w+ \d+)", stem))
    if last < first:
        last = last.replace(year=2028)
    return (last - first).days


def total_stay(stem):
    return sum(max(1, int(b) - int(a)) for a, b in re.findall(r"from \w+ (\d+) to \w+ (\d+)", stem))


def census_reconcile(stem):
    rows = re.findall(r"([A-Z][\w ]*) unit: start (\d+), in (\d+), out (\d+), end (\d+)", stem)
    (wrong,) = [name for name, *n in rows if int(n[0]) - int(n[3]) != int(n[2]) - int(n[1])]
    return f"{wrong} unit"


def fullest_unit(stem):
    rows = re.findall(r"([A-Z][\w ]*) unit: (\d+) beds, average daily census (\d+\.\d)", stem)
    return max(rows, key=lambda row: float(row[2]) / int(row[1]))[0] + " unit"


APART = {"service-days": (service_days, 0), "unit-census": (unit_census, 0), "average-census": (average_census, 1),
         "newborn-occupancy": (newborn_occupancy, 1), "bed-turnover": (turnover, 1),
         "bed-turnover-indirect": (turnover_indirect, 1), "median-stay": (median_stay, 1), "one-stay": (one_stay, 0),
         "total-stay": (total_stay, 0), "census-reconcile": (census_reconcile, None),
         "fullest-unit": (fullest_unit, None)}


@pytest.mark.parametrize("name", APART)
def test_the_key_agrees_with_a_calculation_made_apart(name):
    agrees(name, *APART[name])
