"""Coverage: what a plan asks for a service, whom it enrolls, and the rows of its enrollment file."""

import datetime as dt
from functools import lru_cache

from app.world.digits import matching
from app.world.model import Authorization, Charge, Coverage, Encounter, InsuranceCard, Person, Referral, Relationship
from app.world.plans import GROUP_KINDS, Category, Cost, Plan, payer_of, plans
from app.world.seed import Seed, Stream
from app.world.services import services
from app.world.settings import settings
from app.world.templates import PRIMARY_CARE


def category_for(service: str, specialty: str) -> Category:
    """Return the category under which a plan pays the service: a visit to a specialist is a specialist visit."""
    category = services()[service].category
    return "office_specialist" if category == "office_primary" and specialty not in PRIMARY_CARE else category


def cost_of(plan: Plan, service: str, specialty: str, on: dt.date) -> Cost | None:
    """Return how the plan shares the cost of the service on `on`; None when it does not cover it."""
    return _cost(plan.id, service, specialty, benefits_began(plan.id, on))


@lru_cache(4096)
def benefits_began(plan: str, day: dt.date) -> dt.date | None:
    """Return the day on which the plan's benefits of `day` began, or None: what is kept by it serves the whole year."""
    return plans()[plan].since(day)


@lru_cache(16_384)
def _cost(plan_id: str, service: str, specialty: str, year: dt.date | None) -> Cost | None:
    plan = plans()[plan_id]
    benefits = plan.on(year) if year else None
    cost = benefits.costs.get(category_for(service, specialty)) if benefits else None
    return cost if cost and cost.covered and service not in plan.services_excluded else None


def needs_authorization(plan: Plan, charge: Charge, encounter: Encounter) -> bool:
    """Return whether the plan wants prior authorization; never in an emergency (45 CFR 149.110(b))."""
    if not settings()[encounter.setting].planned:
        return False
    cost = cost_of(plan, charge.service, encounter.specialty, charge.on)
    return charge.service in plan.services_needing_authorization or (cost is not None and cost.authorization)


def needs_referral(plan: Plan, charge: Charge, encounter: Encounter) -> bool:
    """Return whether the plan wants a referral from primary care; only for care planned in an office."""
    if encounter.setting != "office":
        return False
    cost = cost_of(plan, charge.service, encounter.specialty, charge.on)
    return cost is not None and cost.referral


def authorizations_for(seed: Seed, plan: Plan, patient: Person, encounter: Encounter) -> tuple[Authorization, ...]:
    """Return the authorizations, under one number, that the encounter's charges need under the plan."""
    if not settings()[encounter.setting].planned:
        return ()
    wanted = {charge.service: charge for charge in encounter.charges if needs_authorization(plan, charge, encounter)}
    if not wanted:
        return ()
    stream = seed.child("authorization", plan.id).stream()
    number = "PA" + stream.digits(8)
    first = encounter.first - dt.timedelta(days=stream.whole(3, 14))
    last = encounter.last + dt.timedelta(days=stream.whole(30, 80))
    return tuple(Authorization(number, plan.id, patient.mrn, service, first, last, charge.units)
                 for service, charge in wanted.items())


def referrals_for(seed: Seed, plan: Plan, patient: Person, encounter: Encounter) -> tuple[Referral, ...]:
    """Return the referral that the encounter needs under the plan, or none."""
    if encounter.setting != "office":
        return ()
    if not [True for charge in encounter.charges if needs_referral(plan, charge, encounter)]:
        return ()
    stream = seed.child("referral", plan.id).stream()
    first = encounter.first - dt.timedelta(days=stream.whole(5, 25))
    return (Referral("RF" + stream.digits(8), plan.id, patient.mrn, encounter.specialty, first,
                     first + dt.timedelta(days=180), stream.whole(2, 4)),)


def make_coverage(seed: Seed, plan: Plan, patient: Person, subscriber: Person, relationship: Relationship, *,
                  on: dt.date, order: int = 1, effective: dt.date | None = None, family: bool = False) -> Coverage:
    """Return an open-ended row of the payer's enrollment file, in force since before `on` unless `effective` says."""
    stream = seed.child("coverage", plan.id).stream()
    member = matching(payer_of(plan).member_id_format, stream)
    group = stream.digits(6) if plan.kind in GROUP_KINDS else ""
    return Coverage(plan.id, member, group, subscriber, relationship, patient,
                    effective or _effective(stream, plan, patient, on), None, order, family)


def card_for(coverage: Coverage) -> InsuranceCard:
    """Return the card the payer issued when the coverage began."""
    return InsuranceCard(coverage.plan, coverage.member_id, coverage.group_number, coverage.subscriber.name,
                         coverage.patient.name, coverage.effective)


def covers(coverage: Coverage, day: dt.date) -> bool:
    """Return whether the coverage is in force on `day`."""
    return coverage.effective <= day and (coverage.ended is None or day <= coverage.ended)


def ages_enrolled(plan: Plan, *, pregnant: bool) -> tuple[int, int]:
    """Return the ages in years, both included, of the patients whom the plan enrolls."""
    return plan.ages_in_pregnancy if pregnant and plan.ages_in_pregnancy else plan.ages


def month_end_before(day: dt.date) -> dt.date:
    """Return the last day of the month before `day`."""
    return day.replace(day=1) - dt.timedelta(days=1)


def _effective(stream: Stream, plan: Plan, patient: Person, on: dt.date) -> dt.date:
    born = patient.birth_date
    if plan.kind in ("medicare_b", "medigap"):  # the first of the month in which one turns 65: 42 CFR 406.10, 407.25
        return dt.date(born.year + 65, born.month, 1)
    if plan.kind == "medicaid":  # the first of a month in the last year
        start = on.replace(day=1) - dt.timedelta(days=30 * stream.whole(3, 10))
        return max(start.replace(day=1), born)
    if plan.kind == "medicare_advantage":  # an open enrollment takes effect on January 1: 42 CFR 422.68
        return max(dt.date(stream.one((2022, 2024, 2025, 2026)), 1, 1), dt.date(born.year + 65, born.month, 1))
    if plan.kind == "auto_no_fault":  # a policy of twelve months
        return on - dt.timedelta(days=stream.whole(40, 300))
    return max(dt.date(stream.one((2024, 2025, 2026)), 1, 1), born)


