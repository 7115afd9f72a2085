"""Who gives care and who pays: Organization, Location, Practitioner, PractitionerRole.

Their ids are their numbers, so that they are the same resource in every bundle.
"""

from app.billing.fhir import systems
from app.billing.fhir.elements import (
    META_WITH_NPI,
    Element,
    Resource,
    address,
    hl7,
    identifier,
    resource,
    telecom,
    to,
)
from app.billing.x12.parties import payer_address
from app.world.model import Facility, Facts, Provider
from app.world.plans import Payer


def payer_ref(row: Payer) -> Element:
    """Return the reference to a payer; who pays herself has none, only the word."""
    if row.kind == "self_pay":
        return {"type": "Organization", "display": row.name}
    return to("Organization", f"payer-{row.id}", row.name)


def payer(row: Payer) -> Resource:
    """Return a payer as an Organization."""
    return resource(
        "Organization", f"payer-{row.id}", identifier=[identifier(systems.PAYER_ID, row.edi_id)], active=True,
        type=[hl7("organization-type", "pay", "Payer")], name=row.name, telecom=telecom(row.phone, use="work"),
        address=[address(payer_address(row.id))],
    )


def facility_ref(row: Facility) -> Element:
    """Return the reference to a facility as an Organization."""
    return to("Organization", f"npi-{row.npi}", row.name)


def location_ref(row: Facility) -> Element:
    """Return the reference to a facility as a Location."""
    return to("Location", f"npi-{row.npi}", row.name)


def facility(row: Facility) -> list[Resource]:
    """Return a facility as an Organization, which bills, and as a Location, where care was given."""
    organization = resource(
        "Organization", f"npi-{row.npi}", META_WITH_NPI,
        identifier=[identifier(systems.NPI, row.npi, "NPI"), identifier(systems.TAX_ID, row.tax_id, "TAX")],
        active=True, type=[hl7("organization-type", "prov", "Healthcare Provider")], name=row.name,
        telecom=telecom(row.phone, use="work"), address=[address(row.address)],
    )
    location = resource("Location", f"npi-{row.npi}", status="active", name=row.name, mode="instance",
                        address=address(row.address), managingOrganization=facility_ref(row))
    return [organization, location]


def clinicians(facts: Facts) -> list[Provider]:
    """Return everybody the case names as a clinician, each once."""
    visit = facts.encounter
    named = (visit.provider, visit.referring, facts.primary_care)
    return list({who.npi: who for who in named if who is not None}.values())


def practitioner_ref(who: Provider) -> Element:
    """Return the reference to a clinician."""
    return to("Practitioner", f"npi-{who.npi}", who.name)


def by_npi(facts: Facts, npi: str, name: str) -> Element:
    """Return the reference to the clinician with the NPI that was typed; by number alone when nobody here has it."""
    found = next((who for who in clinicians(facts) if who.npi == npi), None)
    if found is not None:
        return practitioner_ref(found)
    number = {"identifier": {"system": systems.NPI, "value": npi}} if npi.strip() else {}
    return {"type": "Practitioner", **number, "display": name}


def practitioner(who: Provider) -> Resource:
    """Return a clinician."""
    return resource(
        "Practitioner", f"npi-{who.npi}", META_WITH_NPI, identifier=[identifier(systems.NPI, who.npi, "NPI")],
        active=True, name=[{"use": "official", "family": who.family, "given": [who.given], "suffix": [who.credential]}],
        qualification=[{"code": {"text": who.credential}}],
    )


def role(who: Provider, where: Facility) -> Resource:
    """Return what a clinician does at the facility of the visit. The specialty is in words: no free code set has it."""
    return resource(
        "PractitionerRole", f"npi-{who.npi}-at-{where.npi}", active=True, practitioner=practitioner_ref(who),
        organization=facility_ref(where), specialty=[{"text": who.specialty}],
    )
