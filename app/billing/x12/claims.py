"""837P (005010X222A1) and 837I (005010X223A2): claims as segments, one transaction set for several claims.

Hierarchy and segment order follow the implementation guides that 45 CFR 162.1102 names. Values come from the claim as
the office wrote it, right or wrong; names and addresses that the claim does not hold come from `ClaimParties`.
"""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from app.billing.x12.envelope import RECEIVER, SENDER
from app.billing.x12.parties import RELATION, WORKING_AGED, ClaimParties, payer_address
from app.billing.x12.segments import clean, code, day, money, trimmed
from app.payer.model import Claim, Line, OtherPayment
from app.world.model import Address, Facility
from app.world.plans import payer_of, plans

Filed = tuple[Claim, ClaimParties]
# What an institutional claim reports apart: external causes of injury.
_EXTERNAL = ("V", "W", "X", "Y")
_RELATED = {"employment": "EM", "auto": "AA"}
_OCCURRENCE = {"employment": "04", "auto": "01"}
_ROOMS = ("010", "011", "012", "013", "014", "015", "016", "017", "018", "019", "020", "021")


def transaction(form: str, claims: Sequence[Filed], *, batch: str, made: dt.datetime) -> list[str]:
    """Return the body of an 837 (between ST and SE) for claims of one `form`, professional or institutional.

    `batch` is the office's own number of the file (BHT03).
    """
    body = [
        f"BHT*0019*00*{clean(batch)}*{day(made)}*{made.hour:02d}{made.minute:02d}*CH",
        f"NM1*41*2*{SENDER}*****46*{SENDER}", "PER*IC*BILLING OFFICE*TE*6085550101",
        f"NM1*40*2*{RECEIVER}*****46*{RECEIVER}",
    ]
    level = 0
    for claim, parties in claims:
        if claim.form != form:
            raise ValueError(f"claim {claim.number} is {claim.form}, the file {form}")
        level = _claim(body, level, claim, parties)
    return body


def _claim(body: list[str], level: int, claim: Claim, parties: ClaimParties) -> int:
    """Add one claim under a billing provider of its own; return the number of its last level."""
    dependent = claim.relationship != "self"
    body += (f"HL*{level + 1}**20*1", *_billing(claim.billing),
             f"HL*{level + 2}*{level + 1}*22*{int(dependent)}", _subscriber(claim, parties))
    holder, payer = parties.subscriber, parties.payer
    if dependent:
        body.append(_person("IL", holder.given, holder.middle, holder.family, claim.member_id))
    else:
        body += (_person("IL", claim.patient_given, parties.patient.middle, claim.patient_family, claim.member_id),
                 *_home(parties.patient.address), _birth(claim.patient_birth_date, claim.patient_sex))
    body += _payer(payer.id, payer.name, payer.edi_id)
    level += 2
    if dependent:
        level += 1
        body += (f"HL*{level}*{level - 1}*23*0", f"PAT*{RELATION[claim.relationship]}",
                 _person("QC", claim.patient_given, parties.patient.middle, claim.patient_family, ""),
                 *_home(parties.patient.address), _birth(claim.patient_birth_date, claim.patient_sex))
    if claim.form == "professional":
        _professional(body, claim, parties)
    else:
        _institutional(body, claim, parties)
    return level


@lru_cache(1024)
def _billing(facility: Facility) -> tuple[str, ...]:
    street, city = _home(facility.address)
    full = "" if len(facility.address.zip) == 9 else "9998"  # the guide wants nine digits of a billing provider
    return (f"NM1*85*2*{clean(facility.name)}*****XX*{facility.npi}", street, city + full,
            f"REF*EI*{facility.tax_id.replace('-', '')}")


@lru_cache(1024)
def _payer(payer: str, name: str, edi: str) -> tuple[str, ...]:
    return f"NM1*PR*2*{clean(name)}*****PI*{edi}", *_home(payer_address(payer))


def _home(address: Address) -> tuple[str, str]:
    return f"N3*{clean(address.street)}", f"N4*{clean(address.city)}*{address.state}*{address.zip}"


def _person(role: str, given: str, middle: str, family: str, member: str) -> str:
    qualifier = "MI" if member else ""
    return trimmed(f"NM1*{role}*1*{clean(family)}*{clean(given)}*{clean(middle)}***{qualifier}*{clean(member)}")


@lru_cache(4096)
def clinician(role: str, family: str, given: str, npi: str) -> str:
    """Return the NM1 of a clinician."""
    return trimmed(f"NM1*{role}*1*{clean(family)}*{clean(given)}****{'XX' if npi else ''}*{clean(npi)}")


