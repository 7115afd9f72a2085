"""The desk wrote down somebody else: number, name, birth date or sex differ from the payer's file."""

import datetime as dt
import re

from msgspec.structs import replace

from app.world.defects.contract import Change, Defect
from app.world.digits import exchanges
from app.world.model import Charge, Coverage, DefectRecord, Facts, Registration, Sex
from app.world.names import name_lists
from app.world.plans import payer_of, plans
from app.world.seed import Stream
from app.world.services import services

# Diagnoses (prefixes) that only one sex has: without one of these, or such a service, no payer asks about the sex.
ONLY: dict[Sex, tuple[str, ...]] = {
    "F": ("O", "Z34", "Z3A", "N80", "N92", "N95", "Z78.0", "C53", "C56"),
    "M": ("N40", "N41", "C61", "C62", "Z12.5"),
}


def registered_coverage(facts: Facts) -> Coverage | None:
    """Return the payer's row for the plan that the registration names, or None."""
    return next((row for row in facts.coverages if row.plan == facts.registration.plan), None)


def amended(facts: Facts, registration: Registration, what: str, **values: str) -> Change:
    """Return the facts with another registration."""
    return Change(replace(facts, registration=registration), what, values)


def _slips(facts: Facts) -> list[str]:
    row = registered_coverage(facts)
    if row is None or row.member_id != facts.registration.member_id:
        return []
    return exchanges(row.member_id, payer_of(plans()[row.plan]).member_id_format)


def _exchange_number(facts: Facts, stream: Stream) -> Change:
    wrong = stream.one(_slips(facts))
    return amended(facts, replace(facts.registration, member_id=wrong),
                   "The member number was registered with two digits exchanged.",
                   right=facts.registration.member_id, wrong=wrong)


def _shortened(facts: Facts) -> list[str]:
    """Return the member number with one character left out, where the payer's form then does not fit."""
    row = registered_coverage(facts)
    if row is None or row.member_id != facts.registration.member_id:
        return []
    form = payer_of(plans()[row.plan]).member_id_format
    short = [row.member_id[:i] + row.member_id[i + 1:] for i in range(len(row.member_id))]
    return [number for number in short if not re.fullmatch(form, number)]


def _drop_character(facts: Facts, stream: Stream) -> Change:
    wrong = stream.one(_shortened(facts))
    return amended(facts, replace(facts.registration, member_id=wrong),
                   "The member number was registered with a character left out.",
                   right=facts.registration.member_id, wrong=wrong)


def _mend_number(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, registration=replace(facts.registration, member_id=record.values["right"]))


def _wrong_births(facts: Facts) -> list[dt.date]:
    """Day and month exchanged, or a year wrong, never in the future: what a hurried hand writes."""
    born = facts.patient.birth_date
    found = [dt.date(born.year - step, born.month, min(born.day, 28)) for step in (1, 10)]
    if born.day <= 12 and born.day != born.month:
        found.insert(0, dt.date(born.year, born.day, born.month))
    return [day for day in found if day <= facts.registration.registered_on]


def _change_birth(facts: Facts, stream: Stream) -> Change:
    born = facts.patient.birth_date
    found = _wrong_births(facts)
    wrong = found[0] if stream.chance(70) else stream.one(found)
    return amended(facts, replace(facts.registration, birth_date=wrong),
                   "The birth date was registered wrong.", right=born.isoformat(), wrong=wrong.isoformat())


def _mend_birth(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, registration=replace(facts.registration, birth_date=facts.patient.birth_date))


def _change_name(facts: Facts, stream: Stream) -> Change:
    person = facts.patient
    nickname = name_lists().nicknames.get(person.given)
    if nickname:
        wrong, desk = nickname, replace(facts.registration, given=nickname)
        what = "The patient was registered under a short form of the given name."
    else:
        wrong = stream.one(misspelled(person.family))
        desk = replace(facts.registration, family=wrong)
        what = "The family name was registered with a letter wrong."
    return amended(facts, desk, what, right=person.name, wrong=wrong)


def misspelled(name: str) -> list[str]:
    """Return the name with one inner letter left out, or doubled."""
    inner = range(2, len(name) - 1) if len(name) > 4 else range(1, len(name))
    return [name[:i] + name[i + 1:] for i in inner] + [name[:i] + name[i] + name[i:] for i in inner]


def _mend_name(facts: Facts, record: DefectRecord) -> Facts:
    person = facts.patient
    return replace(facts, registration=replace(facts.registration, given=person.given, family=person.family))


def _sex_matters(facts: Facts) -> bool:
    sex = facts.patient.sex
    return registered_coverage(facts) is not None and any(
        services()[charge.service].sex == sex or any(code.startswith(ONLY[sex]) for code in _pointed(facts, charge))
        for charge in facts.encounter.charges)


def _pointed(facts: Facts, charge: Charge) -> list[str]:
    return [facts.encounter.diagnoses[place - 1].code for place in charge.pointers]


def _change_sex(facts: Facts, stream: Stream) -> Change:
    wrong: Sex = "M" if facts.patient.sex == "F" else "F"
    return amended(facts, replace(facts.registration, sex=wrong), "The sex was registered wrong.",
                   right=facts.patient.sex, wrong=wrong)


def _mend_sex(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, registration=replace(facts.registration, sex=facts.patient.sex))


def _has_member(facts: Facts) -> bool:
    return registered_coverage(facts) is not None


DEFECTS = (
    Defect("wrong_member_number", "Member number with two digits exchanged", "registration.member_id",
           "Hold the card beside the registration, digit by digit.",
           lambda facts: bool(_slips(facts)), _exchange_number, _mend_number, "registration"),
    Defect("member_number_short", "Member number with a character left out", "registration.member_id",
           "Count the characters: this payer's numbers all have the same length.",
           lambda facts: bool(_shortened(facts)), _drop_character, _mend_number, "registration"),
    Defect("wrong_birth_date", "Wrong birth date", "registration.birth_date",
           "The chart gives an age, and the payer's file a birth date, that the registration contradicts.",
           _has_member, _change_birth, _mend_birth, "registration"),
    Defect("name_mismatch", "Name not as enrolled", "registration.given or registration.family",
           "The card shows the name as enrolled; the registration shows another.",
           _has_member, _change_name, _mend_name, "registration"),
    Defect("wrong_sex_on_registration", "Wrong sex on the registration", "registration.sex",
           "The chart speaks of a woman where the registration says male, or the other way round.",
           _sex_matters, _change_sex, _mend_sex, "registration"),
)
