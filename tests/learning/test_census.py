"""The census: whole numbers that add up, and a kept one that was made from the world as it is."""

import pytest

from app.coding.editions import SqliteCodeIndex
from app.learning.census import CATEGORIES, census, outdated, share, version
from app.learning.population import population
from app.payer.rulebook import edit_rules
from app.web.about.kept import CASES, REBUILD, SEED, kept
from tests.codes import built_index

COUNTED = 200


@pytest.fixture(scope="module")
def cases():
    return list(population(SEED, SqliteCodeIndex(built_index()), 0, COUNTED))


@pytest.fixture(scope="module")
def counted(cases):
    return census(iter(cases))


def test_everybody_is_counted_once(counted):
    assert counted.cases == COUNTED
    assert sum(band.female + band.male for band in counted.ages) == COUNTED
    for rows in (counted.settings, counted.payer_kinds, counted.languages, counted.household_sizes, counted.incomes,
                 counted.answers, counted.lines_by_claim):
        assert sum(row.count for row in rows) == COUNTED
        assert abs(sum(row.share for row in rows) - 10_000) <= len(rows)  # each is rounded


def test_ages_are_those_on_the_first_day(cases, counted):
    children = sum((case.facts.encounter.first - case.facts.patient.birth_date).days < 1_826 for case in cases)
    assert counted.ages[0].female + counted.ages[0].male == children


def test_answers_are_those_of_the_payers(cases, counted):
    assert {row.name: row.count for row in counted.answers} == {
        status: sum(case.answer.remittance.status == status for case in cases)
        for status in {case.answer.remittance.status for case in cases}}
    assert sum(row.count for row in counted.days_to_payment) == sum(row.claims for row in counted.money)


def test_money_is_the_sum_of_the_paid_claims(cases, counted):
    paid = [case for case in cases if case.answer.remittance.status == "paid"]
    assert sum(row.charge for row in counted.money) == sum(case.claim.charge for case in paid)
    assert sum(row.paid for row in counted.money) == sum(case.answer.remittance.paid for case in paid)
    for row in counted.money:
        assert 0 <= row.paid <= row.allowed <= row.charge
        assert row.patient_share == share(row.patient, row.allowed)


def test_every_denial_has_words_and_a_category(counted):
    assert counted.denials
    assert counted.claims_with_a_denial <= sum(row.count for row in counted.denials)
    for row in counted.denials:
        assert "not in our table" not in row.words
        assert row.category in CATEGORIES.values()


def test_every_edit_that_can_deny_has_a_category():
    asks = {name[:2] for name in edit_rules() if name.startswith("E")} - {"E0"}  # E0 rejects, and never denies
    assert asks == set(CATEGORIES)


def test_the_order_of_the_cases_does_not_show(cases, counted):
    assert census(reversed(cases)) == counted


def test_a_census_of_nobody_is_no_division_by_zero():
    assert census([]).lines_a_claim == 0


def test_shares_are_rounded_half_up():
    assert [share(part, all_) for part, all_ in ((1, 3), (2, 3), (1, 20_000), (1, 20_001), (1, 0))
            ] == [3333, 6667, 1, 0, 0]


def test_the_kept_census_is_of_the_world_as_it_is():
    """The page must not tell of templates that are gone, or keep quiet about new ones."""
    changed = outdated(kept().version, version())
    assert not changed, f"the kept census is out of date ({changed}): {REBUILD}"
    assert (kept().seed, kept().census.cases) == (SEED, CASES)


def test_what_has_changed_is_named():
    now = version()
    before = type(now)((*now.templates[1:], "zebra_bite"), now.plans[1:])
    assert outdated(before, now) == (
        f"new templates: {now.templates[0]}; gone templates: zebra_bite; new plans: {now.plans[0]}")


def test_the_kept_census_has_the_groups_of_a_fresh_one(counted):
    """Who is in the first cases is in the whole count too, unless the world has changed since."""
    whole = kept().census
    for name in ("settings", "payer_kinds", "languages", "household_sizes", "answers"):
        new = {row.name for row in getattr(counted, name)} - {row.name for row in getattr(whole, name)}
        assert not new, f"{name} of the kept census lack {new}: {REBUILD}"
    reasons = {(row.group, row.reason) for row in counted.denials} - {(row.group, row.reason) for row in whole.denials}
    assert not reasons, f"the kept census lacks {reasons}: {REBUILD}"
    assert {row.kind for row in counted.money} <= {row.kind for row in whole.money}, REBUILD
