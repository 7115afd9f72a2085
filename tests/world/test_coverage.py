import datetime as dt

import pytest
from msgspec.structs import replace

from app.world.coverage import card_for, category_for, covers, month_end_before, needs_authorization, needs_referral
from app.world.generate import Wish, clean_world
from app.world.households import parents_of
from app.world.names import poverty_guideline
from app.world.people import age_on
from app.world.plans import payer_of, plans
from app.world.registration import register
from app.world.seed import Seed


def world(index: int = 0, **wish):
    return clean_world(Seed("coverage").child(index), Wish(**wish))


def test_a_visit_to_a_specialist_is_a_specialists_visit():
    assert category_for("office_established_4", "family medicine") == "office_primary"
    assert category_for("office_established_4", "cardiology") == "office_specialist"
    assert category_for("lab_a1c", "cardiology") == "laboratory"


def test_an_emergency_needs_no_authorization():
    facts = world(needs_authorization=True, settings=("office",))
    plan = plans()[facts.registration.plan]
    charge = next(c for c in facts.encounter.charges if needs_authorization(plan, c, facts.encounter))
    assert not needs_authorization(plan, charge, replace(facts.encounter, setting="emergency"))


def test_only_a_specialists_office_visit_needs_a_referral():
    facts = world(needs_referral=True, plan_kinds=("hmo",))
    plan = plans()[facts.registration.plan]
    assert any(needs_referral(plan, charge, facts.encounter) for charge in facts.encounter.charges)
    at_home = replace(facts.encounter, specialty="family medicine")
    assert not any(needs_referral(plan, charge, at_home) for charge in facts.encounter.charges)


def test_coverage_is_in_force_on_its_first_and_its_last_day():
    row = replace(world(plan_kinds=("ppo",)).coverages[0], effective=dt.date(2026, 1, 1), ended=dt.date(2026, 5, 31))
    assert [covers(row, dt.date(*day)) for day in ((2025, 12, 31), (2026, 1, 1), (2026, 5, 31), (2026, 6, 1))] == [
        False, True, True, False]


def test_the_month_before_ends_on_its_last_day():
    assert month_end_before(dt.date(2026, 3, 17)) == dt.date(2026, 2, 28)


def test_the_card_says_what_the_payer_has_on_file():
    row = world(plan_kinds=("hmo",)).coverages[0]
    card = card_for(row)
    assert (card.member_id, card.patient_name, card.plan) == (row.member_id, row.patient.name, row.plan)


@pytest.mark.parametrize("index", range(12))
def test_a_child_is_on_the_plan_of_the_parent_whose_birthday_comes_first(index):
    # Above what Medicaid allows, which would be the child's own second coverage.
    facts = world(index, ages=(0, 17), plan_kinds=("ppo", "epo"), secondary=True, income_percent=(210, 600))
    parents = parents_of(facts.household, facts.patient, facts.encounter.first)
    assert [row.subscriber for row in facts.coverages] == parents
    assert [(p.birth_date.month, p.birth_date.day) for p in parents] == sorted(
        (p.birth_date.month, p.birth_date.day) for p in parents)


@pytest.mark.parametrize("index", range(12))
def test_medicare_is_followed_by_medicaid_only_for_those_with_little(index):
    facts = world(index, plan_kinds=("medicare_b",), secondary=True)
    poor = facts.household.income <= poverty_guideline(facts.household.size, facts.encounter.first)
    assert facts.coverages[1].plan in (("grayling-adult",) if poor else ("copperline-ppo", "granite-supplement-g"))
    assert facts.registration.other_coverage == facts.coverages[1].plan


@pytest.mark.parametrize("index", range(12))
def test_a_dependent_has_a_subscriber_who_lives_in_the_household(index):
    facts = world(index, dependent=True)
    holder = facts.coverages[0].subscriber
    assert holder in facts.household.members
    assert holder != facts.patient
    assert age_on(holder, facts.encounter.first) >= 18
    assert payer_of(plans()[facts.coverages[0].plan]).kind in ("commercial", "tricare")


def test_without_coverage_the_desk_writes_self_pay():
    facts = world(plan_kinds=("self_pay",))
    assert facts.coverages == facts.cards == ()
    assert facts.registration.plan == "self-pay"
    assert register(facts.patient, (), facts.today, facts.today).member_id == ""
