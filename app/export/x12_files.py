"""X12 files of a chunk: the claims as sent, what the front door said of each, and the remittances."""

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.billing.x12 import acknowledgments, claims, remittances
from app.billing.x12.envelope import Kind, interchange
from app.billing.x12.parties import parties_from
from app.billing.x12.remittances import Answered
from app.learning.population import Billed

_CLAIMS: tuple[tuple[Kind, str, str], ...] = (("837P", "professional", "837p"), ("837I", "institutional", "837i"))


def write(cases: Iterable[Billed], folder: Path, chunk: int) -> list[str]:
    """Write a chunk of every kind of file that has something to say. Return the names in order."""
    rows = [Answered(case.claim, parties_from(case.facts, case.claim), case.answer) for case in cases]
    names = []
    for name, text in (*_claims(rows, chunk), *_acknowledgments(rows, chunk), *_remittances(rows, chunk)):
        (folder / name).write_text(text, encoding="ascii", newline="")
        names.append(name)
    return names


def _claims(rows: list[Answered], chunk: int) -> Iterator[tuple[str, str]]:
    """One file a form, to the clearinghouse."""
    for kind, form, ending in _CLAIMS:
        filed = [(row.claim, row.parties) for row in rows if row.claim.form == form]
        if filed:
            made = _evening(max(claim.received for claim, _ in filed))
            body = claims.transaction(form, filed, batch=_batch(form, chunk), made=made)
            yield f"claims-{chunk:05d}.{ending}.x12", interchange(kind, [body], control=chunk + 1, made=made)


def _acknowledgments(rows: list[Answered], chunk: int) -> Iterator[tuple[str, str]]:
    """One file, a transaction set for each payer, provider and file of claims."""
    groups: dict[tuple[str, str, str], list[Answered]] = {}
    for row in rows:
        groups.setdefault((row.claim.form, row.parties.payer.id, row.claim.billing.npi), []).append(row)
    made = _evening(max(_answered(row) for row in rows))
    bodies = [acknowledgments.claims([(row.claim, row.parties, row.answer) for row in group],
                                     batch=_batch(form, chunk), made=made) for (form, _, _), group in groups.items()]
    yield f"acks-{chunk:05d}.277ca.x12", interchange("277CA", bodies, control=chunk + 1, made=made)


def _answered(row: Answered) -> dt.date:
    """The day of the acknowledgment: a rejection is the answer itself."""
    found = row.answer.remittance
    return found.decided if found.status == "rejected" else row.claim.received


def _remittances(rows: list[Answered], chunk: int) -> Iterator[tuple[str, str]]:
    """One file, a transaction set for each payment; none when every claim was rejected."""
    paid = remittances.payments(rows)
    if paid:
        made = _evening(max(row.answer.remittance.decided for group in paid for row in group))
        bodies = [remittances.transaction(group, check=f"{chunk + 1:05d}{number:04d}")
                  for number, group in enumerate(paid, start=1)]
        yield f"remits-{chunk:05d}.835.x12", interchange("835", bodies, control=chunk + 1, made=made)


def _batch(form: str, chunk: int) -> str:
    """The office's own number of a file of claims."""
    return f"{chunk + 1:05d}{form[0].upper()}"


def _evening(day: dt.date) -> dt.datetime:
    """A file is made when the last of its claims is in: writing it asks no clock."""
    return dt.datetime.combine(day, dt.time(18, 0))
