"""The rule book is whole, and its figures are those of the sources."""

import datetime as dt

import pytest

from app.payer import rulebook
from app.payer.codes import plain_words
from app.payer.coordination import settle
from app.payer.cost_sharing import Shared, Shares
from app.payer.deadlines import a_year_after, appeal_limit, filing_limit
from app.payer.edits.front_door import is_npi
from app.payer.pipeline import EDITS, adjudicate
from app.payer.pricing import Priced, spread
from app.payer.story import full_story, story
from app.world.plans import payers
from tests.payer.builders import GivenLine, Primary, built


def test_every_edit_and_stage_has_a_title_a_question_and_a_source() -> None:
    rules = rulebook.edit_rules()
    stages = {"P10", "P11", "P20", "P21", "P22", "P23", "C10", "L10"}
    assert {edit.id for edit in EDITS} | stages == set(rules)
    assert all(rule.citation.text and rule.citation.as_of.year >= 2024 for rule in rules.values())


def test_the_edits_stand_in_their_order() -> None:
    assert [edit.id for edit in EDITS] == sorted(edit.id for edit in EDITS)


@pytest.mark.parametrize(("name", "day", "value"), [
    ("part_a_deductible", dt.date(2025, 12, 31), 167_600), ("part_a_deductible", dt.date(2026, 1, 1), 173_600),
    ("sequestration", dt.date(2026, 5, 4), 200), ("sequestration", dt.date(2021, 5, 4), 0),
])
def test_amounts_by_date(name: str, day: dt.date, value: int) -> None:
    assert rulebook.value(name, day) == value


def test_day_coinsurances_are_a_quarter_and_a_half_of_the_part_a_deductible() -> None:
    for year in (2024, 2025, 2026):
        whole = rulebook.value("part_a_deductible", dt.date(year, 1, 1))
        assert rulebook.value("part_a_coinsurance_61", dt.date(year, 1, 1)) * 4 == whole
        assert rulebook.value("part_a_coinsurance_reserve", dt.date(year, 1, 1)) * 2 == whole


def test_an_amount_is_asked_for_before_its_first_day() -> None:
    with pytest.raises(KeyError, match="part_a_deductible has no value on 1999-01-01"):
        rulebook.value("part_a_deductible", dt.date(1999, 1, 1))


def test_medicares_year() -> None:
    medicare, first, last = payers()["medicare"], dt.date(2026, 5, 4), dt.date(2026, 5, 9)
    assert filing_limit("professional", first, last, medicare) == dt.date(2027, 5, 4)
    assert filing_limit("institutional", first, last, medicare) == dt.date(2027, 5, 9)
    assert a_year_after(dt.date(2028, 2, 29)) == dt.date(2029, 2, 28)


def test_a_contract_that_counts_from_discharge() -> None:
    trust = payers()["copperline"]
    assert filing_limit("institutional", dt.date(2026, 5, 4), dt.date(2026, 5, 9), trust) == dt.date(2026, 9, 6)


def test_medicare_presumes_receipt_after_five_days() -> None:
    assert appeal_limit(dt.date(2026, 5, 1), payers()["medicare"]) == dt.date(2026, 9, 3)
    assert appeal_limit(dt.date(2026, 5, 1), payers()["tamarack"]) == dt.date(2026, 6, 30)


def test_npi_check_digit() -> None:
    assert is_npi("1234567893")  # the example of CMS's own description of the check digit
    assert not is_npi("1234567894")
    assert not is_npi("123456789")


def test_the_x12_ruling_on_medicaid_after_medicare() -> None:
    """RFI 1696: charge 500, Medicare paid 300, PR-1 75, CO-45 125; Medicaid pays 65: OA-23 425, CO-45 10."""
    claim, _ = built(plan="grayling-adult", lines=(GivenLine("office_established_4", charge=50_000),),
                     primary=Primary("medicare-b", (30_000,), (7_500,), (37_500,)))
    shared = Shared(Priced(claim.lines[0], 36_500, (), ()), Shares(0, 0, 0, 0, 36_500), ())
    settled = settle(claim, shared, 0)
    assert settled.pays == 6_500
    assert [(a.group, a.reason, a.amount) for a in settled.adjustments] == [("OA", "23", 42_500), ("CO", "45", 1_000)]
    assert settled.patient.total == 0


def test_cents_are_spread_without_loss() -> None:
    assert spread(100, (1, 1, 1)) == (33, 33, 34)


def test_words_for_every_code_an_edit_can_give() -> None:
    table = rulebook.codes()
    assert plain_words("CO", "29", ("N211",)) == ("The claim came after the filing limit: this decision cannot be "
                                                   "appealed")
    assert all(row.words and row.first for row in table.reasons.values())
    assert "not in our table" in plain_words("CO", "9999")


def test_the_story_tells_failures_and_amounts_and_leaves_passes_out() -> None:
    told = story(adjudicate(*built(covered_to=dt.date(2026, 4, 30))))
    assert "Denied (E40 Coverage in force): Coverage began Jan 1, 2025 to Apr 30, 2026" in told[1]
    assert told[-1] == "Of $245.00 charged, the payer pays $0.00 and the patient owes $245.00."
    assert len(full_story(adjudicate(*built()))) > len(EDITS)


def test_what_would_also_fail_is_told_and_changes_nothing() -> None:
    answer = adjudicate(*built(plan="tamarack-hmo", covered_to=dt.date(2026, 4, 30), received=dt.date(2026, 9, 1)))
    assert [(s.edit, s.outcome) for s in answer.trace if s.outcome != "pass"] == [("E40", "deny"), ("E50", "also")]
    assert answer.remittance.lines[0].adjustments[0].reason == "27"
