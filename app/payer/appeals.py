"""Decide an appeal: its level, its day, its amount, and whether argument and evidence meet the denial."""

from collections.abc import Callable

from msgspec import Struct

from app.payer import rulebook
from app.payer.benefits import service_of
from app.payer.deadlines import appeal_limit
from app.payer.denials import failures
from app.payer.edits.access import valid_authorization, valid_referral
from app.payer.edits.bundling import BYPASS, units_counted
from app.payer.edits.finding import cite
from app.payer.edits.necessity import accepts
from app.payer.members import coverage_of, others_in_force
from app.payer.model import Adjudication, Appeal, AppealDecision, Citation, Claim, Context, Denial, TraceStep
from app.payer.pipeline import adjudicate
from app.payer.rulebook import Argument
from app.payer.words import show
from app.world.money import dollars
from app.world.plans import payer_of, plans

_BARRED = {"MA130": "the claim was unprocessable, and no decision was made",
           "N211": "the decision carries no appeal rights"}


class Disputed(Struct, frozen=True):
    """What an appeal is about."""

    appeal: Appeal
    claim: Claim
    context: Context
    answer: Adjudication
    steps: tuple[TraceStep, ...]  # the failures that the argument speaks to


def decide(appeal: Appeal, claim: Claim, context: Context, adjudication: Adjudication) -> AppealDecision:
    """Return the payer's decision. Late, too small, or without appeal rights: dismissed unread.

    The right argument with its proof overturns: the claim is decided again with that edit satisfied. `context` is what
    the payer knows on the day of the appeal, with any authorization or referral granted since.
    """
    dismissed = _dismissed(appeal, claim, adjudication)
    if dismissed:
        return AppealDecision("dismissed", *dismissed, None)
    argument = rulebook.arguments().get(appeal.argument)
    if argument is None:
        return AppealDecision("upheld", "The appeal names no ground.", None, None)
    steps = tuple(step for step in failures(adjudication) if _speaks_to(argument, step, adjudication))
    if not steps:
        return AppealDecision("upheld", f"“{argument.title}” does not answer the reason of this denial.", None, None)
    return _weigh(argument, Disputed(appeal, claim, context, adjudication, steps))


def answering(denial: Denial) -> tuple[Argument, ...]:
    """Return the arguments that speak to a denial. Whether one is proved, the file decides."""
    return tuple(argument for argument in rulebook.arguments().values()
                 if denial.edit in argument.answers and denial.reason in argument.reasons)


def _weigh(argument: Argument, disputed: Disputed) -> AppealDecision:
    citation = disputed.steps[0].citation
    if not _enclosed(argument, disputed):
        return AppealDecision("upheld", f"The proof is not enclosed. {argument.says_lost}", citation, None)
    if not _PROOFS[argument.proved_by](disputed):
        return AppealDecision("upheld", argument.says_lost, citation, None)
    again = adjudicate(disputed.claim, disputed.context, satisfied=tuple(step.edit for step in disputed.steps))
    return AppealDecision("overturned", argument.says_won, citation, again)


def _dismissed(appeal: Appeal, claim: Claim, answer: Adjudication) -> tuple[str, Citation | None] | None:
    """Return why the appeal is not read, with its source, or None."""
    if answer.remittance.status == "rejected":
        return "The claim was rejected before any decision: there is nothing to appeal.", None
    barred = [why for line in answer.remittance.lines for a in line.adjustments
              for code, why in _BARRED.items() if code in a.remarks]
    if barred:
        return f"No appeal: {barred[0]}.", None
    payer = payer_of(plans()[claim.plan])
    last = appeal_limit(appeal.since or answer.remittance.decided, payer, appeal.level)
    if last is None:
        return f"{payer.name} has no level {appeal.level}.", None
    level = payer.appeals[appeal.level - 1]
    if appeal.filed > last:
        return f"Filed {show(appeal.filed)}; the last day was {show(last)}.", cite(level.source)
    least = level.minimum_on(appeal.filed)
    if appeal.amount < least:
        return (f"{dollars(appeal.amount)} is in dispute; this level takes {dollars(least)} or more.",
                cite(level.source))
    return None


def _speaks_to(argument: Argument, step: TraceStep, answer: Adjudication) -> bool:
    lines = [line for line in answer.remittance.lines if step.line in (None, line.number) and not line.allowed]
    return step.edit in argument.answers and any(a.reason in argument.reasons for line in lines
                                                 for a in line.adjustments)


def _enclosed(argument: Argument, disputed: Disputed) -> bool:
    kinds = {disputed.context.papers.get(id_, "") for id_ in disputed.appeal.evidence}
    return all(any(kind in kinds for kind in group) for group in argument.needs)


def _denied_lines(disputed: Disputed) -> list[int]:
    return [line.number for line in disputed.claim.lines
            if any(step.line in (None, line.number) for step in disputed.steps)]


def _authorization_in_file(disputed: Disputed) -> bool:
    lines = [line for line in disputed.claim.lines if line.number in _denied_lines(disputed)]
    return all(valid_authorization(line, disputed.claim, disputed.context, any_number=True) for line in lines)


def _condition_documented(disputed: Disputed) -> bool:
    lines = [line for line in disputed.claim.lines if line.number in _denied_lines(disputed)]
    return all((service := service_of(line)) is not None and any(
        words and accepts(service, code) for code, words in disputed.claim.evidence.items()) for line in lines)


def _diagnosis_in_records(disputed: Disputed) -> bool:
    review = rulebook.policies().review
    return all(disputed.claim.evidence.get(code) for code in disputed.claim.diagnoses
               if code.startswith(review.inpatient))


def _modifier_on_line(disputed: Disputed) -> bool:
    """A modifier parts the codes, and the pair is one that a modifier may part (indicator 1)."""
    lines = [line for line in disputed.claim.lines if line.number in _denied_lines(disputed)]
    never = {pair.contained for pair in rulebook.code_pairs() if pair.indicator == "0"} | set(rulebook.incidental())
    return all(any(m in line.modifiers for m in ("25", *BYPASS)) and
               ((service := service_of(line)) is None or service.id not in never) for line in lines)


def _units_in_chart(disputed: Disputed) -> bool:
    """The limit is not absolute (indicator 2), and the chart documents every unit billed."""
    lines = [line for line in disputed.claim.lines if line.number in _denied_lines(disputed)]
    documented = disputed.context.documented_units
    return all((service := service_of(line)) is not None and service.unit_indicator != "2"
               and documented.get(line.code, 0) >= units_counted(line, disputed.claim) for line in lines)


def _no_other_payer(disputed: Disputed) -> bool:
    own = coverage_of(disputed.claim, disputed.context)
    return own is not None and all(row.order > own.order for row in others_in_force(disputed.claim, disputed.context))


_PROOFS: dict[str, Callable[[Disputed], bool]] = {
    "authorization_in_file": _authorization_in_file,
    "referral_in_file": lambda d: valid_referral(d.claim, d.context, any_number=True) is not None,
    "condition_documented": _condition_documented,
    "acceptance_on_file": lambda d: any(kind == "acceptance_report" for kind in d.context.papers.values()),
    "modifier_on_line": _modifier_on_line,
    "units_in_chart": _units_in_chart,
    "diagnosis_in_records": _diagnosis_in_records,
    "no_other_payer": _no_other_payer,
    "never": lambda d: False,
}
