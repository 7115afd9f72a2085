"""Who lives with the patient, and on what income."""

import datetime as dt

from app.world.model import Household, Person, Relationship, Sex
from app.world.money import Cents
from app.world.names import family_name, poverty_guideline
from app.world.people import age_on, birth_date_for, make_person
from app.world.seed import Seed

ADULT, INDEPENDENT = 19, 26  # a child may stay on a parent's plan until 26: 45 CFR 147.120


def make_household(seed: Seed, patient: Person, *, income_percent: tuple[int, int], on: dt.date,
                   married: bool | None = None) -> Household:
    """Return the patient's household with an income of `income_percent` of the poverty guideline, both included.

    `married`: the patient (or, for a child, the parent) has a spouse in the household; None: drawn.
    """
    age = age_on(patient, on)
    stream = seed.child("shape").stream()
    spouse = stream.chance(55) if married is None else married
    if age < ADULT:
        members = _with_parents(seed, patient, on, two=spouse)
    else:
        members = _with_spouse_and_children(seed, patient, on, spouse=spouse)
    return Household(members, _income(seed, len(members), income_percent, on), patient.address.state)


def subscriber_in(household: Household, patient: Person, relationship: Relationship, on: dt.date) -> Person | None:
    """Return who holds the policy when the patient is the subscriber's `relationship`, or None if nobody can.

    For a child with two parents it is the parent whose birthday comes first in the year (birthday rule).
    """
    if relationship == "self":
        return patient
    if relationship == "spouse":
        return spouse_of(household, patient, on)
    parents = parents_of(household, patient, on)
    return parents[0] if parents else None


def spouse_of(household: Household, patient: Person, on: dt.date) -> Person | None:
    """Return the adult who lives with an adult patient, or None. (Grown children live elsewhere in this world.)"""
    if age_on(patient, on) < ADULT:
        return None
    return next((m for m in household.members if m != patient and age_on(m, on) >= INDEPENDENT - 1
                 and abs(age_on(m, on) - age_on(patient, on)) < 16), None)


def parents_of(household: Household, patient: Person, on: dt.date) -> list[Person]:
    """Return the patient's parents in the household, the one whose birthday comes first in the year first."""
    older = [m for m in household.members if age_on(m, on) - age_on(patient, on) >= 18]
    return sorted(older, key=lambda parent: (parent.birth_date.month, parent.birth_date.day))


def _with_parents(seed: Seed, patient: Person, on: dt.date, *, two: bool) -> tuple[Person, ...]:
    age = age_on(patient, on)
    parents = [_member(seed.child("parent", i), patient, sex, (max(age + 20, 24), age + 38), on)
               for i, sex in enumerate(_pair(seed))][: 2 if two else 1]
    siblings = [_child(seed.child("sibling", i), patient, (max(0, age - 6), min(18, age + 6)), on)
                for i in range(seed.child("siblings").stream().weighted([(0, 40), (1, 40), (2, 20)]))]
    return (patient, *parents, *siblings)


def _with_spouse_and_children(seed: Seed, patient: Person, on: dt.date, *, spouse: bool) -> tuple[Person, ...]:
    age = age_on(patient, on)
    members = [patient]
    if spouse:
        other: Sex = "M" if patient.sex == "F" else "F"
        sex = other if seed.child("couple").stream().chance(94) else patient.sex
        members.append(_member(seed.child("spouse"), patient, sex, (max(25, age - 6), max(25, age + 6)), on))
    if 26 <= age <= 55 and seed.child("parent").stream().chance(55):
        count = seed.child("children").stream().weighted([(1, 45), (2, 40), (3, 15)])
        oldest = min(18, age - 22)
        members += [_child(seed.child("child", i), patient, (max(0, age - 45), max(0, oldest)), on)
                    for i in range(count)]
    return tuple(members)


def _member(seed: Seed, patient: Person, sex: Sex, ages: tuple[int, int], on: dt.date) -> Person:
    own = seed.child("own-name").stream().chance(20)
    family = family_name(seed.child("other-name").stream()) if own else patient.family
    return make_person(seed, sex=sex, birth_date=birth_date_for(seed.child("born").stream(), ages, on),
                       family=family, home=(patient.address, patient.phone))


def _child(seed: Seed, patient: Person, ages: tuple[int, int], on: dt.date) -> Person:
    sexes: tuple[Sex, ...] = ("F", "M")
    return make_person(seed, sex=seed.child("sex").stream().one(sexes), family=patient.family,
                       birth_date=birth_date_for(seed.child("born").stream(), ages, on),
                       home=(patient.address, patient.phone))


def _pair(seed: Seed) -> tuple[Sex, Sex]:
    couples: tuple[tuple[tuple[Sex, Sex], int], ...] = ((("F", "M"), 60), (("M", "F"), 34), (("F", "F"), 3),
                                                        (("M", "M"), 3))
    return seed.child("pair").stream().weighted(couples)


def _income(seed: Seed, size: int, percents: tuple[int, int], on: dt.date) -> Cents:
    """Whole hundreds of dollars, within the percents of the guideline."""
    low, high = (poverty_guideline(size, on) * percent // 100 for percent in percents)
    drawn = seed.child("income").stream().whole(low, high) // 10_000 * 10_000
    return max(drawn, -(-low // 10_000) * 10_000)
