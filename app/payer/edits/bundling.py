"""E80 to E82: code pairs, what is paid within another service, units."""

import datetime as dt
from functools import lru_cache

from app.payer import rulebook
from app.payer.benefits import category_of, service_called, service_of
from app.payer.edits.duplicates import repeats
from app.payer.edits.finding import Finding, Findings, line_passed
from app.payer.history import standing_claims
from app.payer.model import Claim, Context, Line
from app.payer.words import show
from app.world.services import services

BYPASS = ("59", "XE", "XP", "XS", "XU")


def pairs(claim: Claim, context: Context) -> Findings:
    """E80: of two codes of a pair on one date the contained one is denied, unless a modifier may and does part them.

    The containing code may stand on this claim or on one that was processed before, of the same provider.
    """
    contained = _contained(tuple([(line.service, line.code) for line in claim.lines]))
    return tuple([(contained and _pair(line, claim, context)) or Finding(
        f"Line {line.number}: {line.code} is in no pair with the other codes of {show(line.on)}.", line.number)
        for line in claim.lines])


@lru_cache(8192)
def _contained(billed: tuple[tuple[str, str], ...]) -> bool:
    """Whether a pair contains one of the services, each with its id and its code."""
    found = [service_called(name, code) for name, code in billed]
    return any(service is not None and service.id in rulebook.contained_services() for service in found)


def _processed(claim: Claim, context: Context) -> dict[str, dt.date]:
    """Return codes of this patient and provider that the plan has processed, with their date."""
    return {code: prior.first for prior in standing_claims(claim, context)
            if prior.patient_mrn == claim.patient_mrn and prior.rendering_npi == claim.rendering_npi
            and prior.plan == claim.plan for code in prior.codes if claim.first <= prior.first <= claim.last}


def _pair(line: Line, claim: Claim, context: Context) -> Finding | None:
    own = service_of(line)
    if own is None or own.id not in rulebook.contained_services():
        return None
    processed = _processed(claim, context)
    beside = {service.id for other in claim.lines if other.on == line.on and (service := service_of(other))}
    for pair in rulebook.code_pairs():
        if own.id != pair.contained or not pair.holds_on(line.on):
            continue
        whole = services()[pair.pays].code
        if pair.pays not in beside and processed.get(whole) != line.on:
            continue
        if not (pair.indicator == "1" and any(m in line.modifiers for m in BYPASS)):
            never = "no modifier parts them" if pair.indicator == "0" else "no modifier parts them here"
            return Finding(f"Line {line.number}: {line.code} is contained in {whole}: {pair.why}; {never}.",
                           line.number, "CO", "236")
    return None


def included(claim: Claim, context: Context) -> Findings:
    """E81: what is never paid by itself, and visits within the global period of a procedure by the same provider."""
    return tuple([_included(line, claim, context) or line_passed(
        line.number, "%s lies in no procedure's global period", line.code) for line in claim.lines])


def outside_global_periods(claim: Claim) -> bool:
    """Whether E81 counts no days: no line is a visit that a procedure's payment can contain."""
    return all(not _SEPARATE.isdisjoint(line.modifiers) or not rulebook.global_periods_of(category_of(line, claim))
               for line in claim.lines)


_SEPARATE = frozenset({"24", "25", "XE", "XP"})


def _included(line: Line, claim: Claim, context: Context) -> Finding | None:
    service = service_of(line)
    if service and service.id in rulebook.incidental():
        return Finding(f"Line {line.number}: {line.code} is never paid by itself: "
                       f"{rulebook.incidental()[service.id].why}.", line.number, "CO", "97", ("N19",))
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
    """E82: the units of a code must stay within its limit: of a line (indicator 1) or of a date over all lines.

    A line that only repeats another is denied as a duplicate and counts for nothing.
    """
    return tuple([found for line in claim.lines if (found := _units(line, claim))])


def each_code_once(claim: Claim) -> bool:
    """Whether E82 need not add up lines of one date."""
    return len({line.code for line in claim.lines}) == len(claim.lines)


def _units(line: Line, claim: Claim) -> Finding | None:
    service = service_of(line)
    if service is None:
        return None
    counted = units_counted(line, claim)
    most, kind = service.unit_limit, service.unit_indicator
    if counted > most:
        what = f"on a line of {line.code}" if kind == "1" else f"of {line.code} on {show(line.on)}"
        return Finding(f"Line {line.number}: {counted} units {what}; the limit is {most} {_OF[kind]}.", line.number,
                       "CO", "151", ("N362",))
    return line_passed(line.number, "%s of at most %s units", counted, most)


_OF = {"1": "a line", "2": "a date, and absolute", "3": "a date by clinical use"}


def units_counted(line: Line, claim: Claim) -> int:
    """Return the units that are held against the limit of the line's code."""
    service = service_of(line)
    if service is not None and service.unit_indicator == "1":
        return line.units
    same = [other for other in claim.lines if other.code == line.code and other.on == line.on]
    if len(same) == 1:
        return same[0].units
    return sum([other.units for other in same if not repeats(other, claim)])
