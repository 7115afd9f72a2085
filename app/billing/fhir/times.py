"""Moments with a time zone, which FHIR wants of an instant. The office is in Wisconsin: Central time.

Charts hold local time of the office. Wisconsin lies in the central zone (49 CFR 71.5, 71.6), six hours behind UTC, five
from 2 a.m. of the second Sunday of March to 2 a.m. of the first Sunday of November (15 U.S.C. 260a), as of 2026-01-01.
The rule stands here, and not in a table of zones of the machine, so that the bytes are the same on any machine.
"""

import datetime as dt

_STANDARD, _DAYLIGHT = "-06:00", "-05:00"


def instant(local: dt.datetime) -> str:
    """Return a naive local time of the office as an instant, such as 2026-05-04T09:30:00-05:00."""
    return local.isoformat(timespec="seconds") + (_DAYLIGHT if _is_daylight(local) else _STANDARD)


def _is_daylight(local: dt.datetime) -> bool:
    two = dt.time(2)
    begins = dt.datetime.combine(_sunday(local.year, 3) + dt.timedelta(days=7), two)
    return begins <= local < dt.datetime.combine(_sunday(local.year, 11), two)


def _sunday(year: int, month: int) -> dt.date:
    """The month's first Sunday."""
    return dt.date(year, month, 7 - dt.date(year, month, 1).weekday())
