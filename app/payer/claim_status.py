"""Answer "where is my claim?" (276/277) from the claim, the decision if there is one, and the day of the question."""

import datetime as dt
from functools import cache
from typing import Literal

from msgspec import Struct

from app.payer.deadlines import acknowledged_on
from app.payer.model import Adjudication, Citation, Claim, LineResult, Remittance
from app.payer.rulebook import RULES
from app.payer.words import show
from app.world.datafile import load
from app.world.money import Cents, dollars

Group = Literal["acknowledged", "rejected", "not found", "pending", "finalized", "asked", "error"]


class CategoryWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Our words for a status category."""

    words: str
    group: Group


class StatusWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Our words for a status."""

    words: str


class Code(Struct, frozen=True, forbid_unknown_fields=True):
    """Category, status, and whom it is about ("" : nobody in particular), as STC01 has them."""

    category: str
    status: str
    entity: str = ""


class StatusRules(Struct, frozen=True, forbid_unknown_fields=True):
    """`rules/claim_status.yaml`."""

    source: Citation
    categories: dict[str, CategoryWords]
    statuses: dict[str, StatusWords]
    steps: dict[str, Code]
    denials: dict[str, Code]


class LineStatus(Struct, frozen=True, gc=False):
    """What became of one line. Amounts in cents."""

    number: int
    code: Code
    charge: Cents
    paid: Cents


class StatusAnswer(Struct, frozen=True, gc=False):
    """The payer's answer about one claim on one day.

    Amounts in cents; `paid` is None until the claim is decided. `payment` is the number of the check or transfer: the
    trace number of the remittance, "" when nothing was paid.
    """

    code: Code
    said: str  # one sentence in our words
    as_of: dt.date  # since when this is so
    charge: Cents
    paid: Cents | None
    decided: dt.date | None
    payment: str
    payer_reference: str  # "" while the payer has none
    lines: tuple[LineStatus, ...]

    @property
    def found(self) -> bool:
        """Whether the payer has the claim."""
        return status_rules().categories[self.code.category].group != "not found"


@cache
def status_rules() -> StatusRules:
    """Return the codes of claim status with our words. Raises DataFileError."""
    return load(RULES / "claim_status.yaml", StatusRules, shown_as="app/payer/rules/claim_status.yaml")


def words_of(code: Code) -> str:
    """Return `Decided and paid (F1): it has been paid (65)`."""
    rules = status_rules()
    return (f"{rules.categories[code.category].words} ({code.category}): "
            f"{rules.statuses[code.status].words} ({code.status})")


def payment_number(remittance: Remittance) -> str:
    """Return the number of the check or transfer that paid the claim; "" when nothing was paid."""
    return f"E{remittance.payer_reference}" if remittance.paid > 0 else ""


def status_of(claim: Claim, adjudication: Adjudication | None, today: dt.date, *, check: str = "") -> StatusAnswer:
    """Return what the payer says on `today`. `adjudication` None: it has not decided yet.

    `check` is the trace number of the 835 that paid the claim; "": the number that the payer would give it alone.

    A claim is unknown before its day of receipt, received until it is acknowledged, then in process until the day of
    the decision: an adjudication dated later than `today` is not told.
    """
    acknowledged = acknowledged_on(claim.received)
    if today < claim.received:
        return _open(claim, "not_there", today)
    if today < acknowledged:
        return _open(claim, "received", claim.received)
    if adjudication is not None and adjudication.remittance.status == "rejected":
        return _rejected(claim, adjudication)
    if today == acknowledged:
        return _open(claim, "accepted", acknowledged)
    if adjudication is None or today < adjudication.remittance.decided:
        wants_records = adjudication is not None and any(
            row.reason == "252" for line in adjudication.remittance.lines for row in line.adjustments)
        return _open(claim, "records_asked" if wants_records else "in_process", acknowledged)
    return _decided(claim, adjudication.remittance, check)


def _open(claim: Claim, step: str, since: dt.date) -> StatusAnswer:
    code = status_rules().steps[step]
    return StatusAnswer(code, f"{words_of(code)}, as of {show(since)}.", since, claim.charge, None, None, "", "", ())


def _rejected(claim: Claim, adjudication: Adjudication) -> StatusAnswer:
    """Turned away: an unreadable file left no claim behind; the others were taken note of and returned."""
    remittance = adjudication.remittance
    edit = next((s.edit for s in reversed(adjudication.trace) if s.outcome == "reject"), "")
    why = " ".join(remittance.rejection)
    step = ("unreadable" if edit == "E00" else "returned" if "(A3)" in why else "rejected_npi" if "NPI" in why
            else "rejected_member" if "ember number" in why else "rejected")
    code = status_rules().steps[step]
    return StatusAnswer(code, f"{words_of(code)}, as of {show(remittance.decided)}. {why}".strip(), remittance.decided,
                        claim.charge, None, None, "", "", ())


def _decided(claim: Claim, remittance: Remittance, check: str) -> StatusAnswer:
    code = _finalized(remittance)
    lines = tuple(LineStatus(line.number, _line(line, remittance), line.charge, line.paid)
                  for line in remittance.lines)
    payment = (check if remittance.paid > 0 else "") or payment_number(remittance)
    paid = f"{dollars(remittance.paid)} of {dollars(claim.charge)} paid on {show(remittance.decided)}"
    said = f"{words_of(code)}. {paid}{f', number {payment}' if payment else ''}."
    return StatusAnswer(code, said, remittance.decided, claim.charge, remittance.paid, remittance.decided, payment,
                        remittance.payer_reference, lines)


def _finalized(remittance: Remittance) -> Code:
    rules = status_rules()
    if remittance.status == "reversed":
        return rules.steps["taken_back"]
    if remittance.status == "denied":
        return _denial(next(iter(remittance.lines), None))
    return rules.steps["paid" if remittance.paid > 0 else "nothing_to_pay"]


def _line(line: LineResult, remittance: Remittance) -> Code:
    rules = status_rules()
    if remittance.status == "reversed":
        return rules.steps["taken_back"]
    if line.paid > 0:
        return rules.steps["paid"]
    return rules.steps["nothing_to_pay"] if line.allowed else _denial(line)


def _denial(line: LineResult | None) -> Code:
    """By the first reason that has a row: after another payer the OA-23 beside it says nothing."""
    rules = status_rules()
    reasons = [row.reason for row in line.adjustments] if line else []
    return next((rules.denials[r] for r in reasons if r in rules.denials), rules.steps["denied"])
