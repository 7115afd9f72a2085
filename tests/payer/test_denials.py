"""What a denial desk does about each denial, by when, and for how much."""

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from app.payer import rulebook
from app.payer.denials import _CLOCKS, _NEEDS, explain
from app.payer.history import remember
from app.payer.model import Denial
from app.payer.pipeline import adjudicate
from tests.payer.builders import GivenAuthorization, GivenCover, GivenLine, built

TODAY = dt.date(2026, 6, 1)
MEDICARE = {"plan": "medicare-b", "born": dt.date(1950, 3, 9)}
MRI = {"plan": "tamarack-hmo", "diagnoses": ("M54.16",), "lines": (GivenLine("mri_lumbar"),)}


def _denials(clean: dict[str, Any], wrong: dict[str, Any], today: dt.date = TODAY) -> tuple[Denial, ...]:
    claim, context = built(**(clean | wrong))
    return explain(adjudicate(claim, context), adjudicate(*built(**clean)), claim, context, today)


@pytest.mark.parametrize(("clean", "wrong", "told"), [
    ({}, {"member_id": "nonsense"}, (None, "A7", "corrected_claim", dt.date(2026, 10, 31))),
    ({}, {"member_id": "FWM204716358"}, ("PR", "31", "corrected_claim", dt.date(2026, 11, 20))),
    ({}, {"diagnoses": ("E11",), "not_billable": ("E11",)}, ("CO", "16", "corrected_claim", dt.date(2026, 10, 31))),
    ({}, {"covered_to": dt.date(2026, 4, 30)}, ("PR", "27", "bill_patient", None)),
    ({}, {"covered_to": dt.date(2026, 4, 30), "other_coverage": (GivenCover("tamarack-hmo"),)},
     ("PR", "27", "rebill", dt.date(2026, 8, 2))),
    ({}, {"order": 2, "other_coverage": (GivenCover("copperline-ppo", order=1),)},
     ("CO", "22", "rebill", dt.date(2026, 9, 1))),
    (MRI, {"authorization_number": ""}, ("CO", "197", "corrected_claim", dt.date(2026, 8, 22))),
    (MRI, {"authorization": GivenAuthorization("mri_lumbar", dt.date(2026, 1, 1), dt.date(2026, 4, 30)),
           "authorization_number": ""}, ("CO", "197", "appeal", dt.date(2026, 7, 23))),
    ({"plan": "tamarack-hmo", "specialty": "cardiology"}, {"referral": False},
     ("CO", "243", "appeal", dt.date(2026, 7, 23))),
    (MEDICARE | {"lines": (GivenLine("bone_density"),), "diagnoses": ("Z78.0",)},
     {"diagnoses": ("R53.83",)}, ("CO", "50", "appeal", dt.date(2026, 9, 26))),
    (MEDICARE | {"lines": (GivenLine("bone_density"),), "diagnoses": ("Z78.0",)},
     {"diagnoses": ("R53.83",), "notice": "GA"}, ("PR", "50", "bill_patient", None)),
    (MEDICARE | {"lines": (GivenLine("bone_density"),), "diagnoses": ("R53.83", "Z78.0")}
     | {"lines": (GivenLine("bone_density", points_to=(2,)),)},
     {"lines": (GivenLine("bone_density", points_to=(1,)),)}, ("CO", "50", "corrected_claim", dt.date(2027, 5, 24))),
    ({"plan": "tamarack-hmo"}, {"out_of_network": True}, ("PR", "242", "bill_patient", None)),
    ({}, {"enrolled_from": dt.date(2026, 5, 5)}, ("CO", "B7", "close", None)),
])
def test_the_action_and_its_last_day(clean: dict[str, Any], wrong: dict[str, Any], told: tuple[Any, ...]) -> None:
    denial = _denials(clean, wrong)[0]
    assert (denial.group, denial.reason, denial.action, denial.deadline) == told
    assert denial.at_stake == adjudicate(*built(**clean)).remittance.paid


def test_a_late_claim_is_closed_and_its_money_named() -> None:
    denial = _denials({"plan": "tamarack-hmo"}, {"plan": "tamarack-hmo", "received": dt.date(2026, 8, 3)})[0]
    assert (denial.reason, denial.action, denial.liable, denial.at_stake) == ("29", "close", "provider", 13_600)


def test_a_right_whose_last_day_is_past_is_closed() -> None:
    late = dt.date(2026, 8, 23)  # corrected claims were due by Aug 22
    denial = _denials(MRI, {"authorization_number": ""}, late)[0]
    assert (denial.action, denial.deadline) == ("close", None)


def test_a_duplicate_has_nothing_at_stake() -> None:
    claim, context = built()
    answer = adjudicate(claim, context)
    again = replace(claim, received=claim.received + dt.timedelta(days=9))
    known = remember(context, claim, answer)
    denial = explain(adjudicate(again, known), answer, again, known, TODAY)[0]
    assert (denial.group, denial.reason, denial.action, denial.at_stake) == ("OA", "18", "close", 0)


def test_a_contained_code_is_written_off() -> None:
    clean = {"plan": "tamarack-hmo", "lines": (GivenLine("lab_metabolic_comprehensive"),)}
    both = (GivenLine("lab_metabolic_comprehensive"), GivenLine("lab_metabolic_basic"))
    denial = _denials(clean, {"lines": both})[0]
    assert (denial.line, denial.reason, denial.action, denial.liable, denial.at_stake) == (2, "236", "close",
                                                                                          "provider", 0)


def test_units_typed_wrong_are_corrected() -> None:
    clean = {"diagnoses": ("M17.11",), "lines": (GivenLine("xray_knee"),)}
    denial = _denials(clean, {"lines": (GivenLine("xray_knee", units=4),)})[0]
    assert (denial.reason, denial.action) == ("151", "corrected_claim")


def test_nothing_wrong_is_no_denial() -> None:
    assert _denials({}, {}) == ()


def test_a_clean_claims_own_denial_is_not_blamed_on_the_defect() -> None:
    excluded = {**MEDICARE, "lines": (GivenLine("office_established_4"), GivenLine("lab_a1c", modifiers=("GY",)))}
    assert _denials(excluded, {}) == ()


def test_every_condition_and_reason_of_the_action_rules_is_known() -> None:
    for rule in rulebook.action_rules():
        assert set(rule.needs) <= set(_NEEDS)
        assert set(rule.reasons) <= set(rulebook.codes().reasons)
        assert rule.deadline in _CLOCKS
