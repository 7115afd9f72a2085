"""E40 to E42: covered on the date, by this plan, and first in order."""

from functools import cache

from app.payer.edits.finding import Finding, Findings, passed
from app.payer.members import coverage_of, in_force, others_in_force, rows_of
from app.payer.model import Claim, Context
from app.payer.words import show
from app.world.model import Coverage
from app.world.plans import ACCIDENT_KINDS, payer_of, plans


def in_force_on_date(claim: Claim, context: Context) -> Findings:
    """E40: the first date of service must lie inside the dates of coverage."""
    row = coverage_of(claim, context)
    if row is None:
        return ()
    said = f"Coverage {_span(row)}; the service was on {show(claim.first)}."
    if claim.first < row.effective:
        return (Finding(said, group="PR", reason="26"),)
    if not in_force(row, claim.first):
        return (Finding(said, group="PR", reason="27"),)
    return (Finding(said),)


def _span(row: Coverage) -> str:
    ended = f" to {show(row.ended)}" if row.ended else " and is open-ended"
    return f"began {show(row.effective)}{ended}"


def right_payer(claim: Claim, context: Context) -> Findings:
    """E41: the plan billed must be the one responsible: not another plan of the payer, not an elected one."""
    rows = rows_of(claim, context)
    if not rows:
        return ()
    if coverage_of(claim, context) is None:
        return (Finding(f"The member is enrolled in {plans()[rows[0].plan].name}, not in {plans()[claim.plan].name}.",
                        group="CO", reason="109"),)
    for election in context.elections:
        if payer_of(plans()[claim.plan]).kind != "medicare":
            break
        if election.first <= claim.first and (election.last is None or claim.first <= election.last):
            return (Finding(f"The member chose {election.payer} from {show(election.first)}: it is to be billed.",
                            group="CO", reason="109"),)
    wrong = _of_accident(claim)
    return _responsible(claim.plan) if wrong is None else (wrong,)


@cache
def _responsible(plan: str) -> Findings:
    return (passed(f"{plans()[plan].name} is responsible for this member."),)


# Who answers for an injury by what caused it, and the reason that sends a claim there.
_LIABLE = {"employment": ("19", "at work: the employer's compensation insurer is to be billed"),
           "auto": ("21", "in a motor vehicle: the no-fault insurer is to be billed first")}


def _of_accident(claim: Claim) -> Finding | None:
    """An injury at work or on the road belongs to its own insurer; and that insurer answers for nothing else."""
    kind = plans()[claim.plan].kind
    if claim.accident and ACCIDENT_KINDS[claim.accident] != kind:
        reason, told = _LIABLE[claim.accident]
        if claim.accident == "auto" and claim.other_payment is not None:
            return None
        return Finding(f"The claim says that the injury happened {told}.", group="CO", reason=reason)
    if kind in ACCIDENT_KINDS.values() and ACCIDENT_KINDS.get(claim.accident) != kind:
        return Finding(f"{plans()[claim.plan].name} answers for one accident only, and the claim names none.",
                       group="CO", reason="109")
    return None


@cache
def _first(plan: str) -> Findings:
    return (passed(f"{plans()[plan].name} pays first; no other coverage comes before it."),)


def order_of_payers(claim: Claim, context: Context) -> Findings:
    """E42: a payer that comes first must have answered first, and its answer must be with the claim."""
    own = coverage_of(claim, context)
    if own is None:
        return ()
    before = [row for row in others_in_force(claim, context) if row.order < own.order]
    if not before:
        return _first(own.plan)
    first = plans()[before[0].plan].name
    if claim.other_payment is None:
        return (Finding(f"{first} pays first on {show(claim.first)}, and the claim was sent here as if it did not.",
                        group="CO", reason="22"),)
    answered = claim.other_payment
    if answered.plan != before[0].plan or not all(len(part) == len(claim.lines) for part in (
            answered.paid, answered.patient_responsibility, answered.allowed)):
        return (Finding(f"{first} pays first, and its remittance is not with the claim, line by line.", group="CO",
                        reason="16", remarks=("MA04", "MA130")),)
    return (Finding(f"{first} paid first, and its remittance is with the claim."),)
