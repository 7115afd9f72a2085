"""Claim: what the office sent, right or wrong."""

from app.billing.fhir import systems
from app.billing.fhir.codes import diagnosis_concept, modifier_concept, procedure_concept, service_concept
from app.billing.fhir.coverages import coverage_of_plan, coverage_ref
from app.billing.fhir.elements import (
    Element,
    Resource,
    case_key,
    coding,
    concept,
    hl7,
    identifier,
    logical,
    money,
    period,
    present,
    resource,
    to,
)
from app.billing.fhir.encounters import encounter_ref
from app.billing.fhir.organizations import by_npi, facility_ref, location_ref, payer_ref
from app.billing.fhir.people import patient_ref
from app.payer.benefits import service_of
from app.payer.model import Claim, Line
from app.world.model import Facts
from app.world.plans import payer_of, plans

_INCIDENTS = {"auto": ("MVA", "Motor vehicle accident"), "employment": ("WPA", "Workplace accident")}


def claim_ref(facts: Facts, claim: Claim) -> Element:
    """Return the reference to a claim."""
    return to("Claim", f"{case_key(facts)}-{claim.number}", f"Claim {claim.number}")


def claim_resource(facts: Facts, claim: Claim) -> Resource:
    """Return a claim as the payer received it. `created` is that day: the office sends on the day of receipt."""
    return resource(
        "Claim", f"{case_key(facts)}-{claim.number}", identifier=[identifier(systems.CLAIM, claim.number)],
        status="active", **kind(claim), patient=patient_ref(facts), billablePeriod=period(claim.first, claim.last),
        created=claim.received.isoformat(), insurer=payer_ref(payer_of(plans()[claim.plan])),
        provider=facility_ref(claim.billing), priority=hl7("processpriority", "normal", "Normal"),
        related=related(claim), payee={"type": hl7("payeetype", "provider", "Provider")}, referral=_referral(claim),
        facility=location_ref(claim.billing), careTeam=care_team(facts, claim), supportingInfo=_supporting(claim),
        diagnosis=diagnoses(facts, claim), procedure=procedures(facts, claim), insurance=insurance(facts, claim),
        accident=accident(claim), item=[item(facts, claim, line) for line in claim.lines], total=money(claim.charge),
    )


def kind(claim: Claim) -> Element:
    """Return type, use and, of an institutional claim, the type of bill with its frequency."""
    bill = concept(systems.TYPE_OF_BILL, f"{claim.bill_type}{claim.frequency}") if claim.bill_type else None
    return present({"type": hl7("claim-type", claim.form, claim.form.capitalize()), "subType": bill, "use": "claim"})


def related(claim: Claim) -> list[Element]:
    """Return the claim that this one replaces or voids, by the payer's number."""
    if not claim.original_reference.strip():
        return []
    said = {"7": "replaced by this claim", "8": "voided by this claim"}.get(claim.frequency, "named by this claim")
    return [{"relationship": {"coding": [coding(f"{systems.THO}/ex-relatedclaimrelationship", "prior", "Prior Claim")],
                              "text": said},
             "reference": {"system": systems.PAYER_CLAIM, "value": claim.original_reference}}]


def _referral(claim: Claim) -> Element | None:
    number = claim.referral_number.strip()
    return logical("ServiceRequest", systems.REFERRAL, number, f"Referral {number}") if number else None


def care_team(facts: Facts, claim: Claim) -> list[Element]:
    """Return who rendered or attended, by the NPI that was typed, and who referred."""
    rows = [{"sequence": 1, "provider": by_npi(facts, claim.rendering_npi, claim.rendering.name),
             "role": hl7("claimcareteamrole", "primary", "Primary provider")}]
    if claim.referring_npi.strip():
        sent = facts.encounter.referring
        other = {"coding": [coding(f"{systems.THO}/claimcareteamrole", "other", "Other")], "text": "Referring provider"}
        rows.append({"sequence": 2, "provider": by_npi(facts, claim.referring_npi, sent.name if sent else "Unknown"),
                     "role": other})
    return rows


