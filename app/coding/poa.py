"""Which diagnoses need no present-on-admission indicator, as far as a free source tells."""

from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import Struct

from app.coding.model import bare
from app.coding.notes.references import Reference
from app.world.datafile import load

Exempt = Literal["exempt", "not exempt", "not known"]
_FIRST_ENCOUNTERS = "ABC"


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a list comes from, and as of which day."""

    cite: str
    as_of: str


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    source: Source
    exempt: tuple[str, ...]
    exempt_later: tuple[str, ...]
    not_exempt: tuple[str, ...]
    unknown: tuple[str, ...]


def poa_exempt(code: str) -> Exempt:
    """Return whether `code` is exempt from POA reporting, by the list of FY 2025: see the data file for its gaps."""
    rules, plain = _rules(), bare(code)
    if _any(rules.not_exempt, plain):
        return "not exempt"
    if _any(rules.exempt, plain) or (_any(rules.exempt_later, plain) and _later(plain)):
        return "exempt"
    return "not known" if _any(rules.unknown, plain) else "not exempt"


def poa_source() -> Source:
    """Return where the list comes from."""
    return _rules().source


def _later(code: str) -> bool:
    return len(code) == 7 and code[6].isalpha() and code[6] not in _FIRST_ENCOUNTERS


def _any(ranges: tuple[str, ...], code: str) -> bool:
    return any(Reference(*map(bare, (first, last or first))).means(code)
               for first, _, last in (text.partition("-") for text in ranges))


@cache
def _rules() -> _File:
    path = Path(__file__).parent / "data" / "poa_exempt.yaml"
    return load(path, _File, shown_as="app/coding/data/poa_exempt.yaml")
