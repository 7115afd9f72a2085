"""What a plan says about a service on a claim: its category and its cost sharing on the date of service."""

import datetime as dt

from app.payer.model import Claim, Line
from app.world.plans import Benefits, Category, Cost, plans
from app.world.services import Service, services
from app.world.templates import PRIMARY_CARE


def service_of(line: Line) -> Service | None:
    """Return the service a line's code stands for, or None when no service has that code."""
    by_id = services().get(line.service)
    if by_id is not None and by_id.code == line.code:
        return by_id
    return next((service for service in services().values() if service.code == line.code), None)


def category_for(service: Service, specialty: str) -> Category:
    """Return the service's category. A visit to a clinician outside primary care is a specialist's visit."""
    if service.category == "office_primary" and specialty not in PRIMARY_CARE:
        return "office_specialist"
    return service.category


def category_of(line: Line, claim: Claim) -> Category | None:
    """Return the category of a line, or None for an unknown code."""
    service = service_of(line)
    return category_for(service, claim.specialty) if service else None


def benefits_on(plan: str, day: dt.date) -> Benefits | None:
    """Return the plan's benefits on `day`, or None."""
    return plans()[plan].on(day)


def cost_of(line: Line, claim: Claim) -> Cost | None:
    """Return how the plan shares the cost of a line, or None when the plan or the code is unknown on that date."""
    benefits, category = benefits_on(claim.plan, claim.first), category_of(line, claim)
    return benefits.costs.get(category) if benefits and category else None


def needs_authorization(service: Service, cost: Cost, plan: str, setting: str) -> bool:
    """Whether the plan wants prior authorization; never in an emergency (45 CFR 149.110)."""
    listed = service.id in plans()[plan].services_needing_authorization
    return setting != "emergency" and (cost.authorization or listed)


def needs_referral(cost: Cost, setting: str) -> bool:
    """Whether the plan wants a referral."""
    return setting == "office" and cost.referral
