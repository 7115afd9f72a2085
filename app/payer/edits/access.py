"""E61, E70: network, referral and prior authorization."""

from app.payer.benefits import cost_of, needs_authorization, needs_referral, service_of, uncovered_group
from app.payer.edits.finding import Finding, Findings, line_passed, passed
from app.payer.model import Claim, Context, Line
from app.payer.words import bare, show
from app.world.model import Authorization, Referral
from app.world.plans import plans
from app.world.settings import settings


def network(claim: Claim, context: Context) -> Findings:
    """E61: where the plan has a closed network, the provider must be in it; a specialist's visit may want a referral.

    Emergencies need neither.
    """
    return tuple([found for line in claim.lines if (found := _network_line(line, claim, context))])


def open_to_all(claim: Claim) -> bool:
    """Whether E61 asks neither for the network nor for a referral."""
    if not settings()[claim.setting].planned:
        return True
    costs = [cost_of(line, claim) for line in claim.lines]
    return not plans()[claim.plan].network_required and not any(
        cost and needs_referral(cost, claim.setting) for cost in costs)


def _network_line(line: Line, claim: Claim, context: Context) -> Finding | None:
    plan, cost = plans()[claim.plan], cost_of(line, claim)
    if cost is None:
        return None
    if not settings()[claim.setting].planned:
        return line_passed(line.number, "an emergency needs no network and no referral")
    seen = next((p for p in context.providers if p.npi == claim.rendering_npi), None) if plan.network_required else None
    if seen is not None and plan.id not in seen.networks:
        return Finding(f"Line {line.number}: {seen.name} is not in the network of {plan.name}, which covers no one "
                       f"else.", line.number, uncovered_group(plan.id), "242")
    if needs_referral(cost, claim.setting) and claim.other_payment is None and valid_referral(claim, context) is None:
        given = f"referral {claim.referral_number} does not fit" if claim.referral_number else "none is on the claim"
        return Finding(f"Line {line.number}: {plan.name} wants a referral to {claim.specialty}, and {given}.",
                       line.number, "CO", "243")
    return line_passed(line.number, "network and referral are in order")


def valid_referral(claim: Claim, context: Context, *, any_number: bool = False) -> Referral | None:
    """Return the referral that fits patient, plan, specialty and date (and the claim's number, unless `any_number`)."""
    return next((r for r in context.referrals if r.plan == claim.plan and r.patient_mrn == claim.patient_mrn
                 and r.specialty.casefold() == claim.specialty.casefold() and r.first <= claim.first <= r.last
                 and r.visits > 0 and (any_number or bare(r.number) == bare(claim.referral_number))), None)


def authorization(claim: Claim, context: Context) -> Findings:
    """E70: the number must be there, be for this service and time, and hold the units."""
    return tuple([found for line in claim.lines if (found := _authorized(line, claim, context))])


def none_wanted(claim: Claim) -> bool:
    """Whether E70 wants authorization for none of the lines."""
    return not any((service := service_of(line)) and (cost := cost_of(line, claim))
                   and needs_authorization(service, cost, claim.plan, claim.setting) for line in claim.lines)


def _authorized(line: Line, claim: Claim, context: Context) -> Finding | None:
    service, cost = service_of(line), cost_of(line, claim)
    if service is None or cost is None:
        return None
    if not needs_authorization(service, cost, claim.plan, claim.setting):
        return line_passed(line.number, "%s needs no prior authorization", service.title)
    if claim.other_payment is not None:
        return line_passed(line.number, "after another payer no authorization of its own is asked")
    if not bare(claim.authorization_number):
        return Finding(f"Line {line.number}: {service.title} needs prior authorization, and the claim has no number.",
                       line.number, "CO", "197")
    granted = valid_authorization(line, claim, context)
    if granted is None:
        return Finding(f"Line {line.number}: authorization {claim.authorization_number} "
                       f"{_why_not(claim, context)}.", line.number, "CO", "15")
    if line.units > granted.units and claim.setting != "inpatient":
        return Finding(f"Line {line.number}: {line.units} units billed, {granted.units} authorized.", line.number,
                       "CO", "198")
    return passed(f"Line {line.number}: authorization {granted.number} covers {service.title} from "
                  f"{show(granted.first)} to {show(granted.last)}.", line.number)


def _why_not(claim: Claim, context: Context) -> str:
    row = next((a for a in context.authorizations if bare(a.number) == bare(claim.authorization_number)), None)
    if row is None:
        return "is not in the payer's file"
    if not row.first <= claim.first <= row.last:
        return f"runs from {show(row.first)} to {show(row.last)}; the service was on {show(claim.first)}"
    return "is for another patient, plan or service"


def valid_authorization(line: Line, claim: Claim, context: Context, *, any_number: bool = False
                        ) -> Authorization | None:
    """Return the authorization that covers a line, with the claim's number unless `any_number`.

    One number may cover several services of a claim, and for a stay the authorization of any part covers the whole.
    """
    service = service_of(line)
    fit = [a for a in context.authorizations if a.plan == claim.plan and a.patient_mrn == claim.patient_mrn
           and a.first <= line.on <= a.last]
    billed = {other.id for row in claim.lines if (other := service_of(row))}
    numbered = [a for a in fit if a.service in billed
                and (any_number or bare(a.number) == bare(claim.authorization_number))]
    if not numbered or service is None:
        return None
    if claim.setting == "inpatient":
        return numbered[0]
    return next((a for a in fit if a.service == service.id), None)
