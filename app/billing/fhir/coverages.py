"""Coverage: the payers' enrollment, and what the front desk wrote down where the two differ."""

from app.billing.fhir import systems
from app.billing.fhir.elements import (
    META_AS_REGISTERED,
    Element,
    Resource,
    case_key,
    coding,
    hl7,
    identifier,
    period,
    resource,
    to,
)
from app.billing.fhir.organizations import payer_ref
from app.billing.fhir.people import patient_ref, subscriber_id
from app.payer.model import Claim
from app.world.model import Coverage, Facts, PlanKind
from app.world.plans import Plan, payer_of, plans

# ActCoverageTypeCode by kind of plan (R4B valueset-coverage-type, preferred). It has no code for an EPO, a
# high-deductible plan or Medigap: those are health insurance plan policies.
_TYPES: dict[PlanKind, tuple[str, str]] = {
    "medicare_b": ("PUBLICPOL", "public healthcare"), "medicare_advantage": ("PUBLICPOL", "public healthcare"),
    "medigap": ("HIP", "health insurance plan policy"), "hdhp": ("HIP", "health insurance plan policy"),
    "epo": ("HIP", "health insurance plan policy"), "medicaid": ("SUBSIDMC", "subsidized managed care program"),
    "ppo": ("PPO", "preferred provider organization policy"), "hmo": ("HMO", "health maintenance organization policy"),
    "tricare": ("MILITARY", "military health program"), "workers_comp": ("WCBPOL", "worker's compensation"),
    "auto_no_fault": ("AUTOPOL", "automobile"),
}
_RELATIONS = {"self": "Self", "spouse": "Spouse", "child": "Child"}


def coverages(facts: Facts, claims: tuple[Claim, ...]) -> list[Resource]:
    """Return every row of the payers' enrollment, and one more for each claim that says something else."""
    odd = {_registered_id(facts, claim): claim for claim in claims if _row_of(facts, claim) is None}
    return [_enrolled(facts, row) for row in facts.coverages] + [_registered(facts, claim) for claim in odd.values()]


def coverage_ref(facts: Facts, claim: Claim) -> Element:
    """Return the reference to the coverage that a claim names, as the claim names it."""
    row = _row_of(facts, claim)
    return to("Coverage", _registered_id(facts, claim) if row is None else _row_id(facts, row),
              plans()[claim.plan].name)


def coverage_of_plan(facts: Facts, plan: str) -> Element | None:
    """Return the reference to the enrollment in `plan`, None when there is none."""
    row = next((row for row in facts.coverages if row.plan == plan), None)
    return None if row is None else to("Coverage", _row_id(facts, row), plans()[plan].name)


def _row_of(facts: Facts, claim: Claim) -> Coverage | None:
    """The enrollment that says what the claim says."""
    said = (claim.plan, claim.member_id, claim.group_number, claim.relationship)
    return next((row for row in facts.coverages
                 if (row.plan, row.member_id, row.group_number, row.relationship) == said), None)


def _row_id(facts: Facts, row: Coverage) -> str:
    return f"{case_key(facts)}-{row.plan}"


def _registered_id(facts: Facts, claim: Claim) -> str:
    return f"{case_key(facts)}-{claim.plan}-registered"


def _enrolled(facts: Facts, row: Coverage) -> Resource:
    plan = plans()[row.plan]
    over = row.ended is not None and row.ended < facts.today
    own = row.relationship == "self"
    return resource(
        "Coverage", _row_id(facts, row), identifier=[identifier(systems.MEMBER, row.member_id, "MB")],
        status="cancelled" if over else "active", type=_type(plan), subscriberId=row.member_id,
        subscriber=patient_ref(facts) if own else to("RelatedPerson", subscriber_id(facts, row), row.subscriber.name),
        beneficiary=patient_ref(facts), relationship=_relationship(row.relationship),
        period=period(row.effective, row.ended), payor=_payor(facts, plan), **_class(plan, row.group_number),
        order=row.order,
    )


def _registered(facts: Facts, claim: Claim) -> Resource:
    """A coverage that no payer has so: whoever is named as its subscriber is a name and no more."""
    plan, own = plans()[claim.plan], claim.relationship == "self"
    return resource(
        "Coverage", _registered_id(facts, claim), META_AS_REGISTERED,
        identifier=[identifier(systems.MEMBER, claim.member_id, "MB")] if claim.member_id.strip() else [],
        status="active", type=_type(plan), subscriberId=claim.member_id.strip(),
        subscriber=patient_ref(facts) if own else {"type": "RelatedPerson", "display": claim.subscriber_name},
        beneficiary=patient_ref(facts), relationship=_relationship(claim.relationship), payor=_payor(facts, plan),
        **_class(plan, claim.group_number), order=2 if claim.other_payment else 1,
    )


def _type(plan: Plan) -> Element:
    kind = coding(systems.PLAN, plan.kind)
    if plan.kind == "self_pay":
        return {"coding": [coding(f"{systems.THO}/coverage-selfpay", "pay", "Pay"), kind], "text": plan.name}
    return {"coding": [coding(f"{systems.THO}/v3-ActCode", *_TYPES[plan.kind]), kind], "text": plan.name}


def _relationship(name: str) -> Element:
    return hl7("subscriber-relationship", name, _RELATIONS[name])


def _payor(facts: Facts, plan: Plan) -> list[Element]:
    return [patient_ref(facts) if plan.kind == "self_pay" else payer_ref(payer_of(plan))]


def _class(plan: Plan, group: str) -> Element:
    """The plan and the group, in an element whose name is a word of Python."""
    rows = [{"type": hl7("coverage-class", "plan", "Plan"), "value": plan.id, "name": plan.name}]
    if group.strip():
        rows.append({"type": hl7("coverage-class", "group", "Group"), "value": group})
    return {"class": rows}
