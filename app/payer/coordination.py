"""C10: what a secondary payer pays after the primary, line by line."""

from msgspec import Struct

from app.payer.benefits import benefits_on
from app.payer.cost_sharing import Shared, Shares
from app.payer.model import Adjustment, Claim, OtherPayment, TraceStep
from app.payer.pricing import contractual, step
from app.world.money import Cents, dollars
from app.world.plans import payer_of, plans


class Secondary(Struct, frozen=True, gc=False):
    """A line as the secondary settles it. charge = pays + Σ adjustments."""

    pays: Cents
    adjustments: tuple[Adjustment, ...]
    patient: Shares
    steps: tuple[TraceStep, ...]


def settle(claim: Claim, row: Shared, index: int) -> Secondary:
    """Return what the secondary pays on line `index`, and how the rest of the charge is accounted for.

    OA-23 is what the primary disposed of: all but what it left to the patient (X12 RFI 1696); the primary's own PR is
    not repeated (RFI 2548).
    """
    other, charge = claim.other_payment, row.priced.line.charge
    if other is None:
        raise ValueError("a secondary claim carries the primary's remittance")
    open_, kind = min(charge, other.patient_responsibility[index]), payer_of(plans()[claim.plan]).kind
    pays = min(open_, max(0, _pays(kind, claim, other, index, row)))
    adjustments: tuple[Adjustment, ...] = (
        (Adjustment("OA", "23", (), charge - open_),) if charge > open_ else ())
    above = max(0, other.paid[index] + open_ - max(other.allowed[index], row.priced.allowed))
    rest = open_ - pays
    written_off = rest if kind == "medicaid" else 0 if kind == "medigap" else min(rest, above)
    left = rest - written_off
    # Medigap leaves nothing but the Part B deductible.
    patient = Shares(left, 0, 0, 0, row.shares.base) if kind == "medigap" else _patient(left, row.shares)
    adjustments += contractual(written_off)
    said = (f"Line {row.priced.line.number}: the primary paid {dollars(other.paid[index])} and left "
            f"{dollars(open_)} to the patient; of that this plan pays {dollars(pays)}, "
            f"{dollars(written_off)} is written off and {dollars(rest - written_off)} stays with the patient.")
    return Secondary(pays, adjustments, patient, (step("C10", row.priced.line.number, said, primary=other.paid[index],
                                                       open=open_, pays=pays),))


def _pays(kind: str, claim: Claim, other: OtherPayment, index: int, row: Shared) -> Cents:
    """Return what the secondary would pay, before the limit of what the primary left open.

    Medicare: the lowest of three (42 CFR 411.33(a)). Medicaid: up to its own allowed amount (42 CFR 433.139). Medigap:
    what Medicare left to the patient, without the Part B deductible where the plan leaves it. Others: their benefits.
    """
    charge = row.priced.line.charge
    if kind == "medigap":
        terms = benefits_on(claim.plan, claim.first)
        part_b = claim.setting != "inpatient" and terms is not None and not terms.pays_part_b_deductible
        deductible = other.deductible[index] if part_b and other.deductible else 0
        return other.patient_responsibility[index] - deductible
    paid, as_primary = other.paid[index], row.priced.allowed - row.shares.total
    if kind == "medicaid":
        return row.priced.allowed - paid
    if kind == "medicare":
        return min(charge - paid, as_primary, max(other.allowed[index], row.priced.allowed) - paid)
    return as_primary


def _patient(amount: Cents, own: Shares) -> Shares:
    """Name what stays with the patient by this plan's own shares: deductible, then copayment, then coinsurance."""
    deductible = min(amount, own.deductible)
    copayment = min(amount - deductible, own.copayment)
    return Shares(deductible, copayment, amount - deductible - copayment, 0, own.base)
