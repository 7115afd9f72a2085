"""L10: money taken back, interest for a late decision, a balance carried forward (PLB)."""

import datetime as dt

from app.payer import rulebook
from app.payer.model import Claim, LineResult, ProviderAdjustment
from app.world.model import PriorClaim
from app.world.money import Cents
from app.world.plans import payer_of, plans


def reversed_line(line: LineResult) -> LineResult:
    """Return the line with every amount taken back."""
    back = tuple(type(a)(a.group, a.reason, a.remarks, -a.amount) for a in line.adjustments)
    return LineResult(line.number, -line.charge, -line.allowed, -line.paid, back)


def adjustments(claim: Claim, paid: Cents, original: PriorClaim | None, decided: dt.date, carried: Cents = 0
                ) -> tuple[ProviderAdjustment, ...]:
    """Return the rows of a remittance. Positive takes money from the payment, negative adds to it.

    WO withholds what a replaced claim was paid; L6 is interest (it adds); FB carries a negative payment forward, and
    takes `carried`, what earlier remittances carried forward, from the first payment that can bear it.
    """
    rows: list[ProviderAdjustment] = []
    if claim.frequency == "7" and original is not None and original.paid:
        rows.append(ProviderAdjustment("WO", original.number, original.paid))
    late = interest(claim, decided, paid)
    if late:
        rows.append(ProviderAdjustment("L6", claim.number, -late))
    net = paid - sum([row.amount for row in rows])
    if net < 0 or (carried and net):
        rows.append(ProviderAdjustment("FB", claim.number, net if net < 0 else min(carried, net)))
    return tuple(rows)


# Which rate a late payer owes; Medicaid owes none (42 CFR 447.45(d) sets days only).
_RATES = {"medicare": "interest_treasury", "medicare_advantage": "interest_treasury", "tricare": "interest_treasury",
          "commercial": "interest_state", "medigap": "interest_state", "auto": "interest_state",
          "workers_comp": "interest_state"}


def interest(claim: Claim, decided: dt.date, paid: Cents) -> Cents:
    """Return interest in cents, to the nearest, on a clean claim decided after the prompt-payment days.

    Payment × the yearly rate in force on the day of payment × days ÷ 365.
    """
    if paid <= 0:
        return 0
    days = (decided - claim.received).days - rulebook.value("prompt_payment_days", claim.received)
    rate = _RATES.get(payer_of(plans()[claim.plan]).kind)
    if days <= 0 or rate is None:
        return 0
    return (paid * rulebook.value(rate, decided) * days + 18_250_000) // 36_500_000


def carried_forward(rows: tuple[ProviderAdjustment, ...]) -> Cents:
    """Return what a remittance adds to the balance that the provider owes back (negative: it takes from it)."""
    return -sum(row.amount for row in rows if row.reason == "FB")
