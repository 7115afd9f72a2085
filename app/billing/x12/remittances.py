"""835 (005010X221A1): one payment to one provider with the claims it answers.

The payment (BPR02) is what the claims were paid less the provider-level adjustments (PLB); each line's charge is its
payment and its adjustments; CLP05 is what group PR says. `balance.py` reads it back and adds up.
"""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from app.billing.x12.claims import clinician, is_room, procedure
from app.billing.x12.parties import ClaimParties, payer_address
from app.billing.x12.segments import clean, day, money, trimmed
from app.payer.model import Adjudication, Claim, Line, LineResult, Remittance
from app.world.model import Address, Facility
from app.world.money import Cents

# Bank numbers that no bank has: the routing numbers fail their check digit.
_FILING = {"CI": "ZZ"}  # CLP06 has no code for a commercial insurer that is none of PPO, HMO and the like
_REASONS = 6  # in one CAS segment
_PAYING, _RECEIVING = "01*999999990*DA*1000001", "01*999999991*DA*2000002"


class Answered(Struct, frozen=True, gc=False):
    """A claim with its answer and who is named in it."""

    claim: Claim
    parties: ClaimParties
    answer: Adjudication


def payments(answers: Sequence[Answered]) -> list[list[Answered]]:
    """Return the answers parted by payer, provider and day, as payers pay them; rejected claims are left out."""
    groups: dict[tuple[str, str, dt.date], list[Answered]] = {}
    for row in answers:
        if row.answer.remittance.status != "rejected":
            key = (row.parties.payer.id, row.claim.billing.npi, row.answer.remittance.decided)
            groups.setdefault(key, []).append(row)
    return list(groups.values())


def transaction(answers: Sequence[Answered], *, check: str) -> list[str]:
    """Return the body of an 835 for one payment: answers of one payer to one provider. `check` is its trace number.

    Raises ValueError for a rejected claim (it never reached adjudication) and for an empty payment.
    """
    if not answers or "rejected" in [row.answer.remittance.status for row in answers]:
        raise ValueError("an 835 answers claims that were adjudicated")
    first = answers[0]
    payer, provider = first.parties.payer, first.claim.billing
    decided = max([row.answer.remittance.decided for row in answers])
    total = sum([net(row.answer.remittance) for row in answers])
    tax, on = provider.tax_id.replace("-", ""), day(decided)
    body = [
        f"BPR*I*{money(total)}*C*ACH*CCP*{_PAYING}*1{tax}**{_RECEIVING}*{on}" if total
        else f"BPR*H*0*C*NON************{on}",
        f"TRN*1*{clean(check)}*1{tax}", f"DTM*405*{on}", *_payer(payer.id, payer.name, payer.edi_id),
        *_payee(provider), f"REF*TJ*{tax}", "LX*1",
    ]
    for row in answers:
        _claim(body, row)
    body += _provider_level(answers, provider.npi, decided)
    return body


def net(remittance: Remittance) -> Cents:
    """Return what a remittance adds to the payment: claims paid less provider-level adjustments, in cents."""
    return remittance.paid - sum([row.amount for row in remittance.provider_adjustments])


@lru_cache(1024)
def _payer(payer: str, name: str, edi: str) -> tuple[str, ...]:
    return f"N1*PR*{clean(name)}*XV*{edi}", *_home(payer_address(payer)), "PER*BL*PROVIDER SERVICES*TE*8005550100"


@lru_cache(1024)
def _payee(provider: Facility) -> tuple[str, ...]:
    return f"N1*PE*{clean(provider.name)}*XX*{provider.npi}", *_home(provider.address)


def _home(address: Address) -> tuple[str, str]:
    return f"N3*{clean(address.street)}", f"N4*{clean(address.city)}*{address.state}*{address.zip}"


def status_of(claim: Claim, remittance: Remittance) -> str:
    """Return CLP02: 22 reversal, 4 denied, 2 processed as secondary, 1 as primary."""
    if remittance.status == "reversed":
        return "22"
    if remittance.status == "denied":
        return "4"
    return "2" if claim.other_payment else "1"


def _claim(body: list[str], row: Answered) -> None:
    claim, remittance, parties = row.claim, row.answer.remittance, row.parties
    charge = sum([line.charge for line in remittance.lines])
    place = claim.bill_type[1:] if claim.form == "institutional" else claim.place_of_service
    stay = claim.setting == "inpatient"
    filing = _FILING.get(parties.filing, parties.filing)
    body.append(trimmed(
        f"CLP*{claim.number}*{status_of(claim, remittance)}*{money(charge)}*{money(remittance.paid)}"
        f"*{money(remittance.patient_responsibility)}*{filing}*{remittance.payer_reference}*{place}*{claim.frequency}"
        f"**{claim.drg}"))
    member = clean(claim.member_id)
    body.append(trimmed(f"NM1*QC*1*{clean(claim.patient_family)}*{clean(claim.patient_given)}****"
                        f"{'MI' if member else ''}*{member}"))
    rendering = parties.clinician
    body.append(clinician("82", rendering.family, rendering.given, claim.rendering_npi))
    if [True for line in remittance.lines for a in line.adjustments if "MA130" in a.remarks]:
        body.append("MIA*0****MA130" if stay else "MOA***MA130")
    body += (f"DTM*232*{day(claim.first)}", f"DTM*233*{day(claim.last)}", f"DTM*050*{day(claim.received)}")
    for line, result in zip(claim.lines, remittance.lines, strict=True):
        _line(body, claim, line, result)


def _line(body: list[str], claim: Claim, line: Line, result: LineResult) -> None:
    if claim.form == "professional":
        service, revenue = procedure(line.code, line.modifiers), ""
    elif is_room(line):
        service, revenue = f"NU:{line.revenue}", ""
    else:
        service, revenue = procedure(line.code, line.modifiers), line.revenue
    body += (f"SVC*{service}*{money(result.charge)}*{money(result.paid)}*{revenue}*{line.units}",
             f"DTM*472*{day(line.on)}", *adjustment_segments(result), f"REF*6R*{claim.number}{line.number}")
    if result.allowed > 0:
        body.append(f"AMT*B6*{money(result.allowed)}")
    remarks = [remark for a in result.adjustments if a.remarks for remark in a.remarks]
    if remarks:
        body += [f"LQ*HE*{remark}" for remark in dict.fromkeys(remarks)]


def adjustment_segments(result: LineResult) -> list[str]:
    """Return the CAS segments of a line: one a group, up to six reasons in each."""
    told: dict[str, str] = {}
    if len(result.adjustments) <= _REASONS:
        for row in result.adjustments:
            begun = f"{told[row.group]}**" if row.group in told else f"CAS*{row.group}*"
            told[row.group] = f"{begun}{row.reason}*{money(row.amount)}"
        return list(told.values())
    groups: dict[str, list[str]] = {}
    for row in result.adjustments:
        groups.setdefault(row.group, []).append(f"{row.reason}*{money(row.amount)}")
    return [f"CAS*{group}*" + "**".join(rows[start:start + _REASONS])
            for group, rows in groups.items() for start in range(0, len(rows), _REASONS)]


def _provider_level(answers: Sequence[Answered], npi: str, decided: dt.date) -> list[str]:
    rows = [f"{found.reason}:{clean(found.reference)}*{money(found.amount)}"
            for row in answers if row.answer.remittance.provider_adjustments
            for found in row.answer.remittance.provider_adjustments]
    if not rows:
        return []
    year = f"{decided.year}1231"
    return [f"PLB*{npi}*{year}*" + "*".join(rows[start:start + 6]) for start in range(0, len(rows), 6)]
