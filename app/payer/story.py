"""The trace as a short story: what stopped the claim, what else would have, how the money was worked out."""

from app.payer.model import Adjudication, TraceStep
from app.world.money import dollars

_LEAD = {"reject": "Rejected", "deny": "Denied", "also": "Would also fail", "price": "Worked out", "pass": "Passed"}


def story(adjudication: Adjudication) -> tuple[str, ...]:
    """Return the sentences of a decision in order: failures first asked, then amounts, then the outcome.

    Passed edits are told in one sentence, so that the reader sees what mattered.
    """
    told = [_sentence(step) for step in adjudication.trace if step.outcome != "pass"]
    passed = sorted({step.edit for step in adjudication.trace if step.outcome == "pass"})
    opening = (f"{len(passed)} checks passed on the way." if passed else "No check passed.",)
    return (*opening, *told, _outcome(adjudication))


def full_story(adjudication: Adjudication) -> tuple[str, ...]:
    """Return a sentence for every step, passed ones too."""
    return (*(_sentence(step) for step in adjudication.trace), _outcome(adjudication))


def _sentence(step: TraceStep) -> str:
    return f"{_LEAD[step.outcome]} ({step.edit} {step.title}): {step.said}"


def _outcome(adjudication: Adjudication) -> str:
    answer = adjudication.remittance
    if answer.status == "rejected":
        return "The claim never reached a decision: nothing was filed and nothing is owed by anybody."
    if answer.status == "reversed":
        return f"The claim was taken back: {dollars(-answer.paid)} returns to the payer."
    charge = sum(line.charge for line in answer.lines)
    return (f"Of {dollars(charge)} charged, the payer pays {dollars(answer.paid)} and the patient owes "
            f"{dollars(answer.patient_responsibility)}.")
