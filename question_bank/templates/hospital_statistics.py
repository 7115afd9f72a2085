"""Average length of stay, and occupancy when the number of beds changes within the month."""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, Draw, Template, makers, percent, rounded

WRITTEN = dt.date(2026, 11, 23)
MONTHS = (("April", 30), ("May", 31), ("June", 30), ("July", 31), ("August", 31), ("September", 30))


def _length_of_stay(stream: Stream) -> Draw:
    """Average length of stay of adults and children, in days: discharge days over discharges, without newborns."""
    month, _ = stream.one(MONTHS)
    discharges = stream.whole(180, 420)
    days = discharges * stream.whole(36, 62) // 10 + stream.whole(0, 9)
    admitted = discharges + stream.one((-1, 1)) * stream.whole(9, 30)
    service = days + stream.one((-1, 1)) * stream.whole(40, 150)
    born = stream.whole(25, 70)
    born_days = born * 2 + stream.whole(0, 20)
    stem = (f"For {month} a hospital reports, for adults and children: {admitted} admissions, {discharges} discharges "
            f"with {days:,} discharge days, and {service:,} inpatient service days. In addition {born} newborns were "
            f"discharged, with {born_days} discharge days. What is the average length of stay of adults and children, "
            "to one decimal?")
    return Draw(stem, Choice(
        f"{rounded(days, discharges, 1)} days",
        f"Discharge days over discharges, newborns apart: {days:,} / {discharges} = {rounded(days, discharges, 1)}.",
    ), (
        Choice(f"{rounded(service, discharges, 1)} days",
               f"{service:,} / {discharges} uses inpatient service days, which count the days of all who were in the "
               "house during the month, whenever they leave."),
        Choice(f"{rounded(days + born_days, discharges + born, 1)} days",
               f"({days:,} + {born_days}) / ({discharges} + {born}) takes in the newborns, whose short stays are "
               "reported apart."),
        Choice(f"{rounded(days, admitted, 1)} days",
               f"{days:,} / {admitted} divides by admissions. The days belong to those discharged."),
    ))


def _occupancy(stream: Stream) -> Draw:
    """Bed occupancy, in percent, of a month within which the bed count changed: service days over bed count days."""
    month, length = stream.one(MONTHS)
    first = stream.whole(6, 24)
    before = stream.whole(60, 180)
    after = before + stream.one((-1, 1)) * before * stream.whole(10, 24) // 100
    bed_days = before * first + after * (length - first)
    service = bed_days * stream.whole(620, 790) // 1000
    stem = (f"In {month}, a month of {length} days, a hospital had {before} beds set up and staffed for the first "
            f"{first} days, and {after} for the rest. Inpatient service days came to {service:,}. What was the bed "
            "occupancy rate of the month?")
    mean_days = (before + after) * length
    return Draw(stem, Choice(
        percent(service, bed_days),
        f"Bed count days: {before} × {first} + {after} × {length - first} = {bed_days:,}. {service:,} / {bed_days:,} "
        f"= {percent(service, bed_days)}.",
    ), (
        Choice(percent(service, before * length),
               f"{service:,} / ({before} × {length}) uses the first bed count for the whole month."),
        Choice(percent(service, after * length),
               f"{service:,} / ({after} × {length}) uses the last bed count for the whole month."),
        Choice(percent(2 * service, mean_days),
               "This takes the plain mean of the two bed counts, as if each had held for half of the month."),
    ))


TEMPLATES = makers(
    (Template("t-length-of-stay", ("3.5",), "application", "inpatient-statistics-formulas", WRITTEN), _length_of_stay),
    (Template("t-occupancy", ("3.5",), "application", "inpatient-statistics-formulas", WRITTEN),
     _occupancy),
)
