"""What a patient owes, worked out a second time and in another way: from the plan files as they are written.

Nothing of `app.payer` is used. Amounts are exact fractions of a cent until the one rounding that the plan documents
know: coinsurance to the nearest cent, a half upward.
"""

import datetime as dt
from fractions import Fraction
from pathlib import Path

import yaml

import app.world

DATA = Path(app.world.__file__).parent / "data"
_PRIMARY = ("family medicine", "internal medicine", "pediatrics")


def _rows(name):
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


PLANS = {row["id"]: row for row in _rows("plans.yaml")}
SERVICES = {row["code"]: row for path in sorted(DATA.glob("services*.yaml"))
            for row in yaml.safe_load(path.read_text(encoding="utf-8"))}
CATEGORIES = {code: row["category"] for code, row in SERVICES.items()}
PART_A = {2025: (167_600, 41_900, 83_800), 2026: (173_600, 43_400, 86_800)}  # deductible, days 61 to 90, reserve days


def terms_of(plan, day):
    by_date = PLANS[plan]["benefits"]
    return by_date[max(first for first in by_date if first <= day)]


def category(code, specialty):
    found = CATEGORIES[code]
    return "office_specialist" if found == "office_primary" and specialty not in _PRIMARY else found


class Year:
    """What is left of a benefit year for one member, before the claim."""

    def __init__(self, plan, day, family, mrn, earlier):
        terms = terms_of(plan, day)
        of_plan = [row for row in earlier if row.plan == plan and row.first.year == day.year]
        own = [row for row in of_plan if row.patient_mrn == mrn]
        self.deductible = self._left(
            [(terms["deductible_individual"] if terms.get("embedded", True) or not family else None, own),
             (terms["deductible_family"], of_plan)], "deductible")
        self.maximum = self._left(
            [(terms["out_of_pocket_individual"], own), (terms["out_of_pocket_family"], of_plan)], "out_of_pocket")

    @staticmethod
    def _left(limits, name):
        known = [limit - sum(getattr(row, name) for row in rows) for limit, rows in limits if limit is not None]
        return None if not known else max(0, min(known))


def nearest(amount):
    return int(amount + Fraction(1, 2))


def owed(claim, lines, family, outside, earlier):
    """Return (deductible, copayment, coinsurance) of each of `lines`, pairs of a claim line and its allowed cents."""
    year, terms, seen, told = Year(claim.plan, claim.first, family, claim.patient_mrn, earlier), None, set(), []
    terms = terms_of(claim.plan, claim.first)
    for line, allowed in lines:
        kind = category(line.code, claim.specialty)
        cost = terms["costs"][kind]
        if PLANS[claim.plan]["kind"] == "medicare_b" and claim.setting == "health_center":
            cost = cost | {"deductible": False}
        if SERVICES[line.code]["id"] in PLANS[claim.plan].get("services_free", ()):
            cost = {"deductible": False}
        removed = any(row.service == "endoscopy_colon_removal" for row in claim.lines)
        if removed and claim.diagnoses[0].startswith("Z12.11"):
            taken = 1_500 if PLANS[claim.plan]["kind"] == "medicare_b" and cost.get("coinsurance") else 0
            cost = {"deductible": False, "coinsurance": taken}
        if outside:
            cost = {"coinsurance": PLANS[claim.plan]["out_of_network"]["coinsurance"]}
        day = None if claim.setting == "inpatient" else line.on
        first, seen = (kind, day) not in seen, seen | {(kind, day)}
        rest, parts = Fraction(allowed), [0, 0, 0]
        if cost.get("deductible", True):
            parts[0] = int(min(rest, year.deductible or 0))
        rest -= parts[0]
        if first:
            parts[1] = int(min(rest, cost.get("copayment", 0)))
        rest -= parts[1]
        parts[2] = nearest(rest * cost.get("coinsurance", 0) / 10_000)
        if year.maximum is not None:
            for place in (2, 1, 0):  # coinsurance gives way first, then the copayment, then the deductible
                over = max(0, sum(parts) - year.maximum)
                parts[place] -= min(over, parts[place])
            year.maximum -= sum(parts)
        year.deductible = (year.deductible or 0) - parts[0]
        told.append(tuple(parts))
    return told


def part_a(first, last, allowed, stayed_before: list[tuple[dt.date, dt.date]]):
    """Return (deductible, coinsurance) in all for a Medicare stay, day by day of its benefit period.

    A period goes on until sixty days have passed outside the hospital, the day of discharge the first; `stayed_before`
    are (admission, discharge).
    """
    whole, daily, reserve = PART_A[first.year]
    used, out = 0, None
    for begun, ended in sorted(stayed_before):
        used = 0 if out is None or (begun - out).days >= 60 else used
        used, out = used + max(1, (ended - begun).days), ended
    goes_on = out is not None and (first - out).days < 60
    used = used if goes_on else 0
    due = {day: daily if day <= 90 else reserve for day in range(61, 151)}
    late = sum(due.get(used + day, 0) for day in range(1, max(1, (last - first).days) + 1))
    deductible = min(allowed, 0 if goes_on else whole)
    return deductible, min(allowed - deductible, late)
