"""Explain a balance to the patient: what it is made of, and what is not hers to pay."""

import datetime as dt

from msgspec import Struct

from app.learning import desk
from app.learning.case import Case
from app.learning.contract import Choice, Earlier, Field, Key, KeyLine, Response, Slip, StepMark, View
from app.learning.marking import mark_lines
from app.payer.model import Citation, Remittance
from app.world.money import dollars

NAME = "explain_balance"
_RULE = Citation("45 CFR 162.1602 (remittance advice): group codes say who owes an adjustment", dt.date(2026, 1, 1))
_PARTS = (("deductible", "1"), ("copayment", "3"), ("coinsurance", "2"))


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to choose."""


def applies(case: Case, options: Options, earlier: Earlier) -> str:
    """A patient who owes nothing needs no explanation."""
    return "" if case.clean_adjudication.remittance.patient_responsibility else "The patient owes nothing."


def ask(case: Case, options: Options, earlier: Earlier) -> View:
    """Show the final remittance and the patient's question."""
    return View(
        f"{case.facts.patient.given} {case.facts.patient.family} calls: “Why do I owe anything? I have insurance.” "
        "Take the balance apart before you answer.",
        (desk.remittance(case.clean_claim, case.clean_adjudication.remittance, words=True),
         desk.claim(case.clean_claim, case.clean), *desk.cards(case.clean)),
        fields(case), opens="remittance", action="Answer the patient",
    )


def fields(case: Case) -> tuple[Field, ...]:
    """The parts of the balance, and the sentence to say."""
    return (
        Field("deductible", "Deductible", "money", hint="Write 0 where there is none."),
        Field("copayment", "Copayment", "money", hint="Write 0 where there is none."),
        Field("coinsurance", "Coinsurance", "money", hint="Write 0 where there is none."),
        Field("balance", "The patient owes in all", "money"),
        Field("adjustment", "“And the rest of the charge?” You say:", "choice", (
            Choice("written-off", "It is written off under our contract with your plan. You do not owe it."),
            Choice("later", "It will come on a later bill, once your plan has reviewed it."),
            Choice("yours", "Your plan did not allow it, so it is added to what you owe."),
            Choice("taxes", "It is held back for the year and settled in January."),
        )),
    )


def key(case: Case, options: Options, earlier: Earlier) -> Key:
    """The PR adjustments of the clean claim, by reason."""
    answer = case.clean_adjudication.remittance
    amounts = {name: patient_part(answer, reason) for name, reason in _PARTS}
    amounts["balance"] = answer.patient_responsibility
    labels = {field.name: field.label for field in fields(case)}
    why = {
        "deductible": "What the plan leaves to the patient until the year's deductible is met.",
        "copayment": "A fixed amount for this kind of service.",
        "coinsurance": "A share of the allowed amount.",
        "balance": "The sum of group PR, and nothing else.",
    }
    lines = [KeyLine(name, labels[name], ((str(amount),),), dollars(amount), why[name], 2 if name == "balance" else 1,
                     _RULE) for name, amount in amounts.items()]
    said = fields(case)[-1].choices[0]
    lines.append(KeyLine("adjustment", labels["adjustment"], (("written-off",),), said.label,
                         "Group CO is the provider's contractual obligation.", 1, _RULE,
                         "Asking a patient for it breaks the contract."))
    contractual = sum(line.charge for line in answer.lines) - answer.paid - answer.patient_responsibility
    slips = (Slip("added-contractual", "balance", (str(answer.patient_responsibility + contractual),),
                  "You added the contractual adjustment. The patient never owes it."),) if contractual else ()
    return Key(tuple(lines), slips)


def mark(case: Case, options: Options, key: Key, response: Response, earlier: Earlier) -> StepMark:
    """Mark field by field."""
    return mark_lines(key, response, fields(case))


def summary(response: Response) -> str:
    """Return the balance told."""
    return f"Told {dollars(int((response.get('balance') or ['0'])[0]))}"


def patient_part(answer: Remittance, reason: str) -> int:
    """Return the cents of group PR under `reason` (1 deductible, 2 coinsurance, 3 copayment)."""
    return sum(a.amount for line in answer.lines for a in line.adjustments if a.group == "PR" and a.reason == reason)
