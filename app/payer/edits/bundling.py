"""E80 to E82: code pairs, what is paid within another service, units."""

from app.payer import rulebook
from app.payer.benefits import category_of, service_of
from app.payer.edits.finding import Finding, Findings, line_passed, passed
from app.payer.history import standing_claims
from app.payer.model import Claim, Context, Line
from app.payer.words import show
from app.world.services import services

_BYPASS = ("59", "XE", "XP", "XS", "XU")


def pairs(claim: Claim, context: Context) -> Findings:
    """E80: of two codes of a pair on one date the contained one is denied, unless a modifier may and does part them."""
    return tuple([_pair(line, claim) or passed(f"Line {line.number}: {line.code} is in no pair with the other codes of "
                                               f"{show(line.on)}.", line.number) for line in claim.lines])


def _pair(line: Line, claim: Claim) -> Finding | None:
    own = service_of(line)
    if own is None or own.id not in rulebook.contained_services():
        return None
    billed = {service.id: other.code for other in claim.lines
              if other.on == line.on and (service := service_of(other))}
    for pair in rulebook.code_pairs():
        if own.id != pair.contained or pair.pays not in billed or pair.indicator == "9":
            continue
        parted = pair.indicator == "1" and any(m in line.modifiers for m in _BYPASS)
        if not parted:
            never = "no modifier parts them" if pair.indicator == "0" else "no modifier parts them here"
            return Finding(f"Line {line.number}: {line.code} is contained in {billed[pair.pays]}: {pair.why}; {never}.",
                           line.number, "CO", "236")
    return None


def included(claim: Claim, context: Context) -> Findings:
    """E81: visits within the global period of a procedure by the same provider are paid with it."""
    return tuple([_included(line, claim, context) or line_passed(
        line.number, "%s lies in no procedure's global period", line.code) for line in claim.lines])


_SEPARATE = frozenset({"24", "25", "XE", "XP"})


def _included(line: Line, claim: Claim, context: Context) -> Finding | None:
    if not _SEPARATE.isdisjoint(line.modifiers):
        return None
    for rule in rulebook.global_periods_of(category_of(line, claim)):
        code = services()[rule.procedure].code if rule.procedure in services() else ""
        days = [(line.on - prior.first).days for prior in standing_claims(claim, context)
                if prior.patient_mrn == claim.patient_mrn and prior.rendering_npi == claim.rendering_npi
                and code in prior.codes]
        days += [0 for other in claim.lines if other.code == code and other.on == line.on]
        within = [d for d in days if 0 <= d <= rule.days]
        if within:
            return Finding(f"Line {line.number}: a visit {min(within)} days after {code}, whose payment contains "
                           f"visits for {rule.days} days.", line.number, "CO", "97", ("M144",))
    return None


def units(claim: Claim, context: Context) -> Findings:
    """E82: the units of a code on one date, over all lines, must stay within the most that a date can hold."""
    return tuple([found for line in claim.lines if (found := _units(line, claim))])


def _units(line: Line, claim: Claim) -> Finding | None:
    service = service_of(line)
    if service is None:
        return None
    of_date = sum([other.units for other in claim.lines if other.code == line.code and other.on == line.on])
    if of_date > service.unit_limit:
        return Finding(f"Line {line.number}: {of_date} units of {line.code} on {show(line.on)}; one date holds "
                       f"{service.unit_limit}.", line.number, "CO", "151", ("N362",))
    return line_passed(line.number, "%s of at most %s units", of_date, service.unit_limit)
