"""Passes that are kept are those that the edits would give, and what is found once is found right."""

import pytest
from msgspec.structs import replace

from app.learning.population import billed
from app.payer import pipeline
from app.payer.accumulators import counted, ledger, totals
from app.payer.history import standing_claims
from app.payer.pipeline import EDITS, run_edits
from app.payer.steady import Steady
from app.world.generate import Wish
from tests.properties.invariants import codes

WISHES = (Wish(), Wish(secondary=True), Wish(needs_authorization=True), Wish(needs_referral=True))


@pytest.fixture(scope="module")
def cases():
    return [billed("steady", number, codes(), WISHES[number % len(WISHES)]) for number in range(400)]


def test_a_kept_pass_is_what_the_edit_says(cases, monkeypatch):
    kept = [run_edits(case.claim, case.context) for case in cases]
    monkeypatch.setattr(pipeline, "_STEADY", Steady(()))
    assert [run_edits(case.claim, case.context) for case in cases] == kept


def test_most_edits_of_a_line_are_kept(cases):
    steady = Steady(EDITS)
    told = [steady.passes(case.claim, case.context) for case in cases if case.answer.remittance.status != "rejected"]
    assert sum(map(len, told)) / len(told) >= 6


def test_the_kept_passes_do_not_grow_without_end(cases, monkeypatch):
    monkeypatch.setattr("app.payer.steady._MOST", 5)
    steady = Steady(EDITS)
    for case in cases[:60]:
        if case.answer.remittance.status != "rejected":
            steady.passes(case.claim, case.context)
    assert max(len(steady._kept_by_care), len(steady._kept_by_plan)) <= 5


def test_the_totals_are_those_of_the_ledger(cases):
    for case in cases:
        assert counted(case.claim, case.context) == totals(ledger(case.claim, case.context))


def test_another_context_is_asked_anew(cases):
    case = next(case for case in cases if case.context.prior_claims)
    assert standing_claims(case.claim, case.context)
    assert not standing_claims(case.claim, replace(case.context, prior_claims=()))
    assert standing_claims(case.claim, case.context)
