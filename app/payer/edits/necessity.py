"""E90, E95: medical necessity, and records that the payer wants to see."""

from app.payer import rulebook
from app.payer.benefits import service_of
from app.payer.edits.covered import notice_of
from app.payer.edits.finding import Finding, Findings, line_passed, passed
from app.payer.edits.life import pointed
from app.payer.model import Claim, Context, Line
from app.payer.words import several
from app.world.plans import payer_of, plans
from app.world.services import Service


def policy(claim: Claim, context: Context) -> Findings:
    """E90: where a coverage policy names diagnoses, the line must point to one of them."""
    return tuple([found for line in claim.lines if (found := _policy(line, claim))])


def no_policy(claim: Claim) -> bool:
    """Whether E90 asks for no diagnosis."""
    return not any(service.supports for line in claim.lines if (service := service_of(line)))


def _policy(line: Line, claim: Claim) -> Finding | None:
    service = service_of(line)
    if service is None:
        return None
    if not service.supports:
        return line_passed(line.number, "no coverage policy limits %s", service.title)
    codes = pointed(line, claim)
    good = [code for code in codes if accepts(service, code)]
    if good:
        return line_passed(line.number, "%s supports %s", good[0], service.title)
    return _unsupported(line, claim, service, codes)


def accepts(service: Service, code: str) -> bool:
    """Whether the service's coverage policy accepts a diagnosis."""
    return not service.supports or code.startswith(service.supports)


def _unsupported(line: Line, claim: Claim, service: Service, codes: tuple[str, ...]) -> Finding:
    kind, notice = payer_of(plans()[claim.plan]).kind, notice_of(line, claim)
    national = next((n for n in rulebook.policies().national if n.service == service.id), None)
    if kind == "medicare":
        remark = "N386" if national else "N115"
    else:
        remark, national = "N130", None
    patient = kind == "medicare" and notice == "GA"
    told = {"GA": " The patient signed a notice (GA).", "GZ": " No notice was given (GZ)."}.get(notice, "")
    return Finding(f"Line {line.number}: the policy for {service.title} accepts none of {several(list(codes))}.{told}",
                   line.number, "PR" if patient else "CO", "50", (remark,),
                   citation=national.citation if national else None)


_NONE_WANTED = (passed("No records are wanted for this claim."),)


def records(claim: Claim, context: Context) -> Findings:
    """E95: on a stay, diagnoses of the review list must be shown in the chart before the payer decides."""
    if claim.setting != "inpatient":
        return _NONE_WANTED
    review = rulebook.policies().review
    listed = [code for code in claim.diagnoses if code.startswith(review.inpatient)]
    unseen = [code for code in listed if not claim.evidence.get(code)]
    if unseen:
        return (Finding(f"{several(unseen)} raises the payment, and no words of the chart sent with the claim show it.",
                        group="CO", reason="252", remarks=(review.remark,)),)
    return (passed(f"{several(listed)}: shown in the chart." if listed else "No diagnosis is on the review list."),)
