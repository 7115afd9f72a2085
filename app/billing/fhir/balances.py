"""How much of the deductible and of the out-of-pocket maximum is used, for the benefitBalance of an explanation."""

from app.billing.fhir import systems
from app.billing.fhir.elements import Element, coding, hl7, money
from app.payer.accumulators import ledger, totals
from app.payer.benefits import benefits_on
from app.payer.model import Adjudication, Claim, Context
from app.world.money import Cents

_DEDUCTIBLE = coding(f"{systems.THO}/benefit-type", "deductible", "Deductible")
_MAXIMUM = coding(f"{systems.THO}/coverage-copay-type", "maxoutofpocket", "Maximum out of pocket")
_WHOLE_PLAN = hl7("ex-benefitcategory", "30", "Health Benefit Plan Coverage")


def benefit_year(claim: Claim) -> Element:
    """Return the benefit year of a claim: the calendar year of its first day."""
    return {"start": f"{claim.first.year}-01-01", "end": f"{claim.first.year}-12-31"}


def balances(claim: Claim, answer: Adjudication, context: Context) -> list[Element]:
    """Return what is used after this claim: of the patient's own amounts, then of the family's where a plan has them.

    Only amounts that a plan has are told; [] when the plan is unknown on that day, or has neither.
    """
    terms = benefits_on(claim.plan, claim.first)
    if terms is None:
        return []
    used = totals((*ledger(claim, context), *answer.movements))
    own = ((_DEDUCTIBLE, terms.deductible_individual, used.deductible),
           (_MAXIMUM, terms.out_of_pocket_individual, used.out_of_pocket))
    family = ((_DEDUCTIBLE, terms.deductible_family, used.deductible_family),
              (_MAXIMUM, terms.out_of_pocket_family, used.out_of_pocket_family))
    return [row for row in (_balance("individual", "Individual", own), _balance("family", "Family", family)) if row]


def _balance(unit: str, display: str, rows: tuple[tuple[Element, Cents | None, Cents], ...]) -> Element:
    """One unit's amounts: the limit, and what is used of it. Empty when it has no limit."""
    told = [{"type": {"coding": [type_]}, "allowedMoney": money(limit), "usedMoney": money(used)}
            for type_, limit, used in rows if limit]
    return {"category": _WHOLE_PLAN, "unit": hl7("benefit-unit", unit, display),
            "term": hl7("benefit-term", "annual", "Annual"), "financial": told} if told else {}
