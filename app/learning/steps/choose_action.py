"""Decide what to do about a denial: one of the desk's five actions, by when, and for how much."""

import datetime as dt

from msgspec import Struct

from app.learning import desk
from app.learning.case import Case
from app.learning.consequences import Standing, denials, standing
from app.learning.contract import Choice, Earlier, Field, Key, KeyLine, Response, Slip, StepMark, View
from app.learning.marking import mark_lines
from app.learning.papers import FormPaper, Row
from app.learning.reading import show_date
from app.payer.deadlines import appeal_limit, corrected_limit
from app.payer.model import Claim
from app.world.money import dollars
from app.world.plans import AppealLevel, payer_of, plans

NAME = "choose_action"
ACTIONS = (
    Choice("corrected_claim", "Correct the claim and send it again"),
    Choice("appeal", "Appeal the decision"),
    Choice("rebill", "Bill another payer"),
    Choice("bill_patient", "Bill the patient"),
    Choice("close", "Close: write it off, no further right"),
)
_NEVER = {
    "appeal": "There is nothing to appeal here: an appeal argues with a decision, it does not repair a claim.",
    "bill_patient": "The patient is not liable for this amount.",
    "close": "There is still something to do, and money to collect.",
    "corrected_claim": "Nothing on the claim is wrong that a corrected claim would put right.",
    "rebill": "No other payer is liable for this visit.",
}


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """`deadline`: ask for the last day as well."""

    deadline: bool = True


def applies(case: Case, options: Options, earlier: Earlier) -> str:
    """Only a denial needs an action."""
    return "" if denials(case, standing(case, earlier)) else "The claim was paid as expected; no action is needed."


def ask(case: Case, options: Options, earlier: Earlier) -> View:
    """Show the answer, the payer's rules, and the file."""
    now = standing(case, earlier)
    return View(
        "Decide what this account needs. One action, the last day for it, and what it is worth.",
        (desk.remittance(now.claim, now.adjudication.remittance, words=True), payer_rules(now.claim),
         desk.claim(now.claim, case.facts), desk.registration(case.facts), *desk.cards(case.facts), expected(case)),
        fields(case, options, earlier), opens="remittance", action="Decide",
    )


def fields(case: Case, options: Options, earlier: Earlier) -> tuple[Field, ...]:
    """Action, deadline where there is one, amount."""
    first = denials(case, standing(case, earlier))[0]
    asked = [Field("action", "What do you do?", "choice", ACTIONS)]
    if options.deadline and first.deadline is not None:
        asked.append(Field("deadline", "Last day to do it", "date", hint="Count from the date the payer's rules name."))
    asked.append(Field("at_stake", "What the payer would still pay", "money",
                       hint="Hold the contract's expected payment against what was paid."))
    return tuple(asked)


def key(case: Case, options: Options, earlier: Earlier) -> Key:
    """From the payer's own action rules and dates."""
    denial = denials(case, standing(case, earlier))[0]
    labels = {choice.value: choice.label for choice in ACTIONS}
    lines = [KeyLine("action", "What do you do?", ((denial.action,),), labels[denial.action], denial.why, 3,
                     denial.citation, f"{dollars(denial.at_stake)} is not collected." if denial.at_stake else "")]
    names = [field.name for field in fields(case, options, earlier)]
    if "deadline" in names and denial.deadline is not None:
        why = _counted(standing(case, earlier), denial.deadline)
        lines.append(KeyLine("deadline", "Last day to do it", ((denial.deadline.isoformat(),),),
                             show_date(denial.deadline), why, 1, denial.citation,
                             "A day late, and the right is gone."))
    lines.append(KeyLine("at_stake", "What the payer would still pay", ((str(denial.at_stake),),),
                         dollars(denial.at_stake), "What the repaired claim pays, less what was paid."))
    slips = tuple(Slip(f"chose-{action}", "action", (action,), said) for action, said in _NEVER.items()
                  if action != denial.action)
    return Key(tuple(lines), slips)


def mark(case: Case, options: Options, key: Key, response: Response, earlier: Earlier) -> StepMark:
    """Mark field by field."""
    return mark_lines(key, response, fields(case, options, earlier))


def summary(response: Response) -> str:
    """Return the action chosen."""
    labels = {choice.value: choice.label for choice in ACTIONS}
    return labels.get((response.get("action") or [""])[0], "No action chosen")


def _counted(now: Standing, last: dt.date) -> str:
    """Say how the payer's rules count to `last`."""
    payer, decided = payer_of(plans()[now.claim.plan]), now.adjudication.remittance.decided
    if last == corrected_limit(decided, payer):
        return f"{payer.corrected_claim_days} days for a corrected claim, from the decision of {show_date(decided)}."
    if last == appeal_limit(decided, payer):
        return f"{payer.appeals[0].days} days to appeal, from receipt of the decision of {show_date(decided)}."
    return "The filing limit of the payer that the claim now goes to, counted from the service."


def payer_rules(claim: Claim) -> FormPaper:
    """What the payer's manual says about filing, corrections and appeals."""
    payer = payer_of(plans()[claim.plan])
    filing = "one calendar year" if payer.filing_days is None else f"{payer.filing_days} days"
    from_ = "the date of service" if payer.filing_from == "service" else "discharge"
    appeals = tuple(Row(f"Level {i}: {level.name}", _level(level, claim.received))
                    for i, level in enumerate(payer.appeals, start=1))
    return FormPaper("rules", "Payer's rules", f"{payer.name}: filing, corrections, appeals", (
        ("Filing", (
            Row("Claims reach us within", f"{filing} from {from_}"),
            Row("Corrected claims within", f"{payer.corrected_claim_days} days of our decision"),
            Row("A rejected or unprocessable claim", "was never filed: correct it and send a new one within the "
                "filing limit; no appeal"),
        )),
        ("Appeals", appeals or (Row("Appeals", "none"),)),
    ))


def expected(case: Case) -> FormPaper:
    """What the contract expects of each line, once the claim is right."""
    answer = case.clean_adjudication.remittance
    rows = tuple(Row(f"Line {line.number}: allowed {dollars(line.allowed)}", f"plan pays {dollars(line.paid)}")
                 for line in answer.lines)
    return FormPaper("expected", "Expected", "Expected payment by contract", (("If the claim is right", rows),))


def _level(level: AppealLevel, day: dt.date) -> str:
    minimum, decided = level.minimum_on(day), level.decided_in_days
    least = f", at least {dollars(minimum)} in dispute" if minimum else ""
    return f"{level.time} from receipt of the decision{least}; decided in {decided} days"
