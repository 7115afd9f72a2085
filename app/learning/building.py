"""Build a case from a scenario and a seed: draw the world, plant the defects, let the payer decide both ways."""

from app.billing.claims import claim_from, context_from
from app.coding.editions import CodeIndex
from app.coding.grouping import drg_of
from app.learning.case import Case
from app.learning.scenario import Scenario
from app.payer.denials import explain
from app.payer.model import DrgTerms
from app.payer.pipeline import adjudicate
from app.world.defects import defects, plant, repair
from app.world.generate import clean_world
from app.world.model import Facts
from app.world.seed import Seed

TRIES = 40  # worlds drawn until every defect of the scenario fits one
VERSION = "4"  # of the derivation: part of every seed's path, raised when the same seed would give another case


class CannotBuild(ValueError):
    """No world of the scenario's constraints takes its defects."""


def build_case(scenario: Scenario, seed: str, codes: CodeIndex) -> Case:
    """Return the case of `seed`: the same bytes on any machine. Raises CannotBuild."""
    root = Seed(f"chartroom/{VERSION}/{scenario.id}/{scenario.version}/{seed}")
    chosen = [root.child("defect", i).stream().one(entry.split(" | ")) for i, entry in enumerate(scenario.defects)]
    for attempt in range(TRIES):
        facts = clean_world(root.child("world", attempt), scenario.world)
        planted = _planted(facts, chosen, root)
        if planted is None:
            continue
        case = _decided(scenario, seed, planted, codes)
        if _worth_working(scenario, case):
            return case
    raise CannotBuild(f"{scenario.id}: no world in {TRIES} fits {', '.join(chosen) or 'its balance'} for {seed}")


def _worth_working(scenario: Scenario, case: Case) -> bool:
    """Whether balance and dollars at stake are what the scenario is about."""
    at_stake = case.denials[0].at_stake if case.denials else 0
    owed = case.clean_adjudication.remittance.patient_responsibility
    return owed >= scenario.balance_at_least and at_stake >= scenario.at_stake_at_least


def _planted(facts: Facts, chosen: list[str], root: Seed) -> Facts | None:
    """Return the facts with every chosen defect in place, or None when one does not fit them."""
    for name in chosen:
        if not defects()[name].applies(facts):
            return None
        facts = plant(facts, name, root.child("plant", name))
    return facts


def _decided(scenario: Scenario, seed: str, facts: Facts, codes: CodeIndex) -> Case:
    """Let the payer answer the claim as sent and as repaired."""
    clean = repair(facts)
    drg = drg_of(clean.encounter, clean.patient) if clean.encounter.setting == "inpatient" else ""
    terms = drg_terms(drg, codes)
    claim, clean_claim = claim_from(facts, drg=drg), claim_from(clean, drg=drg)
    context = context_from(facts, drg_terms=terms, is_billable=codes.is_billable)
    clean_context = context_from(clean, drg_terms=terms, is_billable=codes.is_billable)
    answer, clean_answer = adjudicate(claim, context), adjudicate(clean_claim, clean_context)
    return Case(
        scenario=scenario.id, version=scenario.version, seed=seed, today=facts.today, level=facts.level, facts=facts,
        clean=clean, claim=claim, clean_claim=clean_claim, context=context, clean_context=clean_context,
        adjudication=answer, clean_adjudication=clean_answer,
        denials=explain(answer, clean_answer, claim, context, facts.today) if facts.defects else (),
        titles=_titles(facts, claim.diagnoses, codes),
        versions={"case": VERSION, "codes": codes.edition, "scenario": str(scenario.version)},
    )


def drg_terms(drg: str, codes: CodeIndex) -> dict[str, DrgTerms]:
    """Return how the DRG is paid, as a payer's context wants it; nothing for "" or a DRG without a weight."""
    row = codes.drg(drg) if drg else None
    if row is None or not row.weight:
        return {}
    return {drg: DrgTerms(row.weight, row.geometric_stay, row.post_acute, row.special_pay)}


def _titles(facts: Facts, billed: tuple[str, ...], codes: CodeIndex) -> dict[str, str]:
    titles = {d.code: d.title for d in facts.encounter.diagnoses}
    for code in billed:
        found = codes.look_up(code)
        if found is not None:
            titles.setdefault(code, found.title)
    return titles
