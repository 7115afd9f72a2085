"""E11, E12: who is the patient, and may this provider bill."""

from app.payer.edits.finding import Finding, Findings
from app.payer.members import rows_of, with_number
from app.payer.model import Claim, Context
from app.payer.words import show
from app.world.plans import payer_of, plans


def member(claim: Claim, context: Context) -> Findings:
    """E11: the member number must exist, with this name and birth date."""
    named = f"{claim.patient_given} {claim.patient_family}, born {show(claim.patient_birth_date)}"
    numbered = with_number(claim.member_id, claim.plan, context)
    payer = payer_of(plans()[claim.plan]).name
    if not numbered:
        return (Finding(f"{payer} has no member {claim.member_id}.", group="PR", reason="31"),)
    if not rows_of(claim, context):
        return (Finding(f"Member {claim.member_id} is not {named}: name or birth date differ from the enrollment.",
                        group="CO", reason="140"),)
    return (Finding(f"Member {claim.member_id} is {named}, as enrolled."),)


def provider(claim: Claim, context: Context) -> Findings:
    """E12: the rendering provider must be enrolled with the payer on the first date of service."""
    found = next((p for p in context.providers if p.npi == claim.rendering_npi), None)
    if found is None:
        return ()
    until = f" to {show(found.enrolled_to)}" if found.enrolled_to else ""
    span = f"{found.name} is enrolled from {show(found.enrolled_from)}{until}"
    late = found.enrolled_to is not None and claim.first > found.enrolled_to
    if claim.first < found.enrolled_from or late:
        return (Finding(f"{span}; the service was on {show(claim.first)}.", group="CO", reason="B7"),)
    return (Finding(f"{span}, which covers {show(claim.first)}."),)
