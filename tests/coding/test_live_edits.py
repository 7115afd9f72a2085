"""What an encoder says of codes while they are typed: of the codes alone, never of a chart."""

import datetime as dt

import pytest

from app.coding.grouping import Stay
from app.coding.live_edits import Worked, live_edits
from app.coding.model import CodedDiagnosis

MAY = dt.date(2026, 5, 4)
STAY = Stay(70, "F", MAY, "01", ())


def told(index, *codes, procedures=(), on=MAY, stay=None, poa=None):
    given = tuple(CodedDiagnosis(code, "", poa) for code in codes)
    return live_edits(index, Worked(given, procedures, on, stay, poa is not None))


def rules(index, *codes, **more):
    return [(f.rule, f.codes) for f in told(index, *codes, **more).findings if f.weight != "remind"]


@pytest.mark.parametrize(("code", "rule"), [
    ("zz", "unreadable"), ("J99.99", "no such code"), ("S72", "incomplete"), ("M17.1", "incomplete"), ("I10", None)])
def test_a_diagnosis_is_told_from_a_heading_and_from_nothing(index, code, rule):
    assert [found for found, _ in rules(index, code)] == ([rule] if rule else [])


def test_how_many_characters_are_wanted(index):
    assert "7 characters, this one 3" in told(index, "S72").findings[0].text
    assert "4 to 7 characters" in told(index, "E11").findings[0].text


def test_a_code_is_judged_by_the_day_of_service(index):
    young = next(code for code in ("E10.A1", "F50.010", "C81.9A") if index.in_force(code)[0][0] > dt.date(2022, 10, 1))
    assert rules(index, young, on=dt.date(2022, 12, 1))[0][0] == "not in force"
    assert all(rule != "not in force" for rule, _ in rules(index, young))


def test_the_next_character_of_a_procedure_is_named(index):
    assert "the next one says the approach" in told(index, procedures=("0DTJ",)).findings[0].text
    assert rules(index, procedures=("0DTJ4ZZ",)) == []
    assert rules(index, procedures=("0OTJ4ZZ",)) == [("unreadable", ("0OTJ4ZZ",))]


def test_two_kinds_of_diabetes_do_not_stand_together(index):
    assert ("excludes 1", ("E10.9", "E11.9")) in rules(index, "E11.9", "E10.9")


def test_the_stage_of_kidney_disease_is_missing_until_it_is_there(index):
    assert ("companion", ("E11.22",)) in rules(index, "E11.22")
    assert rules(index, "E11.22", "N18.31") == []


@pytest.mark.parametrize(("first", "rule"), [("W19.XXXA", "external cause first"), ("F02.80", "manifestation first")])
def test_what_never_stands_first(index, first, rule):
    assert rule in [found for found, _ in rules(index, first)]
    assert rule not in [found for found, _ in rules(index, "G30.9", first)]


def test_the_editor_does_not_say_again_what_is_said(index):
    told_of = [rule for rule, _ in rules(index, "W19.XXXA", stay=STAY)]
    assert told_of.count("external cause first") == 1
    assert "code editor" not in told_of


def test_an_open_side_is_asked_about(index):
    (found,) = (f for f in told(index, "M17.10").findings if f.rule == "unspecified")
    assert "leaves the side open" in found.text
    assert rules(index, "M17.11") == []


@pytest.mark.parametrize("codes", [("I12.9", "N18.4"), ("I13.0", "I50.23", "N18.4"), ("O69.81X0", "Z3A.40", "Z37.0"),
                                  ("Z34.83", "Z3A.34")])
def test_what_only_covers_the_unspecified_too_and_any_obstetric_condition_are_no_gap(index, codes):
    assert rules(index, *codes) == []


def test_a_title_that_leaves_something_open_is_quoted(index):
    (found,) = (f for f in told(index, "J20.9").findings if f.rule == "unspecified")
    assert found.text == "Its title leaves something unspecified; others under J20 say more. Does the chart?"


def test_a_diagnosis_twice(index):
    assert rules(index, "I10", "I10") == [("duplicate", ("I10",))]


def test_a_stay_is_grouped_as_it_is_typed(index):
    found = told(index, "J18.9", "J96.01", stay=STAY, poa="Y")
    assert (found.grouping.drg, found.drg.weight > 0) == ("193", True)
    assert told(index, "J18", stay=STAY).no_group
    assert told(index, "J18.9").grouping is None


def test_the_editor_knows_the_patients_age(index):
    assert any(f.cite.endswith("age conflict") for f in told(index, "O80", "Z37.0", stay=STAY).findings)


def test_indicators_left_out_are_counted_and_exempt_codes_are_not(index):
    left = [f.codes for f in told(index, "I10", "Z79.4", poa="").findings if f.rule == "present on admission"]
    assert left == [("I10",)]


@pytest.mark.parametrize("odd", ["", " ", "%", "💥", "A" * 200, "-", ".", "0", "I1O"])
def test_anything_can_be_typed(index, odd):
    assert told(index, odd, procedures=(odd,), stay=STAY).entered == 2


def test_nothing_is_said_without_a_citation_but_of_what_cannot_be_read(index):
    found = told(index, "M17.10", "E11.22", "E10.9", "S72", "J99.99", "I10", "I10", procedures=("0DT",), stay=STAY)
    assert [f for f in found.findings if not f.cite and f.rule != "unreadable"] == []
