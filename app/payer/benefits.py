"""What a plan says about a service on a claim: its category and its cost sharing on the date of service."""

import datetime as dt
from functools import lru_cache

from msgspec.structs import replace

from app.payer import rulebook
from app.payer.at_hand import for_the_claim_at_hand
from app.payer.model import Claim, Context, Group, Line
from app.world.coverage import benefits_began
from app.world.plans import Benefits, Category, Cost, OutOfNetwork, Plan, payer_of, plans
from app.world.services import Service, services
from app.world.settings import settings
from app.world.templates import PRIMARY_CARE


def service_of(line: Line) -> Service | None:
    """Return the service a line's code stands for, or None when no service has that code."""
    return service_called(line.service, line.code)


@lru_cache(8192)
def service_called(name: str, code: str) -> Service | None:
    """Return what `service_of` does, by the line's service id and code."""
    by_id = services().get(name)
    if by_id is not None and by_id.code == code:
        return by_id
    return next((service for service in services().values() if service.code == code), None)


def category_for(service: Service, specialty: str) -> Category:
    """Return the service's category. A visit to a clinician outside primary care is a specialist's visit."""
    if service.category == "office_primary" and specialty not in PRIMARY_CARE:
        return "office_specialist"
    return service.category


def category_of(line: Line, claim: Claim) -> Category | None:
    """Return the category of a line, or None for an unknown code."""
    return _category(line.service, line.code, claim.specialty)


@lru_cache(8192)
def _category(name: str, code: str, specialty: str) -> Category | None:
    service = service_called(name, code)
    return category_for(service, specialty) if service else None


@lru_cache(8192)
def benefits_on(plan: str, day: dt.date) -> Benefits | None:
    """Return the plan's benefits on `day`, or None."""
    return plans()[plan].on(day)


def cost_of(line: Line, claim: Claim) -> Cost | None:
    """Return how the plan shares the cost of a line, or None when the plan or the code is unknown on that date."""
    year = benefits_began(claim.plan, claim.first)
    cost = _cost(claim.plan, year, line.service, line.code, claim.specialty, claim.setting)
    return _as_screening(cost, claim) if cost is not None and began_as_screening(claim) else cost


@lru_cache(16_384)
def _cost(plan: str, year: dt.date | None, name: str, code: str, specialty: str, setting: str) -> Cost | None:
    """The key is everything that `cost_under` looks at; whether a screening became a treatment, the whole claim tells.
    """
    service, terms = service_called(name, code), benefits_on(plan, year) if year else None
    return cost_under(plans()[plan], terms, service, specialty, setting) if service and terms else None


def began_as_screening(claim: Claim) -> bool:
    """Whether the claim is for a screening that became a treatment (a lesion was found and taken out)."""
    if not claim.diagnoses or not _screens(claim.diagnoses[0]):
        return False
    services_ = rulebook.policies().screening.services
    return any(line.service in services_ for line in claim.lines)


@lru_cache(8192)
def _screens(diagnosis: str) -> bool:
    """Whether the code, standing first, says that somebody came for a screening."""
    return diagnosis.startswith(rulebook.policies().screening.first_diagnosis)


def _as_screening(cost: Cost, claim: Claim) -> Cost:
    """No deductible, and nothing to pay; under Medicare a lower coinsurance where there is one."""
    medicare = plans()[claim.plan].kind == "medicare_b" and cost.coinsurance
    share = rulebook.value("screening_turned", claim.first) if medicare else 0
    return replace(cost, copayment=0, coinsurance=share, deductible=False)


def cost_under(plan: Plan, terms: Benefits, service: Service, specialty: str, setting: str) -> Cost | None:
    """Return how a plan's terms share the cost of a service, or None when they do not name its category.

    Some services are free whatever their category; and the Part B deductible spares health centers (Social Security
    Act 1833(b)(4)).
    """
    cost = terms.costs.get(category_for(service, specialty))
    if cost is None or not cost.covered:
        return cost
    if service.id in plan.services_free:
        return replace(cost, copayment=0, coinsurance=0, deductible=False)
    spared = setting == "health_center" and plan.kind == "medicare_b"
    return replace(cost, deductible=False) if spared and cost.deductible else cost


@for_the_claim_at_hand
def outside_network(claim: Claim, context: Context) -> OutOfNetwork | None:
    """Return the terms that apply because the clinician is outside the plan's network, or None.

    Emergencies count as in the network (45 CFR 149.110); a plan that pays nobody outside it denies instead (E61).
    """
    plan = plans()[claim.plan]
    if plan.out_of_network is None or not settings()[claim.setting].planned:
        return None
    seen = next((p for p in context.providers if p.npi == claim.rendering_npi), None)
    return plan.out_of_network if seen is not None and plan.id not in seen.networks else None


def uncovered_group(plan: str) -> Group:
    """Return who owes what the plan does not cover: the patient, but not a Medicaid member or an injured worker.

    A Medicaid provider takes the plan's payment in full, and bills a member only for what was agreed in writing before
    (42 CFR 447.15, 438.106).
    """
    return "CO" if payer_of(plans()[plan]).kind in ("medicaid", "workers_comp") else "PR"


def needs_authorization(service: Service, cost: Cost, plan: str, setting: str) -> bool:
    """Whether the plan wants prior authorization; never in an emergency (45 CFR 149.110)."""
    listed = service.id in plans()[plan].services_needing_authorization
    return settings()[setting].planned and (cost.authorization or listed)


def needs_referral(cost: Cost, setting: str) -> bool:
    """Whether the plan wants a referral."""
    return setting == "office" and cost.referral
