"""The small elements that resources are made of: codings, references, money, dates, and who is who."""

import datetime as dt
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from app.billing.fhir import systems
from app.world.model import Address, Facts
from app.world.money import Cents

Resource = dict[str, Any]
Element = dict[str, Any]

_HEALTH_TEST = {"system": f"{systems.THO}/v3-ActReason", "code": "HTEST", "display": "test health data"}
_FICTIONAL = {"system": systems.TAG, "code": "fictional", "display": "Fictional: made by a program, nobody exists"}
_TRAINING_NUMBER = {"system": systems.TAG, "code": "training-number",
                    "display": "The NPI is for training: it was issued to nobody"}
_AS_REGISTERED = {"system": systems.TAG, "code": "as-registered",
                  "display": "As the front desk wrote it down; the payer's enrollment says otherwise"}
META: Element = {"tag": [_HEALTH_TEST, _FICTIONAL]}
META_WITH_NPI: Element = {"tag": [_HEALTH_TEST, _FICTIONAL, _TRAINING_NUMBER]}
META_AS_REGISTERED: Element = {"tag": [_HEALTH_TEST, _FICTIONAL, _AS_REGISTERED]}


def case_key(facts: Facts) -> str:
    """Return what the ids of a case's own resources begin with: 16 hexadecimal digits of its seed.

    Two cases never share one, so that bundles of several populations can be loaded into one server.
    """
    return blake2b(facts.seed.encode(), digest_size=8).hexdigest()


def resource(kind: str, id_: str, meta: Element = META, **elements: Any) -> Resource:
    """Return a resource without the elements that are empty: FHIR has no empty ones (R4B, json.html)."""
    return {"resourceType": kind, "id": id_, "meta": meta, **present(elements)}


def present(elements: Element) -> Element:
    """Return the elements that have a value; 0 and False are values."""
    return {name: value for name, value in elements.items() if value not in (None, "", [], {})}


def to(kind: str, id_: str, display: str = "") -> Element:
    """Return a reference to a resource of the same bundle."""
    return {"reference": f"{kind}/{id_}", **({"display": display} if display else {})}


def logical(kind: str, system: str, value: str, display: str = "") -> Element:
    """Return a reference by number alone, to something that is not in the bundle."""
    return present({"type": kind, "identifier": {"system": system, "value": value} if value else None,
                    "display": display})


def coding(system: str, code: str, display: str = "") -> Element:
    """Return a Coding."""
    return {"system": system, "code": code, **({"display": display} if display else {})}


def concept(system: str, code: str, display: str = "", text: str = "") -> Element:
    """Return a CodeableConcept of one coding. `text` are our own words."""
    return {"coding": [coding(system, code, display)], **({"text": text} if text else {})}


def hl7(name: str, code: str, display: str = "") -> Element:
    """Return a CodeableConcept from HL7's code system `name`."""
    return concept(f"{systems.THO}/{name}", code, display)


def identifier(system: str, value: str, type_: str = "") -> Element:
    """Return an Identifier; `type_` is a code of HL7 table 0203, such as MR."""
    kind = {"type": hl7("v2-0203", type_)} if type_ else {}
    return {**kind, "system": system, "value": value}


def money(amount: Cents) -> Element:
    """Return a Money in US dollars, exact to the cent: the decimal is made from whole cents, never from a float."""
    return {"value": Decimal(amount).scaleb(-2), "currency": "USD"}


def period(first: dt.date, last: dt.date | None) -> Element:
    """Return a Period of whole days, both included; open when `last` is None."""
    return {"start": first.isoformat(), **({"end": last.isoformat()} if last else {})}


def human_name(given: str, middle: str, family: str) -> Element:
    """Return a person's name in use."""
    return {"use": "official", "family": family, "given": [name for name in (given, middle) if name]}


def telecom(phone: str, email: str = "", use: str = "") -> list[Element]:
    """Return how somebody is reached."""
    rows = [present({"system": "phone", "value": phone, "use": use})]
    return rows + ([{"system": "email", "value": email}] if email else [])


def address(where: Address, use: str = "") -> Element:
    """Return an Address in the United States."""
    return present({"use": use, "line": [where.street], "city": where.city, "state": where.state,
                    "postalCode": where.zip, "country": "US"})


def gender(sex: str) -> str:
    """Return the administrative gender for F or M."""
    return {"F": "female", "M": "male"}[sex]
