"""C10: what a secondary payer pays after the primary, line by line."""

from msgspec import Struct

from app.payer.benefits import benefits_on
from app.payer.cost_sharing import Shared, Shares
from app.payer.model import Adjustment, Claim, OtherPayment, TraceStep
from app.payer.pricing import contractual, spread, step
from app.world.money import Cents, dollars
from app.world.plans import payer_of, plans


class Secondary(Struct, frozen=True, gc=False):
    """A line as the secondary settles it. charge = pays + Σ adjustments."""

    pays: Cents
    adjustments: tuple[Adjustment, ...]
    patient: Shares
    steps: tuple[TraceStep, ...]


def settle(claim: Claim, row: Shared, index: int, pays: Cents | None = None) -> Secondary:
    """Return what the secondary pays on line `index`, and how the rest of the charge is accounted for.

    OA-23 is what the primary disposed of: all but what it left to the patient (X12 RFI 1696); the primary's own PR is
    not repeated (RFI 2548). `pays`, where it is given, was worked out over the whole claim.
    """
    other, charge = claim.other_payment, row.priced.line.charge
    if other is None:
        raise ValueError("a secondary claim carries the primary's remittance")
    open_, kind = min(charge, other.patient_responsibility[index]), payer_of(plans()[claim.plan]).kind
    pays = min(open_, max(0, _pays(kind, claim, other, index, row) if pays is None else pays))
    adjustments: tuple[Adjustment, ...] = (
        (Adjustment("OA", "23", (), charge - open_),) if charge > open_ else ())
    rest = open_ - pays
    written_off = _written_off(kind, rest, row.shares)
    left = rest - written_off
    # Medigap leaves nothing but the Part B deductible.
    patient = Shares(left, 0, 0, 0, row.shares.base) if kind == "medigap" else _patient(left, row.shares)
    adjustments += contractual(written_off)
    said = (f"Line {row.priced.line.number}: the primary paid {dollars(other.paid[index])} and left "
            f"{dollars(open_)} to the patient; of that this plan pays {dollars(pays)}, "
            f"{dollars(written_off)} is written off and {dollars(left)} stays with the patient.")
    return Secondary(pays, adjustments, patient, (step("C10", row.priced.line.number, said, primary=other.paid[index],
                                                       open=open_, pays=pays),))


def _written_off(kind: str, rest: Cents, own: Shares) -> Cents:
    """What neither pays: all of it under Medicaid; else what goes beyond this plan's own shares of the patient.

    The contract with this plan binds the provider too, so that the patient owes no more than its terms ask.
    """
    if kind == "medicaid":
        return rest
    return 0 if kind == "medigap" else max(0, rest - own.total)


def stay_after_another(claim: Claim, shared: tuple[Shared, ...], places: tuple[int, ...]) -> dict[int, Cents]:
    """Return what Medicare pays second on each place of a hospital's claim; nothing for other claims.

    It is worked out over the claim, the lowest of four: Medicare's gross amount less its own deductible and
    coinsurance; that amount less the primary's payment; the charges (or what the hospital must accept) less the
    primary's payment; and less Medicare's deductible and coinsurance (42 CFR 411.33(e)).
    """
    other = claim.other_payment
    if other is None or claim.form != "institutional" or payer_of(plans()[claim.plan]).kind != "medicare":
        return {}
    gross, own = sum(row.priced.allowed for row in shared), sum(row.shares.total for row in shared)
    paid, open_ = sum(other.paid[i] for i in places), [other.patient_responsibility[i] for i in places]
    charges = sum(other.allowed[i] or row.priced.line.charge for i, row in zip(places, shared, strict=True))
    lowest = max(0, min(gross - own, gross - paid, charges - paid, charges - own, sum(open_)))
    parts = spread(lowest, tuple(open_)) if sum(open_) else (0,) * len(places)
    return dict(zip(places, parts, strict=True))


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
