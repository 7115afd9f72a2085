"""270 (005010X279A1): "is she covered, and for what?", several inquiries to one payer in a transaction.

The patient stands at the subscriber's level, or below the subscriber as a dependent. Asked is about the plan as a whole
(service type 30) and about the service types of what is planned. `eligibility_answers.py` writes the 271 on the same
levels, so that each answer carries the trace number of its question.
"""

import datetime as dt
from collections.abc import Callable, Sequence

from msgspec import Struct

from app.billing.x12.parties import RELATION
from app.billing.x12.segments import REPETITION, clean, day, trimmed
from app.payer.model import EligibilityAnswer, Inquiry
from app.world.model import Facility, Facts, Relationship
from app.world.plans import Category, Payer, payer_of, plans
from app.world.services import Service, services

# EQ01 and EB03 (service type codes are facts of ASC X12 element 1365) by the category under which plans pay. A drug
# given in the office is paid as medical care, not as pharmacy.
SERVICE_TYPES: dict[Category, str] = {
    "office_primary": "98", "office_specialist": "98", "emergency": "86", "inpatient": "48", "laboratory": "5",
    "imaging": "4", "procedure": "2", "preventive": "81", "equipment": "12", "drug": "1",
}
WHOLE_PLAN = "30"


class Asked(Struct, frozen=True, gc=False):
    """An inquiry with its answer. `trace` is the office's number of the question, `receiver` who asks.

    The subscriber's names count only when the patient is a dependent (`relationship` is not self).
    """

    trace: str
    inquiry: Inquiry
    answer: EligibilityAnswer
    receiver: Facility
    relationship: Relationship = "self"
    subscriber_given: str = ""
    subscriber_family: str = ""

    @property
    def payer(self) -> Payer:
        """Whom the inquiry goes to. Raises ValueError when the plan has none."""
        plan = plans().get(self.inquiry.plan)
        if plan is None or plan.kind == "self_pay":
            raise ValueError(f"inquiry {self.trace}: no payer answers for the plan {self.inquiry.plan!r}")
        return payer_of(plan)


def inquiry_of(facts: Facts) -> Inquiry:
    """Return what the office asks before the visit: as registration has it, about every service that is planned."""
    desk = facts.registration
    return Inquiry(desk.plan, desk.member_id, desk.family, desk.given, desk.birth_date, facts.encounter.first,
                   tuple(dict.fromkeys(charge.service for charge in facts.encounter.charges)))


def asked(facts: Facts, inquiry: Inquiry, answer: EligibilityAnswer, *, trace: str) -> Asked:
    """Return the inquiry with who asks and whose contract it is."""
    row = next((row for row in facts.coverages if row.plan == inquiry.plan), None)
    holder = row.subscriber if row else facts.patient
    return Asked(trace, inquiry, answer, facts.encounter.facility, facts.registration.relationship, holder.given,
                 holder.family)


def types_of(row: Inquiry) -> dict[str, list[Service]]:
    """Return the service types asked about, in order, with the services of each."""
    found: dict[str, list[Service]] = {}
    for name in row.services:
        service = services().get(name)
        if service is not None:
            found.setdefault(SERVICE_TYPES[service.category], []).append(service)
    return found


def inquiries(rows: Sequence[Asked], *, batch: str, made: dt.datetime) -> list[str]:
    """Return the body of a 270: inquiries of one provider to one payer.

    Raises ValueError for none, for several payers or providers, and for a plan without a payer.
    """
    return [f"BHT*0022*13*{clean(batch)}*{made:%Y%m%d}*{made:%H%M}", *levels(rows, "1", _question)]


def _question(row: Asked) -> tuple[list[str], list[str]]:
    types = REPETITION.join([WHOLE_PLAN, *types_of(row.inquiry)])
    return [], [f"DTP*291*D8*{day(row.inquiry.on)}", f"EQ*{types}"]


def levels(rows: Sequence[Asked], trace: str, said: Callable[[Asked], tuple[list[str], list[str]]]) -> list[str]:
    """Return the levels of a 270 or 271. `trace`: 1 for a question, 2 for an answer.

    `said` gives what is said of the patient: before the birth date (AAA), and after it.
    """
    if len({(row.payer.id, row.receiver.npi) for row in rows}) != 1:
        raise ValueError("inquiries of a transaction go from one provider to one payer")
    payer, receiver = rows[0].payer, rows[0].receiver
    body = [
        "HL*1**20*1", f"NM1*PR*2*{clean(payer.name)}*****PI*{payer.edi_id}",
        "HL*2*1*21*1", f"NM1*1P*2*{clean(receiver.name)}*****XX*{receiver.npi}",
    ]
    level = 2
    for row in rows:
        level = _member(body, level + 1, row, trace, said(row))
    return body


def _member(body: list[str], level: int, row: Asked, trace: str, said: tuple[list[str], list[str]]) -> int:
    """Add the subscriber and, where the patient is another, the dependent. Return the number of the last level."""
    refused, told = said
    asked, own = row.inquiry, row.relationship == "self"
    numbered = "MI" if clean(asked.member_id) else ""
    given, family = (asked.given, asked.family) if own else (row.subscriber_given, row.subscriber_family)
    following = f"TRN*{trace}*{clean(row.trace)}*1{row.receiver.tax_id.replace('-', '')}"
    person = [f"DMG*D8*{day(asked.birth_date)}", *([] if own else [f"INS*N*{RELATION[row.relationship]}"]), *told]
    body.append(f"HL*{level}*2*22*{int(not own)}")
    body += [following] if own else []
    body.append(trimmed(f"NM1*IL*1*{clean(family)}*{clean(given)}****{numbered}*{clean(asked.member_id)}"))
    if own:
        body += [*refused, *person]
        return level
    about_number = refused if row.answer.refusal == "number" else []
    body += [*about_number, f"HL*{level + 1}*{level}*23*0", following,
             trimmed(f"NM1*03*1*{clean(asked.family)}*{clean(asked.given)}"), *(refused if not about_number else []),
             *person]
    return level + 1
