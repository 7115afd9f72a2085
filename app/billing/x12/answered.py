"""Hold an answer against its question: a 271 against the 270, a 277 against the 276.

What judges of syntax do not see: a question without its answer, amounts that cannot be, a payment that its lines do not
add up to. Reads files of any origin.
"""

from collections.abc import Iterator
from decimal import Decimal

from app.billing.x12.balance import Finding
from app.billing.x12.reading_cut import cut
from app.billing.x12.reading_model import Segment

_REMAINING, _IN_ALL = "29", ("22", "23", "24", "25", "26")  # EB06


def findings(question: str, answer: str) -> tuple[Finding, ...]:
    """Return what is off in `answer`, by the segment of the answer; empty when it fits the question.

    Raises X12Error when a text is no X12 file.
    """
    _, asked = cut(question)
    _, told = cut(answer)
    return (*_traces(asked, told), *_benefits(told), *_statuses(told))


def _traces(asked: tuple[Segment, ...], told: tuple[Segment, ...]) -> Iterator[Finding]:
    """Each trace number of the question (TRN01 1) comes back once (TRN01 2), in the same order."""
    sent = [row.at(2) for row in asked if row.id == "TRN" and row.at(1) == "1"]
    back = [(row.number, row.at(2)) for row in told if row.id == "TRN" and row.at(1) == "2"]
    for number, trace in back:
        if trace not in sent:
            yield Finding(number, f"nobody asked {trace}")
        else:
            sent.remove(trace)
    last = told[-1].number
    yield from (Finding(last, f"{trace} was asked and not answered") for trace in sent)


def _benefits(told: tuple[Segment, ...]) -> Iterator[Finding]:
    """An EB says what it tells; what is left of an amount is not more than the amount; shares lie between 0 and 1."""
    whole: dict[tuple[str, str], Decimal] = {}
    for row in told:
        if row.id in ("HL", "SE"):
            whole = {}
        if row.id != "EB":
            continue
        if not row.at(1):
            yield Finding(row.number, "EB01 is blank: the segment does not say what it tells")
        key, amount = (row.at(1), row.at(3)), _amount(row, 7)
        if row.at(6) in _IN_ALL:
            whole[key] = amount
        elif row.at(6) == _REMAINING and not 0 <= amount <= whole.get(key, amount):
            yield Finding(row.number, f"{amount} remains of {whole[key]}")
        if not 0 <= _amount(row, 8) <= 1:
            yield Finding(row.number, f"EB08 is {row.at(8)}: a share is written as a fraction")


def _statuses(told: tuple[Segment, ...]) -> Iterator[Finding]:
    """A claim is paid at most its charge, and what its lines are paid when there are lines."""
    claim: Segment | None = None
    lines: list[Segment] = []
    for row in told:
        if row.id in ("TRN", "HL", "SE"):
            yield from _added_up(claim, lines)
            claim, lines = None, []
        elif row.id == "STC" and claim is None:
            claim = row
        elif row.id == "SVC":
            lines.append(row)


def _added_up(claim: Segment | None, lines: list[Segment]) -> Iterator[Finding]:
    if claim is None or not claim.at(5):
        return
    charge, paid = _amount(claim, 4), _amount(claim, 5)
    if paid > max(charge, Decimal(0)):
        yield Finding(claim.number, f"STC05 is {paid} of a charge of {charge}")
    total = sum((_amount(line, 3) for line in lines), Decimal(0))
    if lines and total != paid:
        yield Finding(claim.number, f"STC05 is {paid}; the lines were paid {total}")


def _amount(row: Segment, place: int) -> Decimal:
    text = row.at(place)
    digits = text.removeprefix("-").replace(".", "", 1)
    return Decimal(text) if digits.isascii() and digits.isdigit() else Decimal(0)
