"""The claim to the next payer: made from what the one before it answered."""

import datetime as dt

from app.billing.claims import secondary
from app.payer.model import Adjudication, Claim, Context, OtherPayment
from app.world.model import Coverage


def other_payment(claim: Claim, answer: Adjudication) -> OtherPayment:
    """Return what the payer of `claim` decided, line by line, as the next payer wants to see it. Amounts in cents."""
    lines = answer.remittance.lines
    return OtherPayment(
        plan=claim.plan, paid=tuple(line.paid for line in lines),
        patient_responsibility=tuple(
            sum(a.amount for a in line.adjustments if a.group == "PR") for line in lines),
        allowed=tuple(line.allowed for line in lines),
        deductible=tuple(
            sum(a.amount for a in line.adjustments if (a.group, a.reason) == ("PR", "1")) for line in lines),
    )


def next_coverage(claim: Claim, context: Context) -> Coverage | None:
    """Return the coverage that pays after the claim's own, in force on its first day; None when there is none."""
    own = next((row for row in context.coverages if row.plan == claim.plan), None)
    after = [row for row in context.coverages if own is not None and row.order > own.order
             and row.effective <= claim.first and (row.ended is None or claim.first <= row.ended)]
    return min(after, key=lambda row: row.order, default=None)


def to_next_payer(claim: Claim, answer: Adjudication, coverage: Coverage, sent: dt.date | None = None) -> Claim:
    """Return the claim to the payer of `coverage`, with the remittance before it.

    Received a week after that remittance, unless `sent` says when. A claim that was rejected, or to which no line was
    answered, has no remittance to send on: raises ValueError.
    """
    if not answer.remittance.lines:
        raise ValueError("the payer before has not answered this claim")
    return secondary(
        claim, plan=coverage.plan, member_id=coverage.member_id, group_number=coverage.group_number,
        subscriber_name=coverage.subscriber.name, relationship=coverage.relationship,
        other_payment=other_payment(claim, answer), received=sent or answer.remittance.decided + dt.timedelta(days=7),
        authorization_number="", referral_number="", number=f"{claim.number}S",
    )
