import re
from collections import Counter

import simple_icd_10_cm as icd

from app.world.services import services
from app.world.settings import settings


def test_no_service_has_a_five_digit_procedure_number() -> None:
    assert not [row.id for row in services().values() if re.search(r"\b\d{5}\b", f"{row.code} {row.title}")]


def test_a_training_code_is_z_and_four_digits_and_no_diagnosis_in_disguise() -> None:
    for row in services().values():
        if row.system == "training":
            assert re.fullmatch(r"Z\d{4}", row.code), row.id
            assert not icd.is_valid_item(f"{row.code[:3]}.{row.code[3:]}"), row.id


def test_a_hcpcs_code_is_a_letter_and_four_digits() -> None:
    for row in services().values():
        if row.system == "hcpcs":
            assert re.fullmatch(r"[A-V]\d{4}", row.code), row.id


def test_no_code_is_used_twice() -> None:
    assert Counter(row.code for row in services().values()).most_common(1)[0][1] == 1


def test_the_practice_charges_more_than_the_fee_schedule_pays() -> None:
    assert not [row.id for row in services().values() if row.charge <= row.base_fee]


def test_what_a_policy_accepts_are_real_diagnosis_prefixes() -> None:
    policies = [row for row in services().values() if row.supports]
    assert len(policies) >= 8
    prefixes = [code for row in policies for code in row.supports if len(code) > 1]
    assert not [code for code in prefixes if not icd.is_valid_item(code)]


def test_lines_of_an_institutional_claim_carry_a_revenue_code() -> None:
    for row in services().values():
        institutional = row.id == "hospital_clinic_visit" or any(
            settings()[name].form == "institutional" for name in row.settings)
        assert bool(re.fullmatch(r"0\d{3}", row.revenue)) == institutional, row.id
