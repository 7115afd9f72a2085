"""What a set of codes still needs: code first, use additional code, code also."""

import pytest

from app.coding.notes.companions import companions_missing


def _missing(index, *codes, strength=("required", "expected")):
    return [(m.code, m.kind, m.out_of_order) for m in companions_missing(index, codes) if m.strength in strength]


def test_diabetic_kidney_disease_needs_the_stage(index):
    assert _missing(index, "E11.22") == [("E1122", "Use additional code", False)]
    assert _missing(index, "E11.22", "N18.30") == []


def test_a_manifestation_never_stands_alone_or_first(index):
    assert _missing(index, "F02.80") == [("F0280", "Code first", False)]
    assert _missing(index, "F02.80", "G30.9") == [("F0280", "Code first", True)]
    assert _missing(index, "G30.9", "F02.80") == []


def test_hypertensive_kidney_disease_comes_before_its_stage(index):
    assert _missing(index, "N18.4", "I12.9") == [("N184", "Code first", True)]
    assert _missing(index, "I12.9", "N18.4") == []


def test_severe_sepsis_follows_its_infection(index):
    assert _missing(index, "R65.21") == [("R6521", "Code first", False)]
    assert _missing(index, "A41.51", "R65.21") == []


def test_the_nature_of_an_adverse_effect_comes_first(index):
    assert ("T402X5A", "Code first", False) in _missing(index, "T40.2X5A")
    assert _missing(index, "K59.03", "T40.2X5A") == []


def test_a_poisoning_stands_first_itself(index):
    assert _missing(index, "T40.2X1A") == []


def test_anemia_of_kidney_disease_needs_it_before(index):
    assert _missing(index, "D63.1") == [("D631", "Code first", False)]
    assert _missing(index, "N18.5", "D63.1") == []


@pytest.mark.parametrize("code", ["I10", "J18.9", "E11.9", "I50.9", "A41.9", "S72.001A", "Z51.11", "nothing"])
def test_a_reminder_is_no_demand(index, code):
    assert _missing(index, code) == []


def test_reminders_are_given_as_such(index):
    reminders = companions_missing(index, ["E11.9"])
    assert [m.strength for m in reminders] == ["if documented"]
    assert "Z794" in [reference.first for reference in reminders[0].named]
