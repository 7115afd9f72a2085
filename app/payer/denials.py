"""The key of a denial: the claim as sent held against the repaired claim.

What failed only in the first is the cause. Codes, who is liable, action, deadline and dollars follow from it by rules
in `rules/actions.yaml`; no defect is known here.
"""

import datetime as dt
from collections.abc import Callable

from msgspec import Struct

from app.payer import rulebook
from app.payer.benefits import service_of
from app.payer.deadlines import appeal_limit, claim_limit, corrected_limit
from app.payer.edits.access import valid_authorization, valid_referral
from app.payer.edits.life import pointed
from app.payer.edits.necessity import accepts
from app.payer.history import standing_claims
from app.payer.members import others_in_force
from app.payer.model import (
    Adjudication,
    Adjustment,
    Claim,
    Context,
    Denial,
    Group,
    Line,
    LineResult,
    TraceStep,
)
from app.payer.rulebook import ActionRule
from app.payer.words import show
from app.world.model import Coverage
from app.world.money import Cents
from app.world.plans import payer_of, plans
from app.world.services import services

_LIABLE: dict[str, str] = {"CO": "provider", "PR": "patient", "OA": "provider"}


class Asked(Struct, frozen=True):
    """One failed step with everything a rule may ask about it."""

    step: TraceStep
    adjustment: Adjustment | None
    claim: Claim
    context: Context
    defective: Adjudication
    repaired: Adjudication
    today: dt.date

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that the failure denies."""
        return tuple(line for line in self.claim.lines if self.step.line in (None, line.number))


def explain(defective: Adjudication, repaired: Adjudication, claim: Claim, context: Context, today: dt.date
            ) -> tuple[Denial, ...]:
    """Return one denial for each failure of `defective` that `repaired` does not have, in the order of the edits.

    `claim` and `context` are those of `defective`. Empty when the claim was answered as the repaired one would be.
    """
    held = {(step.edit, step.line) for step in failures(repaired)}
    new = [step for step in failures(defective) if (step.edit, step.line) not in held]
    return tuple(_denial(Asked(step, _adjustment(step, defective), claim, context, defective, repaired, today))
                 for step in new)


def failures(answer: Adjudication) -> tuple[TraceStep, ...]:
    """Return the steps that rejected or denied."""
    return tuple(step for step in answer.trace if step.outcome in ("reject", "deny"))


def _adjustment(step: TraceStep, answer: Adjudication) -> Adjustment | None:
    lines = answer.remittance.lines
    found = next((line for line in lines if step.line in (None, line.number) and not line.allowed), None)
    return found.adjustments[0] if found else None


def _denial(asked: Asked) -> Denial:
    rule, deadline = _action(asked)
    code = asked.adjustment
    group: Group | None = code.group if code else None
    return Denial(
        edit=asked.step.edit, line=asked.step.line, cause=asked.step.said, group=group,
        reason=code.reason if code else _rejection(asked.defective), remarks=code.remarks if code else (),
        liable=_LIABLE[group or "CO"],  # type: ignore[arg-type]
        action=rule.action, why=rule.why, deadline=deadline, at_stake=at_stake(asked),
        citation=rule.citation or asked.step.citation,
    )


def _rejection(answer: Adjudication) -> str:
    words = " ".join(answer.remittance.rejection)
    return next((code for code in ("A3", "A7") if f"({code})" in words), "999")


def _action(asked: Asked) -> tuple[ActionRule, dt.date | None]:
    """Return the first rule that holds and its last day. A right whose last day is past is closed."""
    rule = next(rule for rule in rulebook.action_rules() if _holds(rule, asked))
    deadline = _CLOCKS[rule.deadline](asked)
    if deadline is not None and deadline < asked.today:
        said = f"The last day was {show(deadline)}, and it is {show(asked.today)}: there is nothing left to do."
        return ActionRule(action="close", why=said, deadline="none", citation=rule.citation), None
    return rule, deadline


def _holds(rule: ActionRule, asked: Asked) -> bool:
    code, kind = asked.adjustment, payer_kind(asked.claim)
    return ((not rule.edits or asked.step.edit in rule.edits)
            and (not rule.payers or kind in rule.payers)
            and (not rule.groups or (code is not None and code.group in rule.groups))
            and (not rule.reasons or (code is not None and code.reason in rule.reasons))
            and (not rule.remarks or (code is not None and any(r in code.remarks for r in rule.remarks)))
            and all(_NEEDS[name](asked) for name in rule.needs))


def payer_kind(claim: Claim) -> str:
    """Return the kind of the claim's payer, or an empty string for an unknown plan."""
    plan = plans().get(claim.plan)
    return payer_of(plan).kind if plan else ""


