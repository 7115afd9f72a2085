"""A coder's codes held against the reviewer's."""

import pytest

from app.coding.compare import CodedDiagnosis, compare
from app.coding.editions import MemoryCodeIndex
from app.coding.model import Code

TITLES = {
    "E11.9": "Type 2 diabetes mellitus without complications",
    "E11.22": "Type 2 diabetes mellitus with diabetic chronic kidney disease",
    "E11.40": "Type 2 diabetes mellitus with diabetic neuropathy, unspecified",
    "I10": "Essential (primary) hypertension", "N18.30": "Chronic kidney disease, stage 3 unspecified",
    "N18.31": "Chronic kidney disease, stage 3a", "M17.11": "Unilateral primary osteoarthritis, right knee",
    "M17.12": "Unilateral primary osteoarthritis, left knee", "Z79.4": "Long term (current) use of insulin",
    "S52.501A": "Unspecified fracture of the lower end of right radius, initial encounter for closed fracture",
    "S52.501D": "Unspecified fracture of the lower end of right radius, subsequent encounter for closed fracture",
    "S52.502A": "Unspecified fracture of the lower end of left radius, initial encounter for closed fracture",
}
INDEX = MemoryCodeIndex(tuple(Code(code, title, True, "subcategory", "", "", "") for code, title in TITLES.items()))


def _coded(text):
    return [CodedDiagnosis(code, "", poa or None) for code, _, poa in (part.partition("/") for part in text.split())]


def _told(key, given):
    return compare(_coded(key), _coded(given), INDEX)


@pytest.mark.parametrize(("key", "given", "outcome", "near"), [
    ("E11.9", "E11.9", "exact", ""), ("E11.9", "e119", "exact", ""),
    ("S52.501A", "S52.501D", "near", "seventh character"), ("S52.501A", "S52.502A", "near", "laterality"),
    ("M17.11", "M17.12", "near", "laterality"), ("N18.31", "N18.30", "near", "less specific"),
    ("N18.30", "N18.31", "near", "more specific"), ("E11.22", "E11.9", "near", "category"),
    ("S52.501A", "S52.501", "near", "less specific"), ("E11.9", "I10", "missing", ""),
])
def test_a_line_says_how_near_it_is(key, given, outcome, near):
    line = _told(key, given).lines[0]
    assert (line.outcome, line.near) == (outcome, near)


def test_an_exact_code_is_never_taken_by_a_near_one():
    told = _told("E11.22 E11.40", "E11.9 E11.40")
    assert [(line.key, line.given, line.outcome) for line in told.lines] == [
        ("E11.22", "E11.9", "near"), ("E11.40", "E11.40", "exact")]


def test_an_extra_code_costs_only_under_the_strict_figure():
    told = _told("E11.9 I10", "E11.9 I10 Z79.4")
    assert (told.accuracy, told.strict_accuracy) == (10_000, 6_666)
    assert told.lines[-1].outcome == "extra"
    assert told.findings == ("Z79.4 is coded beyond what the reviewer found supported.",)


def test_a_missing_and_a_near_code_are_both_not_right():
    told = _told("E11.22 N18.31 I10", "E11.22 N18.30")
    assert [line.outcome for line in told.lines] == ["exact", "near", "missing"]
    assert (told.accuracy, told.strict_accuracy) == (3_333, 3_333)
    assert told.first_right


def test_the_wrong_order_is_told_and_costs_no_accuracy():
    told = _told("E11.22 N18.31", "N18.31 E11.22")
    assert (told.accuracy, told.first_right, told.order_right) == (10_000, False, False)
    assert told.findings == ("E11.22 belongs first, and stands further down.",)


def test_another_condition_first_is_named():
    assert _told("E11.9", "I10").findings[0] == "E11.9 belongs first; I10 stands there."


def test_secondary_codes_out_of_order_leave_the_first_right():
    told = _told("E11.22 N18.31 I10", "E11.22 I10 N18.31")
    assert (told.first_right, told.order_right) == (True, False)


def test_a_code_given_twice_is_extra():
    told = _told("I10", "I10 I10")
    assert told.lines[1].remark == "I10 is given twice."


def test_present_on_admission_is_judged_on_the_right_codes():
    told = _told("E11.22/Y N18.31/N Z79.4", "E11.22/Y N18.31/Y Z79.4")
    assert [line.poa for line in told.lines] == ["right", "wrong", "right"]
    assert told.poa_accuracy == 6_666
    assert "N18.31: the present-on-admission indicator is not right." in told.findings


def test_outside_a_hospital_no_indicator_is_judged():
    assert _told("E11.9", "E11.9").poa_accuracy is None


def test_no_codes_at_all_are_all_missing():
    told = compare(_coded("E11.9 I10"), [], INDEX)
    assert (told.accuracy, told.first_right, {line.outcome for line in told.lines}) == (0, False, {"missing"})


def test_without_an_index_the_category_is_still_seen():
    told = compare(_coded("M17.11"), _coded("M17.12"))
    assert (told.lines[0].outcome, told.lines[0].near) == ("near", "category")


def test_a_full_match_has_no_finding():
    told = _told("E11.22/Y N18.31/Y", "E11.22/Y N18.31/Y")
    assert (told.accuracy, told.poa_accuracy, told.findings, told.order_right) == (10_000, 10_000, (), True)


def test_the_real_index_tells_sides_apart(index):
    told = compare(_coded("M17.11 S72.001A"), _coded("M17.12 S72.001D"), index)
    assert [line.near for line in told.lines] == ["laterality", "seventh character"]
