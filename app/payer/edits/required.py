"""E10, E25: what a decision needs. Each failure is CO-16 with the remark that names the field, and MA130."""

from app.payer import rulebook
from app.payer.edits.finding import Finding, Findings, passed
from app.payer.model import Claim, Context, Line
from app.payer.references import reference_of
from app.payer.words import bare, show
from app.world.settings import settings


def data(claim: Claim, context: Context) -> Findings:
    """E10: names, numbers, dates, diagnoses, units and charges must be there."""
    found = _header(claim, context)
    if found is None:
        professional, codes = claim.form == "professional", len(claim.diagnoses)
        for line in claim.lines:
            wrong = _wrong_on(line, claim, professional, codes)
            if wrong is not None:
                found = wrong[0], f"Line {line.number} {wrong[1]}."
                break
    if found is not None:
        remark, said = found
        return (Finding(said, group="CO", reason="16", remarks=(remark, "MA130")),)
    return _COMPLETE


_COMPLETE = (passed("Every field that a decision needs is filled in."),)


def _header(claim: Claim, context: Context) -> tuple[str, str] | None:
    """Return the remark and the sentence for the first field of the claim that is missing or cannot be right."""
    return _people(claim, context) or _care(claim)


def _people(claim: Claim, context: Context) -> tuple[str, str] | None:
    npi = claim.rendering_npi
    if not (claim.patient_given.strip() and claim.patient_family.strip()):
        return "MA36", "The patient's name is blank."
    if not claim.member_id.strip():
        return "N382", "The member number is blank."
    if claim.patient_birth_date.year < 1900:
        return "N329", "The birth date cannot be right."
    if not npi.strip():
        return "N290", "The rendering provider's NPI is blank."
    if context.providers and npi not in [provider.npi for provider in context.providers]:
        return "N290", f"Rendering NPI {npi} belongs to no provider in the payer's file."
    return None


def _care(claim: Claim) -> tuple[str, str] | None:
    if not claim.diagnoses:
        return "M76", "There is no diagnosis code."
    if claim.first > claim.received:
        return "M52", f"Date of service {show(claim.first)} lies after the day of receipt, {show(claim.received)}."
    if _lacks_poa(claim):
        return "N434", "A diagnosis of this stay has no present-on-admission entry."
    if claim.form == "professional" and claim.place_of_service not in rulebook.places():
        return "M77", f"Place of service {claim.place_of_service or '(blank)'} is not in the code set."
    if claim.bill_type and claim.bill_type != settings()[claim.setting].bill_type:
        return "MA30", (f"Type of bill {claim.bill_type} is not that of care given here: "
                        f"{settings()[claim.setting].title}.")
    return None


def _lacks_poa(claim: Claim) -> bool:
    return claim.form == "institutional" and claim.setting == "inpatient" and len(claim.poa) < len(claim.diagnoses)


def _wrong_on(line: Line, claim: Claim, professional: bool, codes: int) -> tuple[str, str] | None:
    pointers = line.pointers
    if professional and not line.code.strip():
        return "M51", "has no procedure code"
    if not professional and not line.revenue.strip():
        return "M50", "has no revenue code"
    if line.units < 1:
        return "M53", f"has {line.units} units"
    if line.charge < 1:
        return "M79", "has no charge"
    if pointers and not (min(pointers) >= 1 and max(pointers) <= codes):
        outside = next(p for p in pointers if not 1 <= p <= codes)
        return "M76", f"points to diagnosis {outside}, and there is none"
    if professional and not pointers:
        return "M76", "points to no diagnosis"
    if not claim.first <= line.on <= claim.last:
        return "M52", f"is dated {show(line.on)}, outside the claim's {show(claim.first)} to {show(claim.last)}"
    return None


_FIRST = (passed("A first claim (frequency 1) replaces nothing."),)


def original(claim: Claim, context: Context) -> Findings:
    """E25: a replacement (7) or void (8) must carry the payer's own number of the claim it replaces."""
    if claim.frequency == "1":
        return _FIRST
    kind = "replacement (7)" if claim.frequency == "7" else "void (8)"
    given = bare(claim.original_reference)
    if not given:
        return (_unnamed(f"This is a {kind}, and the payer's number of the original is blank."),)
    known = {bare(prior.number) for prior in context.prior_claims} | {bare(reference_of(claim.plan, claim.number))}
    if given not in known:
        return (_unnamed(f"This is a {kind} of {claim.original_reference}, which the payer does not have."),)
    return (passed(f"This is a {kind} of {claim.original_reference}, which the payer has."),)


def _unnamed(said: str) -> Finding:
    return Finding(said, group="CO", reason="16", remarks=("M47", "MA130"))
