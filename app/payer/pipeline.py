"""Decide a claim: one ordered table of edits, then price, share, coordinate, and settle with the provider.

The first edit that fails for the whole claim stops it; else the first that fails on a line denies that line. What
would also fail later is told in the trace, and changes nothing.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from app.payer import accumulators, provider_level, rulebook
from app.payer.benefits import benefits_on, category_of
from app.payer.coordination import settle, stay_after_another
from app.payer.cost_sharing import Shared, Shares, patient_adjustments, sequestered, share_costs
from app.payer.deadlines import acknowledged_on, decided_on
from app.payer.edits import (
    access,
    bundling,
    coding,
    coverage,
    covered,
    duplicates,
    front_door,
    identity,
    life,
    necessity,
    required,
    timeliness,
)
from app.payer.edits.finding import Edit, Finding, Findings, always
from app.payer.history import original_of
from app.payer.model import (
    Adjudication,
    Adjustment,
    Citation,
    Claim,
    Context,
    Group,
    Line,
    LineResult,
    Movement,
    Outcome,
    ProviderAdjustment,
    Remittance,
    TraceStep,
)
from app.payer.pricing import price, step
from app.payer.references import reference_of
from app.payer.steady import NO_AMOUNTS, Steady
from app.world.money import Cents, dollars
from app.world.plans import payer_of, plans

EDITS: tuple[Edit, ...] = (
    Edit("E00", "front door", front_door.envelope),
    Edit("E01", "front door", front_door.identifiers),
    Edit("E10", "claim", required.data),
    Edit("E11", "claim", identity.member),
    Edit("E12", "claim", identity.provider),
    Edit("E20", "claim", coding.diagnoses),
    Edit("E21", "line", coding.procedures, "care", coding.none_retired),
    Edit("E22", "line", coding.places, "care", always),
    Edit("E23", "line", coding.modifiers, "care", always),
    Edit("E24", "line", life.agreement),
    Edit("E25", "claim", required.original),
    Edit("E30", "line", duplicates.duplicates),
    Edit("E40", "claim", coverage.in_force_on_date),
    Edit("E41", "claim", coverage.right_payer),
    Edit("E42", "claim", coverage.order_of_payers),
    Edit("E50", "claim", timeliness.filing),
    Edit("E60", "line", covered.benefits, "plan", covered.without_limits),
    Edit("E61", "line", access.network, "plan", access.open_to_all),
    Edit("E70", "line", access.authorization, "plan", access.none_wanted),
    Edit("E80", "line", bundling.pairs),
    Edit("E81", "line", bundling.included, "care", bundling.outside_global_periods),
    Edit("E82", "line", bundling.units, "care", bundling.each_code_once),
    Edit("E90", "line", necessity.policy, "care", necessity.no_policy),
    Edit("E91", "line", covered.statute, "care", always),
    Edit("E95", "claim", necessity.records),
)


class Edited(Struct, frozen=True):
    """What the edits left: the finding that stopped the claim (None: none did), the denied lines, the trace."""

    stopped: Finding | None
    denied: dict[int, Finding]
    trace: tuple[TraceStep, ...]
    rejected: bool


def adjudicate(claim: Claim, context: Context, *, satisfied: Sequence[str] = ()) -> Adjudication:
    """Return the payer's answer with its trace and the accumulator rows it adds.

    `satisfied` are edits that an appeal has settled in the provider's favor: they pass.
    """
    edited = run_edits(claim, context, satisfied)
    if edited.rejected and edited.stopped is not None:
        return _rejected(claim, edited.stopped, edited.trace)
    original = original_of(claim, context)
    if claim.frequency == "8" and edited.stopped is None and original is not None:
        return take_back(claim, context, edited.trace)
    return _decided(claim, context, edited)


def run_edits(claim: Claim, context: Context, satisfied: Sequence[str] = ()) -> Edited:
    """Run every edit in order and keep the first failure of the claim and of each line."""
    run = _Run(satisfied)
    trace = run.trace
    passes: Mapping[str, Sequence[TraceStep]] = {}
    for row in _table():
        name, look, title, citation, front = row
        if not passes and not front:  # no sooner: a claim for no plan is turned away at the front door
            passes = _STEADY.passes(claim, context)
        steps = passes.get(name)
        if steps is not None:
            trace += steps if not run.failed else run.still_open(steps)
            continue
        for finding in look(claim, context):
            if run.failed or finding.reason:
                run.take(row, finding)
            else:  # nearly always, on nearly every claim
                trace.append(TraceStep(name, title, finding.line, "pass", finding.said, citation, NO_AMOUNTS))
        if run.rejected:
            break
    return Edited(run.stopped, run.denied, tuple(trace), run.rejected)


class _Row(NamedTuple):
    """An edit with what the rule book says of it. `front`: a failure turns the claim away."""

    id: str
    look: Callable[[Claim, Context], Findings]
    title: str
    citation: Citation
    front: bool


class _Run:
    """What the edits have found so far."""

    __slots__ = ("_satisfied", "denied", "failed", "rejected", "stopped", "trace")

    def __init__(self, satisfied: Sequence[str]) -> None:
        self._satisfied = satisfied
        self.trace: list[TraceStep] = []
        self.stopped: Finding | None = None
        self.denied: dict[int, Finding] = {}
        self.failed = self.rejected = False

    def still_open(self, steps: Sequence[TraceStep]) -> list[TraceStep]:
        """Return the passes that are told: what was stopped or denied before is not said to pass."""
        return [] if self.stopped else [step for step in steps if step.line not in self.denied]

    def take(self, row: _Row, finding: Finding) -> None:
        """Take in a failure, or what an edit found after one."""
        over = self.stopped is not None or finding.line in self.denied
        said = finding.said
        if finding.reason and row.id not in self._satisfied:
            self._fail(row, finding, over)
        elif not over:
            if finding.reason:
                said = f"Decided for the provider on appeal. It had said: {said}"
            self.trace.append(TraceStep(row.id, row.title, finding.line, "pass", said, row.citation, NO_AMOUNTS))

    def _fail(self, row: _Row, finding: Finding, over: bool) -> None:
        outcome: Outcome = "also" if over else "reject" if row.front else "deny"
        self.trace.append(TraceStep(row.id, row.title, finding.line, outcome, finding.said,
                                    finding.citation or row.citation, finding.amounts))
        self.failed = True
        if over:
            return
        if finding.line is not None:
            self.denied[finding.line] = finding
        else:
            self.stopped, self.rejected = finding, row.front


@cache
def _table() -> tuple[_Row, ...]:
    """Return every edit with title and citation, in order."""
    rules = rulebook.edit_rules()
    return tuple(_Row(edit.id, edit.look, rules[edit.id].title, rules[edit.id].citation,
                      edit.stops == "front door") for edit in EDITS)


_STEADY = Steady(EDITS)


def _rejected(claim: Claim, finding: Finding, trace: tuple[TraceStep, ...]) -> Adjudication:
    """Turned away at the front door: an acknowledgment, no remittance lines, nothing was filed."""
    words = {"999 R": "The file was rejected: it cannot be read.",
             "A3": "Returned as unprocessable (A3): the claim was not taken in.",
             "A7": "Rejected for invalid information (A7): the claim was not taken in."}[finding.reason]
    answer = Remittance("rejected", reference_of(claim.plan, claim.number, claim.frequency), claim.number,
                        claim.received, acknowledged_on(claim.received), (), (words, finding.said), ())
    return Adjudication(answer, trace, ())


def _decided(claim: Claim, context: Context, edited: Edited) -> Adjudication:
    payable = () if edited.stopped else tuple([line for line in claim.lines if line.number not in edited.denied])
    priced = price(claim, context, payable)
    shared = share_costs(claim, context, priced, accumulators.left(claim, context))
    settled = _settled(claim, shared)
    results, steps = _lines(claim, edited, shared, settled)
    reference = reference_of(claim.plan, claim.number, claim.frequency)
    decided = decided_on(claim.received) + dt.timedelta(days=context.decided_late)
    original = original_of(claim, context)
    paid = sum([line.paid for line in results])
    level = () if edited.stopped else provider_level.adjustments(
        claim, paid, original, decided, context.carried.get(plans()[claim.plan].payer, 0))
    told = tuple([step("L10", None, _LEVEL[_kind(row)].format(dollars(abs(row.amount))), amount=row.amount)
                  for row in level])
    status = "paid" if [True for line in results if line.allowed] else "denied"
    answer = Remittance(status, reference, claim.number, claim.received, decided, results, (), level)  # type: ignore[arg-type]
    return Adjudication(answer, edited.trace + steps + told, _movements(claim, context, edited, settled, reference))


_LEVEL = {
    "WO": "{} that the replaced claim was paid is withheld.",
    "L6": "{} of interest is added, for a decision after the prompt-payment days.",
    "FB": "{} more is owed back than this remittance pays; it is carried forward.",
    "FB taken": "{} that an earlier remittance carried forward is taken from this payment.",
}


def _kind(row: ProviderAdjustment) -> str:
    return "FB taken" if row.reason == "FB" and row.amount > 0 else row.reason


class Settled(Struct, frozen=True):
    """A payable line as it is answered, and what of it counts to the patient's accumulators."""

    line: Line
    result: LineResult
    steps: tuple[TraceStep, ...]
    patient: Shares


