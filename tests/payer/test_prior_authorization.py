"""A request for prior authorization is read in order: needed at all, for this diagnosis, with these papers, so much."""

import datetime as dt
from typing import Any

import pytest

from app.payer.prior_authorization import Request, clock_of, decide
from app.world.coverage import needs_authorization
from app.world.generate import Wish, clean_world
from app.world.plans import plans
from app.world.seed import Seed

MONDAY = dt.date(2026, 5, 4)


def request(**changes: Any) -> Request:
    given: dict[str, Any] = {
        "number": "R1", "plan": "tamarack-hmo", "patient_mrn": "M-100", "service": "mri_lumbar", "setting": "office",
        "specialty": "orthopedics", "diagnoses": ("M54.16",), "units": 1, "wanted_on": dt.date(2026, 5, 20),
        "received": MONDAY, "papers": ("office_note",)}
    return Request(**(given | changes))


def test_what_the_policy_wants_is_approved_with_a_number_and_dates() -> None:
    answer = decide(request())
    assert answer.outcome == "approved"
    assert answer.authorization is not None
    assert (answer.authorization.first, answer.authorization.last) == (dt.date(2026, 5, 20), dt.date(2026, 7, 19))
    assert answer.authorization.number == decide(request()).authorization.number  # type: ignore[union-attr]


def test_a_plan_that_asks_for_none_says_so_the_same_day() -> None:
    answer = decide(request(plan="medicare-b"))
    assert (answer.outcome, answer.decided) == ("not needed", MONDAY)


def test_an_emergency_needs_none() -> None:
    assert decide(request(setting="emergency")).outcome == "not needed"


def test_another_diagnosis_is_denied_with_what_the_policy_wants() -> None:
    answer = decide(request(diagnoses=("R53.83",)))
    assert answer.outcome == "denied"
    assert "six weeks of treatment" in answer.said


def test_missing_papers_pend_the_request() -> None:
    answer = decide(request(service="equipment_cpap", diagnoses=("G47.33",), papers=("office_note",)))
    assert answer.outcome == "pended"
    assert "laboratory or consult or order" in answer.said


def test_more_units_than_the_policy_holds_are_approved_in_part() -> None:
    answer = decide(request(service="infusion_hour", diagnoses=("D50.9",), units=9,
                            papers=("office_note", "laboratory")))
    assert answer.outcome == "partly approved"
    assert answer.authorization is not None
    assert answer.authorization.units == 4


@pytest.mark.parametrize(("plan", "days"), [("grayling-adult", 7), ("ridgeline-advantage", 7), ("fernwood-ppo", 15)])
def test_the_clock_is_the_payers(plan: str, days: int) -> None:
    assert clock_of(plan).standard_days == days


def test_an_urgent_request_is_answered_in_three_days() -> None:
    assert decide(request(urgent=True)).decided == dt.date(2026, 5, 7)


def test_what_a_clean_case_was_authorized_for_would_be_approved_on_its_own_chart() -> None:
    asked = 0
    for number in range(400):
        facts = clean_world(Seed("requests").child(number), Wish())
        visit, plan = facts.encounter, facts.registration.plan
        papers = tuple({document.kind for document in visit.chart})
        for charge in visit.charges:
            if plan not in plans() or not facts.coverages or not needs_authorization(plans()[plan], charge, visit):
                continue
            asked += 1
            answer = decide(Request(f"R{number}", plan, facts.patient.mrn, charge.service, visit.setting,
                                    visit.specialty, tuple(d.code for d in visit.diagnoses), charge.units,
                                    visit.first, visit.first, papers))
            assert answer.outcome in ("approved", "partly approved", "pended"), (visit.template, charge.service,
                                                                                  answer.said)
    assert asked > 10
