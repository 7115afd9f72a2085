"""Patient, as the office registered her, and RelatedPerson: who holds the coverage of a dependent."""

from app.billing.fhir import systems
from app.billing.fhir.elements import (
    Element,
    Resource,
    address,
    case_key,
    concept,
    gender,
    hl7,
    human_name,
    identifier,
    resource,
    telecom,
    to,
)
from app.world.model import Coverage, Facts, Person, PersonChange

# Preferred languages of app/world/data/names.yaml as BCP 47 tags (ISO 639-1; 639-2 and 639-3 where that has none).
_TAGS = {"English": "en", "Spanish": "es", "Hmong": "hmn", "Somali": "so", "Vietnamese": "vi", "Arabic": "ar",
         "Russian": "ru", "American Sign Language": "ase"}
# What the subscriber is to the patient, by what the patient is to the subscriber (HL7 RoleCode).
_SUBSCRIBER = {"child": ("PRN", "parent"), "spouse": ("SPS", "spouse")}


def patient_ref(facts: Facts) -> Element:
    """Return the reference to the case's patient, by the name that the office has."""
    desk = facts.registration
    return to("Patient", case_key(facts), f"{desk.given} {desk.family}")


def patient(facts: Facts) -> Resource:
    """Return the patient with the name, sex and date of birth that registration wrote down, right or wrong.

    Address and telephone are the person's; what she was called and where she lived before stands with its last day.
    """
    who, desk = facts.patient, facts.registration
    return resource(
        "Patient", case_key(facts), identifier=[identifier(systems.MRN, who.mrn, "MR")],
        active=facts.deceased_on is None,
        name=[human_name(desk.given, who.middle, desk.family), *_earlier(who, "name")],
        telecom=telecom(who.phone, who.email, "home"), gender=gender(desk.sex),
        birthDate=desk.birth_date.isoformat(),
        deceasedDateTime=facts.deceased_on.isoformat() if facts.deceased_on else None,
        address=[address(who.address, "home"), *_earlier(who, "address")],
        communication=[{"language": _language(who.language), "preferred": True}],
        generalPractitioner=[to("Practitioner", f"npi-{facts.primary_care.npi}", facts.primary_care.name)],
    )


def _language(name: str) -> Element:
    return concept(systems.LANGUAGE, _TAGS[name], text=name) if name in _TAGS else {"text": name}


def _earlier(who: Person, what: str) -> list[Element]:
    return [_before(change) for change in who.changes if change.what == what]


def _before(change: PersonChange) -> Element:
    return {"use": "old", "text": change.before, "period": {"end": change.on.isoformat()}}


def subscriber_id(facts: Facts, row: Coverage) -> str:
    """Return the id of the RelatedPerson who holds `row`."""
    return f"{case_key(facts)}-{row.subscriber.mrn}"


def subscribers(facts: Facts) -> list[Resource]:
    """Return everybody but the patient who holds one of her coverages, each once."""
    rows = {row.subscriber.mrn: row for row in facts.coverages if row.relationship != "self"}
    return [_subscriber(facts, row) for row in rows.values()]


def _subscriber(facts: Facts, row: Coverage) -> Resource:
    who = row.subscriber
    return resource(
        "RelatedPerson", subscriber_id(facts, row), active=True, patient=patient_ref(facts),
        relationship=[hl7("v3-RoleCode", *_SUBSCRIBER[row.relationship])],
        name=[human_name(who.given, who.middle, who.family)], telecom=telecom(who.phone, who.email, "home"),
        gender=gender(who.sex), birthDate=who.birth_date.isoformat(), address=[address(who.address, "home")],
    )
