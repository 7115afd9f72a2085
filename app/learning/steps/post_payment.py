"""Post the payer's answer to the account: payment, contractual adjustment, what moves to the patient."""

import datetime as dt

from msgspec import Struct

from app.learning import desk
from app.learning.case import Case
from app.learning.consequences import standing
from app.learning.contract import Earlier, Field, Key, KeyLine, Response, Slip, StepMark, View
from app.learning.marking import mark_lines
from app.payer.model import Citation, Remittance
from app.world.money import dollars

NAME = "post_payment"
_RULE = Citation("45 CFR 162.1602 (remittance advice, ASC X12N 835): claim balancing", dt.date(2026, 1, 1))


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to choose."""


def applies(case: Case, options: Options, earlier: Earlier) -> str:
    """A claim that never was adjudicated has nothing to post."""
    if standing(case, earlier).adjudication.remittance.status == "rejected":
        return "The claim was rejected before adjudication: there is nothing to post."
    return ""


def ask(case: Case, options: Options, earlier: Earlier) -> View:
    """Show the remittance; ask for the sums of the posting."""
    now = standing(case, earlier)
    return View("Post this remittance to the account, line by line in your head, in total here.",
                (desk.remittance(now.claim, now.adjudication.remittance, words=False),
                 desk.claim(now.claim, case.facts)),
                fields(case), opens="remittance", action="Post it")


def fields(case: Case) -> tuple[Field, ...]:
    """Four sums."""
    return (
        Field("paid", "Payer's payment", "money"),
        Field("contractual", "Contractual adjustment, written off", "money",
              hint="Reductions under group CO that no one else owes. Not denied charges."),
        Field("patient", "Moves to the patient", "money"),
        Field("left", "Still open with the payer", "money", hint="Denied charges that you may yet pursue."),
    )


def key(case: Case, options: Options, earlier: Earlier) -> Key:
    """Charge = paid + adjustments, by group and by whether the line was denied."""
    answer = standing(case, earlier).adjudication.remittance
    paid, contractual, patient, left = posting(answer)
    charge = sum(line.charge for line in answer.lines)
    why = f"Together the four make the charge of {dollars(charge)}."
    lines = (
        KeyLine("paid", "Payer's payment", ((str(paid),),), dollars(paid), "The sum of what the lines were paid.",
                citation=_RULE),
        KeyLine("contractual", "Contractual adjustment, written off", ((str(contractual),),), dollars(contractual),
                f"Group CO on lines that were allowed. {why}", citation=_RULE),
        KeyLine("patient", "Moves to the patient", ((str(patient),),), dollars(patient),
                "Group PR, and nothing else.", citation=_RULE,
                cost="A contractual amount on a patient's bill breaks the contract."),
        KeyLine("left", "Still open with the payer", ((str(left),),), dollars(left),
                f"Charges of denied lines that are not the patient's. {why}", citation=_RULE),
    )
    both = str(contractual + left)
    slips = [Slip("balance-billed", "patient", (str(contractual + patient),),
                  "You moved the contractual adjustment to the patient. It is written off.")] if contractual else []
    if left:
        slips.append(Slip("wrote-off-denial", "contractual", (both,),
                          "You wrote the denied charges off with the contractual adjustment: money given away."))
    return Key(lines, tuple(slips))


def mark(case: Case, options: Options, key: Key, response: Response, earlier: Earlier) -> StepMark:
    """Mark field by field."""
    return mark_lines(key, response, fields(case))


def summary(response: Response) -> str:
    """Return what was moved to the patient."""
    return f"Moved {dollars(int((response.get('patient') or ['0'])[0]))} to the patient"


def posting(answer: Remittance) -> tuple[int, int, int, int]:
    """Return cents paid, contractual, patient's, and still open with the payer. They sum to the charge."""
    paid, patient = answer.paid, answer.patient_responsibility
    contractual = sum(a.amount for line in answer.lines if line.allowed for a in line.adjustments if a.group != "PR")
    charge = sum(line.charge for line in answer.lines)
    return paid, contractual, patient, charge - paid - contractual - patient
