"""Medicare Part A: what a patient owes for a hospital stay (42 CFR 409.82 and 409.83)."""

from msgspec import Struct

from app.payer import rulebook
from app.payer.history import standing_claims
from app.payer.model import Claim, Context
from app.payer.words import show
from app.world.money import Cents, dollars
from app.world.plans import plans
from app.world.services import services


class Stay(Struct, frozen=True):
    """What is due for a stay in cents, and the sentence that says why."""

    deductible: Cents
    coinsurance: Cents
    said: str


def is_part_a(claim: Claim) -> bool:
    """Whether the claim is for an inpatient stay of a Medicare patient."""
    return plans()[claim.plan].kind == "medicare_b" and claim.setting == "inpatient"


def stay_of(claim: Claim, context: Context) -> Stay:
    """Return the deductible of the benefit period and the coinsurance of days 61 to 150.

    The deductible is due once a benefit period: none again within 60 days of an earlier stay. The day of discharge
    is not counted.
    """
    whole = rulebook.value("part_a_deductible", claim.first)
    gap = rulebook.value("benefit_period_gap", claim.first)
    earlier = earlier_stay(claim, context, gap)
    days = max(1, (claim.last - claim.first).days)
    coinsurance = (min(30, max(0, days - 60)) * rulebook.value("part_a_coinsurance_61", claim.first)
                   + min(60, max(0, days - 90)) * rulebook.value("part_a_coinsurance_reserve", claim.first))
    if earlier:
        return Stay(0, coinsurance, f"The benefit period that began with claim {earlier} still runs: its deductible is "
                                    f"met. {days} days: coinsurance {dollars(coinsurance)}.")
    return Stay(whole, coinsurance, f"A new benefit period begins on {show(claim.first)}: the Part A deductible is "
                                    f"{dollars(whole)}. {days} days: coinsurance {dollars(coinsurance)}.")


def earlier_stay(claim: Claim, context: Context, gap: int) -> str | None:
    """Return the number of an earlier inpatient claim in the same benefit period, or None."""
    inpatient = {s.code for s in services().values() if s.category == "inpatient"}
    return next((p.number for p in standing_claims(claim, context)
                 if p.patient_mrn == claim.patient_mrn and p.plan == claim.plan
                 and not inpatient.isdisjoint(p.codes) and 0 <= (claim.first - p.first).days <= gap), None)
