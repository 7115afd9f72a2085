"""E80 to E82: code pairs, what is paid within another service, units."""

from app.payer import rulebook
from app.payer.benefits import category_of, service_of
from app.payer.edits.duplicates import repeats
from app.payer.edits.finding import Finding, Findings, passed
from app.payer.history import standing_claims
from app.payer.model import Claim, Context, Line
from app.payer.words import show
from app.world.services import services

_BYPASS = ("59", "XE", "XP", "XS", "XU")


def pairs(claim: Claim, context: Context) -> Findings:
    """E80: of two codes of a pair on one date the contained one is denied, unless a modifier may and does part them."""
    return tuple(_pair(line, claim) for line in claim.lines)


def _pair(line: Line, claim: Claim) -> Finding:
    own = service_of(line)
    billed = {service.id: other.code for other in claim.lines
              if other.on == line.on and (service := service_of(other))}
    for pair in rulebook.code_pairs():
        if own is None or own.id != pair.contained or pair.pays not in billed or pair.indicator == "9":
            continue
        parted = pair.indicator == "1" and any(m in line.modifiers for m in _BYPASS)
        if not parted:
            never = "no modifier parts them" if pair.indicator == "0" else "no modifier parts them here"
            return Finding(f"Line {line.number}: {line.code} is contained in {billed[pair.pays]}: {pair.why}; {never}.",
                           line.number, "CO", "236")
    return passed(f"Line {line.number}: {line.code} is in no pair with the other codes of {show(line.on)}.",
                  line.number)


def included(claim: Claim, context: Context) -> Findings:
    """E81: visits within the global period of a procedure by the same provider are paid with it."""
    return tuple(_included(line, claim, context) for line in claim.lines)


def _included(line: Line, claim: Claim, context: Context) -> Finding:
    category = category_of(line, claim)
    separate = any(m in line.modifiers for m in ("24", "25", "XE", "XP"))
    for rule in rulebook.global_periods():
        code = services()[rule.procedure].code if rule.procedure in services() else ""
        if separate or category not in rule.contains:
            continue
        days = [(line.on - prior.first).days for prior in standing_claims(claim, context)
                if prior.patient_mrn == claim.patient_mrn and prior.rendering_npi == claim.rendering_npi
                and code in prior.codes]
        days += [0 for other in claim.lines if other.code == code and other.on == line.on]
        within = [d for d in days if 0 <= d <= rule.days]
        if within:
            return Finding(f"Line {line.number}: a visit {min(within)} days after {code}, whose payment contains "
                           f"visits for {rule.days} days.", line.number, "CO", "97", ("M144",))
    return passed(f"Line {line.number}: {line.code} lies in no procedure's global period.", line.number)


def units(claim: Claim, context: Context) -> Findings:
    """E82: the units of a code on one date, over all lines, must stay within the most that a date can hold.

    A line that only repeats another is denied as a duplicate and counts for nothing.
    """
    return tuple(found for line in claim.lines if (found := _units(line, claim)))


def _units(line: Line, claim: Claim) -> Finding | None:
    service = service_of(line)
    if service is None:
        return None
    of_date = sum(other.units for other in claim.lines
                  if other.code == line.code and other.on == line.on and not repeats(other, claim))
    if of_date > service.unit_limit:
        return Finding(f"Line {line.number}: {of_date} units of {line.code} on {show(line.on)}; one date holds "
                       f"{service.unit_limit}.", line.number, "CO", "151", ("N362",))
    return passed(f"Line {line.number}: {of_date} of at most {service.unit_limit} units.", line.number)
