"""Receivables and denials, worked out again from the stem."""

import datetime as dt
import re

import pytest

from tests.learning.templates.reading import agrees, find, number

DAY = r"[A-Z][a-z]{2} \d+, \d{4}"


def collection_rate(stem):
    charges, off, paid = find(stem, "charges were #", "write-offs were #", "payments were #")
    return 100 * paid / (charges - off * ("the net" in stem))


def over_ninety(stem):
    young = sum(find(stem, f"{days} days, #") for days in ("0 to 30", "31 to 60", "61 to 90"))
    old = find(stem, "91 to 120 days, #") + find(stem, "than 120 days, #")
    return 100 - 100 * young / (young + old)


def aging_bucket(stem):
    left, billed, _, today = (dt.datetime.strptime(day, "%b %d, %Y").toordinal() for day in re.findall(DAY, stem))
    age = today - (billed if "from the day on which the claim was sent" in stem else left)
    for low, high in ((0, 30), (31, 60), (61, 90), (91, 120)):
        if low <= age <= high:
            return f"{low} to {high} days"
    return "More than 120 days"


def unbilled_days(stem):
    held, past, length, revenue = find(stem, "has # in discharged", "and # in discharged", "the # days", "days was #")
    return held / (revenue / length) + past / (revenue / length)


def denial_rate(stem):
    return 100 / (find(stem, "answered # claims") / find(stem, "denied # of them"))


def clean_claims(stem):
    sent, stopped, back = find(stem, "of # claims", "stopped #\\.", "stopped, #")
    return 100 - 100 * (stopped + back) / sent


def cost_to_collect(stem):
    return sum(find(stem, "spent # on", ", # on vendors", "and # on systems")) / find(stem, "collected #") * 100


def bad_debt(stem):
    return 100 * find(stem, "and # that patients could") / find(stem, "revenue was #")


def hold_first(stem):
    hold = int(find(stem, "hold of # days"))
    rows = re.findall(r"\$([\d,]+) with ([a-z ]+), (\d+) days? after", stem)
    return "The one with " + max((number(held), why) for held, why, days in rows if int(days) > hold)[1]


def appeal_first(stem):
    rows = re.findall(r"(Denial [A-D]), \$([\d,]+), (\d+)% of such", stem)
    return sorted(rows, key=lambda row: number(row[1]) * int(row[2]))[-1][0]


APART = {"collection-rate": (collection_rate, 1), "over-ninety-days": (over_ninety, 1),
         "aging-bucket": (aging_bucket, None), "unbilled-days": (unbilled_days, 1), "denial-rate": (denial_rate, 1),
         "clean-claim-rate": (clean_claims, 1), "cost-to-collect": (cost_to_collect, 1), "bad-debt": (bad_debt, 1),
         "hold-first": (hold_first, None), "appeal-first": (appeal_first, None)}


@pytest.mark.parametrize("name", APART)
def test_the_key_agrees_with_a_calculation_made_apart(name):
    agrees(name, *APART[name])
