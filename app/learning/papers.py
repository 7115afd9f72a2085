"""The papers on a learner's desk: what a job shows, in types that hold nothing of the key.

A paper copies only what a person in that chair would see. Amounts are whole cents and dates `datetime.date`; a
template gives each kind the look of the real object.
"""

import datetime as dt
from typing import TypeAlias

from msgspec import Struct

from app.billing.forms.model import Sheet
from app.world.money import Cents


class Row(Struct, frozen=True):
    """A labelled value. `code` values (member numbers, codes) are set in the typeface of identifiers."""

    label: str
    value: str
    code: bool = False


class Part(Struct, frozen=True):
    """A heading with text somebody wrote."""

    heading: str
    text: str


class FormPaper(Struct, frozen=True, tag="form"):
    """Labelled values under headings: a registration, a claim, a payer's answer in words."""

    id: str
    tab: str
    title: str
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    note: str = ""


class ChartPaper(Struct, frozen=True, tag="chart"):
    """A document of the chart: what was written, by whom, when, and whether it was signed."""

    id: str
    tab: str
    title: str
    author: str
    at: dt.datetime
    signed: dt.datetime | None
    parts: tuple[Part, ...]


class CardPaper(Struct, frozen=True, tag="card"):
    """An insurance card."""

    id: str
    tab: str
    payer: str
    plan: str
    member_id: str
    group_number: str
    subscriber: str
    patient: str
    issued: dt.date
    rows: tuple[Row, ...]  # copayments and telephone numbers printed on it


class TablePaper(Struct, frozen=True, tag="table"):
    """A table: a fee schedule, a ledger, an access log. `money` are the positions of columns of cents."""

    id: str
    tab: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    money: tuple[int, ...] = ()
    note: str = ""


class ClaimPaper(Struct, frozen=True, tag="claim"):
    """A claim as sent: its paper form box by box. `rows` is what the form says in codes, and when it came in."""

    id: str
    tab: str
    title: str
    form: str
    rows: tuple[Row, ...]
    sheets: tuple[Sheet, ...] = ()  # the pages of the form


class RemittanceCode(Struct, frozen=True):
    group: str
    reason: str
    remarks: tuple[str, ...]
    amount: Cents
    words: str  # our own plain words for the code


class RemittanceLine(Struct, frozen=True):
    number: int
    code: str
    charge: Cents
    allowed: Cents
    paid: Cents
    codes: tuple[RemittanceCode, ...]


class RemittancePaper(Struct, frozen=True, tag="remittance"):
    """A payer's answer: lines with their adjustments, or a rejection before adjudication."""

    id: str
    tab: str
    title: str
    payer: str
    reference: str
    decided: dt.date
    status: str
    rejection: tuple[str, ...]
    lines: tuple[RemittanceLine, ...]
    charge: Cents
    paid: Cents
    patient: Cents


def claim_pdf(paper: ClaimPaper) -> bytes:
    """Return the pages of a claim as PDF, the same boxes as on the desk."""
    from app.billing.forms.pdf import pdf  # reportlab takes a quarter of a second to import

    return pdf(paper.sheets, f"{paper.title} ({paper.sheets[0].name})")


Paper: TypeAlias = FormPaper | ChartPaper | CardPaper | TablePaper | ClaimPaper | RemittancePaper