def at_stake(asked: Asked) -> Cents:
    """Return what the payer would have paid less what it paid, in cents: on the line, or on the whole claim.

    A duplicate (group OA) has nothing at stake: the original claim has the money.
    """
    if asked.adjustment is not None and asked.adjustment.group == "OA":
        return 0
    if asked.step.line is None:
        return max(0, asked.repaired.remittance.paid - asked.defective.remittance.paid)
    now, then = _result(asked.defective, asked.step.line), _counterpart(asked)
    return max(0, (then.paid if then else 0) - (now.paid if now else 0))


def _result(answer: Adjudication, number: int) -> LineResult | None:
    return next((line for line in answer.remittance.lines if line.number == number), None)


def _counterpart(asked: Asked) -> LineResult | None:
    """The repaired claim's line of this number; None when the repair took the line out."""
    if len(asked.repaired.remittance.lines) < len(asked.defective.remittance.lines):
        found = _result(asked.repaired, asked.step.line or 0)
        now = _result(asked.defective, asked.step.line or 0)
        return found if found and now and found.charge == now.charge else None
    return _result(asked.repaired, asked.step.line or 0)


def _other_coverage(asked: Asked) -> bool:
    other = next_payer(asked.claim, asked.context)
    return other is not None and claim_limit(asked.claim, payer_of(plans()[other.plan])) >= asked.today


def next_payer(claim: Claim, context: Context) -> Coverage | None:
    """Return the coverage that should be billed instead: the first in order, in force on the date."""
    return next(iter(others_in_force(claim, context)), None)


def _valid_authorization(asked: Asked) -> bool:
    return any(valid_authorization(line, asked.claim, asked.context, any_number=True) for line in asked.lines)


def _valid_referral(asked: Asked) -> bool:
    return valid_referral(asked.claim, asked.context, any_number=True) is not None


def _enrolled_provider(asked: Asked) -> bool:
    who, day = asked.claim.rendering, asked.claim.first
    enrolled = who.enrolled_from <= day and (who.enrolled_to is None or day <= who.enrolled_to)
    return enrolled and who.npi != asked.claim.rendering_npi


def _documented(asked: Asked) -> bool:
    for line in asked.lines:
        service = service_of(line)
        carried = pointed(line, asked.claim)
        if service and any(words and accepts(service, code) and code not in carried
                           for code, words in asked.claim.evidence.items()):
            return True
    return False


def _billed_otherwise(asked: Asked) -> bool:
    then = [line.charge for line in asked.repaired.remittance.lines]
    return [line.charge for line in asked.defective.remittance.lines] != then


def _elected(asked: Asked) -> bool:
    """Whether Medicare knows of a choice by which somebody else is to be billed."""
    return any(election.first <= asked.claim.first and (election.last is None or asked.claim.first <= election.last)
               for election in asked.context.elections)


def _same_payer(asked: Asked) -> bool:
    """Whether the repaired claim is allowed by the same payer, in whose plan the patient is: the claim was wrong."""
    now, then = asked.defective.remittance, asked.repaired.remittance
    enrolled = any(row.plan == asked.claim.plan for row in asked.context.coverages)
    return enrolled and now.payer_reference == then.payer_reference and any(line.allowed for line in then.lines)


def _procedure_before(asked: Asked) -> bool:
    """Whether an earlier claim of the same provider has a procedure whose payment contains visits."""
    codes = {services()[rule.procedure].code for rule in rulebook.global_periods()}
    return any(codes.intersection(prior.codes) for prior in standing_claims(asked.claim, asked.context)
               if (prior.patient_mrn, prior.rendering_npi) == (asked.claim.patient_mrn, asked.claim.rendering_npi))


_NEEDS: dict[str, Callable[[Asked], bool]] = {
    "other_coverage": _other_coverage, "valid_authorization": _valid_authorization,
    "valid_referral": _valid_referral, "enrolled_provider": _enrolled_provider, "documented": _documented,
    "billed_otherwise": _billed_otherwise, "elected": _elected, "same_payer": _same_payer,
    "procedure_before": _procedure_before,
    "pays_more": lambda asked: asked.repaired.remittance.paid > asked.defective.remittance.paid,
}


def _filing(asked: Asked) -> dt.date | None:
    plan = plans().get(asked.claim.plan)
    return claim_limit(asked.claim, payer_of(plan)) if plan and plan.kind != "self_pay" else None


def _other_filing(asked: Asked) -> dt.date | None:
    other = next_payer(asked.claim, asked.context)
    return claim_limit(asked.claim, payer_of(plans()[other.plan])) if other else None


def _corrected(asked: Asked) -> dt.date | None:
    return corrected_limit(asked.defective.remittance.decided, payer_of(plans()[asked.claim.plan]))


def _appeal(asked: Asked) -> dt.date | None:
    return appeal_limit(asked.defective.remittance.decided, payer_of(plans()[asked.claim.plan]))


_CLOCKS: dict[str, Callable[[Asked], dt.date | None]] = {
    "none": lambda asked: None, "filing": _filing, "other_filing": _other_filing, "corrected": _corrected,
    "appeal": _appeal,
}
