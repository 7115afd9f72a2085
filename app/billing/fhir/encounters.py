"""Encounter, Condition and Procedure: what happened, as the chart supports it. What was billed is in the Claim."""

from app.billing.fhir import systems
from app.billing.fhir.codes import diagnosis_concept, procedure_concept, service_concept
from app.billing.fhir.elements import (
    Element,
    Resource,
    case_key,
    coding,
    hl7,
    identifier,
    period,
    present,
    resource,
    to,
)
from app.billing.fhir.organizations import facility_ref, location_ref, practitioner_ref
from app.billing.fhir.people import patient_ref
from app.world.model import Charge, Diagnosis, Encounter, Facts, Procedure, Setting
from app.world.services import services

# ActEncounterCode by setting (R4B v3 value set ActEncounterCode, extensible). Equipment is supplied to an outpatient.
_CLASSES: dict[Setting, tuple[str, str]] = {
    "office": ("AMB", "ambulatory"), "health_center": ("AMB", "ambulatory"), "emergency": ("EMER", "emergency"),
    "observation": ("OBSENC", "observation encounter"), "outpatient_surgery": ("AMB", "ambulatory"),
    "inpatient": ("IMP", "inpatient encounter"), "equipment": ("AMB", "ambulatory"),
}
# HL7's discharge dispositions (R4B valueset-encounter-discharge-disposition, example) by patient discharge status:
# home, skilled nursing, home with home health care, against advice, rehabilitation, psychiatric hospital.
_DISPOSITIONS = {"01": ("home", "Home"), "03": ("snf", "Skilled nursing facility"), "06": ("home", "Home"),
                 "07": ("aadvice", "Left against advice"), "62": ("rehab", "Rehabilitation"),
                 "65": ("psy", "Psychiatric hospital")}
_HOSPITAL: tuple[Setting, ...] = ("inpatient", "observation", "emergency", "outpatient_surgery")


def encounter_ref(facts: Facts) -> Element:
    """Return the reference to the case's encounter."""
    return to("Encounter", case_key(facts))


def encounter(facts: Facts) -> Resource:
    """Return the visit or stay, with its diagnoses in order."""
    visit = facts.encounter
    return resource(
        "Encounter", case_key(facts), identifier=[identifier(systems.VISIT, visit.id, "VN")], status="finished",
        **{"class": coding(f"{systems.THO}/v3-ActCode", *_CLASSES[visit.setting])}, subject=patient_ref(facts),
        participant=_participants(visit), period=period(visit.first, visit.last), reasonCode=[{"text": visit.reason}],
        diagnosis=_diagnoses(facts), hospitalization=_hospitalization(visit),
        location=[{"location": location_ref(visit.facility), "status": "completed"}],
        serviceProvider=facility_ref(visit.facility),
    )


def _participants(visit: Encounter) -> list[Element]:
    kind = ("ATND", "attender") if visit.setting in _HOSPITAL else ("PPRF", "primary performer")
    rows = [(kind, visit.provider)] + ([(("REF", "referrer"), visit.referring)] if visit.referring else [])
    return [{"type": [hl7("v3-ParticipationType", *role)], "individual": practitioner_ref(who)} for role, who in rows]


def _diagnoses(facts: Facts) -> list[Element]:
    stay = facts.encounter.setting == "inpatient"
    use = hl7("diagnosis-role", *(("DD", "Discharge diagnosis") if stay else ("billing", "Billing")))
    return [{"condition": to("Condition", f"{case_key(facts)}-{rank}"), "use": use, "rank": rank}
            for rank, _ in enumerate(facts.encounter.diagnoses, start=1)]


def _hospitalization(visit: Encounter) -> Element:
    status = visit.discharge_status
    if not status:
        return {}
    told = [coding(f"{systems.THO}/discharge-disposition", *_DISPOSITIONS.get(status, ("oth", "Other")))]
    return {"dischargeDisposition": {"coding": [*told, coding(systems.DISCHARGE_STATUS, status)]}}


def conditions(facts: Facts) -> list[Resource]:
    """Return the diagnoses that the chart supports, in order, each with the words of the chart that support it."""
    return [_condition(facts, rank, row) for rank, row in enumerate(facts.encounter.diagnoses, start=1)]


def _condition(facts: Facts, rank: int, row: Diagnosis) -> Resource:
    words = "; ".join(f"“{said}”" for said in row.evidence)
    return resource(
        "Condition", f"{case_key(facts)}-{rank}", clinicalStatus=hl7("condition-clinical", "active", "Active"),
        verificationStatus=hl7("condition-ver-status", "confirmed", "Confirmed"),
        category=[hl7("condition-category", "encounter-diagnosis", "Encounter Diagnosis")],
        code=diagnosis_concept(row.code, row.title), subject=patient_ref(facts), encounter=encounter_ref(facts),
        recordedDate=facts.encounter.last.isoformat(), asserter=practitioner_ref(facts.encounter.provider),
        note=[{"text": f"The chart says: {words}"}] if words else [],
    )


def procedures(facts: Facts) -> list[Resource]:
    """Return the coded procedures of a stay; of a visit, the charges for procedures."""
    visit = facts.encounter
    rows: list[Procedure | Charge] = [*visit.procedures]
    if visit.setting != "inpatient":
        rows += [row for row in visit.charges if _is_procedure(row)]
    return [_procedure(facts, position, row) for position, row in enumerate(rows, start=1)]


def _is_procedure(row: Charge) -> bool:
    found = services().get(row.service)
    return found is not None and found.category == "procedure"


def _procedure(facts: Facts, position: int, row: Procedure | Charge) -> Resource:
    coded = isinstance(row, Procedure)
    return resource(
        "Procedure", f"{case_key(facts)}-{position}", status="completed",
        code=procedure_concept(row.code, row.title) if coded else service_concept(row.code, row.title),
        subject=patient_ref(facts), encounter=encounter_ref(facts), performedDateTime=row.on.isoformat(),
        performer=[present({"actor": practitioner_ref(facts.encounter.provider)})],
        location=location_ref(facts.encounter.facility),
    )
