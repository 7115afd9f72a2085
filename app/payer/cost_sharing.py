"""P20 to P23 and sequestration: deductible, copayment, coinsurance on the allowed amount, out-of-pocket maximum."""

import datetime as dt

from msgspec import Struct

from app.payer import rulebook
from app.payer.accumulators import Left
from app.payer.benefits import category_of, cost_of, outside_network
from app.payer.model import Adjustment, Claim, Context, TraceStep
from app.payer.part_a import Stay, is_part_a, stay_of
from app.payer.pricing import Priced, step
from app.world.money import Cents, dollars, share
from app.world.plans import Cost, payer_of, plans


class Shares(Struct, frozen=True, gc=False):
    """What the patient owes of one line, in cents, and what it was before the out-of-pocket maximum."""

    deductible: Cents
    copayment: Cents
    coinsurance: Cents
    trimmed: Cents
    base: Cents  # allowed amount

    @property
    def total(self) -> Cents:
        """Σ PR of the line."""
        return self.deductible + self.copayment + self.coinsurance


class Shared(Struct, frozen=True, gc=False):
    """A priced line with what the patient owes of it."""

    priced: Priced
    shares: Shares
    steps: tuple[TraceStep, ...]


def share_costs(claim: Claim, context: Context, priced: tuple[Priced, ...], left: Left) -> tuple[Shared, ...]:
    """Return each line with the patient's shares. Deductible and maximum run down from line to line."""
    if is_part_a(claim):
        return _stay(claim, priced, stay_of(claim, context))
    asked: set[tuple[str, dt.date | None]] = set()
    shared: list[Shared] = []
    outside = outside_network(claim, context)
    for row in priced:
        cost = cost_of(row.line, claim) or Cost()
        if outside:
            cost = Cost(coinsurance=outside.coinsurance)
        once = (str(category_of(row.line, claim)), None if claim.setting == "inpatient" else row.line.on)
        full = _line(row.allowed, cost, left.deductible, first_of_category=once not in asked)
        asked.add(once)
        shares = _within_maximum(full, left.out_of_pocket)
        shared.append(Shared(row, shares, _steps(row, cost, left, full, shares)))
        most = None if left.out_of_pocket is None else left.out_of_pocket - shares.total
        left = Left(left.deductible - shares.deductible, most)
    return tuple(shared)


def _line(allowed: Cents, cost: Cost, deductible_left: Cents, *, first_of_category: bool) -> Shares:
    """Deductible first where it applies, then the copayment (once a category and date), then the share of the rest."""
    deductible = min(allowed, deductible_left) if cost.deductible else 0
    rest = allowed - deductible
    copayment = min(rest, cost.copayment) if first_of_category else 0
    return Shares(deductible, copayment, share(rest - copayment, cost.coinsurance), 0, allowed)


def _within_maximum(full: Shares, most: Cents | None) -> Shares:
    """Trim coinsurance first, then the copayment, then the deductible, to what the year still allows."""
    over = max(0, full.total - most) if most is not None else 0
    if not over:
        return full
    of_coinsurance = min(over, full.coinsurance)
    of_copayment = min(over - of_coinsurance, full.copayment)
    of_deductible = over - of_coinsurance - of_copayment
    return Shares(full.deductible - of_deductible, full.copayment - of_copayment, full.coinsurance - of_coinsurance,
                  over, full.base)


def _steps(row: Priced, cost: Cost, left: Left, full: Shares, shares: Shares) -> tuple[TraceStep, ...]:
    line, rest = row.line.number, full.base - full.deductible
    steps = []
    if cost.deductible:
        steps.append(step("P20", line, f"Line {line}: {dollars(left.deductible)} of the deductible is open; "
                          f"{dollars(full.deductible)} of the {dollars(full.base)} allowed goes to it.",
                          left=left.deductible, deductible=full.deductible))
    else:
        steps.append(step("P20", line, f"Line {line}: the deductible does not apply to this kind of service."))
    if cost.copayment:
        why = "" if full.copayment or not rest else " It was taken already for this date."
        steps.append(step("P21", line, f"Line {line}: the copayment is {dollars(cost.copayment)}; "
                          f"{dollars(full.copayment)} is due here.{why}", copayment=full.copayment))
    if cost.coinsurance:
        steps.append(step("P22", line, f"Line {line}: coinsurance is {cost.coinsurance // 100} % of "
                          f"{dollars(rest - full.copayment)}: {dollars(full.coinsurance)}.",
                          base=rest - full.copayment, coinsurance=full.coinsurance))
    if shares.trimmed:
        steps.append(step("P23", line, f"Line {line}: {dollars(left.out_of_pocket or 0)} is left to the out-of-pocket "
                          f"maximum, so {dollars(shares.trimmed)} falls to the plan.", trimmed=shares.trimmed))
    return tuple(steps)


def _stay(claim: Claim, priced: tuple[Priced, ...], stay: Stay) -> tuple[Shared, ...]:
    """Medicare Part A: the deductible of the benefit period and the coinsurance of long stays, over the lines."""
    shared: list[Shared] = []
    deductible, coinsurance = stay.deductible, stay.coinsurance
    for i, row in enumerate(priced):
        of_deductible = min(row.allowed, deductible)
        of_coinsurance = min(row.allowed - of_deductible, coinsurance)
        deductible, coinsurance = deductible - of_deductible, coinsurance - of_coinsurance
        said = step("P20", None, stay.said, deductible=stay.deductible, coinsurance=stay.coinsurance)
        shared.append(Shared(row, Shares(of_deductible, 0, of_coinsurance, 0, row.allowed), (said,) if i == 0 else ()))
    return tuple(shared)


def patient_adjustments(shares: Shares) -> tuple[Adjustment, ...]:
    """Return PR-1, PR-3 and PR-2, those that are not 0."""
    rows = (("1", shares.deductible), ("3", shares.copayment), ("2", shares.coinsurance))
    return tuple([Adjustment("PR", reason, (), amount) for reason, amount in rows if amount])


def sequestered(claim: Claim, payment: Cents) -> Cents:
    """Return what sequestration takes from Medicare's payment of `payment` cents; 0 for other payers."""
    if payer_of(plans()[claim.plan]).kind != "medicare":
        return 0
    return share(payment, rulebook.value("sequestration", claim.last))