def _settled(claim: Claim, shared: tuple[Shared, ...]) -> tuple[Settled, ...]:
    """Answer every payable line: as the first payer, or after another one."""
    if claim.other_payment is None:
        return tuple([_primary(claim, row) for row in shared])
    place = {line.number: index for index, line in enumerate(claim.lines)}
    places = tuple(place[row.priced.line.number] for row in shared)
    whole = stay_after_another(claim, shared, places)
    return tuple(_secondary(claim, row, index, whole.get(index)) for row, index in zip(shared, places, strict=True))


def _lines(claim: Claim, edited: Edited, shared: tuple[Shared, ...], settled: tuple[Settled, ...]
           ) -> tuple[tuple[LineResult, ...], tuple[TraceStep, ...]]:
    """Return the remittance lines in claim order, and the steps of pricing and sharing."""
    steps = (*[step for row in shared for step in (*row.priced.steps, *row.steps)],
             *[step for row in settled if row.steps for step in row.steps])
    if len(settled) == len(claim.lines):  # nearly always: no line is denied
        return tuple([row.result for row in settled]), steps
    by_number = {row.line.number: row for row in settled}
    results = []
    for index, line in enumerate(claim.lines):
        row = by_number.get(line.number)
        failed = edited.stopped or edited.denied.get(line.number)
        if row is not None:
            results.append(row.result)
        elif failed is not None:
            results.append(LineResult(line.number, line.charge, 0, 0, _denied(claim, line, index, failed)))
    return tuple(results), steps


