"""Days in accounts receivable, and what a patient owes under a deductible and coinsurance. Money is in cents."""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, Draw, Template, dollars, makers, rounded

WRITTEN = dt.date(2026, 11, 23)
QUARTERS = (("first", 90), ("second", 91), ("third", 92), ("fourth", 92))


def _days_receivable(stream: Stream) -> Draw:
    """Net days in accounts receivable: net receivables over average daily net patient revenue."""
    name, length = stream.one(QUARTERS)
    revenue = stream.whole(1200, 4800) * 10_000  # dollars in a quarter
    receivable = revenue * stream.whole(38, 72) // (10 * length) * 10
    charges = revenue * stream.whole(21, 34) // 10
    cash = revenue * stream.whole(86, 94) // 100
    stem = (f"At the end of the {name} quarter, of {length} days, a hospital's net accounts receivable are "
            f"${receivable:,}. In the quarter gross charges came to ${charges:,}, net patient revenue to ${revenue:,} "
            f"and cash collected to ${cash:,}. How many days are in net accounts receivable, to one decimal?")
    return Draw(stem, Choice(
        f"{rounded(receivable * length, revenue, 1)} days",
        f"Average daily net revenue: ${revenue:,} / {length}. ${receivable:,} over it: "
        f"{rounded(receivable * length, revenue, 1)} days.",
    ), (
        Choice(f"{rounded(receivable * length, charges, 1)} days",
               "This divides net receivables by gross charges a day: net over gross makes the figure look small."),
        Choice(f"{rounded(receivable * length, cash, 1)} days",
               "This divides by the cash collected a day, not by the revenue earned a day."),
        Choice(f"{rounded(receivable * 30, revenue, 1)} days",
               "This divides a quarter's revenue by the 30 days of a month."),
    ))


def _patient_share(stream: Stream) -> Draw:
    """What the patient owes for a claim: the deductible left, then coinsurance on the rest of the allowed amount."""
    rate = stream.one((10, 15, 20, 25, 30))
    remaining = stream.whole(8, 40) * 2_000
    allowed = remaining + stream.whole(20, 120) * 2_000
    charge = allowed + stream.whole(15, 90) * 2_000
    owed = remaining + (allowed - remaining) * rate // 100
    stem = (f"A provider in network charges {dollars(charge)} for a service, and the plan allows {dollars(allowed)}. "
            f"The patient has {dollars(remaining)} of the deductible left to meet, and then pays coinsurance of "
            f"{rate}%. There is no copayment, and the out-of-pocket maximum is far off. How much does the patient owe "
            "for this claim?")
    return Draw(stem, Choice(
        dollars(owed),
        f"Deductible {dollars(remaining)}. Then {rate}% of {dollars(allowed)} − {dollars(remaining)} = "
        f"{dollars(allowed - remaining)}: {dollars(owed - remaining)}. Together {dollars(owed)}. The charge above the "
        "allowed amount is written off.",
    ), (
        Choice(dollars(remaining + allowed * rate // 100),
               f"This takes {rate}% of the whole allowed amount, so the deductible part bears coinsurance as well."),
        Choice(dollars(allowed * rate // 100), f"This is {rate}% of the allowed amount: the deductible was forgotten."),
        Choice(dollars(remaining + (charge - remaining) * rate // 100),
               "This starts from the charge. A provider in network has agreed to the allowed amount."),
    ))


SHARE = Template("t-patient-share", ("4.9",), "application", "healthcare-gov-deductible-coinsurance", WRITTEN)
TEMPLATES = makers(
    (Template("t-days-receivable", ("4.9", "3.3"), "application", "hfma-net-days-receivable", WRITTEN),
     _days_receivable),
    (SHARE, _patient_share),
)
