"""Build a payment plan that the policy allows and the patient can keep. Many answers are right."""

import datetime as dt

from msgspec import Struct

from app.billing.payment_plans import Proposal, longest, policy, problems, schedule
from app.learning.case import Case
from app.learning.consequences import dated
from app.learning.contract import Choice, Earlier, Field, Key, KeyLine, LineMark, Response, Slip, StepMark, View
from app.learning.marking import mark_lines
from app.learning.papers import FormPaper, Row
from app.learning.reading import readable, show_date
from app.learning.steps.screen_assistance import policy_paper, screening
from app.payer.model import Citation
from app.world.money import dollars
from app.world.seed import Seed

NAME = "build_plan"


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to choose."""


def applies(case: Case, options: Options, earlier: Earlier) -> str:
    """Nothing left to pay, or too little to divide, needs no plan."""
    owed = screening(case).owed
    if owed == 0:
        return "Assistance covers the whole balance: there is nothing to pay in installments."
    return ""


def ask(case: Case, options: Options, earlier: Earlier) -> View:
    """Show the balance, the policy, and what the patient says she can pay."""
    owed, today = screening(case).owed, dated(case, earlier, NAME)
    return View(
        f"Agree on a plan today, {show_date(today)}. The patient says: “{dollars(offer(case))} a month is "
        "the most I can do, and fewer payments would be better than more.”",
        (FormPaper("account", "Account", "Patient account", (("Balance", (
            Row("Owed after assistance", dollars(owed)), Row("Agreement date", show_date(today)),
            Row("The patient can pay a month, at most", dollars(offer(case))))),)), policy_paper(policy())),
        fields(case), opens="account", action="Sign the plan",
    )


def fields(case: Case) -> tuple[Field, ...]:
    """The terms of the plan."""
    return (
        Field("months", "Number of monthly installments", "number"),
        Field("amount", "Each installment", "money"),
        Field("last", "The last installment", "money", hint="It takes what does not divide."),
        Field("first_due", "First installment due", "date"),
        Field("disclosures", "Truth in Lending disclosures", "choice",
              (Choice("needed", "Needed"), Choice("not_needed", "Not needed"))),
    )


def key(case: Case, options: Options, earlier: Earlier) -> Key:
    """The shortest plan that stays within what the patient can pay; any first day that the policy allows is right."""
    rules, owed = policy(), screening(case).owed
    months, today = _months(case), dated(case, earlier, NAME)
    plan = schedule(owed, months, today)
    cite = Citation(rules.source, rules.as_of)
    days = tuple(((today + dt.timedelta(days=i)).isoformat(),) for i in range(1, rules.first_due_within + 1))
    wanted = "needed" if months > rules.disclosures_above else "not_needed"
    lines = (
        KeyLine("months", "Number of monthly installments", ((str(months),),), str(months),
                f"{dollars(owed)} in installments of at most {dollars(offer(case))}, and no more of them than needed; "
                f"the policy allows up to {longest(owed, rules)}.", 2, cite),
        KeyLine("amount", "Each installment", ((str(plan[0].amount),),), dollars(plan[0].amount),
                f"{dollars(owed)} in {months}, rounded down to the cent.", 1, cite),
        KeyLine("last", "The last installment", ((str(plan[-1].amount),),), dollars(plan[-1].amount),
                "What the others leave, to the cent.", 1, cite),
        KeyLine("first_due", "First installment due", days, f"by {show_date(today + dt.timedelta(days=30))}",
                f"Any day within {rules.first_due_within} days of the agreement.", 1, cite),
        KeyLine("disclosures", "Truth in Lending disclosures", ((wanted,),), "Needed" if wanted == "needed" else
                "Not needed", "More than four installments by written agreement bring them, also without interest.", 1,
                Citation(rules.disclosures_source, rules.as_of),
                "Leaving them out exposes the practice to damages and the patient's fees."
                if wanted == "needed" else ""),
    )
    other = "not_needed" if wanted == "needed" else "needed"
    slips = [Slip("four-is-not-more-than-four" if wanted == "not_needed" else "no-interest-no-disclosure",
                  "disclosures", (other,), "Four installments or fewer, without a finance charge, bring none."
                  if wanted == "not_needed" else "No interest is charged, but more than four installments are enough.")]
    return Key(lines, tuple(slips), (), {"owed": str(owed)})


def mark(case: Case, options: Options, key: Key, response: Response, earlier: Earlier) -> StepMark:
    """A plan of another length that the policy and the patient's purse allow is right too."""
    told = mark_lines(key, response, fields(case))
    proposal = _proposal(response)
    if proposal is None or told.outcome == "right":
        return told
    found = problems(int(key.extra["owed"]), proposal, dated(case, earlier, NAME), policy())
    if proposal.amount > offer(case):
        found["amount"] = f"The patient can pay {dollars(offer(case))} a month at most."
    lines = tuple(_by_policy(line, found, response, case) for line in told.lines)
    return StepMark(lines, told.findings if "disclosures" in found else (), told.story)


def summary(response: Response) -> str:
    """Return the plan."""
    each = dollars(int((response.get("amount") or ["0"])[0]))
    return f"{(response.get('months') or ['?'])[0]} installments of {each}"


def offer(case: Case) -> int:
    """What the patient says she can pay a month, in cents: enough for the longest plan the policy allows."""
    owed = screening(case).owed
    least = -(-owed // longest(owed, policy()))
    most = -(-owed // 2)
    stream = Seed(case.seed).child("offer").stream()
    drawn = least + (max(0, most - least)) * stream.whole(0, 60) // 100
    return -(-drawn // 500) * 500  # said in whole five dollars


def _months(case: Case) -> int:
    owed = screening(case).owed
    return max(1, -(-owed // offer(case)))


def _proposal(response: Response) -> Proposal | None:
    if any(name not in response for name in ("months", "amount", "last", "first_due", "disclosures")):
        return None
    months = int(response["months"][0])
    if months < 1:
        return None
    return Proposal(months, int(response["amount"][0]), int(response["last"][0]),
                    dt.date.fromisoformat(response["first_due"][0]), response["disclosures"][0] == "needed")


def _by_policy(line: LineMark, found: dict[str, str], response: Response, case: Case) -> LineMark:
    field = next(f for f in fields(case) if f.name == line.field)
    given = readable(field, response.get(line.field, []))
    if line.field in found:
        return LineMark(line.field, line.label, given, line.expected, "wrong", 0, line.weight,
                        f"{found[line.field]} {line.why}", line.citation, line.cost)
    if line.field == "months" and line.outcome != "right":
        return LineMark(line.field, line.label, given, line.expected, "partly", line.weight * 50, line.weight,
                        f"Allowed, but longer than it need be: the patient asked for few payments. {line.why}",
                        line.citation)
    return LineMark(line.field, line.label, given, given, "right", line.weight * 100, line.weight, line.why,
                    line.citation)
