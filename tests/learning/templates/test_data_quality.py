"""Data quality, worked out again from what is shown."""

import datetime as dt
import re
from fractions import Fraction

import pytest

from tests.learning.templates.reading import agrees, find, half_up, numbers


def rows(shown):
    """The rows of the table below the stem, without its title and its headings."""
    return [[cell.strip() for cell in line.split("|")] for line in shown.split("\n") if "|" in line][1:]


def completeness(shown):
    goal = find(shown, "least #%")
    (low,) = [name for name, total, blank in rows(shown)
              if int(blank) / int(total.replace(",", "")) > (100 - goal) / 100]
    return low[0].upper() + low[1:]


def invalid_values(shown):
    low, high = (int(n) for n in find(shown, "ages from # to #"))
    return sum(int(age) not in range(low, high + 1) or sex not in "FMU" or int(came) > int(left)
               for _, age, sex, came, left in rows(shown))


def unexplained(shown):
    sent, rejected, double, late, there = find(shown, "# rows sent", "# rows rejected", "# duplicate", "# rows added",
                                               "# rows in the")
    return sent + late - (there + rejected + double)


def outlier(shown):
    low, high = find(shown, "lower quartile is #", "upper quartile #")
    middle, reach = (low + high) / 2, 2 * (high - low)
    (value,) = [n for n in numbers(re.search(r"values are ([^.]*)\.", shown)[1]) if abs(n - middle) > reach]
    return value


def z_score(shown):
    limit, mean, deviation, value = find(shown, "more than # standard", "mean is #", "standard deviation #", "shows #")
    score = (value - mean) / deviation
    assert abs(score) > limit
    return f"{'−' if score < 0 else ''}{half_up(abs(score), 1)}: flagged"


def two_sources(shown):
    known = [(a, b) for _, a, b in rows(shown) if "none" not in (a, b)]
    return Fraction(100 * sum(a == b for a, b in known), len(known))


def late_history(shown):
    def clock(text):
        return dt.datetime.strptime(f"2027 {text}", "%Y %B %d, %H:%M")

    (late,) = [name for name, came, written in rows(shown) if clock(written) - clock(came) > dt.timedelta(days=1)]
    return late


def delinquency(shown):
    late, year = find(shown, "# records incomplete for", "# discharges in the last 12")
    return late * 1200 / year


def match_score(shown):
    link, low, high, low_again = find(shown, "pair from # points", "from # to #,", "below #")
    assert (low, high) == (low_again, link - 1)
    points = dict(rows(shown))
    agree = re.search(r"these agree: ([^.]*)\.", shown)[1]
    score = sum(int(value) for name, value in points.items() if re.search(rf"\b{name}\b", agree))
    return ("Link the two records automatically" if score >= link else "Keep the two records apart" if score < low
            else "Send the pair to a specialist for review")


def characteristic(shown):
    signs = {"after the deadline": "Timeliness", "have no preferred": "Comprehensiveness", "disagree": "Consistency",
             "in pounds": "Accuracy", "say only": "Granularity", "its own": "Definition"}
    (name,) = [name for sign, name in signs.items() if sign in shown]
    return name


APART = {"field-completeness": (completeness, None), "invalid-values": (invalid_values, 0),
         "unexplained-rows": (unexplained, 0), "outlier-fence": (outlier, 0), "z-score": (z_score, None),
         "two-sources": (two_sources, 1),
         "late-history": (late_history, None), "delinquency-rate": (delinquency, 1), "match-score": (match_score, None),
         "quality-characteristic": (characteristic, None)}


@pytest.mark.parametrize("name", APART)
def test_the_key_agrees_with_a_calculation_made_apart(name):
    agrees(name, *APART[name])
