"""The payer's clocks: filing, corrected claims, appeals."""

import calendar
import datetime as dt

from app.payer import rulebook
from app.payer.model import Claim
from app.world.plans import Payer


def filing_limit(form: str, first: dt.date, last: dt.date, payer: Payer) -> dt.date:
    """Return the last day on which a first claim may be received.

    Medicare counts one calendar year, from the first date of a professional claim and from the *through* date of an
    institutional one; a service of Feb 29 counts as of Feb 28 (42 CFR 424.44(a)). Others count days as contracted.
    """
    if payer.filing_days is None:
        return a_year_after(last if form == "institutional" else first)
    return (last if payer.filing_from == "discharge" else first) + dt.timedelta(days=payer.filing_days)


def claim_limit(claim: Claim, payer: Payer) -> dt.date:
    """Return the filing limit of `claim` with `payer` (which may be another payer than the claim's)."""
    return filing_limit(claim.form, claim.first, claim.last, payer)


def a_year_after(day: dt.date) -> dt.date:
    """Return the same day of the next year; Feb 29 counts as Feb 28."""
    short = day.month == 2 and day.day == 29 and not calendar.isleap(day.year + 1)
    return dt.date(day.year + 1, day.month, 28 if short else day.day)


def decided_on(received: dt.date) -> dt.date:
    """Return the day on which a claim received on `received` is decided."""
    return received + dt.timedelta(days=rulebook.value("payment_days", received))


def acknowledged_on(received: dt.date) -> dt.date:
    """Return the day of the acknowledgment."""
    return received + dt.timedelta(days=rulebook.value("acknowledgment_days", received))


def corrected_limit(decided: dt.date, payer: Payer) -> dt.date:
    """Return the last day for a replacement claim."""
    return decided + dt.timedelta(days=payer.corrected_claim_days)


def appeal_limit(decided: dt.date, payer: Payer, level: int = 1) -> dt.date | None:
    """Return the last day to file an appeal of `level` (from 1), or None when the payer has no such level.

    Medicare presumes receipt of its decision five days after its date (42 CFR 405.942(a)(1)); an electronic
    remittance of another payer is received on its date.
    """
    if not 1 <= level <= len(payer.appeals):
        return None
    presumed = rulebook.value("receipt_presumed", decided) if payer.kind == "medicare" else 0
    received, right = decided + dt.timedelta(days=presumed), payer.appeals[level - 1]
    return months_after(received, right.months) if right.months else received + dt.timedelta(days=right.days)


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day `months` later; where that month lacks it, the first of the next.

    So 45 CFR 147.136(d)(2)(i) counts four months from receipt.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= calendar.monthrange(year, month + 1)[1]:
        return dt.date(year, month + 1, day.day)
    return dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
