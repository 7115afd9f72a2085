"""Who is named in a claim beside the claim itself: patient, subscriber, payer, clinicians."""

from functools import cache

from msgspec import Struct

from app.payer.model import Claim
from app.world.model import Address, Coverage, Facts, Person, PlanKind, Provider
from app.world.plans import Payer, payer_of, payers, plans

# SBR09 and CLP06 by kind of plan (claim filing indicator codes are facts of the guides; stays under Medicare are MA).
FILING: dict[PlanKind, str] = {
    "medicare_b": "MB", "medigap": "CI", "medicare_advantage": "16", "medicaid": "MC", "ppo": "12", "hmo": "HM",
    "hdhp": "12", "epo": "14", "tricare": "CH", "workers_comp": "WC", "auto_no_fault": "AM", "self_pay": "09",
}
RELATION = {"self": "18", "spouse": "01", "child": "19"}
# SBR05 when Medicare is second: 12 working aged, 43 disabled, 14 no-fault, 15 work; only the first occurs here.
WORKING_AGED = "12"


class ClaimParties(Struct, frozen=True, gc=False):
    """What an 837 names beside `app.payer.model.Claim`. `other`: the coverage that paid before, if one did."""

    patient: Person
    subscriber: Person
    payer: Payer
    plan_name: str
    filing: str
    clinician: Provider  # who rendered or attended
    referring: Provider | None
    order: int  # 1 primary, 2 secondary
    other: Coverage | None


def parties_from(facts: Facts, claim: Claim) -> ClaimParties:
    """Return who a claim names. What registration got wrong stays on the claim; addresses come from the people."""
    plan = plans()[claim.plan]
    own = next(iter([row for row in facts.coverages if row.plan == claim.plan]), None)
    paid_by = claim.other_payment.plan if claim.other_payment else ""
    before = next(iter([row for row in facts.coverages if row.plan == paid_by]), None) if paid_by else None
    return ClaimParties(
        patient=facts.patient, subscriber=own.subscriber if own else facts.patient, payer=payer_of(plan),
        plan_name=plan.name, filing=filing_of(claim), clinician=facts.encounter.provider,
        referring=facts.encounter.referring, order=2 if claim.other_payment else 1, other=before,
    )


def filing_of(claim: Claim) -> str:
    """Return the claim filing indicator of the claim's plan."""
    kind = plans()[claim.plan].kind
    return "MA" if kind == "medicare_b" and claim.form == "institutional" else FILING[kind]


@cache
def payer_address(payer_id: str) -> Address:
    """Return the payer's address as its parts. Raises ValueError when the data file writes it otherwise."""
    street, city, rest = (part.strip() for part in payers()[payer_id].address.split(","))
    state, _, zip_ = rest.partition(" ")
    return Address(street, city, state, zip_)
