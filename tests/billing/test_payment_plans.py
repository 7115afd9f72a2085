"""The office's policy for balances, as the billing desk uses it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.billing.payment_plans import (
    Proposal,
    after_missed,
    guideline_for,
    longest,
    may_collect,
    missed_step,
    month_later,
    past_due,
    policy,
    problems,
    schedule,
    screen,
)

RULES = policy()
AGREED = dt.date(2026, 6, 1)


def offer(balance, months, **changes):
    plan = schedule(balance, months, dt.date(2026, 6, 20))
    proposal = Proposal(months, plan[0].amount, plan[-1].amount, plan[0].due, months > 4)
    return problems(balance, Proposal(**{**{f: getattr(proposal, f) for f in proposal.__struct_fields__}, **changes}),
                    AGREED, RULES)


def test_the_guideline_of_2026_for_a_family_of_four():
    assert guideline_for(4, "OH", RULES) == 33_000_00


def test_alaska_has_its_own_guideline():
    assert guideline_for(1, "AK", RULES) == 19_950_00


@pytest.mark.parametrize(("income", "discount"), [
    (66_000_00, 100), (66_000_01, 75), (82_500_00, 75), (99_000_00, 50), (132_000_00, 25), (132_000_01, 0),
])
def test_assistance_by_income_of_a_family_of_four(income, discount):
    assert screen(1_000_00, income, 4, "OH", RULES).discount == discount


def test_five_installments_need_the_disclosures():
    assert "disclosures" in offer(500_00, 5, disclosures=False)


def test_four_installments_need_none():
    assert offer(500_00, 4) == {}


def test_installments_that_do_not_sum_are_told():
    assert "last" in offer(500_00, 3, last=1_00)


def test_a_plan_may_not_run_longer_than_the_policy_says():
    assert "months" in offer(500_00, 7)


def test_a_small_balance_is_not_cut_below_the_least_installment():
    assert longest(60_00, RULES) == 2


def test_the_first_payment_comes_within_thirty_days():
    assert "first_due" in offer(500_00, 3, first_due=dt.date(2026, 7, 2))


def test_the_second_missed_payment_brings_a_review():
    assert missed_step(2, RULES).action == "review"


def test_what_is_past_due_after_one_payment_of_two():
    plan = schedule(300_00, 3, dt.date(2026, 6, 15))
    assert past_due(plan, 100_00, dt.date(2026, 7, 20)) == 100_00


def test_the_thirty_first_becomes_the_last_of_a_short_month():
    assert month_later(dt.date(2026, 8, 31), 1) == dt.date(2026, 9, 30)


@given(st.integers(1, 50_000_00), st.integers(1, 24))
def test_installments_sum_to_the_balance(balance, months):
    assert sum(i.amount for i in schedule(balance, months, AGREED)) == balance


def test_what_a_missed_payment_asks_for() -> None:
    plan = schedule(60_000, 6, dt.date(2026, 6, 1))  # 100.00 a month
    paid = ((dt.date(2026, 6, 1), 10_000), (dt.date(2026, 7, 1), 5_000))
    now = after_missed(plan, paid, dt.date(2026, 8, 15), policy())
    assert (now.count, now.past_due, now.left) == (2, 15_000, 45_000)
    assert now.step is not None and now.step.action == "review"


def test_a_plan_that_is_kept_asks_for_nothing() -> None:
    plan = schedule(60_000, 6, dt.date(2026, 6, 1))
    now = after_missed(plan, ((dt.date(2026, 6, 1), 10_000),), dt.date(2026, 6, 20), policy())
    assert (now.count, now.past_due, now.step) == (0, 0, None)


def test_collection_waits_for_120_days() -> None:
    first = dt.date(2026, 6, 1)
    assert not may_collect(first, first + dt.timedelta(days=119), policy())
    assert may_collect(first, first + dt.timedelta(days=120), policy())
