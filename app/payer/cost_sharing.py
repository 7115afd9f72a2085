"""P20 to P23 and sequestration: deductible, copayment, coinsurance on the allowed amount, out-of-pocket maximum."""

import datetime as dt
from functools import lru_cache

from msgspec import Struct

from app.payer import rulebook
from app.payer.accumulators import Left
from app.payer.benefits import category_of, cost_of, outside_network
from app.payer.model import Adjustment, Claim, Context, TraceStep
from app.payer.part_a import Stay, is_part_a, stay_of
from app.payer.pricing import Priced, step
from app.world.money import BasisPoints, Cents, dollars, share
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
    deductible, most = left.deductible, left.out_of_pocket
    for row in priced:
        cost = cost_of(row.line, claim) or Cost()
        if outside:
            cost = Cost(coinsurance=outside.coinsurance)
        once = (str(category_of(row.line, claim)), None if claim.setting == "inpatient" else row.line.on)
        full, steps = _line(row.line.number, row.allowed, cost.deductible, cost.copayment, cost.coinsurance,
                            deductible if cost.deductible else 0, once not in asked)
        asked.add(once)
        shares = full if most is None else _within_maximum(full, most)
        if shares.trimmed:
            steps += (_trimmed(row.line.number, most or 0, shares.trimmed),)
        shared.append(Shared(row, shares, steps))
        deductible, most = deductible - shares.deductible, None if most is None else most - shares.total
    return tuple(shared)


@lru_cache(16_384)
def _line(number: int, allowed: Cents, subject: bool, copay: Cents, percent: BasisPoints, left: Cents, first: bool
          ) -> tuple[Shares, tuple[TraceStep, ...]]:
    """Deductible first where it applies, then the copayment (once a category and date), then the share of the rest.

    Return the shares before the out-of-pocket maximum, and the steps that say why, which many lines have in common.
    `left` of the deductible is 0 where it does not apply. `first`: of its category on its date.
    """
    deductible = min(allowed, left) if subject else 0
    rest = allowed - deductible
    copayment = min(rest, copay) if first else 0
    shares = Shares(deductible, copayment, share(rest - copayment, percent), 0, allowed)
    return shares, _steps(number, shares, subject, copay, percent, left)


def _within_maximum(full: Shares, most: Cents) -> Shares:
    """Trim coinsurance first, then the copayment, then the deductible, to what the year still allows."""
    over = full.deductible + full.copayment + full.coinsurance - most
    if over <= 0:
        return full
    of_coinsurance = min(over, full.coinsurance)
    of_copayment = min(over - of_coinsurance, full.copayment)
    of_deductible = over - of_coinsurance - of_copayment
    return Shares(full.deductible - of_deductible, full.copayment - of_copayment, full.coinsurance - of_coinsurance,
                  over, full.base)


def _steps(line: int, full: Shares, subject: bool, copay: Cents, percent: BasisPoints, left: Cents
           ) -> tuple[TraceStep, ...]:
    rest = full.base - full.deductible
    steps = []
    if subject:
        steps.append(step("P20", line, f"Line {line}: {dollars(left)} of the deductible is open; "
                          f"{dollars(full.deductible)} of the {dollars(full.base)} allowed goes to it.",
                          left=left, deductible=full.deductible))
    else:
        steps.append(step("P20", line, f"Line {line}: the deductible does not apply to this kind of service."))
    if copay:
        why = "" if full.copayment or not rest else " It was taken already for this date."
        steps.append(step("P21", line, f"Line {line}: the copayment is {dollars(copay)}; "
                          f"{dollars(full.copayment)} is due here.{why}", copayment=full.copayment))
    if percent:
        steps.append(step("P22", line, f"Line {line}: coinsurance is {percent // 100} % of "
                          f"{dollars(rest - full.copayment)}: {dollars(full.coinsurance)}.",
                          base=rest - full.copayment, coinsurance=full.coinsurance))
    return tuple(steps)


def _trimmed(line: int, most: Cents, trimmed: Cents) -> TraceStep:
    return step("P23", line, f"Line {line}: {dollars(most)} is left to the out-of-pocket maximum, so "
                f"{dollars(trimmed)} falls to the plan.", trimmed=trimmed)


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
    return _patients(shares.deductible, shares.copayment, shares.coinsurance)


@lru_cache(16_384)
def _patients(deductible: Cents, copayment: Cents, coinsurance: Cents) -> tuple[Adjustment, ...]:
    rows = (("1", deductible), ("3", copayment), ("2", coinsurance))
    return tuple([Adjustment("PR", reason, (), amount) for reason, amount in rows if amount])


def sequestered(claim: Claim, payment: Cents) -> Cents:
    """Return what sequestration takes from Medicare's payment of `payment` cents; 0 for other payers."""
    if payer_of(plans()[claim.plan]).kind != "medicare":
        return 0
    return share(payment, rulebook.value("sequestration", claim.last))
