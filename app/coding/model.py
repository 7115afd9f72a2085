"""What a code set says about a code: immutable rows, as every index gives them back.

Weights are whole ten-thousandths (1.2345 is 12345), lengths of stay whole tenths of a day, dates are dates.
"""

import datetime as dt
from typing import Literal

from msgspec import Struct

System = Literal["icd10cm", "icd10pcs", "hcpcs", "cpt"]
Kind = Literal["chapter", "block", "category", "subcategory"]
NoteKind = Literal[
    "Inclusion terms", "Includes", "Excludes 1", "Excludes 2", "Code first", "Use additional code", "Code also",
    "Seventh character", "Note",
]


class Code(Struct, frozen=True):
    """One entry of the tabular list. `billable` is true of a complete code, which can stand on a claim.

    `first_valid` is None when it was not asked, or when the code is no complete code.
    """

    code: str  # with its dot; a chapter has its number, a block its range
    title: str
    billable: bool
    kind: Kind
    parent: str  # "" above a chapter
    chapter: str
    block: str  # the innermost block, "" for a chapter
    first_valid: dt.date | None = None
    system: str = "icd10cm"


class Hit(Struct, frozen=True):
    """One result of a search. `why` names what matched: code, name, title, term, or heading.

    `system`: icd10cm, icd10pcs, hcpcs, or cpt (which only a site with a licensed file has).
    """

    code: str
    title: str
    billable: bool
    why: str
    system: str = "icd10cm"


class Notes(Struct, frozen=True):
    """The notes of one kind that stand at one level of the tabular list."""

    kind: NoteKind
    level: str  # the code, block or chapter where they stand
    level_title: str
    texts: tuple[str, ...]


class DrgRow(Struct, frozen=True):
    """A row of the table of MS-DRG weights. `weight` is the one paid (after the cap on yearly decreases).

    `geometric_stay` and `arithmetic_stay` are tenths of a day. All four figures are 0 where the table has none
    (998 and 999 are not paid).
    """

    drg: str  # three digits
    title: str
    weight: int
    weight_before_cap: int
    geometric_stay: int
    arithmetic_stay: int
    mdc: str  # two digits, PRE, or "" for a DRG related to all of them
    type: Literal["medical", "surgical", ""]
    post_acute: bool  # the transfer policy for post-acute care applies
    special_pay: bool


class CodedDiagnosis(Struct, frozen=True):
    """A diagnosis as somebody coded it. `poa` is Y, N, U, W, or None when exempt or not an inpatient stay.

    `title` may be left out: a comparison then asks the index, if it has one.
    """

    code: str
    title: str = ""
    poa: str | None = None


def bare(code: str) -> str:
    """Return `code` in capitals without its dot: how codes are compared, and how a claim carries them."""
    return code.strip().upper().replace(".", "")


def dotted(code: str) -> str:
    """Return `code` in capitals with its dot after the third character, as people write it."""
    plain = bare(code)
    return f"{plain[:3]}.{plain[3:]}" if len(plain) > 3 and "-" not in plain else plain
