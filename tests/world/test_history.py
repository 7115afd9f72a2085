"""Earlier claims of the benefit year could have happened: each costs what its own services cost under the plan."""

import pytest

from app.world.generate import Wish, clean_world
from app.world.history import _VISITS
from app.world.money import share
from app.world.plans import plans
from app.world.seed import Seed
from app.world.services import services

BY_CODE = {service.code: service for service in services().values()}


@pytest.mark.parametrize("index", range(120))
def test_an_earlier_claim_counts_no_more_than_was_allowed_for_it(index):
    facts = clean_world(Seed("history").child(index), Wish())
    for claim in facts.prior_claims:
        plan = plans()[claim.plan]
        allowed = sum(min(row.charge, share(row.base_fee, plan.allowed_percent))
                      for row in (BY_CODE[code] for code in claim.codes))
        assert 0 <= claim.deductible <= claim.out_of_pocket <= allowed


@pytest.mark.parametrize("index", range(120))
def test_no_earlier_visit_is_a_repeat_of_another_of_its_day(index):
    facts = clean_world(Seed("history").child(index), Wish())
    days = [(claim.patient_mrn, claim.first) for claim in facts.prior_claims]
    assert len(set(days)) == len(days)


def test_a_plan_without_cost_sharing_counts_nothing():
    facts = clean_world(Seed("history/free"), Wish(plans=("grayling-family",), remaining_deductible=False))
    assert all(claim.out_of_pocket == 0 for claim in facts.prior_claims)


def test_a_deductible_that_is_met_is_met_by_a_claim_that_is_large_enough():
    facts = clean_world(Seed("history/met"), Wish(plans=("fernwood-hdhp",), remaining_deductible=False))
    own = [claim for claim in facts.prior_claims if claim.patient_mrn == facts.patient.mrn]
    assert sum(claim.deductible for claim in own) == 340_000


def test_earlier_visits_hold_no_service_that_may_not_come_again_soon():
    assert not [name for visit in _VISITS for name in visit.services if services()[name].repeat_days]
