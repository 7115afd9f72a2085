"""E24: age, sex, and dates of birth and death against the codes of the claim."""

import datetime as dt
from functools import lru_cache

from app.payer import rulebook
from app.payer.benefits import service_called, service_of
from app.payer.edits.finding import Finding, Findings, line_passed
from app.payer.model import Claim, Context, Line
from app.payer.words import show

_FITS = "codes fit a %s patient of %s years"
_SEX = {"F": "female", "M": "male"}


def age_on(born: dt.date, day: dt.date) -> int:
    """Return full years of age on `day`."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def agreement(claim: Claim, context: Context) -> Findings:
    """E24: no service before birth or after death; age and sex must fit service and diagnosis."""
    if claim.patient_birth_date > claim.first:
        return (Finding(f"The patient was born on {show(claim.patient_birth_date)}, after the service on "
                        f"{show(claim.first)}.", group="CO", reason="14"),)
    if context.deceased_on and claim.first > context.deceased_on:
        return (Finding(f"The patient died on {show(context.deceased_on)}, before the service on "
                        f"{show(claim.first)}.", group="CO", reason="13"),)
    born, first, lines = claim.patient_birth_date, claim.first, claim.lines
    age = age_on(born, first)
    if (_for_anybody(claim.diagnoses) and (claim.last == first or age_on(born, claim.last) == age)
            and not _some_for_some(tuple([(line.service, line.code) for line in lines]))):
        sex = _SEX[claim.patient_sex]
        return tuple([line_passed(line.number, _FITS, sex, age) for line in lines])
    return tuple([_line(line, claim, age if line.on == first else age_on(born, line.on)) for line in lines])


@lru_cache(8192)
def _for_anybody(diagnoses: tuple[str, ...]) -> bool:
    """Whether no rule names a sex or an age for any of the codes."""
    return not any(rulebook.life_rules_for(code) for code in diagnoses)


@lru_cache(8192)
def _some_for_some(billed: tuple[tuple[str, str], ...]) -> bool:
    """Whether one of the services, each with its id and its code, is for one sex or for some ages only."""
    found = [service_called(name, code) for name, code in billed]
    return any(service is not None and (service.age is not None or service.sex is not None) for service in found)


def _line(line: Line, claim: Claim, age: int) -> Finding:
    conflict = _service_conflict(line, claim, age) or _diagnosis_conflict(line, claim, age)
    if conflict:
        reason, said = conflict
        return Finding(f"Line {line.number}: {said}.", line.number, "CO", reason)
    return line_passed(line.number, _FITS, _SEX[claim.patient_sex], age)


def _service_conflict(line: Line, claim: Claim, age: int) -> tuple[str, str] | None:
    service = service_of(line)
    if service is None or (service.age is None and service.sex is None):
        return None
    if service.age and not service.age[0] <= age <= service.age[1]:
        return "6", f"{service.title} is for ages {service.age[0]} to {service.age[1]}; the patient is {age}"
    if service.sex and service.sex != claim.patient_sex:
        return "7", f"{service.title} is not for a {_SEX[claim.patient_sex]} patient"
    return None


def _diagnosis_conflict(line: Line, claim: Claim, age: int) -> tuple[str, str] | None:
    for code in pointed(line, claim):
        for rule in rulebook.life_rules_for(code):
            if rule.sex and rule.sex != claim.patient_sex:
                return "10", f"{code} is not a diagnosis of a {_SEX[claim.patient_sex]} patient"
            if rule.age and not rule.age[0] <= age <= rule.age[1]:
                return "9", f"{code} is for ages {rule.age[0]} to {rule.age[1]}; the patient is {age}"
    return None


def pointed(line: Line, claim: Claim) -> tuple[str, ...]:
    """Return the diagnoses a line points to; all of them when it points to none (institutional claims)."""
    if not line.pointers:
        return claim.diagnoses
    codes = claim.diagnoses
    return tuple([codes[p - 1] for p in line.pointers if 1 <= p <= len(codes)])
