"""Who lives with the patient, and on what income."""

import datetime as dt

from app.world.model import Household, Person, Relationship, Sex
from app.world.money import Cents
from app.world.names import family_names, poverty_guideline
from app.world.people import age_on, birth_date_for, draw_person
from app.world.seed import Stream, Weights

ADULT, INDEPENDENT = 19, 26  # a child may stay on a parent's plan until 26: 45 CFR 147.120
_SIBLINGS = Weights([(0, 40), (1, 40), (2, 20)])
_CHILDREN = Weights([(1, 45), (2, 40), (3, 15)])
_COUPLES: Weights[tuple[Sex, Sex]] = Weights([(("F", "M"), 60), (("M", "F"), 34), (("F", "F"), 3), (("M", "M"), 3)])


def make_household(stream: Stream, patient: Person, *, income_percent: tuple[int, int], on: dt.date,
                   married: bool | None = None) -> Household:
    """Return the patient's household with an income of `income_percent` of the poverty guideline, both included.

    `married`: the patient (or, for a child, the parent) has a spouse in the household; None: drawn.
    """
    age = age_on(patient, on)
    spouse = stream.chance(55) if married is None else married
    if age < ADULT:
        members = _with_parents(stream, patient, on, two=spouse)
    else:
        members = _with_spouse_and_children(stream, patient, on, spouse=spouse)
    return Household(members, _income(stream, len(members), income_percent, on), patient.address.state)


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
    age = age_on(patient, on)
    if age < ADULT or len(household.members) == 1:
        return None
    least = max(INDEPENDENT - 1, age - 15)
    for member in household.members:
        if member is not patient and member != patient and least <= age_on(member, on) <= age + 15:
            return member
    return None


def parents_of(household: Household, patient: Person, on: dt.date) -> list[Person]:
    """Return the patient's parents in the household, the one whose birthday comes first in the year first."""
    older = [m for m in household.members if age_on(m, on) - age_on(patient, on) >= 18]
    return sorted(older, key=lambda parent: (parent.birth_date.month, parent.birth_date.day))


def _with_parents(stream: Stream, patient: Person, on: dt.date, *, two: bool) -> tuple[Person, ...]:
    age = age_on(patient, on)
    parents = [_member(stream, patient, sex, (max(age + 20, 24), age + 38), on)
               for sex in stream.of(_COUPLES)[: 2 if two else 1]]
    siblings = [_child(stream, patient, (max(0, age - 6), min(18, age + 6)), on)
                for _ in range(stream.of(_SIBLINGS))]
    return (patient, *parents, *siblings)


def _with_spouse_and_children(stream: Stream, patient: Person, on: dt.date, *, spouse: bool) -> tuple[Person, ...]:
    age = age_on(patient, on)
    members = [patient]
    if spouse:
        other: Sex = "M" if patient.sex == "F" else "F"
        sex = other if stream.chance(94) else patient.sex
        members.append(_member(stream, patient, sex, (max(25, age - 6), max(25, age + 6)), on))
    if 26 <= age <= 55 and stream.chance(55):
        oldest = min(18, age - 22)
        members += [_child(stream, patient, (max(0, age - 45), max(0, oldest)), on)
                    for _ in range(stream.of(_CHILDREN))]
    return tuple(members)


def _member(stream: Stream, patient: Person, sex: Sex, ages: tuple[int, int], on: dt.date) -> Person:
    family = stream.of(family_names()) if stream.chance(20) else patient.family
    return draw_person(stream, sex=sex, birth_date=birth_date_for(stream, ages, on), family=family,
                       home=(patient.address, patient.phone))


def _child(stream: Stream, patient: Person, ages: tuple[int, int], on: dt.date) -> Person:
    sex: Sex = "F" if stream.chance(50) else "M"
    return draw_person(stream, sex=sex, birth_date=birth_date_for(stream, ages, on), family=patient.family,
                       home=(patient.address, patient.phone))


def _income(stream: Stream, size: int, percents: tuple[int, int], on: dt.date) -> Cents:
    """Whole hundreds of dollars, within the percents of the guideline."""
    guideline = poverty_guideline(size, on)
    low, high = guideline * percents[0] // 100, guideline * percents[1] // 100
    drawn = stream.whole(low, high) // 10_000 * 10_000
    return max(drawn, -(-low // 10_000) * 10_000)
