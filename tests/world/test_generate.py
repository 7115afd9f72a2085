import msgspec
import pytest

from app.world.coverage import needs_authorization
from app.world.generate import LAST_DAY, Wish, clean_world
from app.world.history import deductible_met
from app.world.names import poverty_guideline
from app.world.plans import plans
from app.world.seed import Seed


def world(index: int = 0, **wish):
    return clean_world(Seed("generate").child(index), Wish(**wish))


def left(facts) -> int:
    plan = facts.coverages[0].plan
    limit = plans()[plan].on(facts.encounter.first).deductible_individual
    return limit - deductible_met(facts.prior_claims, plan, facts.patient.mrn)


@pytest.mark.parametrize("index", range(15))
def test_a_wish_for_authorization_brings_a_service_on_the_plans_list(index):
    facts = world(index, needs_authorization=True)
    plan = plans()[facts.registration.plan]
    listed = [c.service for c in facts.encounter.charges if needs_authorization(plan, c, facts.encounter)]
    assert listed == [a.service for a in facts.authorizations]
    assert facts.authorization_on_file == facts.authorizations[0].number


@pytest.mark.parametrize("index", range(15))
def test_a_wish_against_authorization_is_kept_too(index):
    assert world(index, needs_authorization=False).authorizations == ()


@pytest.mark.parametrize("index", range(15))
def test_the_deductible_is_left_or_met_as_wished(index):
    assert left(world(index, remaining_deductible=True)) > 0
    assert left(world(index, remaining_deductible=False)) == 0


@pytest.mark.parametrize("index", range(15))
def test_the_moment_decides_what_lies_before_today(index):
    before, after, denied = (world(index, moment=m) for m in ("before_visit", "after_visit", "after_denial"))
    assert before.today < before.encounter.first
    assert after.encounter.last < after.today < after.filed
    assert denied.encounter.last < denied.filed < denied.today <= LAST_DAY


@pytest.mark.parametrize("index", range(15))
def test_age_sex_and_income_are_kept(index):
    facts = world(index, ages=(30, 50), sexes=("F",), income_percent=(150, 180))
    guideline = poverty_guideline(facts.household.size, facts.encounter.first)
    assert facts.patient.sex == "F"
    assert 30 <= facts.encounter.first.year - facts.patient.birth_date.year <= 51
    assert guideline * 150 <= facts.household.income * 100 <= guideline * 180


def test_self_pay_comes_only_when_asked_for():
    drawn = {world(i).registration.plan for i in range(60)}
    assert "self-pay" not in drawn
    assert len(drawn) >= 7


@pytest.mark.parametrize("wish", [
    {"plan_kinds": ("medicare_b",), "ages": (5, 10)},
    {"plan_kinds": ("medicaid",), "income_percent": (400, 500)},
    {"plan_kinds": ("medicaid",), "secondary": True},
    {"plan_kinds": ("ppo",), "needs_referral": True},
    {"plans": ("no-such-plan",)},
    {"templates": ("no-such-template",)},
    {"settings": ("emergency",), "needs_authorization": True},
])
def test_an_impossible_wish_is_refused_in_one_sentence(wish):
    with pytest.raises(ValueError, match=r"^(No plan|In 80 draws).*\.$") as raised:
        world(**wish)
    assert next(iter(wish)) in str(raised.value)


def test_a_misspelled_wish_is_refused():
    with pytest.raises(msgspec.ValidationError, match="plan_kind"):
        msgspec.convert({"plan_kind": ["ppo"]}, Wish)
