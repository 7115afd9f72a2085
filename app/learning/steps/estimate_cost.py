"""Estimate what the patient will owe: allowed amount, deductible, copayment, coinsurance, in the plan's order."""

import datetime as dt

from msgspec import Struct

from app.learning import desk
from app.learning.case import Case
from app.learning.contract import Earlier, Field, Key, KeyLine, Response, Slip, StepMark, View
from app.learning.marking import mark_lines
from app.learning.steps.read_benefits import right_answer
from app.payer.model import Citation
from app.payer.story import story
from app.world.money import dollars, share

NAME = "estimate_cost"
_RULE = Citation("45 CFR 149.610 and 149.710 (good-faith estimates: who is told what); plan terms", dt.date(2026, 1, 1))


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to choose."""


def applies(case: Case, options: Options, earlier: Earlier) -> str:
    """An estimate is always wanted."""
    return ""


def ask(case: Case, options: Options, earlier: Earlier) -> View:
    """Show the answer and the contract's allowed amounts; ask for the two sums."""
    allowed = [(line.service, result.allowed) for line, result in _lines(case)]
    told = right_answer(case)
    return View(
        "The patient asks what this visit will cost. Work it out from the payer's answer and the contract, once "
        "everything the plan wants is in hand.",
        (desk.eligibility(told), desk.contract(case.facts, case.clean_claim.plan, allowed), desk.visit(case.facts)),
        fields(case), opens="eligibility", action="Give the estimate",
    )


def fields(case: Case) -> tuple[Field, ...]:
    """Three amounts."""
    return (
        Field("allowed", "The plan allows in all", "money"),
        Field("patient", "The patient owes", "money"),
        Field("plan_pays", "The plan pays", "money", hint="Before any reduction the plan applies to its own payment."),
    )


def key(case: Case, options: Options, earlier: Earlier) -> Key:
    """The clean claim, adjudicated."""
    answer = case.clean_adjudication.remittance
    allowed = sum(result.allowed for result in answer.lines)
    patient = answer.patient_responsibility
    charge = case.clean_claim.charge
    lines = (
        KeyLine("allowed", "The plan allows in all", ((str(allowed),),), dollars(allowed),
                "The contract's amount, or the charge where that is lower. What is charged above it is written off.",
                citation=_RULE),
        KeyLine("patient", "The patient owes", ((str(patient),),), dollars(patient),
                "Deductible first where it applies, then the copayment or the coinsurance, on the allowed amount.", 2,
                _RULE, cost="An estimate too low is a bill the patient did not expect; one too high sends "
                            "the patient away."),
        KeyLine("plan_pays", "The plan pays", ((str(allowed - patient),),), dollars(allowed - patient),
                "What is allowed less what the patient owes.", citation=_RULE),
    )
    return Key(lines, _slips(case, allowed, patient, charge), tuple(story(case.clean_adjudication)))


def mark(case: Case, options: Options, key: Key, response: Response, earlier: Earlier) -> StepMark:
    """Mark field by field."""
    return mark_lines(key, response, fields(case))


def summary(response: Response) -> str:
    """Return the estimate."""
    told = response.get("patient")
    return f"Estimated {dollars(int(told[0]))}" if told else "No estimate"


def _lines(case: Case):  # type: ignore[no-untyped-def]
    return list(zip(case.clean_claim.lines, case.clean_adjudication.remittance.lines, strict=False))


def _slips(case: Case, allowed: int, patient: int, charge: int) -> tuple[Slip, ...]:
    told = right_answer(case)
    benefits = {benefit.service: benefit for benefit in told.benefits}
    of_charge = sum(share(line.charge, benefits[line.service].coinsurance) for line, _ in _lines(case)
                    if line.service in benefits)
    without = sum(share(result.allowed, benefits[line.service].coinsurance) + benefits[line.service].copayment
                  for line, result in _lines(case) if line.service in benefits)
    wrong = (
        ("charge-for-allowed", "allowed", charge, "That is what the office charges. The contract allows less, and the "
         "difference is never the patient's."),
        ("coinsurance-of-charge", "patient", of_charge, "You took the coinsurance from the charge. It is taken from "
         "the allowed amount."),
        ("forgot-deductible", "patient", without, "You left the deductible out. Where it applies it comes first."),
        ("whole-charge", "patient", charge, "That is the whole charge. The contract's write-off and the plan's share "
         "come off it."),
    )
    right = {"allowed": allowed, "patient": patient}
    return tuple(Slip(name, field, (str(value),), said) for name, field, value, said in wrong if value != right[field])
