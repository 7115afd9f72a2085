"""The guideline sections that keys and findings cite: what each says, in our own words, under its number."""

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import Struct

from app.world.datafile import load

AS_OF = dt.date(2026, 4, 1)
SOURCES = {
    "cm": "ICD-10-CM Official Guidelines for Coding and Reporting FY 2026",
    "pcs": "ICD-10-PCS Official Guidelines for Coding and Reporting FY 2026",
}
_FILE = Path(__file__).parent / "data" / "guidelines.yaml"
_SECTION = r"(?:IV|I{1,3})(?![.\w])"
_NAMED = re.compile(rf"\bSections? ({_SECTION}(?:(?:, | and | to |, and ){_SECTION})*)")
_NUMBERED = re.compile(
    r"\b(I\.[ABC]\.\d+(?:\.(?:[a-z]|\d+)\b)*|II\.[A-K]\b|III\.[A-C]\b|IV\.[A-Q](?:\.\d)?\b|Appendix I\b"
    r"|B[2-6]\.\d+[a-z]?\b|(?<=guideline )C[12]\b)")


class Guideline(Struct, frozen=True, forbid_unknown_fields=True):
    """`seen` says how the number was checked: `text` read under it, `cited` by others for this subject, or not yet."""

    section: str  # I.C.9.a.3, II.H, Appendix I, B3.8
    title: str
    says: str
    system: Literal["cm", "pcs"] = "cm"
    seen: Literal["text", "cited", ""] = ""

    @property
    def source(self) -> str:
        """The document the section belongs to."""
        return SOURCES[self.system]


@cache
def register() -> dict[str, Guideline]:
    """Return every section by its number, in the order of the guidelines. Raises DataFileError."""
    rows = load(_FILE, tuple[Guideline, ...], shown_as="app/coding/data/guidelines.yaml")
    return {row.section: row for row in rows}


def guideline(section: str) -> Guideline | None:
    """Return what `section` says (I.C.9.a.3, "Section II", B3.8); None when the register has no such number."""
    return register().get(section.strip().removeprefix("Section "))


def cited(text: str) -> tuple[str, ...]:
    """Return the numbers of the sections that `text` cites, each once, in order."""
    found = [(match.start(), name) for match in _NAMED.finditer(text) for name in re.findall(r"IV|I{1,3}", match[1])]
    found += [(match.start(), match[1]) for match in _NUMBERED.finditer(text)]
    return tuple(dict.fromkeys(name for _, name in sorted(found, key=lambda row: row[0])))
