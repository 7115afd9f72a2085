"""A case as one FHIR R4B Bundle of type collection, and its bytes."""

from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from app.billing.fhir import systems
from app.billing.fhir.answers import answer_resource
from app.billing.fhir.audit import accesses
from app.billing.fhir.claims import claim_resource
from app.billing.fhir.coverages import coverages
from app.billing.fhir.documents import documents
from app.billing.fhir.elements import META, Resource, case_key, identifier
from app.billing.fhir.encounters import conditions, encounter, procedures
from app.billing.fhir.organizations import clinicians, facility, payer, practitioner, role
from app.billing.fhir.people import patient, subscribers
from app.payer.model import Adjudication, Claim, Context
from app.world.model import Facts
from app.world.plans import Payer, payer_of, plans

_ENCODER = msgspec.json.Encoder(decimal_format="number")  # FHIR decimals are JSON numbers (R4B, json.html)


class Submission(Struct, frozen=True, gc=False):
    """A claim as sent, with the payer's answer and what the payer knew; `answer` None: not answered yet."""

    claim: Claim
    answer: Adjudication | None
    context: Context


def bundle(facts: Facts, submissions: Sequence[Submission] = ()) -> Resource:
    """Return a case with the claims sent for it, each to its own payer. The same case gives the same bundle."""
    resources = list(_resources(facts, submissions))
    return {
        "resourceType": "Bundle", "id": case_key(facts), "meta": META,
        "identifier": identifier(systems.CASE, case_key(facts)), "type": "collection",
        "entry": [{"fullUrl": f"{systems.OURS}/{row['resourceType']}/{row['id']}", "resource": row}
                  for row in resources],
    }


def encode(resource: Resource) -> bytes:
    """Return a resource as JSON in UTF-8, on one line."""
    return _ENCODER.encode(resource)


def _resources(facts: Facts, submissions: Sequence[Submission]) -> Iterator[Resource]:
    claims = tuple(row.claim for row in submissions)
    yield patient(facts)
    yield from subscribers(facts)
    for row in _payers(facts, claims):
        yield payer(row)
    yield from facility(facts.encounter.facility)
    for who in clinicians(facts):
        yield practitioner(who)
    yield role(facts.encounter.provider, facts.encounter.facility)
    yield from coverages(facts, claims)
    yield encounter(facts)
    yield from conditions(facts)
    yield from procedures(facts)
    yield from documents(facts)
    for sent in submissions:
        yield claim_resource(facts, sent.claim)
        if sent.answer is not None:
            yield answer_resource(facts, sent.claim, sent.answer, sent.context)
    yield from accesses(facts)


def _payers(facts: Facts, claims: tuple[Claim, ...]) -> list[Payer]:
    named = (*(row.plan for row in facts.coverages), *(claim.plan for claim in claims))
    rows = {plans()[plan].payer: payer_of(plans()[plan]) for plan in named}
    return [row for row in rows.values() if row.kind != "self_pay"]
