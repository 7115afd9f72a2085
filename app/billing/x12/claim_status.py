"""276 and 277 (005010X212): "where is my claim?" and the answer, several claims of one provider to one payer."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from app.billing.x12.claims import is_room
from app.billing.x12.envelope import SENDER
from app.billing.x12.parties import ClaimParties
from app.billing.x12.segments import clean, day, money, trimmed
from app.payer.claim_status import Code, StatusAnswer
from app.payer.model import Claim, Line


class Asked(Struct, frozen=True, gc=False):
    """A question about one claim with the payer's answer. `trace` is the office's number of the question."""

    trace: str
    claim: Claim
    parties: ClaimParties
    answer: StatusAnswer


def can_ask(claim: Claim) -> bool:
    """Whether the claim can be asked about: the guide wants a payer and a member number."""
    return bool(clean(claim.member_id)) and bool(claim.plan)


def inquiries(rows: Sequence[Asked], *, batch: str, made: dt.datetime) -> list[str]:
    """Return the body of a 276. Raises ValueError for none, and for several payers or billing providers."""
    return [f"BHT*0010*13*{clean(batch)}*{made:%Y%m%d}*{made:%H%M}", *_levels(rows, _question, asking=True)]


def answers(rows: Sequence[Asked], *, batch: str, made: dt.datetime) -> list[str]:
    """Return the body of the 277 that answers one 276. Raises ValueError as `inquiries` does."""
    return [f"BHT*0010*08*{clean(batch)}*{made:%Y%m%d}*{made:%H%M}*DG", *_levels(rows, _answer, asking=False)]


def _levels(rows: Sequence[Asked], said: Callable[[Asked], Iterator[str]], *, asking: bool) -> list[str]:
    if len({(row.parties.payer.id, row.claim.billing.npi) for row in rows}) != 1:
        raise ValueError("claims of a status inquiry are of one provider and to one payer")
    payer, provider = rows[0].parties.payer, rows[0].claim.billing
    body = [
        "HL*1**20*1", f"NM1*PR*2*{clean(payer.name)}*****PI*{payer.edi_id}",
        "HL*2*1*21*1", f"NM1*41*2*{SENDER}*****46*{SENDER}",
        "HL*3*2*19*1", f"NM1*1P*2*{clean(provider.name)}*****XX*{provider.npi}",
    ]
    level = 3
    for row in rows:
        level = _member(body, level + 1, row, asking=asking)
        body += said(row)
    return body


def _member(body: list[str], level: int, row: Asked, *, asking: bool) -> int:
    """Add the subscriber, and the patient where it is another; the question has the birth date beside the name."""
    claim, holder = row.claim, row.parties.subscriber
    own = claim.relationship == "self"
    given, family = (claim.patient_given, claim.patient_family) if own else (holder.given, holder.family)
    born = [f"DMG*D8*{day(claim.patient_birth_date)}*{claim.patient_sex}"] if asking else []
    body += [f"HL*{level}*3*22*{int(not own)}", *(born if own else []),
             f"NM1*IL*1*{clean(family)}*{clean(given)}****MI*{clean(claim.member_id)}"]
    if own:
        return level
    body += [f"HL*{level + 1}*{level}*23", *born,
             trimmed(f"NM1*QC*1*{clean(claim.patient_family)}*{clean(claim.patient_given)}")]
    return level + 1


def _question(row: Asked) -> Iterator[str]:
    claim = row.claim
    yield f"TRN*1*{clean(row.trace)}"
    if row.answer.payer_reference:
        yield f"REF*1K*{row.answer.payer_reference}"
    yield from _numbers(claim)
    yield f"AMT*T3*{money(claim.charge)}"
    yield _dates(claim)


def _answer(row: Asked) -> Iterator[str]:
    claim, found = row.claim, row.answer
    yield f"TRN*2*{clean(row.trace)}"
    yield _status(found)
    if found.payer_reference:
        yield f"REF*1K*{found.payer_reference}"
    yield from _numbers(claim)
    yield _dates(claim)
    lines = {line.number: line for line in claim.lines}
    for told in found.lines:
        line = lines[told.number]
        yield _service(claim, line, f"{money(told.charge)}*{money(told.paid)}")
        yield f"STC*{code_of(told.code)}*{day(found.as_of)}"
        yield f"REF*FJ*{claim.number}{line.number}"
        yield f"DTP*472*D8*{day(line.on)}"


def _status(found: StatusAnswer) -> str:
    """STC: what it is, since when, charge and payment; of a payment also when and under what number."""
    paid = "" if found.paid is None else money(found.paid)
    decided = day(found.decided) if found.decided else ""
    means = f"*{decided}*{clean(found.payment)}" if found.payment else ""
    return trimmed(f"STC*{code_of(found.code)}*{day(found.as_of)}**{money(found.charge)}*{paid}*{decided}*{means}")


def code_of(code: Code) -> str:
    """Return category, status and entity as STC01 has them."""
    return ":".join(part for part in (code.category, code.status, code.entity) if part)


def _numbers(claim: Claim) -> Iterator[str]:
    if claim.form == "institutional":
        yield f"REF*BLT*{claim.bill_type[1:]}{claim.frequency}"
    yield f"REF*EJ*{claim.number}"


def _dates(claim: Claim) -> str:
    span = f"RD8*{day(claim.first)}-{day(claim.last)}" if claim.last != claim.first else f"D8*{day(claim.first)}"
    return f"DTP*472*{span}"


def _service(claim: Claim, line: Line, amounts: str) -> str:
    institutional = claim.form == "institutional"
    room = institutional and is_room(line)
    service = f"NU:{line.revenue}" if room else ":".join(["HC", clean(line.code), *line.modifiers])
    return f"SVC*{service}*{amounts}*{line.revenue if institutional and not room else ''}***{line.units}"
