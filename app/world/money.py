"""Money as whole cents, and the one rounding the field uses."""

from functools import lru_cache
from typing import TypeAlias

Cents: TypeAlias = int
BasisPoints: TypeAlias = int  # hundredths of a percent: 20 % is 2_000


def share(amount: Cents, basis_points: BasisPoints) -> Cents:
    """Return `basis_points` of `amount`, rounded half up to the cent. Both are 0 or more."""
    return (amount * basis_points + 5_000) // 10_000


@lru_cache(16_384)
def dollars(amount: Cents) -> str:
    """Return `$1,234.56`; a negative amount is `-$1,234.56`."""
    sign = "-" if amount < 0 else ""
    return f"{sign}${abs(amount) // 100:,}.{abs(amount) % 100:02d}"


def cents(text: str) -> Cents:
    """Read what a person types for money (`1,234.5`, `$12`). Raises ValueError on anything else."""
    cleaned = text.strip().replace("$", "").replace(",", "").replace(" ", "")
    whole, dot, part = cleaned.partition(".")
    digits = whole + part
    if not (digits.isascii() and digits.isdigit()) or len(part) > 2 or (dot and not part) or len(whole) > 9:
        raise ValueError("Write dollars and cents, such as 1234.56")
    return int(whole or 0) * 100 + int(part.ljust(2, "0") or 0)
