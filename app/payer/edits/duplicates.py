"""E30: the same service twice, within the claim or against what was processed before."""

from collections.abc import Sequence

from app.payer.edits.finding import Finding, Findings, passed
from app.payer.history import standing_claims
from app.payer.model import Claim, Context, Line
from app.payer.words import show
from app.world.model import PriorClaim

_REPEATED = frozenset({"76", "77"})  # the others part code pairs; they make no repeat a first


def duplicates(claim: Claim, context: Context) -> Findings:
    """E30: same patient, provider, date and code as a processed claim, or as an earlier line of this one."""
    before = [p for p in context.prior_claims if p.first == claim.first and p.patient_mrn == claim.patient_mrn
              and p.plan == claim.plan and p.rendering_npi == claim.rendering_npi]
    standing = [p for p in standing_claims(claim, context) if p in before] if before else []
    lines = claim.lines
    repeated = lines if len({line.code for line in lines}) < len(lines) else ()
    if not standing and not repeated and not any([line.modifiers for line in lines]):  # noqa: C419
        return tuple([_not_before(line) for line in lines])
    return tuple([_line(line, repeated, standing) for line in lines])


def _line(line: Line, beside: Sequence[Line], same_visit: Sequence[PriorClaim]) -> Finding:
    """Look at a line among those `beside` it that may be the same, and among the claims of the same visit."""
    if not _REPEATED.isdisjoint(line.modifiers):
        return passed(f"Line {line.number}: modifier {' '.join(line.modifiers)} says that it is not a repeat.",
                      line.number)
    for prior in same_visit:
        if line.code in prior.codes:
            return _again(line, f"{line.code} on {show(line.on)} was processed as claim {prior.number}, received "
                                f"{show(prior.received)}")
    for other in beside:
        if other.code == line.code and other.number < line.number and _same(other, line):
            return _again(line, f"it repeats line {other.number}: {line.code} on {show(line.on)}")
    return _not_before(line)


def _not_before(line: Line) -> Finding:
    return Finding(f"Line {line.number}: {line.code} on {show(line.on)} was not processed before.", line.number)


def repeats(line: Line, claim: Claim) -> bool:
    """Whether an earlier line of the claim is the same, and no modifier says that the service was repeated."""
    return _REPEATED.isdisjoint(line.modifiers) and any(
        other.number < line.number and _same(other, line) for other in claim.lines)


def _same(one: Line, other: Line) -> bool:
    return (one.code, one.on, one.modifiers, one.revenue, one.units) == (
        other.code, other.on, other.modifiers, other.revenue, other.units)


def _again(line: Line, said: str) -> Finding:
    # Group OA: X12's usage note for reason 18 asks for it, so that nobody is held to owe the second charge.
    return Finding(f"Line {line.number}: {said}.", line.number, "OA", "18", ("N522",))
