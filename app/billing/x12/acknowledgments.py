"""What comes back before any decision: the 999 (005010X231A1) for a file, the 277CA (005010X214) for its claims."""

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct

from app.billing.x12.envelope import RECEIVER, SENDER
from app.billing.x12.parties import ClaimParties
from app.billing.x12.segments import clean, day, money, trimmed
from app.payer.model import Adjudication, Claim

# Status codes for the reasons of a rejection, by what our sentence names: 562 NPI, 164 member number, 116 wrong payer,
# 21 missing or invalid information. Category A2: accepted into adjudication.
_ACCEPTED = "A2:20"
_REJECTED = (("NPI", "A7:562:85"), ("Member number", "A7:164:IL"), ("No payer", "A3:116"))


class SyntaxFault(Struct, frozen=True):
    """Where a file breaks its rules: segment, its place in the set, element (0: the whole segment), the fault's code.

    `segment_code` is IK304 (3: a mandatory segment is missing, 8: it has faulty elements), `element_code` IK403 (1: a
    mandatory element is missing, 7: not a value of its list).
    """

    segment: str
    place: int
    segment_code: str
    element: int = 0
    element_code: str = ""
    value: str = ""


def functional(kind: str, version: str, group: str, sets: Sequence[tuple[str, Sequence[SyntaxFault]]]) -> list[str]:
    """Return the body of a 999 for a group of transaction sets: each by its control number with its faults.

    `kind` is ST01 of what is acknowledged (837), `version` its guide, `group` the group's control number.
    """
    functional_id = {"837": "HC", "835": "HP", "276": "HR", "270": "HS"}[kind]
    body, accepted = [f"AK1*{functional_id}*{group}*{version}"], 0
    for control, faults in sets:
        body.append(f"AK2*{kind}*{control}*{version}")
        for fault in faults:
            body.append(f"IK3*{fault.segment}*{fault.place}**{fault.segment_code}")
            if fault.element:
                body.append(trimmed(f"IK4*{fault.element}**{fault.element_code}*{clean(fault.value)}"))
        accepted += not faults
        body.append("IK5*R*5" if faults else "IK5*A")
    outcome = "A" if accepted == len(sets) else "R" if not accepted else "P"
    body.append(f"AK9*{outcome}*{len(sets)}*{len(sets)}*{accepted}")
    return body


def claims(rows: Sequence[tuple[Claim, ClaimParties, Adjudication]], *, batch: str, made: dt.datetime) -> list[str]:
    """Return the body of a 277CA for claims of one payer and one billing provider.

    `batch` is the office's number of the file that they came in.
    """
    if not rows:
        raise ValueError("an acknowledgment names at least one claim")
    claim, parties, _ = rows[0]
    turned_away = [row for row in rows if row[2].remittance.status == "rejected"]
    taken = [row for row in rows if row[2].remittance.status != "rejected"]
    received, total = day(max(row[0].received for row in rows)), sum(row[0].charge for row in rows)
    body = [
        f"BHT*0085*08*{clean(batch)}*{made:%Y%m%d}*{made:%H%M}*TH",
        "HL*1**20*1", f"NM1*PR*2*{clean(parties.payer.name)}*****PI*{parties.payer.edi_id}", f"TRN*1*{RECEIVER}1",
        f"DTP*050*D8*{received}", f"DTP*009*D8*{received}",
        "HL*2*1*21*1", f"NM1*41*2*{SENDER}*****46*{SENDER}", f"TRN*2*{clean(batch)}",
        f"STC*A1:19:PR*{received}*WQ*{money(total)}", *_counts("90", "AA", taken, turned_away),
        "HL*3*2*19*1", f"NM1*85*2*{clean(claim.billing.name)}*****XX*{claim.billing.npi}", "TRN*1*0",
        f"STC*A1:19:PR**WQ*{money(total)}", *_counts("QA", "QC", taken, turned_away),
    ]
    for number, (found, _, answer) in enumerate(rows, start=4):
        _claim(body, number, found, answer)
    return body


def _counts(taken: str, turned_away: str, *parts: Sequence[tuple[Claim, ClaimParties, Adjudication]]) -> list[str]:
    """How many claims were taken in and turned away, then their charges; a count of none is left out."""
    rows = [(quantity, amount, part) for quantity, amount, part in zip(
        (taken, turned_away), ("YU", "YY"), parts, strict=True) if part]
    return [*(f"QTY*{quantity}*{len(part)}" for quantity, _, part in rows),
            *(f"AMT*{amount}*{money(sum(row[0].charge for row in part))}" for _, amount, part in rows)]


def status_code(answer: Adjudication) -> str:
    """Return STC01: accepted into adjudication, or why it was turned away."""
    if answer.remittance.status != "rejected":
        return _ACCEPTED
    words = " ".join(answer.remittance.rejection)
    return next((found for named, found in _REJECTED if named in words), "A7:21")


def _claim(body: list[str], number: int, claim: Claim, answer: Adjudication) -> None:
    rejected = answer.remittance.status == "rejected"
    member = clean(claim.member_id)
    body += [
        f"HL*{number}*3*PT",
        trimmed(f"NM1*QC*1*{clean(claim.patient_family)}*{clean(claim.patient_given)}****"
                f"{'MI' if member else ''}*{member}"),
        f"TRN*2*{claim.number}",
        f"STC*{status_code(answer)}*{day(answer.remittance.decided if rejected else claim.received)}"
        f"*{'U' if rejected else 'WQ'}*{money(claim.charge)}",
    ]
    if not rejected:
        body.append(f"REF*1K*{answer.remittance.payer_reference}")
    if claim.form == "institutional":
        body.append(f"REF*BLT*{claim.bill_type[1:]}{claim.frequency}")
    span = f"RD8*{day(claim.first)}-{day(claim.last)}" if claim.last != claim.first else f"D8*{day(claim.first)}"
    body.append(f"DTP*472*{span}")
