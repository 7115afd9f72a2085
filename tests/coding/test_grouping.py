"""Stays grouped by hand against the MS-DRG definitions, and the Medicare Code Editor."""

import datetime as dt

import pytest

from app.coding.grouping import Stay, drg_of, group, grouper_version, mce_edits
from app.coding.model import CodedDiagnosis
from app.world.generate import clean_world
from app.world.seed import Seed
from app.world.wishes import Wish

TODAY = dt.date(2026, 5, 4)


def _stay(*codes, procedures=(), age=70, sex="F", status="01", discharged=TODAY):
    diagnoses = tuple(CodedDiagnosis(code, poa=poa or None) for code, _, poa in (c.partition("/") for c in codes))
    return Stay(age, sex, discharged, status, diagnoses, procedures)


@pytest.mark.parametrize(("drg", "stay"), [
    ("291", _stay("I11.0/Y", "I50.33/Y", "N17.9/Y")),  # acute on chronic diastolic failure is an MCC
    ("293", _stay("I50.20/Y", "E11.65/Y")),  # no CC beside it
    ("195", _stay("J18.9/Y", "I10/Y")),  # simple pneumonia without CC
    ("193", _stay("J18.9/Y", "J96.01/Y")),  # acute respiratory failure is an MCC
    ("190", _stay("J44.1/Y", "J18.9/Y")),  # COPD with pneumonia as MCC
    ("871", _stay("A41.9/Y", "R65.21/Y", "N17.9/Y")),  # sepsis with shock
    ("872", _stay("A41.9/Y", "R65.20/Y")),  # R65.20 does not count beside A41.9 (table 6K, collection 0072)
    ("470", _stay("M17.11/Y", "E11.9", procedures=("0SRC0J9",))),  # knee replaced
    ("482", _stay("S72.001A/Y", "I10/Y", procedures=("0QS634Z",))),  # hip pinned
    ("065", _stay("I63.9/Y", "G81.91/Y")),  # stroke with hemiplegia as CC
    ("285", _stay("I21.4/Y", "R57.0/Y", status="20")),  # shock does not count in a patient who died
    ("807", _stay("O80", "Z37.0", procedures=("10E0XZZ",), age=28)),  # delivery
    ("795", _stay("Z38.00", age=0)),  # normal newborn
])
def test_a_stay_groups_as_by_hand(drg, stay):
    assert group(stay).drg == drg


def test_a_pressure_ulcer_of_the_hospitals_making_pays_nothing():
    told = group(_stay("I21.4/Y", "L89.153/N"))
    assert (told.drg_before_hospital_acquired, told.drg) == ("280", "282")
    assert "Pressure" in told.diagnoses[1].hospital_acquired
    assert not told.diagnoses[1].counted


def test_each_diagnosis_says_what_it_did():
    told = group(_stay("I50.21/Y", "I50.22/Y", "J96.01/Y", "I10/Y"))
    assert [(d.code, d.severity, d.counted, d.decided) for d in told.diagnoses] == [
        ("I50.21", "MCC", False, True), ("I50.22", "CC", False, False), ("J96.01", "MCC", True, True),
        ("I10", "", False, False)]
    assert "closely related" in told.diagnoses[1].why


def test_the_type_and_the_category_are_told():
    told = group(_stay("M17.11/Y", procedures=("0SRC0J9",)))
    assert (told.type, told.mdc, told.version, told.problem) == ("surgical", "08", "V43.1", "")
    assert told.procedures[0].operating_room
    assert group(_stay("J18.9")).type == "medical"


def test_what_cannot_be_grouped_says_why():
    told = group(_stay("V00.01XA"))
    assert told.drg == "999"
    assert "cannot stand first" in told.problem


@pytest.mark.parametrize(("day", "version"), [
    (dt.date(2026, 3, 31), (430, "V43")), (dt.date(2026, 4, 1), (431, "V43.1")), (dt.date(2026, 9, 30), (431, "V43.1")),
    (dt.date(2026, 10, 1), (440, "V44")), (dt.date(2022, 10, 1), (400, "V40"))])
def test_the_discharge_date_chooses_the_version(day, version):
    assert grouper_version(day) == version


@pytest.mark.parametrize("day", [dt.date(2022, 9, 30), dt.date(2027, 4, 1)])
def test_a_date_without_a_grouper_is_refused(day):
    with pytest.raises(ValueError, match="no MS-DRG grouper"):
        grouper_version(day)


@pytest.mark.parametrize(("edit", "stay"), [
    ("E_CODE_AS_PDX", _stay("V00.01XA")), ("INVALID_CODE", _stay("J18.9", "I50.2")),
    ("MANIFESTATION_AS_PDX", _stay("H42")), ("UNACCEPTABLE_PDX", _stay("Z3A.20", age=28)),
    ("AGE_CONFLICT", _stay("O80", "Z37.0")), ("DUPLICATE_OF_PDX", _stay("J18.9", "J18.9")),
])
def test_the_code_editor_finds(edit, stay):
    found = {e.name: e for e in mce_edits(stay)}
    assert edit in found
    assert found[edit].words.endswith(".")


def test_a_clean_stay_has_no_edit():
    assert mce_edits(_stay("J18.9/Y", "I50.22/Y")) == ()


def test_a_stay_without_a_diagnosis_is_refused():
    with pytest.raises(ValueError, match="principal"):
        group(_stay())


def test_a_hip_fracture_of_the_world_is_a_hip_procedure():
    facts = clean_world(Seed("hip"), Wish(templates=("hip_fracture",)))
    assert drg_of(facts.encounter, facts.patient) in {"480", "481", "482", "521", "522"}


@pytest.mark.parametrize(("sex", "mdc"), [("M", "12"), ("F", "13")])
def test_the_same_metastasis_groups_by_sex(sex, mdc):
    assert group(_stay("C79.82/Y", sex=sex)).mdc == mdc
