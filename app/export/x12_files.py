"""X12 files of a chunk: questions before the visits, the claims, what came back of each, and where claims stood."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from app.billing.x12 import acknowledgments, claim_status, claims, eligibility, eligibility_answers, remittances
from app.billing.x12.envelope import FORMS, Kind, interchange
from app.billing.x12.parties import parties_from
from app.billing.x12.remittances import Answered
from app.learning.population import Billed
from app.payer.claim_status import status_of
from app.payer.eligibility import answer

_CLAIMS: tuple[tuple[Kind, str, str], ...] = (("837P", "professional", "837p"), ("837I", "institutional", "837i"))
Row = TypeVar("Row")
File = tuple[str, str]  # name, text


def write(cases: Iterable[Billed], folder: Path, chunk: int) -> list[str]:
    """Write a chunk of every kind of file that has something to say. Return the names in order."""
    names = []
    for name, text in files(cases, chunk):
        (folder / name).write_text(text, encoding="ascii", newline="")
        names.append(name)
    return names


def files(cases: Iterable[Billed], chunk: int) -> Iterator[File]:
    """Yield the files of a chunk in the order in which they pass between office and payers."""
    rows: list[Answered] = []
    coverage: list[eligibility.Asked] = []
    for case in cases:
        rows.append(Answered(case.claim, parties_from(case.facts, case.claim), case.answer))
        coverage += _before_the_visit(case)
    yield from _eligibility(coverage, chunk)
    for part in (_claims, _receipts, _acknowledgments, _remittances, _statuses):
        yield from part(rows, chunk)


def _parted(rows: Iterable[Row], key: Callable[[Row], tuple[str, ...]]) -> list[list[Row]]:
    """Return the rows by `key`, in the order in which each key comes first."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return list(groups.values())


def _before_the_visit(case: Billed) -> Iterator[eligibility.Asked]:
    """What the office asked about the patient's coverage; nobody is asked where no payer is on file."""
    inquiry = eligibility.inquiry_of(case.facts)
    told = answer(inquiry, case.context, case.facts.encounter.provider)
    if told.refusal != "payer":
        yield eligibility.asked(case.facts, inquiry, told, trace=f"Q{case.index:07d}")


def _eligibility(rows: list[eligibility.Asked], chunk: int) -> Iterator[File]:
    """Questions and answers, a transaction set for each payer and provider, of the evening before the first visit."""
    if not rows:
        return
    made = _evening(min(row.inquiry.on for row in rows) - dt.timedelta(days=1))
    groups = _parted(rows, lambda row: (row.payer.id, row.receiver.npi))
    kinds: tuple[tuple[Kind, Callable[..., list[str]]], ...] = (
        ("270", eligibility.inquiries), ("271", eligibility_answers.answers))
    for kind, body in kinds:
        bodies = [body(group, batch=f"{chunk + 1:05d}E", made=made) for group in groups]
        yield f"eligibility-{chunk:05d}.{kind}.x12", interchange(kind, bodies, control=chunk + 1, made=made)


def _claims(rows: list[Answered], chunk: int) -> Iterator[File]:
    """One file a form, to the clearinghouse."""
    for kind, form, ending in _CLAIMS:
        filed = [(row.claim, row.parties) for row in rows if row.claim.form == form]
        if filed:
            made = _evening(max(claim.received for claim, _ in filed))
            body = claims.transaction(form, filed, batch=_batch(form, chunk), made=made)
            yield f"claims-{chunk:05d}.{ending}.x12", interchange(kind, [body], control=chunk + 1, made=made)


def _receipts(rows: list[Answered], chunk: int) -> Iterator[File]:
    """A 999 for each file of claims: this office's files hold to the guide, so every set is accepted."""
    for kind, form, ending in _CLAIMS:
        received = [row.claim.received for row in rows if row.claim.form == form]
        if received:
            body = acknowledgments.functional("837", FORMS[kind].version, str(chunk + 1), [("0001", ())])
            yield (f"acks-{chunk:05d}.{ending}.999.x12",
                   interchange("999", [body], control=chunk + 1, made=_evening(max(received))))


def _acknowledgments(rows: list[Answered], chunk: int) -> Iterator[File]:
    """One file, a transaction set for each payer, provider and file of claims."""
    groups = _parted(rows, lambda row: (row.claim.form, row.parties.payer.id, row.claim.billing.npi))
    made = _evening(max(_answered(row) for row in rows))
    bodies = [acknowledgments.claims([(row.claim, row.parties, row.answer) for row in group],
                                     batch=_batch(group[0].claim.form, chunk), made=made) for group in groups]
    yield f"acks-{chunk:05d}.277ca.x12", interchange("277CA", bodies, control=chunk + 1, made=made)


def _answered(row: Answered) -> dt.date:
    """The day of the acknowledgment: a rejection is the answer itself."""
    found = row.answer.remittance
    return found.decided if found.status == "rejected" else row.claim.received


def _remittances(rows: list[Answered], chunk: int) -> Iterator[File]:
    """One file, a transaction set for each payment; none when every claim was rejected."""
    paid = remittances.payments(rows)
    if paid:
        made = _evening(max(row.answer.remittance.decided for group in paid for row in group))
        bodies = [remittances.transaction(group, check=_check(chunk, number)) for number, group in enumerate(paid)]
        yield f"remits-{chunk:05d}.835.x12", interchange("835", bodies, control=chunk + 1, made=made)


def _statuses(rows: list[Answered], chunk: int) -> Iterator[File]:
    """Where each claim stood when the last of them had come in: most are decided, some in process, one just received.

    Only claims that can be asked about, a transaction set for each payer and provider.
    """
    checks = {row.claim.number: _check(chunk, number)
              for number, group in enumerate(remittances.payments(rows)) for row in group}
    rows = [row for row in rows if claim_status.can_ask(row.claim)]
    if not rows:
        return
    today = max(row.claim.received for row in rows)
    asked = [claim_status.Asked(f"S{row.claim.number}", row.claim, row.parties, status_of(
        row.claim, row.answer, today, check=checks.get(row.claim.number, ""))) for row in rows]
    groups = _parted(asked, lambda row: (row.parties.payer.id, row.claim.billing.npi))
    kinds: tuple[tuple[Kind, Callable[..., list[str]]], ...] = (
        ("276", claim_status.inquiries), ("277", claim_status.answers))
    for kind, body in kinds:
        bodies = [body(group, batch=f"{chunk + 1:05d}S", made=_evening(today)) for group in groups]
        yield f"status-{chunk:05d}.{kind}.x12", interchange(kind, bodies, control=chunk + 1, made=_evening(today))


def _check(chunk: int, number: int) -> str:
    """The trace number of a payment: its place in the chunk."""
    return f"{chunk + 1:05d}{number + 1:04d}"


def _batch(form: str, chunk: int) -> str:
    """The office's own number of a file of claims."""
    return f"{chunk + 1:05d}{form[0].upper()}"


def _evening(day: dt.date) -> dt.datetime:
    """A file is made when the last of its claims is in: writing it asks no clock."""
    return dt.datetime.combine(day, dt.time(18, 0))