def _supporting(claim: Claim) -> list[Element]:
    if not claim.discharge_status:
        return []
    return [{"sequence": 1, "category": hl7("claiminformationcategory", "discharge", "Discharge"),
             "code": concept(systems.DISCHARGE_STATUS, claim.discharge_status)}]


def diagnoses(facts: Facts, claim: Claim) -> list[Element]:
    """Return the codes as billed, in order; of a stay with present-on-admission marks and the DRG."""
    titles = {row.code: row.title for row in facts.encounter.diagnoses}
    marks = claim.poa if len(claim.poa) == len(claim.diagnoses) else (None,) * len(claim.diagnoses)
    return [_diagnosis(claim, sequence, code, titles.get(code, ""), mark)
            for sequence, (code, mark) in enumerate(zip(claim.diagnoses, marks, strict=True), start=1)]


def _diagnosis(claim: Claim, sequence: int, code: str, title: str, mark: str | None) -> Element:
    first = sequence == 1
    return present({
        "sequence": sequence, "diagnosisCodeableConcept": diagnosis_concept(code, title),
        "type": [hl7("ex-diagnosistype", "principal", "Principal Diagnosis")] if first else [],
        "onAdmission": hl7("ex-diagnosis-on-admission", mark.lower()) if mark else None,
        "packageCode": concept(systems.MS_DRG, claim.drg) if first and claim.drg else None,
    })


def procedures(facts: Facts, claim: Claim) -> list[Element]:
    """Return the procedures as billed; one that the encounter knows with its day."""
    known = {row.code: row for row in facts.encounter.procedures}
    return [present({
        "sequence": sequence, "date": known[code].on.isoformat() if code in known else None,
        "procedureCodeableConcept": procedure_concept(code, known[code].title if code in known else ""),
    }) for sequence, code in enumerate(claim.procedures, start=1)]


def insurance(facts: Facts, claim: Claim) -> list[Element]:
    """Return the coverages that the claim names in order of payment; the one it is sent to is focal."""
    number = claim.authorization_number.strip()
    own = present({"focal": True, "coverage": coverage_ref(facts, claim), "preAuthRef": [number] if number else []})
    before = coverage_of_plan(facts, claim.other_payment.plan) if claim.other_payment else None
    after = coverage_of_plan(facts, facts.registration.other_coverage) if claim.other_payment is None else None
    rows = [own]
    if before is not None:
        rows.insert(0, {"focal": False, "coverage": before})
    if after is not None and after != own["coverage"]:
        rows.append({"focal": False, "coverage": after})
    return [{"sequence": sequence, **row} for sequence, row in enumerate(rows, start=1)]


def accident(claim: Claim) -> Element | None:
    """Return what the injury came from; FHIR wants its day."""
    if not claim.accident or claim.accident_on is None:
        return None
    return {"date": claim.accident_on.isoformat(), "type": hl7("v3-ActCode", *_INCIDENTS[claim.accident])}


def item(facts: Facts, claim: Claim, line: Line) -> Element:
    """Return a service line. `net` is the charge for all its units; a price for one need not be whole cents."""
    service = service_of(line)
    place = claim.place_of_service if claim.form == "professional" else ""
    return present({
        "sequence": line.number, "careTeamSequence": [1], "diagnosisSequence": list(line.pointers),
        "revenue": concept(systems.REVENUE, line.revenue) if line.revenue else None,
        "productOrService": service_concept(line.code, service.title if service else ""),
        "modifier": [modifier_concept(code) for code in line.modifiers], "servicedDate": line.on.isoformat(),
        "locationCodeableConcept": concept(systems.PLACE_OF_SERVICE, place) if place else None,
        "quantity": {"value": line.units}, "net": money(line.charge), "encounter": [encounter_ref(facts)],
    })
