"""The templates of the hospital, of cancer care, behavioral care and equipment: coded as a careful coder would."""

import csv
import re
from collections import Counter, defaultdict
from functools import cache
from importlib.resources import files

import pytest
import simple_icd_10_cm as icd

from app.billing.claims import claim_from, context_from
from app.coding.editions import SqliteCodeIndex
from app.coding.grouping import drg_of, group, mce_edits, stay_from
from app.payer.pipeline import adjudicate
from app.world.charts.untidy import ATTENDING
from app.world.charts.variety import STATEMENTS
from app.world.generate import Wish, clean_world
from app.world.model import Encounter
from app.world.plans import plans
from app.world.providers import providers
from app.world.seed import Seed
from app.world.services import services
from app.world.settings import settings
from app.world.templates import templates, titles
from app.world.wishes import pairs
from tests.codes import built_index
from tests.world.evidence_cases import draws, encounter, patient, reachable_codes

SEEDS = 60
# The MS-DRGs in which each stay may end (V43.1), as the field expects them.
STAYS = {
    "stroke_inpatient": range(61, 67), "gi_bleed": range(377, 380), "acute_kidney_injury": range(682, 685),
    "pancreatitis": range(438, 441), "alcohol_withdrawal": (894, 896, 897), "appendectomy": range(397, 400),
    "colon_resection_cancer": range(329, 332), "vaginal_delivery": range(805, 808),
    "cesarean_delivery": range(783, 789), "newborn": range(792, 796), "major_depression_inpatient": (885,),
    "coronary_stent_inpatient": (321, 322), "lumbar_fusion_inpatient": (450, 451), "hysterectomy_inpatient": (742, 743),
    "bipolar_mania_inpatient": (885,), "preeclampsia_delivery_inpatient": range(805, 808),
    "bronchiolitis_inpatient": (202, 203), "leukemia_chemotherapy_inpatient": range(837, 840),
    "wound_infection_inpatient": (856, 857, 858, 862, 863), "ureteral_stone_inpatient": (659, 660, 661, 693, 694),
    "catheter_infection_inpatient": (291, 292, 293, 193, 194, 195, 542, 543, 544),
    "pressure_ulcer_inpatient": (177, 178, 179, 570, 571, 572, 640, 641),
}
OBSERVATION = ("chest_pain_observation", "syncope_observation", "dehydration_gastroenteritis_observation",
               "cellulitis_observation")
SURGERY = ("cataract_surgery", "colonoscopy_screening_polyp", "inguinal_hernia_repair", "carpal_tunnel_release",
           "gallstones_cholecystectomy_outpatient", "tonsillectomy_child", "port_placement_oncology",
           "breast_lumpectomy")
OFFICE = ("ptsd_office", "chemotherapy_office", "anemia_cancer_office", "atrial_fibrillation_office", "lyme_office",
          "diabetic_foot_office", "aftercare_joint_office")
EQUIPMENT = ("oxygen_equipment", "wheelchair_equipment", "diabetic_supplies", "prosthesis_equipment")
CENTER = ("heart_kidney_center", "opioid_treatment_center", "prenatal_center", "hiv_center")
EMERGENCY = ("copd_emergency", "febrile_child_emergency", "hypoglycemia_emergency", "concussion_emergency",
             "heat_exhaustion_emergency", "burn_emergency")
NAMES = (*STAYS, *OBSERVATION, *SURGERY, *OFFICE, *EQUIPMENT, *CENTER, *EMERGENCY)
every = pytest.mark.parametrize("name", NAMES)


@cache
def cases(name: str, level: int) -> tuple[Encounter, ...]:
    return tuple(encounter(templates()[name], number, level) for number in range(SEEDS))


@cache
def procedure_titles() -> dict[str, str]:
    """Every billable ICD-10-PCS code of FY 2026 with its title."""
    text = files("drg").joinpath("data/tuva/icd_10_pcs.csv").read_text(encoding="utf-8")
    return {row[0]: row[1] for row in csv.reader(text.splitlines()) if len(row) > 1}


def texts(case: Encounter) -> list[str]:
    return [section.text for document in case.chart for section in document.sections]


@every
def test_the_template_stands_in_its_setting(name: str) -> None:
    expected = ("inpatient" if name in STAYS else "observation" if name in OBSERVATION
                else "outpatient_surgery" if name in SURGERY else "office" if name in OFFICE
                else "health_center" if name in CENTER else "emergency" if name in EMERGENCY else "equipment")
    assert templates()[name].setting == expected


@every
def test_its_codes_are_billable_in_the_edition(name: str) -> None:
    index = SqliteCodeIndex(built_index())
    for code in sorted(reachable_codes(templates()[name]) - {""}):
        assert index.is_billable(code) or code in procedure_titles(), code
        assert titles()[code] == procedure_titles().get(code, " ".join(icd.get_description(code).split())
                                                        if icd.is_valid_item(code) else "")


@every
def test_one_principal_diagnosis_comes_first_whatever_is_drawn(name: str) -> None:
    template = templates()[name]
    for drawn in draws(template):
        rows = [row for row in template.diagnoses if all(drawn[axis].name in names for axis, names in row.when.items())]
        assert [row.role for row in rows].index("principal") == 0
        assert [row.role for row in rows].count("principal") == 1


@every
def test_the_evidence_is_signed_by_who_treats_at_every_level(name: str) -> None:
    for level in (1, 2, 3):
        for case in cases(name, level):
            signed = [section.text for document in case.chart for section in document.sections
                      if document.signed and (document.kind in ATTENDING or document.kind == "operative_report")]
            for row in (*case.diagnoses, *case.procedures):
                assert all(any(words in text for text in signed) for words in row.evidence), (level, row.code)


