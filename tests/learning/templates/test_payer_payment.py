"""What payers pay, worked out again from the stem."""

import datetime as dt
import re

import pytest

from tests.learning.templates.reading import agrees, find, half_up, number

DAY = r"[A-Z][a-z]{2} \d+, \d{4}"


def capitation(stem):
    rate, members, visits, cost = find(stem, "paid # per member", "for # members", "made # visits", "practice # and")
    left = rate * members - cost * visits
    return f"A {'loss' if left < 0 else 'gain'} of ${half_up(abs(left), 2):,}"


def per_diem(stem):
    high, low = find(stem, "pays # for each day", "and # for each other")
    came, moved, home = (dt.datetime.strptime(day, "%b %d, %Y") for day in re.findall(DAY, stem))
    total, night = 0, came
    while night < home:
        total += high if night < moved else low
        night += dt.timedelta(1)
    return total


def lesser_of(stem):
    rows = re.findall(r"\$([\d,.]+) charged against a rate of \$([\d,]+\.\d\d)", stem)
    return sum(sorted(map(number, row))[0] for row in rows)


def discounted(stem):
    *_, low, middle, high = sorted(map(number, re.findall(r"\$([\d,]+\.\d\d)", stem)))
    return high + middle / 2 + low / 2


def sequestration(stem):
    allowed = find(stem, "allows #")
    left = 0 if "deductible is met" in stem else find(stem, "# of the yearly")
    return (allowed - left) * 80 * 98 / 10_000


def medicare_secondary(stem):
    charge, plan, paid, allowed = find(stem, "charge is #", "plan allows #", "and pays #", "Medicare allows #")
    return sorted((charge - paid, allowed - allowed / 5, (plan if plan > allowed else allowed) - paid))[0]


def secondary_plan(stem):
    allowed, first, second = find(stem, "is # under both", "primary pays #%", "would be #%")
    left = 100 - first
    share = (second - first if second > first else 0) if "carve-out" in stem else left if left < second else second
    return allowed * share / 100


def credit_balance(stem):
    allowed, rate, patient, plan = find(stem, "network # was", "coinsurance is #%", "patient paid #", "come to #")
    too_much = {"patient": patient - allowed * rate / 100, "plan": plan - allowed * (100 - rate) / 100}
    ((who, amount),) = [(who, amount) for who, amount in too_much.items() if amount > 0]
    return f"The {who}: ${half_up(amount, 2):,}"


def part_a_stay(stem):
    days = int(find(stem, "stays # days"))
    earlier = int(find(stem, "period # inpatient")) if "Earlier" in stem else 0
    owed = 0 if earlier else 1736
    for day in range(earlier + 1, earlier + days + 1):
        owed += 434 if day > 60 else 0
    return owed


def payer_order(stem):
    if "end-stage renal disease" in stem:
        return "The group plan, during the 30-month ESRD coordination period"
    if "former job" in stem:
        return "Medicare, as the coverage is not from current employment"
    plan_first = find(stem, "of # employees") >= (20 if find(stem, "patient, age #") >= 65 else 100)
    return f"{'The group plan' if plan_first else 'Medicare'}, because of the employer's size"


APART = {"capitation-result": (capitation, None), "per-diem": (per_diem, 2), "lesser-of": (lesser_of, 2),
         "discounted-procedures": (discounted, 2), "sequestration": (sequestration, 2),
         "medicare-secondary": (medicare_secondary, 2), "secondary-plan": (secondary_plan, 2),
         "credit-balance": (credit_balance, None), "part-a-stay": (part_a_stay, 2),
         "payer-order": (payer_order, None)}


@pytest.mark.parametrize("name", APART)
def test_the_key_agrees_with_a_calculation_made_apart(name):
    agrees(name, *APART[name])
