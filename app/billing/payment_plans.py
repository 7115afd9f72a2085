"""Patient balances: who is helped, which plans the policy allows, what follows a missed payment.

The policy is data (`rules/payment_policy.yaml`). Amounts are whole cents, incomes cents a year.
"""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import Struct

from app.world.datafile import load
from app.world.money import Cents

MissedAction = Literal["call", "review", "notice"]


class Guideline(Struct, frozen=True, forbid_unknown_fields=True):
    first: Cents
    more: Cents


class Tier(Struct, frozen=True, forbid_unknown_fields=True):
    """Income up to `up_to` percent of the guideline: `discount` percent of the balance is written off."""

    up_to: int
    discount: int


class Term(Struct, frozen=True, forbid_unknown_fields=True):
    """Balances up to `up_to` cents: at most `months` installments."""

    up_to: Cents
    months: int


class MissedStep(Struct, frozen=True, forbid_unknown_fields=True):
    count: int
    action: MissedAction
    words: str


class Policy(Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    as_of: dt.date
    source: str
    guideline: dict[str, Guideline]
    assistance: tuple[Tier, ...]
    terms: tuple[Term, ...]
    least_installment: Cents
    first_due_within: int
    disclosures_above: int
    disclosures_source: str
    missed: tuple[MissedStep, ...]
    collection_wait: int
    collection_source: str


class Screening(Struct, frozen=True):
    """`percent`: income in whole percent of the guideline, rounded down; `discount` and `owed` follow."""

    guideline: Cents
    percent: int
    discount: int
    written_off: Cents
    owed: Cents


class Installment(Struct, frozen=True):
    number: int
    due: dt.date
    amount: Cents


class Proposal(Struct, frozen=True):
    """A plan as offered: `months` installments, each `amount` but the last, which is `last`."""

    months: int
    amount: Cents
    last: Cents
    first_due: dt.date
    disclosures: bool


class Missed(Struct, frozen=True):
    """How a plan stands: installments missed, cents past due and still owed in all, and the policy's step if any."""

    count: int
    past_due: Cents
    left: Cents
    step: MissedStep | None


@cache
def policy() -> Policy:
    """Return the practice's policy."""
    path = Path(__file__).parent / "rules" / "payment_policy.yaml"
    return load(path, Policy, shown_as="app/billing/rules/payment_policy.yaml")


def guideline_for(size: int, state: str, rules: Policy) -> Cents:
    """Return the poverty guideline of a household of `size` (1 or more), in cents a year."""
    region = rules.guideline.get(state, rules.guideline["contiguous"])
    return region.first + region.more * (size - 1)


def screen(balance: Cents, income: Cents, size: int, state: str, rules: Policy) -> Screening:
    """Return whether and how far the policy helps. The discount is rounded down to the cent."""
    guideline = guideline_for(size, state, rules)
    discount = next((tier.discount for tier in rules.assistance if income * 100 <= guideline * tier.up_to), 0)
    off = balance * discount // 100
    return Screening(guideline, income * 100 // guideline, discount, off, balance - off)


def longest(balance: Cents, rules: Policy) -> int:
    """Return the most installments the policy allows: by its terms, and so that none is below the least."""
    term = next(term.months for term in rules.terms if balance <= term.up_to)
    return max(1, min(term, balance // rules.least_installment))


def schedule(balance: Cents, months: int, first_due: dt.date) -> tuple[Installment, ...]:
    """Return installments that sum to `balance`: equal, the last takes what does not divide."""
    each = balance // months
    return tuple(Installment(i + 1, month_later(first_due, i), each if i < months - 1 else balance - each * i)
                 for i in range(months))


def problems(balance: Cents, proposal: Proposal, agreed: dt.date, rules: Policy) -> dict[str, str]:
    """Return what the policy has against a proposal, by field of Proposal; empty when it is in order."""
    found = {}
    most = longest(balance, rules)
    if not 1 <= proposal.months <= most:
        found["months"] = f"The policy allows 1 to {most} installments for this balance."
    if proposal.amount < rules.least_installment and balance >= rules.least_installment:
        found["amount"] = "No installment may be below the policy's least amount."
    if proposal.amount * (proposal.months - 1) + proposal.last != balance:
        found["last"] = "The installments must sum to the balance, to the cent."
    if abs(proposal.last - proposal.amount) > max(proposal.months, 1) * 100:
        found["amount"] = "The installments must be equal; the last only takes what does not divide."
    if not agreed < proposal.first_due <= agreed + dt.timedelta(days=rules.first_due_within):
        found["first_due"] = f"The first is due within {rules.first_due_within} days of the agreement."
    if proposal.disclosures != (proposal.months > rules.disclosures_above):
        found["disclosures"] = "More than four installments by written agreement bring the disclosures; four do not."
    return found


def missed_step(in_a_row: int, rules: Policy) -> MissedStep:
    """Return what the policy says after `in_a_row` missed installments (1 or more)."""
    return [step for step in rules.missed if step.count <= in_a_row][-1]


def past_due(plan: tuple[Installment, ...], paid: Cents, today: dt.date) -> Cents:
    """Return what is due by `today` and not paid, in cents."""
    return max(0, sum(i.amount for i in plan if i.due <= today) - paid)


def after_missed(plan: tuple[Installment, ...], payments: tuple[tuple[dt.date, Cents], ...], today: dt.date,
                 rules: Policy) -> Missed:
    """Return what a plan with these payments (day, cents) asks for on `today`.

    Payments fill the installments in order; the installments due and not full, counted back from today, are missed.
    """
    received = sum(amount for day, amount in payments if day <= today)
    missed, running = 0, 0
    for installment in plan:
        running += installment.amount
        missed += installment.due < today and running > received
    left = sum(i.amount for i in plan) - received
    return Missed(missed, past_due(plan, received, today), max(0, left),
                  missed_step(missed, rules) if missed else None)


def may_collect(first_bill: dt.date, today: dt.date, rules: Policy) -> bool:
    """Whether extraordinary collection may begin: not within `collection_wait` days of the first bill."""
    return (today - first_bill).days >= rules.collection_wait


def month_later(day: dt.date, months: int) -> dt.date:
    """Return the same day `months` later, or the month's last day where it is shorter."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month, min(day.day, last))
