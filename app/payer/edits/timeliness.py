"""E50: the filing limit."""

import datetime as dt

from app.payer.deadlines import claim_limit, corrected_limit, decided_on
from app.payer.edits.finding import Finding, Findings, cite
from app.payer.history import original_of
from app.payer.model import Claim, Context
from app.payer.words import show
from app.world.plans import Payer, payer_of, plans


def filing(claim: Claim, context: Context) -> Findings:
    """E50: a first claim within the filing limit, a replacement within the payer's days from its decision."""
    payer = payer_of(plans()[claim.plan])
    if claim.frequency != "1" and original_of(claim, context) is None:
        return (Finding("The original was on time, and this claim takes its place."),)
    limit, counted = last_day(claim, context, payer)
    said = f"Received {show(claim.received)}; the last day was {show(limit)} ({counted})."
    if claim.received > limit:
        # Government payers bar the appeal (N211); a contract may still hear proof of timely receipt.
        final = payer.kind in ("medicare", "medicaid")
        return (Finding(said, group="CO", reason="29", remarks=("N211",) if final else (),
                        citation=cite(payer.filing_source)),)
    return (Finding(said),)


def last_day(claim: Claim, context: Context, payer: Payer) -> tuple[dt.date, str]:
    """Return the last day on which this claim may be received, and how it was counted."""
    original = original_of(claim, context)
    if original is not None:
        decided = decided_on(original.received)
        return corrected_limit(decided, payer), f"{payer.corrected_claim_days} days from the answer of {show(decided)}"
    days = "one calendar year" if payer.filing_days is None else f"{payer.filing_days} days"
    through = payer.filing_from == "discharge" or (payer.filing_days is None and claim.form == "institutional")
    start = claim.last if through else claim.first
    return claim_limit(claim, payer), f"{days} from {show(start)}"