def _birth(born: dt.date, sex: str) -> str:
    return f"DMG*D8*{day(born)}*{sex}"


def _subscriber(claim: Claim, parties: ClaimParties) -> str:
    order = "S" if parties.order == 2 else "P"
    second = WORKING_AGED if order == "S" and parties.payer.kind == "medicare" and claim.form == "professional" else ""
    own = "18" if claim.relationship == "self" else ""
    name = "" if claim.group_number else clean(parties.plan_name)[:60]
    return trimmed(f"SBR*{order}*{own}*{clean(claim.group_number)}*{name}*{second}****{parties.filing}")


def _professional(body: list[str], claim: Claim, parties: ClaimParties) -> None:
    cause = _RELATED.get(claim.accident, "")
    if cause == "AA":
        cause = f"AA:::{claim.billing.address.state}"
    body.append(trimmed(f"CLM*{claim.number}*{money(claim.charge)}***{claim.place_of_service}:B:{claim.frequency}"
                        f"*Y*A*Y*Y**{cause}"))
    if claim.accident_on and claim.accident:
        body.append(f"DTP*439*D8*{day(claim.accident_on)}")
    _references(body, claim)
    if claim.diagnoses:
        body.append("HI*ABK:" + "*ABF:".join(map(code, claim.diagnoses)))
    referring, rendering = parties.referring, parties.clinician
    if referring is not None and claim.referring_npi:
        body.append(clinician("DN", referring.family, referring.given, claim.referring_npi))
    body.append(clinician("82", rendering.family, rendering.given, claim.rendering_npi))
    _before(body, claim, parties)
    for index, line in enumerate(claim.lines):
        number, service = line.number, procedure(line.code, line.modifiers)
        body += (f"LX*{number}", f"SV1*{service}*{money(line.charge)}*UN*{line.units}{_pointing(line.pointers)}",
                 f"DTP*472*D8*{day(line.on)}", f"REF*6R*{claim.number}{number}")
        if claim.other_payment is not None:
            _line_before(body, claim, line, index)


@lru_cache(1024)
def _pointing(pointers: tuple[int, ...]) -> str:
    """Return how a line ends that points to diagnoses."""
    return f"***{':'.join(map(str, pointers))}" if pointers else ""


def _institutional(body: list[str], claim: Claim, parties: ClaimParties) -> None:
    stay = claim.setting == "inpatient"
    body.append(f"CLM*{claim.number}*{money(claim.charge)}***{claim.bill_type[1:]}:A:{claim.frequency}**A*Y*Y")
    if stay:
        body.append("DTP*096*TM*1100")
    body.append(f"DTP*434*RD8*{day(claim.first)}-{day(claim.last)}")
    if stay:
        body.append(f"DTP*435*DT*{day(claim.first)}0900")
    admitted = "1" if claim.setting == "observation" or (stay and not claim.authorization_number) else "3"
    body.append(f"CL1*{admitted}*1*{claim.discharge_status or '01'}")
    _references(body, claim)
    body += _diagnoses(claim, stay)
    body += _procedures(claim, stay)
    if claim.accident and claim.accident_on:
        body.append(f"HI*BH:{_OCCURRENCE[claim.accident]}:D8:{day(claim.accident_on)}")
    attending = parties.clinician
    body.append(clinician("71", attending.family, attending.given, claim.rendering_npi))
    _before(body, claim, parties)
    for index, line in enumerate(claim.lines):
        room = is_room(line)
        service, unit = ("", "DA") if room else (procedure(line.code, line.modifiers), "UN")
        body += (f"LX*{line.number}", f"SV2*{line.revenue}*{service}*{money(line.charge)}*{unit}*{line.units}",
                 f"DTP*472*D8*{day(line.on)}", f"REF*6R*{claim.number}{line.number}")
        if claim.other_payment is not None:
            _line_before(body, claim, line, index)


def _references(body: list[str], claim: Claim) -> None:
    if not claim.referral_number and not claim.authorization_number and not claim.original_reference:
        return
    for qualifier, value in (("9F", claim.referral_number), ("G1", claim.authorization_number),
                             ("F8", claim.original_reference)):
        if value and value.strip():
            body.append(f"REF*{qualifier}*{clean(value)}")


