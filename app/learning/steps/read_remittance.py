"""Read the payer's answer to the claim: what was paid, what stopped it, who carries the amount."""

import datetime as dt

from msgspec import Struct

from app.learning import desk
from app.learning.case import Case
from app.learning.consequences import Standing, denials, standing
from app.learning.contract import Choice, Earlier, Field, Key, KeyLine, Response, Slip, StepMark, View
from app.learning.marking import mark_lines
from app.payer.codes import plain_words
from app.payer.model import Citation, Denial, Remittance
from app.world.money import dollars

NAME = "read_remittance"
_RULE = Citation("45 CFR 162.1602 (remittance advice, ASC X12N 835)", dt.date(2026, 1, 1))
# Codes with meanings that are often taken for each other, to choose among.
_OFTEN_CONFUSED = (
    ("CO", "29"), ("CO", "16"), ("CO", "197"), ("OA", "18"), ("PR", "27"), ("CO", "22"), ("PR", "31"), ("CO", "50"),
    ("CO", "97"), ("CO", "45"), ("PR", "1"),
)
_LIABLE = (
    Choice("provider", "The office, unless the claim is put right"), Choice("patient", "The patient"),
    Choice("other_payer", "Another payer"),
)


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """`meanings`: how many plain meanings to choose among."""

    meanings: int = 5


def applies(case: Case, options: Options, earlier: Earlier) -> str:
    """There is nothing to read out of an answer that paid as it should."""
    now = standing(case, earlier)
    return "" if denials(case, now) else "Clean claim. The payer paid it as expected; there is nothing to chase."


def ask(case: Case, options: Options, earlier: Earlier) -> View:
    """Show the claim and the answer, without our words for its codes."""
    now = standing(case, earlier)
    return View(
        "The payer has answered. Read the answer before you touch anything.",
        (desk.remittance(now.claim, now.adjudication.remittance, words=False), desk.claim(now.claim, case.facts)),
        fields(case, options, now), opens="remittance", action="Note it on the account",
    )


def fields(case: Case, options: Options, now: Standing) -> tuple[Field, ...]:
    """Amounts and meanings. A claim rejected at the front door has no amounts to read."""
    denial = denials(case, now)[0]
    meanings = Field("meaning", "What does the payer say is wrong?", "choice", _meanings(options, denial))
    liable = Field("liable", "As it stands, who carries the unpaid amount?", "choice", _LIABLE)
    state = Field("state", "How far did the claim get?", "choice", (
        Choice("rejected", "Rejected at the front door: never adjudicated"),
        Choice("denied", "Adjudicated and denied in full"),
        Choice("partly", "Adjudicated: some lines paid, some denied"),
        Choice("paid", "Adjudicated and paid"),
    ))
    if now.adjudication.remittance.status == "rejected":
        return (state, meanings, liable)
    return (state, meanings, Field("unpaid", "Amount denied", "money",
                                   hint="The charges of what was denied, not the contract's write-off."), liable)


def key(case: Case, options: Options, earlier: Earlier) -> Key:
    """Derived from the denial: the defective claim held against the repaired one."""
    now = standing(case, earlier)
    denial = denials(case, now)[0]
    answer = now.adjudication.remittance
    state = _state(answer)
    asked = {field.name: field for field in fields(case, options, now)}
    labels = {c.value: c.label for f in asked.values() for c in f.choices}
    code = _code(denial)
    lines = [
        KeyLine("state", asked["state"].label, ((state,),), labels[state], _why_state(state), citation=_RULE,
                cost="An appeal of a claim that was never adjudicated is sent back unread."),
        KeyLine("meaning", asked["meaning"].label, ((code,),), labels[code], denial.cause, 2, denial.citation),
        KeyLine("liable", asked["liable"].label, ((denial.liable,),), labels[denial.liable], _why_liable(denial),
                citation=_RULE, cost="Billing a patient for what the contract makes the office's is a breach of it."),
    ]
    if "unpaid" in asked:
        unpaid = denied_charges(answer)
        lines.append(KeyLine("unpaid", asked["unpaid"].label, ((str(unpaid),),), dollars(unpaid),
                             "The charges of the lines on which nothing was allowed.", citation=_RULE))
    total = sum(line.charge for line in answer.lines)
    slips = [Slip("billed-patient", "liable", ("patient",),
                  "A group code CO is the provider's: it never goes to the patient.")] if denial.group == "CO" else []
    if "unpaid" in asked and total != denied_charges(answer):
        slips.append(Slip("whole-claim", "unpaid", (str(total),), "That is the whole claim. Part of it was paid."))
    return Key(tuple(lines), tuple(slips))


def mark(case: Case, options: Options, key: Key, response: Response, earlier: Earlier) -> StepMark:
    """Mark field by field."""
    return mark_lines(key, response, fields(case, options, standing(case, earlier)))


def summary(response: Response) -> str:
    """Return how far the claim was said to have got."""
    return f"Read as {(response.get('state') or ['unread'])[0]}"


def denied_charges(answer: Remittance) -> int:
    """Return the charges, in cents, of the lines that were denied."""
    return sum(line.charge for line in answer.lines if line.allowed == 0)


def _state(answer: Remittance) -> str:
    if answer.status in ("rejected", "denied"):
        return answer.status
    return "partly" if denied_charges(answer) else "paid"


def _code(denial: Denial) -> str:
    return f"{denial.group or 'front'}-{denial.reason}"


def _meanings(options: Options, denial: Denial) -> tuple[Choice, ...]:
    own = Choice(_code(denial), _words(denial))
    others = [Choice(f"{group}-{reason}", plain_words(group, reason, ())) for group, reason in _OFTEN_CONFUSED
              if reason != denial.reason]
    kept = [choice for choice in others if choice.label != own.label][: options.meanings - 1]
    return tuple(sorted([own, *kept], key=lambda choice: choice.label))


def _words(denial: Denial) -> str:
    return plain_words(denial.group, denial.reason, ()) if denial.group else denial.cause


def _why_state(state: str) -> str:
    return {
        "rejected": "An acknowledgment (277CA) with a rejection is no decision: nothing was filed, no clock stopped.",
        "denied": "Every line has an adjustment for its whole charge and nothing was allowed.",
        "partly": "Some lines carry an allowed amount, others an adjustment for the whole charge.",
        "paid": "Every line carries an allowed amount.",
    }[state]


def _why_liable(denial: Denial) -> str:
    if denial.group is None:
        return "Nothing was decided, so nothing has moved to anybody: the office has a claim to send."
    return {"CO": "Group code CO: a contractual obligation, the provider's.",
            "PR": "Group code PR: the patient's responsibility.",
            "OA": "Group code OA: neither; another payer or another claim disposes of it."}[denial.group]
