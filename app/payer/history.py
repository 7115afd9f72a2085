"""What the payer processed before, in order of receipt, less what was taken back or is being replaced."""

from operator import attrgetter

from msgspec.structs import replace

from app.payer.at_hand import for_the_claim_at_hand
from app.payer.model import Adjudication, Claim, Context
from app.payer.provider_level import carried_forward
from app.payer.words import bare
from app.world.model import PriorClaim
from app.world.plans import plans


@for_the_claim_at_hand
def standing_claims(claim: Claim, context: Context) -> tuple[PriorClaim, ...]:
    """Return the prior claims that count when `claim` is decided: received no later, not reversed, not replaced."""
    if not context.prior_claims:
        return ()
    reversed_ = {bare(prior.reverses) for prior in context.prior_claims if prior.reverses}
    replaced = bare(claim.original_reference) if claim.frequency != "1" else ""
    rows = [prior for prior in context.prior_claims if prior.received <= claim.received and not prior.reverses]
    if reversed_ or replaced:
        rows = [prior for prior in rows if bare(prior.number) not in reversed_ and bare(prior.number) != replaced]
    if len(rows) > 1:
        rows.sort(key=attrgetter("received", "number"))
    return tuple(rows)


def original_of(claim: Claim, context: Context) -> PriorClaim | None:
    """Return the processed claim that a replacement or void names, or None."""
    if claim.frequency == "1":
        return None
    wanted = bare(claim.original_reference)
    return next((prior for prior in context.prior_claims if bare(prior.number) == wanted and not prior.reverses), None)


def remember(context: Context, claim: Claim, answer: Adjudication) -> Context:
    """Return what the payer knows once it has decided `claim`: rows are added, never changed.

    A claim that was rejected, or returned as unprocessable (MA130), was never decided and leaves no trace. A void or a
    replacement takes the original back; a decided claim is found again as a duplicate, paid or denied.
    """
    result = answer.remittance
    if not _processed(answer):
        return context
    rows = [*context.prior_claims]
    original = original_of(claim, context)
    if original is not None and not _stopped(answer):
        rows.append(replace(original, number=f"{original.number}V", received=claim.received, codes=(),
                            deductible=-original.deductible, out_of_pocket=-original.out_of_pocket,
                            visits=-original.visits, paid=-original.paid, reverses=original.number))
    if result.status != "reversed":
        rows.append(_as_prior(claim, answer))
    payer = plans()[claim.plan].payer
    owed = context.carried.get(payer, 0) + carried_forward(result.provider_adjustments)
    return replace(context, prior_claims=tuple(rows), carried=context.carried | {payer: owed})


def _stopped(answer: Adjudication) -> bool:
    """Whether an edit stopped the whole claim: a replacement that was stopped leaves the original as it was."""
    return any(step.line is None and step.outcome == "deny" for step in answer.trace)


def _processed(answer: Adjudication) -> frozenset[int]:
    """Numbers of the lines on which a decision was made."""
    return frozenset(line.number for line in answer.remittance.lines
                     if not any("MA130" in a.remarks for a in line.adjustments))


def _as_prior(claim: Claim, answer: Adjudication) -> PriorClaim:
    def counted(accumulator: str) -> int:
        return sum(m.amount for m in answer.movements if m.accumulator == accumulator and m.scope == "individual"
                   and m.claim == answer.remittance.payer_reference)

    codes = tuple(dict.fromkeys(line.code for line in claim.lines if line.number in _processed(answer)))
    return PriorClaim(answer.remittance.payer_reference, claim.plan, claim.patient_mrn, claim.rendering_npi,
                      claim.first, claim.received, codes, counted("deductible"), counted("out_of_pocket"),
                      counted("visits"), answer.remittance.paid, last=claim.last)
