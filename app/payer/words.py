"""How the payer writes dates and identifiers in its sentences, and how it compares what people typed."""

import datetime as dt
from functools import cache

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@cache
def show(day: dt.date) -> str:
    """Return `Mar 4, 2026`."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def bare(identifier: str) -> str:
    """Return letters and digits only, upper case: how two identifiers are compared."""
    if identifier.isalnum():
        return identifier.upper()
    return "".join(filter(str.isalnum, identifier.upper()))


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case, spaces and marks."""
    return one == other or bare(one) == bare(other)


def several(words: list[str]) -> str:
    """Return `a`, `a and b`, or `a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else "none"
