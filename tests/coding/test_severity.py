"""CC, MCC and exclusions: the tables, held against what the grouper does with the same codes."""

import datetime as dt

import pytest

from app.coding.grouping import Stay, group
from app.coding.model import CodedDiagnosis

PAIRS = [("J18.9", "N17.9"), ("J18.9", "A41.9"), ("I50.9", "J96.01"), ("A41.9", "A41.51"), ("K35.80", "I10"),
         ("E11.9", "E11.10"), ("N17.9", "N18.6"), ("I21.4", "I50.23"), ("J44.1", "J18.9"), ("S72.001A", "D62")]


@pytest.mark.parametrize(("code", "level"), [("A41.9", "MCC"), ("N17.9", "CC"), ("I10", ""), ("j189", "MCC"), ("", "")])
def test_a_secondary_diagnosis_has_its_level(index, code, level):
    assert index.severity(code).level == level


@pytest.mark.parametrize(("principal", "secondary"), PAIRS)
def test_the_grouper_says_the_same(index, principal, secondary):
    diagnoses = tuple(CodedDiagnosis(code, "", "Y") for code in (principal, secondary))
    stay = Stay(70, "F", dt.date(2026, 2, 1), "01", diagnoses)
    effect = group(stay).diagnoses[1]
    told = index.severity(secondary, principal)
    assert (told.level, bool(told.level) and not told.excluded) == (effect.severity, effect.counted)


def test_some_count_only_when_the_patient_lives(index):
    assert index.severity("I46.9").alive_only
    assert not index.severity("N17.9").alive_only
