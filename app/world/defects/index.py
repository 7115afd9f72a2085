"""Who is who: the master patient index, and a newborn who is billed as the mother."""

import datetime as dt

from msgspec.structs import replace

from app.world.defects.contract import Change, Defect
from app.world.defects.identity import amended, misspelled, registered_coverage
from app.world.households import parents_of
from app.world.model import DefectRecord, Facts, IndexRow, Person
from app.world.names import name_lists
from app.world.people import age_on, make_person
from app.world.seed import Seed, Stream


def _row(person: Person, made_on: dt.date) -> IndexRow:
    return IndexRow(person.mrn, person.given, person.family, person.sex, person.birth_date, person.address.line,
                    person.ssn, made_on)


def _namesake(facts: Facts, stream: Stream) -> Person:
    """Return another person of the same name and sex, of another age, who lives elsewhere."""
    born = facts.patient.birth_date
    shift = stream.whole(6, 12) * (-1 if age_on(facts.patient, facts.encounter.first) < 40 else 1)
    other = make_person(Seed(facts.seed).child("namesake"), sex=facts.patient.sex, family=facts.patient.family,
                        birth_date=dt.date(born.year + shift, stream.whole(1, 12), stream.whole(1, 28)))
    return replace(other, given=facts.patient.given)


def _earlier(facts: Facts, stream: Stream) -> dt.date:
    """Return a day, one to five years ago, on which somebody may have entered a row of the index."""
    day = facts.registration.registered_on - dt.timedelta(days=stream.whole(365, 5 * 365))
    return max(day, facts.patient.birth_date)


def _duplicate(facts: Facts, stream: Stream) -> Change:
    own = _row(facts.patient, _earlier(facts, stream))
    former = [change.before for change in facts.patient.changes if change.what == "name"]
    nickname = name_lists().nicknames.get(own.given, "")
    second = replace(own, mrn=f"9{stream.digits(6)}", made_on=facts.registration.registered_on)
    if former:
        second = replace(second, family=former[-1])
    elif nickname:
        second = replace(second, given=nickname)
    else:
        second = replace(second, family=stream.one(misspelled(own.family)))
    return Change(replace(facts, index=(own, second)),
                  "The desk did not find the patient and made a second record with a number of its own.",
                  {"right": own.mrn, "second": second.mrn})


def _overlay(facts: Facts, stream: Stream) -> Change:
    other = _namesake(facts, stream)
    row = replace(_row(other, _earlier(facts, stream)), mrn=facts.patient.mrn)
    return Change(replace(facts, index=(row,)),
                  f"The patient was checked in under the record of another {other.name}: two people have one number.",
                  {"mrn": row.mrn, "other_born": other.birth_date.isoformat()})


def _merge(facts: Facts, stream: Stream) -> Change:
    other = _namesake(facts, stream)
    own = _row(facts.patient, facts.registration.registered_on)
    merged = replace(_row(other, _earlier(facts, stream)), merged_into=own.mrn)
    return Change(replace(facts, index=(own, merged)),
                  f"The records of two people named {other.name} were merged as duplicates.",
                  {"kept": own.mrn, "merged": merged.mrn})


def _mend_index(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, index=())


def _mother(facts: Facts) -> Person | None:
    """Return the mother of a patient born at this encounter, when she lives in the household."""
    if facts.patient.birth_date != facts.encounter.first or registered_coverage(facts) is None:
        return None
    parents = parents_of(facts.household, facts.patient, facts.encounter.first)
    return next((parent for parent in parents if parent.sex == "F"), None)


def _bill_as_mother(facts: Facts, stream: Stream) -> Change:
    mother = _mother(facts)
    assert mother is not None
    desk = replace(facts.registration, given=mother.given, family=mother.family, birth_date=mother.birth_date,
                   sex=mother.sex)
    return amended(facts, desk, "The newborn's stay was registered under the mother's name and birth date.",
                   right=facts.patient.name, wrong=mother.name)


def _mend_newborn(facts: Facts, record: DefectRecord) -> Facts:
    child = facts.patient
    return replace(facts, registration=replace(facts.registration, given=child.given, family=child.family,
                                               birth_date=child.birth_date, sex=child.sex))


DEFECTS = (
    Defect("newborn_billed_as_mother", "Newborn registered as the mother", "registration",
           "A stay that begins with a birth has two patients: the wristband and the claim name different ones.",
           lambda facts: _mother(facts) is not None, _bill_as_mother, _mend_newborn, "identity"),
    Defect("duplicate_record", "Two record numbers for one patient", "index",
           "Two rows of the index share birth date, address and Social Security number, under two record numbers.",
           lambda facts: True, _duplicate, _mend_index, "identity", "record"),
    Defect("overlaid_record", "Two patients under one record number", "index",
           "The index row under this number has another birth date and address than the person in the chart.",
           lambda facts: age_on(facts.patient, facts.encounter.first) >= 18, _overlay, _mend_index, "identity",
           "record"),
    Defect("wrongly_merged_records", "Records of two people merged", "index",
           "A merged row has the same name and another birth date, address and Social Security number.",
           lambda facts: age_on(facts.patient, facts.encounter.first) >= 18, _merge, _mend_index, "identity",
           "record"),
)
