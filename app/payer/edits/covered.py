"""E60, E91: what the plan covers, how often, and what the law excludes."""

import datetime as dt

from app.payer.benefits import benefits_on, category_for, cost_of, service_of, uncovered_group
from app.payer.edits.finding import Finding, Findings, cite, line_passed
from app.payer.history import standing_claims
from app.payer.model import Claim, Context, Group, Line
from app.payer.words import show
from app.world.money import Cents, dollars
from app.world.plans import payer_of, plans
from app.world.services import Service, services


def benefits(claim: Claim, context: Context) -> Findings:
    """E60: the service must be a benefit of the plan, and its limits not used up."""
    terms = benefits_on(claim.plan, claim.first)
    if terms is None:
        return (Finding(f"{plans()[claim.plan].name} has no benefits in force on {show(claim.first)}.", group="PR",
                        reason="96", remarks=("N130",)),)
    if terms.payment_limit is not None and _paid_before(claim, context) >= terms.payment_limit:
        return (Finding(f"{plans()[claim.plan].name} has paid its limit of {dollars(terms.payment_limit)} for this "
                        "accident.", group="PR", reason="119", remarks=("N640",)),)
    return tuple([found for line in claim.lines if (found := _line(line, claim, context))])


def without_limits(claim: Claim) -> bool:
    """Whether E60 counts nothing that came before: no limit of the plan, and none of a service."""
    terms = benefits_on(claim.plan, claim.first)
    return terms is not None and terms.payment_limit is None and not any(
        service.repeat_days or category_for(service, claim.specialty) in terms.visit_limits
        for line in claim.lines if (service := service_of(line)))


def _paid_before(claim: Claim, context: Context) -> Cents:
    """What the plan has paid for the same accident: it knows the accident by its own claim number."""
    return sum(p.paid for p in standing_claims(claim, context)
               if p.plan == claim.plan and p.patient_mrn == claim.patient_mrn)


def _line(line: Line, claim: Claim, context: Context) -> Finding | None:
    service, plan = service_of(line), plans()[claim.plan]
    if service is None:
        return None
    cost = cost_of(line, claim)
    if cost is None or not cost.covered or service.id in plan.services_excluded:
        return Finding(f"Line {line.number}: {plan.name} does not cover {service.title}.", line.number,
                       uncovered_group(plan.id), "96", ("N130",), citation=cite(plan.source))
    found = _too_often(line, service, claim, context) if service.repeat_days else None
    return found or _used_up(line, service, claim, context) or line_passed(
        line.number, "%s covers %s", plan.name, service.title)


def _too_often(line: Line, service: Service, claim: Claim, context: Context) -> Finding | None:
    """A service covered once in so many days. A patient who was warned in writing owes it; else the provider does."""
    earlier = [p.first for p in standing_claims(claim, context) if p.patient_mrn == claim.patient_mrn
               and line.code in p.codes and 0 < (line.on - p.first).days < service.repeat_days]
    if not earlier:
        return None
    again = max(earlier) + dt.timedelta(days=service.repeat_days)
    return Finding(f"Line {line.number}: {service.title} is covered once in {service.repeat_days} days; it was given "
                   f"on {show(max(earlier))} and is covered again from {show(again)}.", line.number,
                   _liable(line, claim), "119", ("N640",))


def _liable(line: Line, claim: Claim) -> Group:
    kind = payer_of(plans()[claim.plan]).kind
    if kind == "medicare":
        return "PR" if notice_of(line, claim) == "GA" else "CO"
    return uncovered_group(claim.plan)


def _used_up(line: Line, service: Service, claim: Claim, context: Context) -> Finding | None:
    """A category limited to so many visits in the benefit year."""
    terms = benefits_on(claim.plan, claim.first)
    if terms is None or not terms.visit_limits:
        return None
    category = category_for(service, claim.specialty)
    most = terms.visit_limits.get(category)
    if most is None:
        return None
    by_code = {s.code: s for s in services().values()}
    used = sum(p.visits for p in standing_claims(claim, context)
               if p.patient_mrn == claim.patient_mrn and p.plan == claim.plan and p.first.year == claim.first.year
               and any(code in by_code and category_for(by_code[code], claim.specialty) == category
                       for code in p.codes))
    if used < most:
        return line_passed(line.number, "%s of %s visits are used this year", used, most)
    return Finding(f"Line {line.number}: all {most} visits of the year are used.", line.number,
                   uncovered_group(claim.plan), "119", ("N640",))


def notice_of(line: Line, claim: Claim) -> str:
    """Return GA, GZ or GY when a notice modifier stands on the line or the claim; else an empty string."""
    for modifier in line.modifiers:
        if modifier in ("GA", "GZ", "GY"):
            return modifier
    return claim.advance_notice


def statute(claim: Claim, context: Context) -> Findings:
    """E91: a line billed with GY asks for the denial of an excluded service, so that the patient can be billed."""
    return tuple([
        Finding(f"Line {line.number}: billed with GY, as excluded by law.", line.number, "PR", "96", ("N425",))
        if notice_of(line, claim) == "GY" else line_passed(line.number, "not billed as excluded")
        for line in claim.lines])