@every
def test_its_sentences_are_whole(name: str) -> None:
    broken = re.compile(r"[{}]|\.\.|,\.|;\.| \.|\s,|,:|  |\. [a-z]|through a vein of the arm [A-Z]")
    for level in (1, 2, 3):
        for case in cases(name, level):
            for text in texts(case):
                assert text.strip()
                assert not broken.search(text), text


@every
def test_no_two_narratives_are_the_same(name: str) -> None:
    """12 words or more, over the charts of all seeds; a list of codes or drugs is no narrative."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for case in cases(name, 1):
        for document in case.chart:
            for section in document.sections:
                listed = document.kind == "medication_list" or section.heading.lower() in STATEMENTS
                if len(section.text.split()) >= 12 and not listed:
                    seen[document.title, section.heading][section.text] += 1
    repeated = {place: sum(count - 1 for count in found.values()) for place, found in seen.items()}
    assert sum(repeated.values()) <= 1, repeated


@every
def test_variants_change_the_codes(name: str) -> None:
    assert len({tuple(row.code for row in case.diagnoses) for case in cases(name, 1)}) >= 4


def _against(note: str, codes: list[str]) -> list[str]:
    named = note.rpartition("(")[2].rstrip(")").replace(".-", "").replace("-", "")
    prefixes = tuple(part.strip() for part in named.split(",")
                     if part.strip()[:1].isupper() and part.strip()[1:2].isdigit())
    return [code for code in codes if prefixes and code.startswith(prefixes)]


@every
def test_no_code_stands_against_an_excludes1_note(name: str) -> None:
    for codes in {tuple(row.code for row in case.diagnoses) for case in cases(name, 1)}:
        assert len(set(codes)) == len(codes)
        for code in codes:
            for above in (code, *icd.get_ancestors(code)):
                for note in icd.get_excludes1(above):
                    assert not _against(note, list(codes)), (code, note)


@every
def test_its_charges_meet_every_edit_of_the_service(name: str) -> None:
    template = templates()[name]
    for case in cases(name, 1):
        lines = [(charge.code, charge.on, charge.modifiers) for charge in case.charges]
        assert len(set(lines)) == len(lines)
        for charge in case.charges:
            service = services()[charge.service]
            pointed = [case.diagnoses[place - 1].code for place in charge.pointers]
            assert pointed
            assert template.setting in service.settings
            assert 1 <= charge.units <= service.unit_limit
            assert case.first <= charge.on <= case.last
            assert not service.supports or pointed[0].startswith(service.supports)
            assert service.sex in (None, *template.sexes)
            assert bool(service.revenue) or settings()[template.setting].form == "professional"


@pytest.mark.parametrize("name", STAYS)
def test_the_stay_groups_as_the_field_expects_and_the_code_editor_is_silent(name: str) -> None:
    found = set()
    for number, case in enumerate(cases(name, 1)):
        stay = stay_from(case, patient(templates()[name], number))
        grouping = group(stay)
        assert not mce_edits(stay)
        assert not grouping.problem
        found.add(int(grouping.drg))
    assert found <= set(STAYS[name])


@pytest.mark.parametrize("name", STAYS)
def test_present_on_admission_is_told_where_it_is_not_exempt(name: str) -> None:
    for row in templates()[name].diagnoses:
        assert (row.poa is None) == row.code.startswith(("Z", "O80", "I69.")), row.id


@pytest.mark.parametrize("name", OBSERVATION)
def test_observation_is_charged_by_the_hour_as_the_chart_tells(name: str) -> None:
    for case in cases(name, 1):
        hours = [charge for charge in case.charges if charge.code == "G0378"]
        assert [charge.revenue for charge in hours] == ["0762"]
        assert any(f"{hours[0].units} hours" in text for text in texts(case))


def test_a_child_has_no_grown_up_words() -> None:
    words = " ".join(text for case in cases("tonsillectomy_child", 1) for text in texts(case))
    assert not re.search(r"smoke[rd]\b|work note|driving|beer|Dentures", words)


@every
def test_every_plan_that_enrolls_such_a_patient_has_a_clean_world(name: str) -> None:
    possible = {plan for plan, template in pairs(Wish(templates=(name,), income_percent=(0, 1000)))
                if template == name}
    assert possible
    for plan in sorted(possible):
        facts = clean_world(Seed("hospital").child(name, plan),
                            Wish(templates=(name,), plans=(plan,), income_percent=(0, 1000)))
        assert facts.encounter.template == name
        assert facts.registration.plan == plan


@every
def test_a_clean_claim_passes_every_edit_of_the_payer(name: str) -> None:
    for plan in sorted({plan for plan, _ in pairs(Wish(templates=(name,), income_percent=(0, 1000)))})[:3]:
        facts = clean_world(Seed("hospital-claim").child(name, plan),
                            Wish(templates=(name,), plans=(plan,), income_percent=(0, 1000)))
        drg = drg_of(facts.encounter, facts.patient) if facts.encounter.setting == "inpatient" else ""
        answer = adjudicate(claim_from(facts, drg=drg), context_from(facts))
        assert not [step.said for step in answer.trace if step.outcome not in ("pass", "price")]


def test_each_of_their_specialties_has_a_clinician_in_every_network() -> None:
    wanted = {templates()[name].specialty for name in NAMES}
    for plan in plans().values():
        if plan.network_required:
            assert wanted <= {row.specialty for row in providers() if plan.id in row.networks}, plan.id
