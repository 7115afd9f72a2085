"""Print a file that was read as plain text, for a terminal."""

from collections.abc import Iterator

from app.billing.x12.reading_model import ClaimRow, File, LineRow, Segment, Transaction
from app.billing.x12.words import title
from app.world.money import Cents, dollars


def as_text(file: File, *, summary: bool = False) -> str:
    """Return the summary of the file; without `summary` every segment in words follows."""
    lines = list(_summary(file))
    if not summary:
        lines += ["", *_segments(file)]
    return "\n".join(line.rstrip() for line in lines)


def shown(cents: Cents | None) -> str:
    """Return dollars, or a dash when the file does not say."""
    return "–" if cents is None else dollars(cents)


def counted(number: int, one: str) -> str:
    """Return `1 claim`, `2 claims`."""
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def _summary(file: File) -> Iterator[str]:
    yield f"{counted(len(file.segments), 'segment')}, {counted(len(file.transactions), 'transaction')}"
    for transaction in file.transactions:
        yield ""
        yield heading(transaction)
        if transaction.payment:
            yield f"  {transaction.payment}"
        yield from (f"  {said}" for said in transaction.totals)
        yield from (f"  DOES NOT BALANCE: {said}" for said in transaction.wrong)
        for claim in transaction.claims:
            yield ""
            yield from _claim(claim, paid=transaction.kind == "835")
    if file.notes:
        yield ""
        yield "Notes"
        yield from (f"  {note}" for note in file.notes)


def heading(transaction: Transaction) -> str:
    """Return `Professional claims (837P), number 0001, from A to B, Mar 4, 2026, 2 claims`."""
    pieces = [f"{transaction.title} ({transaction.kind})",
              f"number {transaction.control}" if transaction.control else ""]
    if transaction.sender or transaction.receiver:
        pieces.append(f"from {transaction.sender} to {transaction.receiver}")
    pieces += [transaction.on, counted(len(transaction.claims), "claim") if transaction.claims else ""]
    return ", ".join(piece for piece in pieces if piece)


def _claim(claim: ClaimRow, *, paid: bool) -> Iterator[str]:
    who = ", ".join(part for part in (claim.patient or "patient not named", claim.member and f"member {claim.member}",
                                      claim.dates) if part)
    yield f"  Claim {claim.number}: {who}"
    about = [claim.status, claim.payer and f"payer {claim.payer}", claim.provider and f"provider {claim.provider}",
             claim.payer_number and f"payer's number {claim.payer_number}"]
    yield "    " + ", ".join(part for part in about if part)
    if claim.diagnoses:
        yield f"    diagnoses {', '.join(claim.diagnoses)}"
    if paid:
        yield (f"    charge {shown(claim.charge)}, paid {shown(claim.paid)}, patient owes "
               f"{shown(claim.patient_owes)}")
    else:
        others = f", other payers paid {shown(claim.paid)}" if claim.paid is not None else ""
        yield f"    charge {shown(claim.charge)}{others}"
    yield from (f"      {row.words}" for row in claim.adjustments)
    yield from (f"      {said}" for said in claim.remarks)
    for line in claim.lines:
        yield from _line(line)
    if claim.wrong:
        yield from (f"    DOES NOT BALANCE: {said}" for said in claim.wrong)
    else:
        yield "    balances"


def _line(line: LineRow) -> Iterator[str]:
    units = f"{line.units} unit{'' if line.units == '1' else 's'}" if line.units else ""
    pieces = [line.service or "service not named", line.on, units,
              f"charge {shown(line.charge)}", f"paid {shown(line.paid)}" if line.paid is not None else ""]
    yield f"      line {line.number}: " + ", ".join(piece for piece in pieces if piece)
    yield from (f"        {row.words}" for row in line.adjustments)
    yield from (f"        {said}" for said in line.remarks)


def _segments(file: File) -> Iterator[str]:
    before: tuple[str, str] | None = None
    width = len(str(len(file.segments)))
    for segment in file.segments:
        where = segment.loop, segment.place
        if where != before and segment.loop:
            yield f"{segment.loop}: {segment.place}"
        before = where
        yield from _one(segment, width)


def _one(segment: Segment, width: int) -> Iterator[str]:
    yield f"  {segment.number:>{width}}  {title(segment)}: {segment.words}"
    yield f"  {'':>{width}}  {segment.shown}"
    yield from (f"  {'':>{width}}  NOTE: {note}" for note in segment.notes)
