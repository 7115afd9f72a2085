"""E10, E25: what a decision needs. Each failure is CO-16 with the remark that names the field, and MA130."""

from app.payer import rulebook
from app.payer.edits.finding import Finding, Findings, passed
from app.payer.model import Claim, Context, Line
from app.payer.references import reference_of
from app.payer.words import bare, show
from app.world.settings import settings


def data(claim: Claim, context: Context) -> Findings:
    """E10: names, numbers, dates, diagnoses, units and charges must be there."""
    for remark, said in (*_header(claim, context), *_lines(claim)):
        return (Finding(said, group="CO", reason="16", remarks=(remark, "MA130")),)
    return (passed("Every field that a decision needs is filled in."),)


def _header(claim: Claim, context: Context) -> list[tuple[str, str]]:
    known = {provider.npi for provider in context.providers}
    checks = (
        ("MA36", not (claim.patient_given.strip() and claim.patient_family.strip()), "The patient's name is blank."),
        ("N382", not claim.member_id.strip(), "The member number is blank."),
        ("N329", claim.patient_birth_date.year < 1900, "The birth date cannot be right."),
        ("N290", not claim.rendering_npi.strip(), "The rendering provider's NPI is blank."),
        ("N290", bool(known) and claim.rendering_npi not in known,
         f"Rendering NPI {claim.rendering_npi} belongs to no provider in the payer's file."),
        ("M76", not claim.diagnoses, "There is no diagnosis code."),
        ("M52", claim.first > claim.received,
         f"Date of service {show(claim.first)} lies after the day of receipt, {show(claim.received)}."),
        ("N434", _lacks_poa(claim), "A diagnosis of this stay has no present-on-admission entry."),
        ("M77", claim.form == "professional" and claim.place_of_service not in rulebook.places(),
         f"Place of service {claim.place_of_service or '(blank)'} is not in the code set."),
        ("MA30", claim.bill_type not in ("", settings()[claim.setting].bill_type),
         f"Type of bill {claim.bill_type} is not that of care given here: {settings()[claim.setting].title}."),
    )
    return [(remark, said) for remark, wrong, said in checks if wrong]


def _lacks_poa(claim: Claim) -> bool:
    return claim.form == "institutional" and claim.setting == "inpatient" and len(claim.poa) < len(claim.diagnoses)


def _lines(claim: Claim) -> list[tuple[str, str]]:
    return [found for line in claim.lines for found in _line(line, claim)]


def _line(line: Line, claim: Claim) -> list[tuple[str, str]]:
    outside = [p for p in line.pointers if not 1 <= p <= len(claim.diagnoses)]
    checks = (
        ("M51", not line.code.strip() and claim.form == "professional", "has no procedure code"),
        ("M50", claim.form == "institutional" and not line.revenue.strip(), "has no revenue code"),
        ("M53", line.units < 1, f"has {line.units} units"),
        ("M79", line.charge < 1, "has no charge"),
        ("M76", bool(outside), f"points to diagnosis {outside[0] if outside else 0}, and there is none"),
        ("M76", claim.form == "professional" and not line.pointers, "points to no diagnosis"),
        ("M52", not claim.first <= line.on <= claim.last,
         f"is dated {show(line.on)}, outside the claim's {show(claim.first)} to {show(claim.last)}"),
    )
    return [(remark, f"Line {line.number} {said}.") for remark, wrong, said in checks if wrong]


def original(claim: Claim, context: Context) -> Findings:
    """E25: a replacement (7) or void (8) must carry the payer's own number of the claim it replaces."""
    if claim.frequency == "1":
        return (passed("A first claim (frequency 1) replaces nothing."),)
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
