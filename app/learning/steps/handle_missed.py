"""A payment does not come: what is past due, and what the policy says to do next."""

import datetime as dt

from msgspec import Struct

from app.billing.payment_plans import Installment, longest, missed_step, past_due, policy, schedule
from app.learning.case import Case
from app.learning.consequences import dated
from app.learning.contract import Choice, Earlier, Field, Key, KeyLine, Response, Slip, StepMark, View
from app.learning.marking import mark_lines
from app.learning.papers import TablePaper
from app.learning.reading import show_date
from app.learning.steps.screen_assistance import policy_paper, screening
from app.payer.model import Citation
from app.world.money import dollars
from app.world.seed import Seed

NAME = "handle_missed"
_ACTIONS = (
    Choice("call", "Call or write, keep the plan; the missed one is due with the next"),
    Choice("review", "Screen for assistance again and offer one new plan"),
    Choice("notice", "Send the final notice: 30 days"),
    Choice("collection", "Hand the account to a collection agency"),
    Choice("nothing", "Wait for the next due date"),
)


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to choose."""


class Situation(Struct, frozen=True):
    """A plan some months on: the first `paid` installments came, the next `missed` did not."""

    plan: tuple[Installment, ...]
    paid: int
    missed: int
    today: dt.date


def applies(case: Case, options: Options, earlier: Earlier) -> str:
    """Without a plan of several installments none can be missed."""
    owed = screening(case).owed
    if owed == 0 or longest(owed, policy()) < 3:
        return "There is no plan of several installments on this account."
    return ""


def ask(case: Case, options: Options, earlier: Earlier) -> View:
    """Show the ledger of the plan and the policy."""
    now = situation(case, earlier)
    rows = tuple((str(i.number), show_date(i.due), str(i.amount),
                  str(i.amount) if i.number <= now.paid else ("0" if i.due <= now.today else "")) for i in now.plan)
    ledger = TablePaper("ledger", "Plan ledger", f"Payment plan, as of {show_date(now.today)}",
                        ("No.", "Due", "Amount", "Received"), rows, (2, 3))
    return View(f"It is {show_date(now.today)} now. The plan that was agreed runs as the ledger shows. What is past "
                "due, and what do you do?", (ledger, policy_paper(policy())), fields(case), opens="ledger",
                action="Do it")


def fields(case: Case) -> tuple[Field, ...]:
    """Past due, still owed in all, next action."""
    return (
        Field("past_due", "Past due today", "money"),
        Field("left", "Still owed in all", "money"),
        Field("action", "What does the policy say to do now?", "choice", _ACTIONS),
    )


def key(case: Case, options: Options, earlier: Earlier) -> Key:
    """From the ledger and the policy's steps."""
    now, rules = situation(case, earlier), policy()
    received = sum(i.amount for i in now.plan[: now.paid])
    due = past_due(now.plan, received, now.today)
    left = sum(i.amount for i in now.plan) - received
    step = missed_step(now.missed, rules)
    labels = {choice.value: choice.label for choice in _ACTIONS}
    cite = Citation(rules.source, rules.as_of)
    lines = (
        KeyLine("past_due", "Past due today", ((str(due),),), dollars(due),
                f"{now.missed} installment(s) that were due by {show_date(now.today)} and did not come.", 1, cite),
        KeyLine("left", "Still owed in all", ((str(left),),), dollars(left), "The balance less what was received.", 1,
                cite),
        KeyLine("action", "What does the policy say to do now?", ((step.action,),), labels[step.action],
                f"After {now.missed} missed in a row the policy says: {step.words}", 2,
                cite, "Going further than the policy breaks faith with the patient, and at a nonprofit the rule of 120 "
                      "days before extraordinary collection."),
    )
    slips = [Slip("too-far", "action", ("collection",),
                  "Collection comes after the final notice, and not before 120 days from the first bill."),
             Slip("too-little", "action", ("nothing",), "The policy asks for a step after every missed payment.")]
    if left != due:
        slips.append(Slip("whole-balance-due", "past_due", (str(left),),
                          "That is all that is still owed. Past due is only what should have come by now."))
    return Key(lines, tuple(slips))


def mark(case: Case, options: Options, key: Key, response: Response, earlier: Earlier) -> StepMark:
    """Mark field by field."""
    return mark_lines(key, response, fields(case))


def summary(response: Response) -> str:
    """Return what was done."""
    return f"Chose: {(response.get('action') or ['nothing'])[0]}"


def situation(case: Case, earlier: Earlier) -> Situation:
    """Draw how the plan went: an office-made plan, so that the learner's own plan cannot make it easier."""
    owed = screening(case).owed
    stream = Seed(case.seed).child("missed").stream()
    months = max(3, min(longest(owed, policy()), stream.whole(4, 8)))
    plan = schedule(owed, months, dated(case, earlier, NAME) + dt.timedelta(days=stream.whole(10, 28)))
    missed = stream.whole(1, min(3, months - 1))
    paid = stream.whole(0, months - missed - 1)
    today = plan[paid + missed - 1].due + dt.timedelta(days=stream.whole(5, 20))
    return Situation(plan, paid, missed, today)
