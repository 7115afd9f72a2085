import datetime as dt
import re
from typing import get_args

import pytest

from app.world.model import PayerKind, PlanKind
from app.world.plans import Category, payer_of, payers, plans
from app.world.services import services

YEARS = (dt.date(2025, 6, 1), dt.date(2026, 6, 1))
COVERED = [plan for plan in plans().values() if plan.kind != "self_pay"]


def test_there_are_plans_of_every_kind():
    assert {p.kind for p in plans().values()} == set(get_args(PlanKind))
    assert {payer.kind for payer in payers().values()} == set(get_args(PayerKind))


@pytest.mark.parametrize("plan", COVERED, ids=lambda plan: plan.id)
def test_a_plan_states_every_category_in_both_years(plan):
    for day in YEARS:
        assert set(plan.on(day).costs) == set(get_args(Category))


@pytest.mark.parametrize("plan", COVERED, ids=lambda plan: plan.id)
def test_lists_of_a_plan_name_services_that_exist(plan):
    assert {*plan.services_needing_authorization, *plan.services_excluded} <= set(services())


@pytest.mark.parametrize("plan", COVERED, ids=lambda plan: plan.id)
def test_maximums_hold_their_deductibles_and_families_two_people(plan):
    for benefits in (plan.on(day) for day in YEARS):
        if benefits.out_of_pocket_individual is not None:
            assert benefits.deductible_individual < benefits.out_of_pocket_individual
        if benefits.deductible_family is not None:
            assert benefits.deductible_family >= 2 * benefits.deductible_individual


def test_part_b_has_the_deductible_of_its_year_and_a_fifth():
    medicare = plans()["medicare-b"]
    assert [medicare.on(day).deductible_individual for day in YEARS] == [25_700, 28_300]
    assert [medicare.on(day).costs["inpatient"].copayment for day in YEARS] == [167_600, 173_600]
    assert medicare.on(YEARS[1]).costs["office_primary"].coinsurance == 2_000


def test_medicare_has_five_levels_of_appeal_and_a_calendar_year_to_file():
    medicare = payers()["medicare"]
    assert [level.days for level in medicare.appeals] == [120, 180, 60, 60, 60]
    assert [[level.minimum_on(day) for level in medicare.appeals] for day in YEARS] == [
        [0, 0, 19_000, 0, 190_000], [0, 0, 20_000, 0, 196_000]]
    assert medicare.filing_days is None


def test_the_high_deductible_plan_meets_the_tax_rule_and_exempts_prevention_only():
    for day, deductible, maximum in ((YEARS[0], 165_000, 830_000), (YEARS[1], 170_000, 850_000)):
        benefits = plans()["fernwood-hdhp"].on(day)
        assert benefits.deductible_individual >= deductible
        assert benefits.out_of_pocket_individual <= maximum
        assert [name for name, cost in benefits.costs.items() if not cost.deductible] == ["preventive"]


def test_an_embedded_deductible_of_a_high_deductible_plan_is_the_familys_minimum():
    """IRC 223(c)(2)(A)(ii): nothing is paid in a family contract below the family's minimum."""
    for day, minimum in ((YEARS[0], 330_000), (YEARS[1], 340_000)):
        for plan in (plan for plan in COVERED if plan.kind == "hdhp"):
            benefits = plan.on(day)
            within = benefits.deductible_individual if benefits.embedded else benefits.deductible_family
            assert within >= minimum


def test_therapy_is_limited_to_so_many_visits_a_year_where_the_plan_says_so():
    limits = {plan.id: plan.on(YEARS[1]).visit_limits.get("therapy") for plan in COVERED}
    assert {limits["tamarack-hmo"], limits["fernwood-ppo"], limits["grayling-adult"]} == {20, 30, 24}
    assert limits["medicare-b"] is limits["ridgeline-advantage"] is None


def test_commercial_maximums_keep_within_the_limit_of_the_year():
    for plan in COVERED:
        if payer_of(plan).kind == "commercial":
            assert plan.on(YEARS[0]).out_of_pocket_individual <= 920_000
            assert plan.on(YEARS[1]).out_of_pocket_individual <= 1_060_000
            assert plan.on(YEARS[0]).out_of_pocket_family <= 1_840_000
            assert plan.on(YEARS[1]).out_of_pocket_family <= 2_120_000


def test_the_hmo_wants_network_referral_and_authorization():
    hmo = plans()["tamarack-hmo"]
    assert hmo.network_required
    assert hmo.on(YEARS[1]).costs["office_specialist"].referral
    assert not hmo.on(YEARS[1]).costs["office_primary"].referral
    assert len(hmo.services_needing_authorization) >= 5


def test_medicaid_asks_children_for_nothing():
    costs = plans()["grayling-family"].on(YEARS[1]).costs.values()
    assert all(cost.copayment == cost.coinsurance == 0 for cost in costs)


def test_filing_limits_differ():
    assert {payer.filing_days for payer in payers().values()} == {None, 90, 120, 180, 365}


def test_every_payer_has_a_number_of_its_own_form_and_tells_its_sources():
    for payer in payers().values():
        assert re.fullmatch(payer.member_id_format, payer.member_id_example)
        assert payer.filing_source
        assert all(level.source for level in payer.appeals)
        assert not payer.phone or re.fullmatch(r"800-555-01\d\d", payer.phone)


def test_before_its_first_date_a_plan_has_no_benefits():
    assert plans()["fernwood-ppo"].on(dt.date(2024, 12, 31)) is None
    assert plans()["self-pay"].on(YEARS[1]) is None
