"""The payer's answer: an ExplanationOfBenefit for a claim that was decided, a ClaimResponse for one that was rejected.

A rejected claim was never adjudicated, so there is no explanation of benefits: the ClaimResponse has the outcome
`error` (R4B valueset-remittance-outcome) and says in words why the claim was not taken in.
"""

from app.billing.fhir import claims, systems
from app.billing.fhir.balances import balances, benefit_year
from app.billing.fhir.elements import (
    Element,
    Resource,
    case_key,
    coding,
    hl7,
    identifier,
    money,
    period,
    present,
    resource,
)
from app.billing.fhir.organizations import facility_ref, payer_ref
from app.billing.fhir.people import patient_ref
from app.payer.codes import plain_words
from app.payer.model import Adjudication, Adjustment, Claim, Context, LineResult, Remittance
from app.world.model import Facts
from app.world.money import Cents, dollars
from app.world.plans import payer_of, plans

_AMOUNTS = f"{systems.THO}/adjudication"
# What a share of the patient is called, by group and reason. R4B's list has no coinsurance: CARIN's completes it.
_SHARES = {("PR", "1"): coding(_AMOUNTS, "deductible", "Deductible"), ("PR", "3"): coding(_AMOUNTS, "copay", "CoPay"),
           ("PR", "2"): coding(systems.CARIN_ADJUDICATION, "coinsurance", "Co-insurance")}
_OTHER = coding(systems.ADJUSTMENT, "adjustment", "Adjustment")
_PATIENT = coding(systems.CARIN_ADJUDICATION, "memberliability", "Member liability")
_PROVIDER_LEVEL = {"WO": "taken back for an earlier overpayment", "L6": "interest", "FB": "balance carried forward"}


def answer_resource(facts: Facts, claim: Claim, answer: Adjudication, context: Context) -> Resource:
    """Return what the payer said to `claim`."""
    rejected = answer.remittance.status == "rejected"
    return _rejection(facts, claim, answer.remittance) if rejected else _explanation(facts, claim, answer, context)


def _rejection(facts: Facts, claim: Claim, remittance: Remittance) -> Resource:
    first, *rest = remittance.rejection or ("Rejected: the claim was not taken in.",)
    return resource(
        "ClaimResponse", f"{case_key(facts)}-{claim.number}", status="active", **claims.kind(claim),
        patient=patient_ref(facts), created=remittance.decided.isoformat(),
        insurer=payer_ref(payer_of(plans()[claim.plan])), requestor=facility_ref(claim.billing),
        request=claims.claim_ref(facts, claim), outcome="error", disposition=first,
        error=[{"code": {"text": said}} for said in rest or [first]],
    )


def _explanation(facts: Facts, claim: Claim, answer: Adjudication, context: Context) -> Resource:
    remittance = answer.remittance
    number = claim.authorization_number.strip()
    return resource(
        "ExplanationOfBenefit", f"{case_key(facts)}-{claim.number}",
        identifier=[identifier(systems.PAYER_CLAIM, remittance.payer_reference)],
        status="cancelled" if remittance.status == "reversed" else "active", **claims.kind(claim),
        patient=patient_ref(facts), billablePeriod=period(claim.first, claim.last),
        created=remittance.decided.isoformat(), insurer=payer_ref(payer_of(plans()[claim.plan])),
        provider=facility_ref(claim.billing), related=claims.related(claim),
        payee={"type": hl7("payeetype", "provider", "Provider"), "party": facility_ref(claim.billing)},
        claim=claims.claim_ref(facts, claim), outcome="complete", disposition=_disposition(remittance),
        preAuthRef=[number] if number else [], careTeam=claims.care_team(facts, claim),
        diagnosis=claims.diagnoses(facts, claim), procedure=claims.procedures(facts, claim),
        insurance=[{name: row[name] for name in ("focal", "coverage", "preAuthRef") if name in row}
                   for row in claims.insurance(facts, claim)],
        accident=claims.accident(claim), item=_items(facts, claim, remittance), total=_totals(remittance),
        payment=_payment(remittance), benefitPeriod=benefit_year(claim),
        benefitBalance=balances(claim, answer, context),
    )


def _disposition(remittance: Remittance) -> str:
    if remittance.status == "reversed":
        return f"Taken back: {dollars(-remittance.paid)} returns to the payer."
    charge = sum(line.charge for line in remittance.lines)
    return (f"{remittance.status.capitalize()}: of {dollars(charge)} charged, the plan pays {dollars(remittance.paid)} "
            f"and the patient owes {dollars(remittance.patient_responsibility)}.")


def _items(facts: Facts, claim: Claim, remittance: Remittance) -> list[Element]:
    return [{**claims.item(facts, claim, line), "adjudication": _adjudication(result)}
            for line, result in zip(claim.lines, remittance.lines, strict=True)]


def _adjudication(result: LineResult) -> list[Element]:
    """What was submitted and allowed, each adjustment, and the benefit: submitted = benefit + the adjustments."""
    return [_amount(coding(_AMOUNTS, "submitted", "Submitted Amount"), result.charge),
            _amount(coding(_AMOUNTS, "eligible", "Eligible Amount"), result.allowed),
            *(_adjustment(row) for row in result.adjustments),
            _amount(coding(_AMOUNTS, "benefit", "Benefit Amount"), result.paid)]


def _amount(category: Element, amount: Cents) -> Element:
    return {"category": {"coding": [category]}, "amount": money(amount)}


def _adjustment(row: Adjustment) -> Element:
    """The group says whose the amount is, the reason and remarks why; codes alone, and what they mean in our words."""
    category = _SHARES.get((row.group, row.reason), _OTHER)
    codes = [coding(systems.REASON_CODE, row.reason), *(coding(systems.REMARK_CODE, code) for code in row.remarks)]
    return {"category": {"coding": [category, coding(systems.GROUP_CODE, row.group)]},
            "reason": {"coding": codes, "text": plain_words(row.group, row.reason, row.remarks)},
            "amount": money(row.amount)}


def _totals(remittance: Remittance) -> list[Element]:
    rows = remittance.lines
    always = [_amount(coding(_AMOUNTS, "submitted", "Submitted Amount"), sum(row.charge for row in rows)),
              _amount(coding(_AMOUNTS, "eligible", "Eligible Amount"), sum(row.allowed for row in rows)),
              _amount(coding(_AMOUNTS, "benefit", "Benefit Amount"), remittance.paid),
              _amount(_PATIENT, remittance.patient_responsibility)]
    shares = {share: sum(a.amount for row in rows for a in row.adjustments if (a.group, a.reason) == share)
              for share in _SHARES}
    return always + [_amount(_SHARES[share], amount) for share, amount in shares.items() if amount]


def _payment(remittance: Remittance) -> Element:
    """The payment of this claim: the benefit, and what the payer gives or takes beside it (interest, recoupment)."""
    beside = -sum(row.amount for row in remittance.provider_adjustments)
    why = "; ".join(f"{row.reason}: {_PROVIDER_LEVEL[row.reason]}" for row in remittance.provider_adjustments)
    return present({
        "type": hl7("ex-paymenttype", "complete", "Complete"), "adjustment": money(beside) if why else None,
        "adjustmentReason": {"text": why} if why else None, "date": remittance.decided.isoformat(),
        "amount": money(remittance.paid + beside),
    })
