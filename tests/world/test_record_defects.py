"""What is wrong in chart, index and log of disclosures, as somebody who looks after records would see it."""

import datetime as dt

import msgspec

from app.payer import rulebook
from app.world.defects import plant
from app.world.defects.disclosures import release_requests
from app.world.defects.review import OF_ANOTHER_AGE, RETIRED
from app.world.defects.timing import GLOBAL_DAYS
from app.world.model import Facts
from app.world.people import age_on
from app.world.seed import Seed
from tests.world.clean import worlds


def spoiled(defect, count=6):
    return [(facts, plant(facts, defect, Seed(facts.seed).child("plant"))) for facts in worlds(defect, count)]


def changed(clean, wrong):
    """Return the one document that differs, as it was and as it is."""
    return next((a, b) for a, b in zip(clean.encounter.chart, wrong.encounter.chart, strict=True) if a != b)


def test_an_unsigned_summary_has_everything_but_the_signature():
    for clean, wrong in spoiled("discharge_summary_unsigned"):
        was, now = changed(clean, wrong)
        assert was.signed
        assert now.signed is None
        assert now.sections == was.sections


def test_a_late_summary_is_later_than_30_days_and_not_later_than_today():
    for clean, wrong in spoiled("discharge_summary_late"):
        _, now = changed(clean, wrong)
        assert clean.encounter.last + dt.timedelta(days=30) < now.at.date() <= clean.today


def test_a_late_history_is_later_than_24_hours_and_within_the_stay():
    for clean, wrong in spoiled("history_late"):
        was, now = changed(clean, wrong)
        assert now.at - was.at > dt.timedelta(hours=24)
        assert now.at.date() <= clean.encounter.last


def test_an_operation_without_its_report_is_still_charged():
    for clean, wrong in spoiled("operative_report_missing"):
        assert len(wrong.encounter.chart) == len(clean.encounter.chart) - 1
        assert wrong.encounter.charges == clean.encounter.charges


def test_a_contradictory_side_is_one_authors_against_anothers():
    for clean, wrong in spoiled("contradictory_side"):
        was, now = changed(clean, wrong)
        text, before = (" ".join(s.text.lower() for s in document.sections) for document in (now, was))
        side = "left" if before.count("left") > text.count("left") else "right"
        assert any(side in " ".join(s.text.lower() for s in other.sections)
                   for other in wrong.encounter.chart if other.author != now.author)


def test_copied_text_speaks_of_another_sex_and_age():
    for clean, wrong in spoiled("copied_from_other_patient"):
        _, now = changed(clean, wrong)
        told = now.sections[0].text.rsplit("As before: ", 1)[1]
        assert ("woman" in told) == (clean.patient.sex == "M")
        assert abs(int(told.split("-")[0]) - age_on(clean.patient, clean.encounter.first)) > 10


def test_a_misfiled_document_names_its_own_patient():
    for _, wrong in spoiled("misfiled_document"):
        text = wrong.encounter.chart[-1].sections[0].text
        assert wrong.defects[0].values["mrn"] in text
        assert wrong.patient.name not in text


def test_a_duplicate_is_one_person_under_two_numbers():
    for clean, wrong in spoiled("duplicate_record"):
        first, second = wrong.index
        assert first.mrn == clean.patient.mrn != second.mrn
        assert (first.birth_date, first.ssn) == (second.birth_date, second.ssn)
        assert (first.given, first.family) != (second.given, second.family)
        assert clean.patient.birth_date <= first.made_on <= second.made_on <= clean.today


def test_an_overlay_is_two_people_under_one_number():
    for clean, wrong in spoiled("overlaid_record"):
        row, = wrong.index
        assert row.mrn == clean.patient.mrn
        assert row.birth_date != clean.patient.birth_date
        assert row.ssn != clean.patient.ssn


def test_a_wrong_merge_takes_in_a_namesake():
    for clean, wrong in spoiled("wrongly_merged_records"):
        kept, merged = wrong.index
        assert (merged.merged_into, merged.given) == (kept.mrn, kept.given)
        assert merged.ssn != kept.ssn == clean.patient.ssn


def test_a_disclosure_is_after_the_visit_and_wrong_in_one_way():
    for defect in ("disclosed_to_wrong_number", "disclosed_after_expiry", "disclosed_to_unnamed_recipient",
                   "disclosed_too_much", "disclosed_without_authorization"):
        for clean, wrong in spoiled(defect):
            row, = wrong.disclosures
            assert clean.encounter.last < row.at.date() < clean.today
            assert faults(row) == {defect}


def faults(row):
    """Return what is wrong with a disclosure, by holding log, request and form beside each other."""
    form = row.authorization
    asked = next(request for request in release_requests() if request.recipient == row.recipient)
    return {name for name, wrong in {
        "disclosed_to_wrong_number": row.sent_to != asked.fax,
        "disclosed_without_authorization": asked.authorization and form is None,
        "disclosed_after_expiry": form is not None and form.expires < row.at.date(),
        "disclosed_to_unnamed_recipient": form is not None and form.recipient != row.recipient,
        "disclosed_too_much": form is not None and bool(set(row.documents) - set(form.covers)),
    }.items() if wrong}


def test_protected_notes_are_in_no_form():
    for defect, title in (("psychotherapy_notes_disclosed", "Psychotherapy"), ("part_2_record_disclosed", "Part 2")):
        for _, wrong in spoiled(defect):
            row, = wrong.disclosures
            assert any(title in document for document in row.documents)
            assert not any(title in covered for covered in row.authorization.covers)


def test_a_case_stored_before_there_was_an_index_still_opens():
    facts = worlds("duplicate_record", 1)[0]
    stored = msgspec.json.decode(msgspec.json.encode(facts))
    for name in ("index", "disclosures"):
        del stored[name]
    for name in ("accident_marked", "sent_as_second"):
        del stored["entry"][name]
    assert msgspec.json.decode(msgspec.json.encode(stored), type=Facts) == facts


def test_what_the_defects_lean_on_stands_in_the_payers_rules():
    assert {rule.procedure: rule.days for rule in rulebook.global_periods()} == GLOBAL_DAYS
    assert RETIRED in {row.code for row in rulebook.policies().retired_codes}
    assert all(any(code.startswith(rule.prefix) and rule.age for rule in rulebook.life_rules())
               for code in OF_ANOTHER_AGE.values())
