"""Invariant 12, defect by defect: what a planted defect brings, and what its repair leaves.

Each defect is planted in 60 clean cases, each of a seed of its own: more than 5,000 cases in all.
"""

from functools import cache

import pytest

from app.billing.claims import claim_from, context_from
from app.coding.editions import SqliteCodeIndex
from app.coding.grouping import drg_of
from app.learning.building import drg_terms
from app.payer.denials import explain, failures
from app.payer.model import Adjudication, Claim, Context
from app.payer.pipeline import adjudicate
from app.world.defects import defects, plant, repair
from app.world.model import Facts
from app.world.seed import Seed
from tests.codes import built_index
from tests.world.clean import worlds

EACH = 60


@cache
def codes() -> SqliteCodeIndex:
    return SqliteCodeIndex(built_index())


def answered(facts: Facts) -> tuple[Claim, Context, Adjudication]:
    drg = drg_of(facts.encounter, facts.patient) if facts.encounter.setting == "inpatient" else ""
    claim = claim_from(facts, drg=drg)
    typed = codes().is_billable if facts.entry.diagnoses else None
    context = context_from(facts, drg_terms=drg_terms(drg, codes()), is_billable=typed)
    return claim, context, adjudicate(claim, context)


def planted(defect: str) -> list[tuple[Facts, Facts]]:
    """Return clean cases, each with the same case spoiled."""
    cases = worlds(defect, EACH, "invariant 12")
    assert len(cases) == EACH, "hardly ever applies"
    return [(facts, plant(facts, defect, Seed(facts.seed).child("plant"))) for facts in cases]


def met_by(who: str) -> list[str]:
    return [name for name, defect in defects().items() if defect.meets == who]


def test_the_cases_are_more_than_5000():
    assert len(defects()) * EACH >= 5_000


@pytest.mark.parametrize("defect", met_by("payer"))
def test_12_the_payer_stops_the_claim_and_repair_brings_no_other_reason(defect):
    for clean, spoiled in planted(defect):
        _, _, before = answered(clean)
        claim, context, answer = answered(spoiled)
        _, _, repaired = answered(repair(spoiled))
        assert failures(before) == (), clean.seed
        assert failures(answer), clean.seed
        assert failures(repaired) == (), clean.seed
        assert explain(answer, repaired, claim, context, spoiled.today), clean.seed


@pytest.mark.parametrize("defect", met_by("audit"))
def test_12_what_only_an_audit_meets_changes_the_claim_and_is_paid(defect):
    for clean, spoiled in planted(defect):
        claim, _, before = answered(clean)
        wrong, _, answer = answered(spoiled)
        assert wrong != claim, clean.seed
        assert failures(before) == failures(answer) == (), clean.seed
        assert answered(repair(spoiled)) == answered(clean), clean.seed


@pytest.mark.parametrize("defect", met_by("record"))
def test_12_what_stands_in_the_record_alone_leaves_claim_and_answer(defect):
    for clean, spoiled in planted(defect):
        claim, _, before = answered(clean)
        same, _, answer = answered(spoiled)
        assert (same, answer) == (claim, before), clean.seed
        assert repair(spoiled) == clean, clean.seed