def _denied(claim: Claim, line: Line, index: int, failed: Finding) -> tuple[Adjustment, ...]:
    """The whole charge under the reason; after another payer only what that one left open (OA-23 is the rest)."""
    group, other = failed.group or "CO", claim.other_payment
    if other is None or len(other.patient_responsibility) != len(claim.lines) or failed.group == "OA":
        return (Adjustment(group, failed.reason, failed.remarks, line.charge),)
    open_ = min(line.charge, other.patient_responsibility[index])
    rows: tuple[tuple[Group, str, tuple[str, ...], int], ...] = (
        (group, failed.reason, failed.remarks, open_), ("OA", "23", (), line.charge - open_))
    return tuple(Adjustment(*row) for row in rows if row[3])


def _primary(claim: Claim, row: Shared) -> Settled:
    priced, shares = row.priced, row.shares
    line, owed = priced.line, priced.allowed - shares.deductible - shares.copayment - shares.coinsurance
    cut = sequestered(claim, owed)
    rows = priced.contractual + patient_adjustments(shares)
    steps: tuple[TraceStep, ...] = ()
    if cut:
        rows += (Adjustment("CO", "253", (), cut),)
        steps = (step("P11", line.number, f"Line {line.number}: sequestration takes {dollars(cut)} of "
                      f"{dollars(owed)}.", payment=owed, sequestration=cut),)
    return Settled(line, LineResult(line.number, line.charge, priced.allowed, owed - cut, rows), steps, shares)


def _secondary(claim: Claim, row: Shared, index: int, pays: Cents | None) -> Settled:
    line, settled = row.priced.line, settle(claim, row, index, pays)
    cut = sequestered(claim, settled.pays)
    rows = settled.adjustments + patient_adjustments(settled.patient)
    if cut:
        rows += (Adjustment("CO", "253", (), cut),)
    allowed = max(row.priced.allowed, settled.pays)
    result = LineResult(line.number, line.charge, allowed, settled.pays - cut, rows)
    return Settled(line, result, settled.steps, settled.patient)


def _movements(claim: Claim, context: Context, edited: Edited, shared: tuple[Settled, ...], reference: str
               ) -> tuple[Movement, ...]:
    """Rows for this claim; a replacement that was decided first takes back what the original counted."""
    terms = benefits_on(claim.plan, claim.first)
    limited = terms.visit_limits if terms else {}
    visits = int(bool(limited) and bool([True for row in shared if category_of(row.line, claim) in limited]))
    part_a = claim.setting == "inpatient" and plans()[claim.plan].kind == "medicare_b"
    deductible = 0 if part_a else sum([row.patient.deductible for row in shared])
    new = accumulators.moved(deductible, sum([row.patient.total for row in shared]), visits, reference, terms)
    original = original_of(claim, context)
    if original is None or edited.stopped:
        return new
    old = accumulators.moved(original.deductible, original.out_of_pocket, original.visits, original.number, terms)
    return accumulators.reversed_rows(old) + new


def take_back(claim: Claim, context: Context, trace: tuple[TraceStep, ...] = ()) -> Adjudication:
    """Return the answer to a void: every amount of the original is taken back, and its accumulator rows with it.

    The original is decided again as it was on its own day of receipt. Raises ValueError when the payer has none.
    """
    original = original_of(claim, context)
    if original is None:
        raise ValueError("a void names a claim the payer has")
    terms = benefits_on(claim.plan, claim.first)
    before = replace(context, prior_claims=tuple(p for p in context.prior_claims if p.number != original.number))
    first = adjudicate(replace(claim, frequency="1", original_reference="", received=original.received), before)
    lines = tuple(provider_level.reversed_line(line) for line in first.remittance.lines)
    paid = sum(line.paid for line in lines)
    decided = decided_on(claim.received)
    level = provider_level.adjustments(claim, paid, original, decided)
    said = f"Claim {original.number} is voided: {dollars(-paid)} paid on it is taken back from {_payee(claim)}."
    answer = Remittance("reversed", reference_of(claim.plan, claim.number, "8"), claim.number, claim.received,
                        decided, lines, (), level)
    rows = accumulators.moved(original.deductible, original.out_of_pocket, original.visits, original.number, terms)
    return Adjudication(answer, (*trace, step("L10", None, said, taken_back=paid)), accumulators.reversed_rows(rows))


def _payee(claim: Claim) -> str:
    return f"{claim.billing.name} by {payer_of(plans()[claim.plan]).name}"
