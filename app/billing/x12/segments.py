"""Segments of ASC X12 version 5010 as text, and how values are written into them.

A segment is written without its terminator: `NM1*85*2*NORTHMOOR PRACTICE*****XX*2053703296`. Delimiters are `*` between
elements, `:` inside one, `^` for repetition, `~` after a segment.
"""

import datetime as dt
import unicodedata
from functools import cache, lru_cache

from app.world.money import Cents

ELEMENT, COMPONENT, REPETITION, TERMINATOR = "*", ":", "^", "~"
_ALLOWED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !\"&'()+,-./;?=")  # the basic character set
_BLANKED = {place: " " for place in range(128) if chr(place) not in _ALLOWED}  # other characters that have no accent


@lru_cache(65_536)
def clean(text: str) -> str:
    """Return `text` in the basic character set: capitals without accents, no delimiter, single spaces."""
    if text.isascii():
        return " ".join(text.upper().translate(_BLANKED).split())
    plain = unicodedata.normalize("NFKD", text).upper()
    kept = [ch if ch in _ALLOWED else "" if unicodedata.combining(ch) else " " for ch in plain]
    return " ".join("".join(kept).split())


@lru_cache(16_384)
def money(amount: Cents) -> str:
    """Return cents as X12 writes amounts: no leading or trailing zeros, no point before nothing."""
    sign, amount = ("-", -amount) if amount < 0 else ("", amount)
    whole, part = divmod(amount, 100)
    if not part:
        return f"{sign}{whole}"
    return f"{sign}{whole}.{part:02d}".rstrip("0")


@cache
def day(date: dt.date) -> str:
    """Return CCYYMMDD."""
    return f"{date.year:04d}{date.month:02d}{date.day:02d}"


@lru_cache(65_536)
def code(written: str) -> str:
    """Return a diagnosis or procedure code without its dot."""
    return written.replace(".", "")


def trimmed(segment: str) -> str:
    """Return the segment without empty elements at its end."""
    return segment.rstrip(ELEMENT + COMPONENT)
