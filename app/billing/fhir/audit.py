"""AuditEvent: the chart's access log, row by row. Who looked without a reason in the work is for the reader to find."""

from app.billing.fhir import systems
from app.billing.fhir.elements import Element, Resource, case_key, coding, identifier, resource
from app.billing.fhir.organizations import facility_ref
from app.billing.fhir.people import patient_ref
from app.billing.fhir.times import instant
from app.world.model import AccessEntry, Facts

_TYPE = coding(systems.DICOM, "110110", "Patient Record")
_PERSON = coding(f"{systems.THO}/audit-entity-type", "1", "Person")
_PATIENT = coding(f"{systems.THO}/object-role", "1", "Patient")


def accesses(facts: Facts) -> list[Resource]:
    """Return the access log in its order."""
    return [_access(facts, number, row) for number, row in enumerate(facts.access_log, start=1)]


def _access(facts: Facts, number: int, row: AccessEntry) -> Resource:
    """An entry: opening is reading (R), anything else changed something (U)."""
    return resource(
        "AuditEvent", f"{case_key(facts)}-{number}", type=_TYPE, action="R" if row.action.startswith("opened") else "U",
        recorded=instant(row.at), outcome="0", outcomeDesc=row.action, agent=[_agent(row)],
        source={"observer": facility_ref(facts.encounter.facility)},
        entity=[{"what": patient_ref(facts), "type": _PERSON, "role": _PATIENT}],
    )


def _agent(row: AccessEntry) -> Element:
    why = {"purposeOfUse": [{"text": row.reason}]} if row.reason.strip() else {}
    who = {"identifier": identifier(systems.USER, row.user), "display": row.user}
    return {"role": [{"text": row.role}], "who": who, "altId": row.user, "requestor": True, **why}
