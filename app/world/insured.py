"""Whose policy covers the patient, and which coverage pays first."""

import datetime as dt

from app.world.coverage import make_coverage
from app.world.households import parents_of, spouse_of, subscriber_in
from app.world.model import Coverage, Household, Person, Relationship
from app.world.names import poverty_guideline
from app.world.people import age_on
from app.world.plans import Plan, payer_of, plans
from app.world.seed import Seed


def insure(seed: Seed, plan: Plan, household: Household, patient: Person, on: dt.date, *, secondary: bool,
           dependent: bool | None) -> tuple[Coverage, ...] | None:
    """Return the patient's coverages in order of payment (none for self-pay), or None when the household has no holder.

    `dependent`: through a spouse or parent (True), as the subscriber (False), or drawn (None).
    """
    if plan.kind == "self_pay":
        return ()
    relationship = _relationship(seed, plan, household, patient, on, secondary, dependent)
    subscriber = subscriber_in(household, patient, relationship, on) if relationship else None
    if relationship is None or subscriber is None:
        return None
    own = make_coverage(seed, plan, patient, subscriber, relationship, on=on)
    if not secondary:
        return (own,)
    second = _secondary(seed, plan, household, own, on)
    return (own, second) if second else None


def _relationship(seed: Seed, plan: Plan, household: Household, patient: Person, on: dt.date, secondary: bool,
                  dependent: bool | None) -> Relationship | None:
    possible: list[Relationship] = ["self"]
    if payer_of(plan).kind == "commercial":
        if age_on(patient, on) < 19:
            possible = ["child"]
        elif not secondary and spouse_of(household, patient, on):
            possible = ["self", "self", "spouse"]
    if dependent is not None:
        possible = [r for r in possible if (r != "self") == dependent]
    return seed.child("relationship").stream().one(possible) if possible else None


def _secondary(seed: Seed, plan: Plan, household: Household, own: Coverage, on: dt.date) -> Coverage | None:
    """A coverage that pays second: Medicaid or a retiree plan after Medicare, the spouse's or other parent's plan."""
    patient = own.patient
    if plan.kind == "medicare_b":
        poor = household.income * 100 <= 100 * poverty_guideline(household.size, on)
        name = "grayling-adult" if poor else "copperline-ppo"
        return make_coverage(seed, plans()[name], patient, patient, "self", on=on, order=2)
    holder, relationship = second_holder(household, own, on)
    if holder is None or age_on(holder, on) > 64:
        return None
    others = [p for p in plans().values() if payer_of(p).kind == "commercial" and p.payer != plan.payer]
    other = seed.child("secondary").stream().one(others)
    return make_coverage(seed, other, patient, holder, relationship, on=on, order=2)


def second_holder(household: Household, own: Coverage, on: dt.date) -> tuple[Person | None, Relationship]:
    """Return who else may hold a policy for the patient: the spouse, or the parent with the later birthday."""
    if own.relationship == "child":
        later = parents_of(household, own.patient, on)[1:]
        return (later[0] if later else None), "child"
    return spouse_of(household, own.patient, on), "spouse"
