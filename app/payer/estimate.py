"""Estimate what the patient will owe: decide the clean claim before it is sent."""

from msgspec import Struct

from app.payer.model import Claim, Context
from app.payer.pipeline import adjudicate
from app.world.money import Cents
from app.world.plans import plans


class EstimateLine(Struct, frozen=True):
    """What is expected of one line, in cents. charge = written off + plan pays + patient owes."""

    number: int
    service: str
    charge: Cents
    allowed: Cents
    plan_pays: Cents
    patient_owes: Cents


class Estimate(Struct, frozen=True):
    """An estimate by line. `patient_owes` is the sum, in cents."""

    lines: tuple[EstimateLine, ...]

    @property
    def patient_owes(self) -> Cents:
        """What the patient will owe in all."""
        return sum(line.patient_owes for line in self.lines)


def estimate(claim: Claim, context: Context) -> Estimate:
    """Return the expected settlement of a clean `claim`. Without a payer the patient owes the charges."""
    if claim.plan not in plans() or plans()[claim.plan].kind == "self_pay":
        return Estimate(tuple(EstimateLine(line.number, line.service, line.charge, line.charge, 0, line.charge)
                              for line in claim.lines))
    answer = adjudicate(claim, context).remittance
    return Estimate(tuple(
        EstimateLine(line.number, line.service, line.charge, result.allowed, result.paid,
                     sum(a.amount for a in result.adjustments if a.group == "PR"))
        for line, result in zip(claim.lines, answer.lines, strict=False)))
