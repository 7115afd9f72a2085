"""Numbers that look right: check digits, member numbers by a payer's pattern, and numbers that nobody really has."""

import math
import re
from functools import cache

from app.world.seed import Stream

_TOGETHER = 1_000  # texts of a few places that are kept ready
_PIECE = re.compile(r"(\[[^\]]+\]|[A-Z0-9])(?:\{(\d+)\})?")


def npi_check_digit(nine: str) -> str:
    """Return the tenth digit of an NPI: the Luhn sum over `80840` and the nine digits (45 CFR 162.406)."""
    total = 0
    for place, digit in enumerate(reversed("80840" + nine)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def is_npi(text: str) -> bool:
    """Return whether `text` is ten digits, begins with 1 or 2 and has the right check digit."""
    return bool(re.fullmatch(r"[12][0-9]{9}", text)) and npi_check_digit(text[:9]) == text[9]


def matching(pattern: str, stream: Stream) -> str:
    """Return drawn text that a payer's `member_id_format` matches: letters, digits, `[classes]` and `{counts}` only."""
    groups, ways = _groups(pattern)
    left, text = stream.whole(0, ways - 1), ""
    for texts in groups:
        left, drawn = divmod(left, len(texts))
        text += texts[drawn]
    return text


@cache
def _groups(pattern: str) -> tuple[tuple[tuple[str, ...], ...], int]:
    """Return for every few places what may stand there together, and how many texts there are."""
    places = [_members(piece) for piece, count in _PIECE.findall(pattern) for _ in range(int(count or 1))]
    groups: list[tuple[str, ...]] = [("",)]
    for allowed in places:
        if len(groups[-1]) * len(allowed) <= _TOGETHER:
            groups[-1] = tuple(text + character for character in allowed for text in groups[-1])
        else:
            groups.append(tuple(allowed))
    return tuple(groups), math.prod(map(len, places))


def _members(piece: str) -> str:
    """Return the characters that a class such as `[0-9AC-H]` allows; a plain character allows itself."""
    inside = piece.strip("[]")
    return re.sub(r"(.)-(.)", lambda m: "".join(map(chr, range(ord(m[1]), ord(m[2]) + 1))), inside)


def exchanges(text: str, pattern: str) -> list[str]:
    """Return every text that differs by two neighboring, different digits exchanged, and matches `pattern`."""
    changed = [text[:i] + text[i + 1] + text[i] + text[i + 2:] for i in range(len(text) - 1)
               if text[i].isdigit() and text[i + 1].isdigit() and text[i] != text[i + 1]]
    return [other for other in changed if re.fullmatch(pattern, other)]


def ssn(stream: Stream) -> str:
    """Return a number that is no Social Security number (900 and up is never issued) and no taxpayer number (10–49)."""
    drawn, middle = divmod(stream.whole(0, 40 * 10**6 - 1), 40)
    area, last = divmod(drawn, 10_000)
    return f"9{area:02d}-{middle + 10}-{last:04d}"


def phone(area: str, last: str) -> str:
    """Return a telephone number from the range kept for fiction, 555-0100 to 555-0199, with its `last` two digits."""
    return f"{area}-555-01{last}"
