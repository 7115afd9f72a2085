"""What an experienced biller expects back from the payer for what is wrong with a claim, and does about it."""

import pytest

from app.billing.claims import claim_from, context_from
from app.payer.denials import explain
from app.payer.pipeline import adjudicate
from app.world.defects import defects, plant, repair
from app.world.seed import Seed
from tests.world.clean import worlds

EXPECTED = {  # defect: group and reason (or category of the rejection), remarks, action
    "wrong_member_number": ("PR-31", (), "corrected_claim"),
    "member_number_short": ("A7", (), "corrected_claim"),
    "wrong_birth_date": ("CO-140", (), "corrected_claim"),
    "name_mismatch": ("CO-140", (), "corrected_claim"),
    "former_name": ("CO-140", (), "corrected_claim"),
    "relative_registered": ("CO-140", (), "corrected_claim"),
    "newborn_billed_as_mother": ("CO-140", (), "corrected_claim"),
    "member_number_blank": ("CO-16", ("N382", "MA130"), "corrected_claim"),
    "sister_plan": ("CO-109", (), "rebill"),
    "coverage_not_yet_in_force": ("PR-26", (), "bill_patient"),
    "coverage_ended": ("PR-27", (), "rebill"),
    "coverage_ended_uninsured": ("PR-27", (), "bill_patient"),
    "advantage_elected": ("CO-109", (), "rebill"),
    "hospice_elected": ("CO-109", (), "rebill"),
    "death_on_file": ("CO-13", (), "appeal"),
    "other_payer_primary": ("CO-22", (), "rebill"),
    "plan_before_medicaid_unknown": ("CO-22", (), "rebill"),
    "medicare_billed_first": ("CO-22", (), "rebill"),
    "birthday_rule_missed": ("CO-22", (), "rebill"),
    "primary_answer_missing": ("CO-16", ("MA04", "MA130"), "rebill"),
    "accident_not_told": ("CO-109", (), "corrected_claim"),
    "injury_billed_to_health_plan": ("CO-21", (), "rebill"),
    "injury_marked_as_work": ("CO-19", (), "corrected_claim"),
    "injury_marked_as_auto": ("CO-21", (), "corrected_claim"),
    "missing_authorization": ("CO-197", (), "appeal"),
    "authorization_number_left_off": ("CO-197", (), "corrected_claim"),
    "authorization_number_mistyped": ("CO-15", (), "corrected_claim"),
    "authorization_expired": ("CO-15", (), "appeal"),
    "authorization_units_exceeded": ("CO-198", (), "corrected_claim"),
    "missing_referral": ("CO-243", (), "appeal"),
    "referral_number_left_off": ("CO-243", (), "corrected_claim"),
    "provider_not_enrolled": ("CO-B7", (), "close"),
    "diagnosis_of_another_age": ("CO-9", (), "corrected_claim"),
    "retired_procedure_code": ("CO-181", (), "corrected_claim"),
    "procedure_code_mistyped": ("CO-16", ("M51", "N56", "MA130"), "corrected_claim"),
    "marked_as_excluded": ("PR-96", ("N425",), "corrected_claim"),
    "wrong_place_of_service": ("CO-5", ("M77",), "corrected_claim"),
    "contradictory_modifiers": ("CO-4", ("N519",), "corrected_claim"),
    "charge_on_another_day": ("CO-16", ("M52", "MA130"), "corrected_claim"),
    "units_blank": ("CO-16", ("M53", "MA130"), "corrected_claim"),
    "price_blank": ("CO-16", ("M79", "MA130"), "corrected_claim"),
    "pointer_missing": ("CO-16", ("M76", "MA130"), "corrected_claim"),
    "revenue_code_missing": ("CO-16", ("M50", "MA130"), "corrected_claim"),
    "line_keyed_twice": ("OA-18", ("N522",), "close"),
    "duplicate_claim": ("OA-18", ("N522",), "close"),
    "severe_diagnosis_unsupported": ("CO-252", ("M127",), "corrected_claim"),
    "poa_left_off": ("CO-16", ("N434", "MA130"), "corrected_claim"),
    "units_over_limit": ("CO-151", ("N362",), "corrected_claim"),
    "unbundled_service": ("CO-236", (), "close"),
    "replacement_of_nothing": ("CO-16", ("M47", "MA130"), "corrected_claim"),
    "sent_before_visit": ("CO-16", ("M52", "MA130"), "corrected_claim"),
    "facility_npi_as_rendering": ("CO-16", ("N290", "MA130"), "corrected_claim"),
    "rendering_npi_blank": ("CO-16", ("N290", "MA130"), "corrected_claim"),
    "wrong_rendering_npi": ("A7", (), "corrected_claim"),
    "wrong_bill_type": ("CO-16", ("MA30", "MA130"), "corrected_claim"),
    "visit_in_global_period": ("CO-97", ("M144",), "close"),
}


@pytest.mark.parametrize("defect", EXPECTED)
def test_the_payer_answers_as_a_biller_expects(defect):
    for clean in worlds(defect, 4, "answers"):
        facts = plant(clean, defect, Seed(clean.seed).child("plant"))
        claim, context = claim_from(facts, drg="193"), context_from(facts, {"193": 13_000})
        mended = repair(facts)
        repaired = adjudicate(claim_from(mended, drg="193"), context_from(mended, {"193": 13_000}))
        found = explain(adjudicate(claim, context), repaired, claim, context, facts.today)
        told = {(f"{d.group}-{d.reason}" if d.group else d.reason, d.remarks, d.action) for d in found}
        assert told == {EXPECTED[defect]}


def test_what_a_biller_expects_is_written_down_for_nearly_every_defect():
    met = [name for name, defect in defects().items() if defect.meets == "payer"]
    assert set(EXPECTED) <= set(met)
    assert len(EXPECTED) > len(met) * 3 // 4
