"""Invariants of every clean world, over many seeds and every kind of plan."""

import datetime as dt
import re
import subprocess
import sys
from functools import cache
from typing import get_args

import msgspec
import pytest

from app.world.coverage import covers, needs_authorization, needs_referral
from app.world.digits import is_npi
from app.world.generate import FIRST_DAY, LAST_DAY, Wish, clean_world
from app.world.model import Facts, PlanKind
from app.world.names import poverty_guideline
from app.world.people import age_on
from app.world.plans import payer_of, plans
from app.world.registration import register
from app.world.seed import Seed
from app.world.services import services
from app.world.templates import templates
from app.world.wishes import is_pregnancy, pairs

SEEDS = 300
MOMENTS = ("before_visit", "after_visit", "after_denial")
# Medigap never stands alone.
KINDS = [kind for kind in get_args(PlanKind) if pairs(Wish(plan_kinds=(kind,)))]
kinds = pytest.mark.parametrize("kind", KINDS)


@cache
def drawn(kind: PlanKind) -> tuple[Facts, ...]:
    return tuple(clean_world(Seed("properties").child(kind, i), Wish(plan_kinds=(kind,), moment=MOMENTS[i % 3]))
                 for i in range(SEEDS))


@kinds
def test_registration_equals_truth(kind):
    for facts in drawn(kind):
        desk = facts.registration
        assert desk == register(facts.patient, facts.coverages, facts.encounter.first, desk.registered_on)
        assert [card.member_id for card in facts.cards] == [row.member_id for row in facts.coverages]


@kinds
def test_the_plan_fits_the_patient(kind):
    for facts in drawn(kind):
        plan, age = plans()[facts.registration.plan], age_on(facts.patient, facts.encounter.first)
        template = templates()[facts.encounter.template]
        ages = plan.ages_in_pregnancy if is_pregnancy(template) and plan.ages_in_pregnancy else plan.ages
        guideline = poverty_guideline(facts.household.size, facts.encounter.first)
        assert plan.kind == kind
        assert ages[0] <= age <= ages[1]
        assert template.ages[0] <= age <= template.ages[1]
        assert facts.patient.sex in template.sexes
        assert facts.household.income * 100 >= guideline * plan.income_percent[0]
        assert facts.household.income * 100 <= guideline * plan.income_percent[1]
        assert not template.payers or payer_of(plan).kind.removesuffix("_advantage") in template.payers


@kinds
def test_coverage_and_permissions_hold_on_the_day(kind):
    for facts in drawn(kind):
        plan, visit = plans()[facts.registration.plan], facts.encounter
        assert all(covers(row, visit.first) and covers(row, visit.last) for row in facts.coverages)
        assert all(re.fullmatch(payer_of(plans()[row.plan]).member_id_format, row.member_id) for row in facts.coverages)
        assert {a.service for a in facts.authorizations} == {
            c.service for c in visit.charges if needs_authorization(plan, c, visit)}
        assert all(a.first <= visit.first and visit.last <= a.last for a in facts.authorizations)
        assert bool(facts.referrals) == any(needs_referral(plan, c, visit) for c in visit.charges)
        assert all(r.first <= visit.first <= r.last for r in facts.referrals)
        assert kind == "self_pay" or plan.id in visit.provider.networks
        assert is_npi(visit.provider.npi)
        assert is_npi(visit.facility.npi)
        assert visit.provider.enrolled_from < visit.first


@kinds
def test_dates_are_coherent(kind):
    for facts in drawn(kind):
        visit, payer = facts.encounter, payer_of(plans()[facts.registration.plan])
        assert FIRST_DAY <= facts.today <= LAST_DAY
        assert dt.date(2026, 4, 1) <= visit.first <= visit.last < facts.filed
        assert facts.patient.birth_date <= facts.registration.registered_on <= min(facts.today, visit.first)
        assert (facts.filed - visit.first).days <= min(60, payer.filing_days or 365)
        assert all(row.effective <= facts.registration.registered_on for row in facts.coverages)
        assert all(entry.at.date() <= facts.today for entry in facts.access_log)
        assert visit.setting != "office" or visit.first.weekday() < 5


@kinds
def test_charges_meet_no_limit(kind):
    for facts in drawn(kind):
        for charge in facts.encounter.charges:
            service = services()[charge.service]
            codes = [facts.encounter.diagnoses[place - 1].code for place in charge.pointers]
            assert charge.units <= service.unit_limit
            assert service.sex in (None, facts.patient.sex)
            assert not service.supports or any(code.startswith(service.supports) for code in codes)
            assert charge.service not in plans()[facts.registration.plan].services_excluded


@kinds
def test_earlier_claims_stay_within_the_plan(kind):
    for facts in drawn(kind):
        benefits = plans()[facts.registration.plan].on(facts.encounter.first)
        own = [c for c in facts.prior_claims if c.patient_mrn == facts.patient.mrn]
        for claim in facts.prior_claims:
            assert claim.received < facts.encounter.first
            assert facts.coverages[0].effective <= claim.first
            assert 0 <= claim.deductible <= claim.out_of_pocket
        if benefits is None:
            assert not own
            continue
        assert sum(c.deductible for c in own) <= benefits.deductible_individual
        everyone = sum(c.deductible for c in facts.prior_claims)
        assert benefits.deductible_family is None or everyone <= benefits.deductible_family
        maximum = benefits.out_of_pocket_individual
        assert maximum is None or sum(c.out_of_pocket for c in own) < maximum


@kinds
def test_facts_survive_json(kind):
    for facts in drawn(kind)[::10]:
        assert msgspec.json.decode(msgspec.json.encode(facts), type=Facts) == facts


def test_people_of_a_household_are_distinct():
    for kind in KINDS:
        for facts in drawn(kind):
            numbers = [member.mrn for member in facts.household.members]
            assert facts.household.members[0] == facts.patient
            assert len(set(numbers)) == len(numbers)


def test_the_order_of_drawing_changes_nothing():
    wish, order = Wish(), list(range(12))
    there = [msgspec.json.encode(clean_world(Seed("order").child(i), wish)) for i in order]
    back = [msgspec.json.encode(clean_world(Seed("order").child(i), wish)) for i in reversed(order)]
    assert there == back[::-1]


def test_another_process_draws_the_same_bytes():
    code = ("import hashlib, msgspec; from app.world.generate import *; from app.world.seed import Seed; "
            "print(hashlib.sha256(msgspec.json.encode(clean_world(Seed('process'), Wish()))).hexdigest())")
    drawn_by = {subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": salt}, capture_output=True,
                               text=True, check=True).stdout for salt in ("1", "2")}
    assert len(drawn_by) == 1
