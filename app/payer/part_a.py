"""Medicare Part A: what a patient owes for a hospital stay (42 CFR 409.82 and 409.83)."""

import datetime as dt

from msgspec import Struct

from app.payer import rulebook
from app.payer.history import standing_claims
from app.payer.model import Claim, Context
from app.payer.words import show
from app.world.model import PriorClaim
from app.world.money import Cents, dollars
from app.world.plans import plans
from app.world.services import services

FULL_DAYS, COINSURANCE_DAYS, RESERVE_DAYS = 60, 30, 60  # of a benefit period, and once in a life: 42 CFR 409.61(a)


class Stay(Struct, frozen=True):
    """What is due for a stay in cents, and the sentence that says why."""

    deductible: Cents
    coinsurance: Cents
    said: str


def is_part_a(claim: Claim) -> bool:
    """Whether the claim is for an inpatient stay of a Medicare patient."""
    return plans()[claim.plan].kind == "medicare_b" and claim.setting == "inpatient"


def stay_of(claim: Claim, context: Context) -> Stay:
    """Return the deductible of the benefit period, and the coinsurance of its days 61 to 150 that this stay uses.

    The deductible is due once a benefit period, and the days of earlier stays in it count. The day of discharge is
    not counted (42 CFR 409.60 to 409.83).
    """
    earlier = benefit_period(claim, context, rulebook.value("benefit_period_gap", claim.first))
    before, days = sum(_days(row.first, _out(row)) for row in earlier), _days(claim.first, claim.last)
    coinsurance = (_within(before, days, FULL_DAYS, COINSURANCE_DAYS)
                   * rulebook.value("part_a_coinsurance_61", claim.first)
                   + _within(before, days, FULL_DAYS + COINSURANCE_DAYS, RESERVE_DAYS)
                   * rulebook.value("part_a_coinsurance_reserve", claim.first))
    counted = f"{days} days after {before}" if before else f"{days} days"
    if earlier:
        return Stay(0, coinsurance, f"The benefit period that began with claim {earlier[0].number} still runs: its "
                                    f"deductible is met. {counted}: coinsurance {dollars(coinsurance)}.")
    whole = rulebook.value("part_a_deductible", claim.first)
    return Stay(whole, coinsurance, f"A new benefit period begins on {show(claim.first)}: the Part A deductible is "
                                    f"{dollars(whole)}. {counted}: coinsurance {dollars(coinsurance)}.")


def benefit_period(claim: Claim, context: Context, gap: int) -> tuple[PriorClaim, ...]:
    """Return the earlier stays of the benefit period in which `claim` falls, the first one first.

    A period ends when the patient has been out of the hospital for `gap` days in a row; the day of discharge is the
    first of them, as it is no day of the stay.
    """
    inpatient = {s.code for s in services().values() if s.category == "inpatient"}
    stays = sorted((p for p in standing_claims(claim, context) if p.patient_mrn == claim.patient_mrn
                    and p.plan == claim.plan and not inpatient.isdisjoint(p.codes) and p.first <= claim.first),
                   key=lambda p: p.first)
    period: list[PriorClaim] = []
    begins = claim.first
    for stay in reversed(stays):
        if (begins - _out(stay)).days >= gap:
            break
        period.append(stay)
        begins = stay.first
    return tuple(reversed(period))


def earlier_stay(claim: Claim, context: Context, gap: int) -> str | None:
    """Return the number of the inpatient claim that began the benefit period, or None when a new one begins."""
    return next((stay.number for stay in benefit_period(claim, context, gap)), None)


def _out(stay: PriorClaim) -> dt.date:
    return stay.last or stay.first


def _days(first: dt.date, last: dt.date) -> int:
    return max(1, (last - first).days)


def _within(before: int, days: int, start: int, length: int) -> int:
    """Return how many of `days` after `before` fall into the `length` days that follow `start`."""
    return max(0, min(before + days, start + length) - max(before, start))
