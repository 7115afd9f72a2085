"""A correction as a remittance shows it: the original taken back line by line, then the claim as it now stands.

`adjudicate` answers a replacement with one remittance that withholds (WO) what the original was paid. A payer that
reports both in one 835 sends two claims instead, a reversal (CLP02 22) and the correction, and needs no WO: the
reversal has taken the money back (ASC X12 835, reversals and corrections; X12 RFI 227). Both come to the same payment.
"""

from msgspec import Struct
from msgspec.structs import replace

from app.payer.history import original_of
from app.payer.model import Adjudication, Claim, Context
from app.payer.pipeline import adjudicate, take_back
from app.world.money import Cents


class Correction(Struct, frozen=True):
    """The two answers, and the claims that each of them answers."""

    reversed_claim: Claim
    reversal: Adjudication
    corrected_claim: Claim
    correction: Adjudication

    @property
    def payment(self) -> Cents:
        """What both add to the payment, in cents, before a negative sum is carried forward."""
        rows = self.correction.remittance.provider_adjustments
        return self.reversal.remittance.paid + self.correction.remittance.paid - sum(row.amount for row in rows)


def reverse_and_correct(first: Claim, replacement: Claim, context: Context) -> Correction | None:
    """Return the reversal of `first` and the decision on `replacement` (frequency 7).

    None when the replacement was rejected or stopped as a whole: then the original stands. Raises ValueError when the
    payer does not have the claim that the replacement names.
    """
    original = original_of(replacement, context)
    if original is None:
        raise ValueError("the replacement names no claim the payer has")
    answer = adjudicate(replacement, context)
    if any(step.line is None and step.outcome in ("deny", "reject") for step in answer.trace):
        return None
    taken_back = replace(first, frequency="8", original_reference=original.number, received=replacement.received)
    reversal = take_back(taken_back, context)
    late = tuple(row for row in answer.remittance.provider_adjustments if row.reason == "L6")
    kept = replace(answer.remittance, provider_adjustments=late)
    return Correction(
        taken_back, replace(reversal, remittance=replace(reversal.remittance, provider_adjustments=())),
        replacement, replace(answer, remittance=kept))

