"""E00, E01: what a clearinghouse turns away before any payer has decided anything."""

import re
from functools import cache, lru_cache

from app.payer.edits.finding import Finding, Findings
from app.payer.model import Claim, Context
from app.payer.words import bare, show
from app.world.plans import payer_of, plans

_MOST_DIAGNOSES = {"professional": 12, "institutional": 25}


def envelope(claim: Claim, context: Context) -> Findings:
    """E00: the file must hold a claim that can be read."""
    wrong = _unreadable(claim)
    if wrong:
        return (Finding(wrong, reason="999 R"),)
    return (Finding(f"Claim {claim.number} has {len(claim.lines)} line(s) and can be read."),)


def _unreadable(claim: Claim) -> str:
    if not claim.number.strip():
        return "The claim has no claim number."
    if not claim.lines:
        return "The claim has no service line."
    if claim.last < claim.first:
        return f"The claim ends on {show(claim.last)}, before it begins on {show(claim.first)}."
    most = _MOST_DIAGNOSES[claim.form]
    if len(claim.diagnoses) > most:
        return f"The claim has {len(claim.diagnoses)} diagnosis codes; the {claim.form} form holds {most}."
    if min([line.charge for line in claim.lines]) < 0:
        return "A charge is negative."
    return ""


def identifiers(claim: Claim, context: Context) -> Findings:
    """E01: payer, member number and NPI must have the right form. Whether they exist is asked later."""
    plan = plans().get(claim.plan)
    if plan is None or plan.kind == "self_pay":
        return (Finding(f"No payer takes claims for {claim.plan or 'a blank plan'}.", reason="A3"),)
    payer = payer_of(plan)
    if claim.member_id.strip() and not _has_form(payer.member_id_format, bare(claim.member_id)):
        return (Finding(f"Member number {claim.member_id} does not have the form of a {payer.name} number, "
                        f"such as {payer.member_id_example}.", reason="A7"),)
    if claim.rendering_npi.strip() and not is_npi(claim.rendering_npi):
        return (Finding(f"Rendering NPI {claim.rendering_npi} is no NPI: ten digits whose last checks the others.",
                        reason="A7"),)
    return (Finding(f"{payer.name} is known; member number {claim.member_id or '(blank)'} and NPI "
                   f"{claim.rendering_npi or '(blank)'} have the right form."),)


def _has_form(pattern: str, number: str) -> bool:
    return _compiled(pattern).fullmatch(number) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(4096)
def is_npi(text: str) -> bool:
    """Whether `text` is ten digits with the right check digit (Luhn over 80840 and the number, 45 CFR 162.406)."""
    if len(text) != 10 or not (text.isascii() and text.isdigit()):
        return False
    total = 0
    for place, digit in enumerate(reversed("80840" + text)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
