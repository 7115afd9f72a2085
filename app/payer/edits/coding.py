"""E20 to E23: codes that are valid, in a place and with modifiers that fit."""

import re
from functools import lru_cache

from app.payer import rulebook
from app.payer.benefits import category_of, service_of
from app.payer.edits.finding import Finding, Findings, line_passed
from app.payer.model import Claim, Context, Line
from app.payer.words import several, show

_ICD10CM = re.compile(r"[A-Z][0-9][0-9AB](\.[0-9A-Z]{1,4})?")
_ICD10PCS = re.compile(r"[0-9A-HJ-NP-Z]{7}")  # never the letters I and O


def diagnoses(claim: Claim, context: Context) -> Findings:
    """E20: each diagnosis code must be valid on the date, and carried to its last character."""
    invalid = context.invalid_diagnoses
    short = [code for code in claim.diagnoses if code in invalid] if invalid else []
    wrong = [code for code in claim.diagnoses if not _can_be_a_diagnosis(code)]
    if wrong:
        return (Finding(f"{several(wrong)} cannot be an ICD-10-CM code.", group="CO", reason="16",
                        remarks=("M76", "MA130")),)
    if short:
        return (Finding(f"{several(short)} is not a valid code: the category has codes with more characters.",
                        group="CO", reason="16", remarks=("M76", "M81", "MA130")),)
    bad = [code for code in claim.procedures if not _ICD10PCS.fullmatch(code)]
    if bad:
        principal = claim.procedures[0] in bad
        return (Finding(f"{several(bad)} cannot be an ICD-10-PCS code.", group="CO", reason="16",
                        remarks=("MA66" if principal else "M67", "MA130")),)
    return (Finding(f"{several(list(claim.diagnoses))}: valid on {show(claim.last)}."),)


@lru_cache(16_384)
def _can_be_a_diagnosis(code: str) -> bool:
    return _ICD10CM.fullmatch(code) is not None


def procedures(claim: Claim, context: Context) -> Findings:
    """E21: each procedure code must exist, and not be deleted before the date of the line."""
    return tuple([_procedure(line) for line in claim.lines])


def none_retired(claim: Claim) -> bool:
    """Whether E21 asks no date: none of the codes was ever deleted."""
    retired = rulebook.retired_codes()
    return not any(line.code in retired for line in claim.lines)


def _procedure(line: Line) -> Finding:
    retired = rulebook.retired_codes().get(line.code)
    if retired and retired.last < line.on:
        return Finding(f"Line {line.number}: {line.code} was valid to {show(retired.last)}; the line is dated "
                       f"{show(line.on)}.", line.number, "CO", "181")
    service = service_of(line)
    if service is None:
        return Finding(f"Line {line.number}: there is no code {line.code}.", line.number, "CO", "16",
                       ("M51", "N56", "MA130"))
    return line_passed(line.number, "%s is %s", line.code, service.title)


_TYPE_OF_BILL = (Finding("An institutional claim carries a type of bill in place of a place of service."),)


def places(claim: Claim, context: Context) -> Findings:
    """E22: the service must be one that is given in this place. Institutional claims carry none."""
    if claim.form == "institutional":
        return _TYPE_OF_BILL
    place = rulebook.places().get(claim.place_of_service)
    if place is None:
        return ()
    found = []
    for line in claim.lines:
        service = service_of(line)
        if service and place.setting not in service.settings:
            found.append(Finding(f"Line {line.number}: {service.title} is not given in place {place.code} "
                                 f"({place.title}).", line.number, "CO", "5", ("M77",)))
        elif service:
            found.append(line_passed(line.number, "place %s (%s) fits", place.code, place.title))
    return tuple(found)


def modifiers(claim: Claim, context: Context) -> Findings:
    """E23: each modifier must exist, stand on a line where it belongs, and contradict no other."""
    return tuple([_modifiers(line, claim) for line in claim.lines])


def _modifiers(line: Line, claim: Claim) -> Finding:
    if not line.modifiers:
        return line_passed(line.number, "no modifier on %s", line.code)
    wrong = _wrong_modifier(line, claim)
    if wrong:
        return Finding(f"Line {line.number}: {wrong}.", line.number, "CO", "4", ("N519",))
    return line_passed(line.number, "%s on %s", several(list(line.modifiers)), line.code)


def _wrong_modifier(line: Line, claim: Claim) -> str:
    known, category = rulebook.modifiers(), category_of(line, claim)
    for code in line.modifiers:
        if code not in known:
            return f"there is no modifier {code}"
        if known[code].categories and category not in known[code].categories:
            return f"modifier {code} ({known[code].title}) does not belong on {line.code}"
        against = [other for other in line.modifiers if other in known[code].excludes]
        if against:
            return f"modifiers {code} and {against[0]} contradict each other"
    return ""