def _diagnoses(claim: Claim, stay: bool) -> list[str]:
    """Principal, admitting, reason for the visit, external causes, DRG, the others: each its own HI."""
    marks = claim.poa if stay and len(claim.poa) == len(claim.diagnoses) else (None,) * len(claim.diagnoses)
    rows = [(code(found), f":::::::{mark}" if mark else "") for found, mark in zip(claim.diagnoses, marks, strict=True)]
    if not rows:
        return []
    first, *rest = rows
    told = [f"HI*ABK:{first[0]}{first[1]}"]
    if stay:
        told.append(f"HI*ABJ:{first[0]}")
    elif claim.bill_type == "013":
        told.append(f"HI*APR:{first[0]}")
    causes = [row for row in rest if row[0].startswith(_EXTERNAL)]
    others = [row for row in rest if row not in causes]
    if causes:
        told.append("HI*" + "*".join(f"ABN:{found}{mark}" for found, mark in causes[:12]))
    if stay and claim.drg:
        told.append(f"HI*DR:{claim.drg}")
    told += ["HI*" + "*".join(f"ABF:{found}{mark}" for found, mark in others[start:start + 12])
             for start in range(0, len(others), 12)]
    return told


def _procedures(claim: Claim, stay: bool) -> list[str]:
    if not stay or not claim.procedures:
        return []
    first, *rest = (f"{code(found)}:D8:{day(claim.first)}" for found in claim.procedures)
    told = [f"HI*BBR:{first}"]
    if rest:
        told.append("HI*" + "*".join(f"BBQ:{row}" for row in rest[:12]))
    return told


@lru_cache(4096)
def procedure(written: str, modifiers: tuple[str, ...]) -> str:
    """Return a procedure code with its modifiers as the composite of a service line."""
    return f"HC:{':'.join((clean(written), *modifiers))}"


def _before(body: list[str], claim: Claim, parties: ClaimParties) -> None:
    """The payer that paid before: loop 2320 and its names."""
    other = claim.other_payment
    if other is None:
        return
    plan = plans()[other.plan]
    payer, row = payer_of(plan), parties.other
    holder = row.subscriber if row else parties.patient
    relation = RELATION[row.relationship] if row else "18"
    group = clean(row.group_number) if row else ""
    name = "" if group else clean(plan.name)[:60]
    from_ = {"medicare_b": "MB"}.get(plan.kind, "CI")
    body += [f"SBR*P*{relation}*{group}*{name}*****{from_}", f"AMT*D*{money(sum(other.paid))}",
             f"AMT*EAF*{money(sum(other.patient_responsibility))}",
             "OI***Y***Y",
             _person("IL", holder.given, holder.middle, holder.family, row.member_id if row else "UNKNOWN"),
             f"NM1*PR*2*{clean(payer.name)}*****PI*{payer.edi_id}"]


def _line_before(body: list[str], claim: Claim, line: Line, index: int) -> None:
    """What the payer before decided on a line: loop 2430. Its date is a week before this claim was sent."""
    other = claim.other_payment
    if other is None or index >= len(other.paid):
        return
    payer = payer_of(plans()[other.plan])
    rows = adjustments_before(other, line, index)
    revenue = line.revenue if claim.form == "institutional" else ""
    body.append(trimmed(f"SVD*{payer.edi_id}*{money(other.paid[index])}*{procedure(line.code, line.modifiers)}"
                        f"*{revenue}*{line.units}"))
    body += [f"CAS*{group}*" + "*".join(f"{reason}*{money(amount)}*" for reason, amount in found).rstrip("*")
             for group, found in rows.items()]
    body += [f"DTP*573*D8*{day(claim.received - dt.timedelta(days=7))}",
             f"AMT*EAF*{money(other.patient_responsibility[index])}"]


def adjustments_before(other: OtherPayment, line: Line, index: int) -> dict[str, list[tuple[str, int]]]:
    """Return by group what the payer before did not pay of a line: reasons and cents; with its payment, the charge."""
    deductible = other.deductible[index] if other.deductible else 0
    share = other.patient_responsibility[index] - deductible
    above = line.charge - max(other.allowed[index], other.paid[index] + other.patient_responsibility[index])
    cut = line.charge - above - other.paid[index] - other.patient_responsibility[index]
    rows = {"CO": [("45", above), ("253", cut)], "PR": [("1", deductible), ("2", share)]}
    return {group: kept for group, found in rows.items() if (kept := [row for row in found if row[1]])}


def is_room(line: Line) -> bool:
    """Whether a line is for room and board, which has no procedure code on an institutional claim."""
    return line.revenue.startswith(_ROOMS)
