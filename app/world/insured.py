"""Whose policy covers the patient, and which coverage pays first."""

import datetime as dt

from app.world.coverage import make_coverage
from app.world.households import parents_of, spouse_of, subscriber_in
from app.world.model import Coverage, Household, Person, Relationship
from app.world.names import poverty_guideline
from app.world.people import age_on
from app.world.plans import GROUP_KINDS, Plan, plans
from app.world.seed import Seed, Stream

_WITH_FAMILY = (*GROUP_KINDS, "tricare")  # kinds of plan that cover dependents


def insure(seed: Seed, stream: Stream, plan: Plan, household: Household, patient: Person, on: dt.date, *,
           secondary: bool, dependent: bool | None) -> tuple[Coverage, ...] | None:
    """Return the patient's coverages in order of payment (none for self-pay), or None when the household has no holder.

    `dependent`: through a spouse or parent (True), as the subscriber (False), or drawn (None).
    """
    if plan.kind == "self_pay":
        return ()
    relationship = _relationship(stream, plan, household, patient, on, secondary, dependent)
    subscriber = subscriber_in(household, patient, relationship, on) if relationship else None
    if relationship is None or subscriber is None:
        return None
    own = make_coverage(seed, plan, patient, subscriber, relationship, on=on,
                        family=_covers_family(stream, plan, household, relationship))
    if not secondary:
        return (own,)
    second = _secondary(seed, stream, plan, household, own, on)
    return (own, second) if second else None


def _covers_family(stream: Stream, plan: Plan, household: Household, relationship: Relationship) -> bool:
    """A dependent is on a family contract; a subscriber with others at home is in two of three."""
    if plan.kind not in _WITH_FAMILY:
        return False
    return relationship != "self" or (household.size > 1 and stream.chance(67))


def _relationship(stream: Stream, plan: Plan, household: Household, patient: Person, on: dt.date, secondary: bool,
                  dependent: bool | None) -> Relationship | None:
    possible: list[Relationship] = ["self"]
    if plan.kind in _WITH_FAMILY:
        if age_on(patient, on) < 19:
            possible = ["child"]
        elif not secondary and spouse_of(household, patient, on):
            possible = ["self", "self", "spouse"]
    if dependent is not None:
        possible = [r for r in possible if (r != "self") == dependent]
    return stream.one(possible) if possible else None


def _secondary(seed: Seed, stream: Stream, plan: Plan, household: Household, own: Coverage, on: dt.date
               ) -> Coverage | None:
    """A coverage that pays second.

    After Medicare: Medicaid, Medigap or a retiree plan. After a group plan: Medicare of somebody still at work, a
    child's Medicaid, else the plan of the spouse or of the other parent (TRICARE is always last of these).
    """
    patient = own.patient
    guideline, age = poverty_guideline(household.size, on), age_on(patient, on)
    if plan.kind == "medicare_b":
        poor = household.income <= guideline
        others = (("copperline-ppo", 40), ("granite-supplement-g", 60))
        name = "grayling-adult" if poor else stream.weighted(others)
        return make_coverage(seed, plans()[name], patient, patient, "self", on=on, order=2)
    if age >= 65:  # still at work for an employer of 20 or more, or through a spouse who is: 42 CFR 411.172
        return make_coverage(seed, plans()["medicare-b"], patient, patient, "self", on=on, order=2)
    if age < 19 and household.income <= 2 * guideline and stream.chance(60):
        return make_coverage(seed, plans()["grayling-family"], patient, patient, "self", on=on, order=2)
    holder, relationship = second_holder(household, own, on)
    if holder is None or age_on(holder, on) > 64:
        return None
    possible = [(p, p.share) for p in plans().values()
                if p.kind in _WITH_FAMILY and p.payer != plan.payer]
    other = stream.weighted(possible)
    return make_coverage(seed, other, patient, holder, relationship, on=on, order=2, family=True)


def second_holder(household: Household, own: Coverage, on: dt.date) -> tuple[Person | None, Relationship]:
    """Return who else may hold a policy for the patient: the spouse, or the parent with the later birthday."""
    if own.relationship == "child":
        later = parents_of(household, own.patient, on)[1:]
        return (later[0] if later else None), "child"
    return spouse_of(household, own.patient, on), "spouse"
