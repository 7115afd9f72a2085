"""Passes that follow from what a claim bills, whoever the patient is: found once, told again on the next such claim.

Many claims bill the same lines under the same plan, and most edits look at nothing else of them. An edit says with
`steady` when that is so of a claim, and with `under` what decides then: the care that is billed, or also the plan.
A failure is never kept, and neither is a pass that tells of a date, a price, a diagnosis or a person.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from app.payer import rulebook
from app.payer.edits.finding import Edit
from app.payer.model import Claim, Context, TraceStep
from app.world.coverage import benefits_began
from app.world.money import Cents

Steps = tuple[TraceStep, ...]
NO_AMOUNTS: dict[str, Cents] = {}  # the same for every pass, and for good
_MOST = 4096  # keys under which passes are kept, of each kind


class Steady:
    """The passes of claims that bill alike, by edit."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._by_care = tuple(edit for edit in edits if edit.under == "care")
        self._by_plan = tuple(edit for edit in edits if edit.under == "plan")
        self._kept_by_care: dict[object, Mapping[str, Steps]] = {}
        self._kept_by_plan: dict[object, Mapping[str, Steps]] = {}

    def passes(self, claim: Claim, context: Context) -> Mapping[str, Steps]:
        """Return the steps of every edit that the claim passes as each claim does that bills alike."""
        setting, specialty, lines = claim.setting, claim.specialty, claim.lines
        care = (claim.form, setting, specialty, claim.place_of_service, claim.advance_notice,
                tuple([(line.number, line.service, line.code, line.modifiers, line.units) for line in lines]))
        plan = (claim.plan, benefits_began(claim.plan, claim.first), setting, specialty,
                tuple([(line.number, line.service, line.code) for line in lines]))
        found, under = self._kept_by_care.get(care), self._kept_by_plan.get(plan)
        if found is None:
            found = _keep(self._kept_by_care, care, _look(self._by_care, claim, context))
        if under is None:
            under = _keep(self._kept_by_plan, plan, _look(self._by_plan, claim, context))
        return {**found, **under}


def _look(edits: tuple[Edit, ...], claim: Claim, context: Context) -> Mapping[str, Steps]:
    passes = {}
    for edit in edits:
        if edit.steady is not None and edit.steady(claim):
            findings = edit.look(claim, context)
            if not any(finding.failed for finding in findings):
                passes[edit.id] = tuple([_passing(edit.id, found.line, found.said) for found in findings])
    return passes


def _keep(kept: dict[object, Mapping[str, Steps]], key: object, passes: Mapping[str, Steps]) -> Mapping[str, Steps]:
    if len(kept) >= _MOST:
        kept.clear()
    kept[key] = passes
    return passes


@lru_cache(16_384)
def _passing(edit: str, line: int | None, said: str) -> TraceStep:
    """Return the step of an edit that passed; claims whose passes are kept apart share it."""
    rule = rulebook.edit_rules()[edit]
    return TraceStep(edit, rule.title, line, "pass", said, rule.citation, NO_AMOUNTS)
