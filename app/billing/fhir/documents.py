"""DocumentReference: the documents of the chart, their text inside as base64 of UTF-8."""

from base64 import b64encode

from app.billing.fhir import systems
from app.billing.fhir.elements import Element, Resource, case_key, concept, identifier, resource
from app.billing.fhir.encounters import encounter_ref
from app.billing.fhir.organizations import clinicians, facility_ref, practitioner_ref
from app.billing.fhir.people import patient_ref
from app.billing.fhir.times import instant
from app.world.model import ChartDocument, Facts


def documents(facts: Facts) -> list[Resource]:
    """Return the chart, document by document, in its order. One that nobody signed is preliminary."""
    return [_document(facts, row) for row in facts.encounter.chart]


def text_of(document: ChartDocument) -> str:
    """Return a document as text: each section under its heading."""
    return "\n\n".join(f"{section.heading}\n{section.text}" for section in document.sections)


def _document(facts: Facts, row: ChartDocument) -> Resource:
    author = _author(facts, row.author)
    return resource(
        "DocumentReference", f"{case_key(facts)}-{row.id}", identifier=[identifier(systems.DOCUMENT, row.id)],
        status="current", docStatus="final" if row.signed else "preliminary",
        type=concept(systems.DOCUMENT_KIND, row.kind, text=row.title), subject=patient_ref(facts),
        date=instant(row.signed or row.at), author=[author], authenticator=author if row.signed else None,
        custodian=facility_ref(facts.encounter.facility),
        content=[{"attachment": {"contentType": "text/plain; charset=utf-8", "language": "en-US",
                                 "data": b64encode(text_of(row).encode()).decode("ascii"), "title": row.title,
                                 "creation": instant(row.at)}}],
        context={"encounter": [encounter_ref(facts)]},
    )


def _author(facts: Facts, name: str) -> Element:
    """Whoever is a clinician of the case; of anybody else the chart has a name and no more."""
    found = next((who for who in clinicians(facts) if who.name == name), None)
    return {"type": "Practitioner", "display": name} if found is None else practitioner_ref(found)
