"""L10: money taken back, interest for a late decision, a balance carried forward (PLB)."""

import datetime as dt

from app.payer import rulebook
from app.payer.model import Claim, LineResult, ProviderAdjustment
from app.world.model import PriorClaim
from app.world.money import Cents, share


def reversed_line(line: LineResult) -> LineResult:
    """Return the line with every amount taken back."""
    back = tuple(type(a)(a.group, a.reason, a.remarks, -a.amount) for a in line.adjustments)
    return LineResult(line.number, -line.charge, -line.allowed, -line.paid, back)


def adjustments(claim: Claim, paid: Cents, original: PriorClaim | None, decided: dt.date
                ) -> tuple[ProviderAdjustment, ...]:
    """Return the rows of a remittance. Positive takes money from the payment, negative adds to it.

    WO withholds what a replaced claim was paid; L6 is interest (it adds); FB carries a negative payment forward.
    """
    rows: list[ProviderAdjustment] = []
    if claim.frequency == "7" and original is not None and original.paid:
        rows.append(ProviderAdjustment("WO", original.number, original.paid))
    late = interest(claim.received, decided, paid)
    if late:
        rows.append(ProviderAdjustment("L6", claim.number, -late))
    net = paid - sum(row.amount for row in rows)
    if net < 0:
        rows.append(ProviderAdjustment("FB", claim.number, net))
    return tuple(rows)


def interest(received: dt.date, decided: dt.date, paid: Cents) -> Cents:
    """Return interest in cents on a clean claim decided after the prompt-payment days (a year of 365 days)."""
    days = (decided - received).days - rulebook.value("prompt_payment_days", received)
    if days <= 0 or paid <= 0:
        return 0
    return share(paid, rulebook.value("prompt_payment_interest", received)) * days // 365
