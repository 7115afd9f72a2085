"""Screen a balance for the office's financial assistance, before anybody speaks of a plan."""

from msgspec import Struct

from app.billing.payment_plans import Policy, Screening, policy, screen
from app.learning.case import Case
from app.learning.contract import Choice, Earlier, Field, Key, KeyLine, Response, Slip, StepMark, View
from app.learning.marking import mark_lines
from app.learning.papers import FormPaper, Paper, Row, TablePaper
from app.learning.reading import show_date
from app.payer.model import Citation
from app.world.money import dollars

NAME = "screen_assistance"


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to choose."""


def applies(case: Case, options: Options, earlier: Earlier) -> str:
    """A patient who owes nothing needs no assistance."""
    return "" if _balance(case) else "The patient owes nothing."


def ask(case: Case, options: Options, earlier: Earlier) -> View:
    """Show the household, its income and the policy."""
    return View("Before you speak of a plan: does the office's assistance policy help this household?",
                (household(case), policy_paper(policy()), *guideline_papers(policy())), fields(case),
                opens="household", action="Record the screening")


def fields(case: Case) -> tuple[Field, ...]:
    """Percent of the guideline, discount, what is left."""
    tiers = tuple(Choice(str(tier.discount), f"{tier.discount} % of the balance is written off")
                  for tier in policy().assistance)
    return (
        Field("percent", "Income, in percent of the poverty guideline", "number", unit="%",
              hint="Whole percent, rounded down."),
        Field("discount", "What does the policy give?", "choice", (*tiers, Choice("0", "Nothing"))),
        Field("owed", "What is left for the patient to pay", "money"),
    )


def key(case: Case, options: Options, earlier: Earlier) -> Key:
    """From the policy's data, the household's size and its income."""
    rules, found = policy(), screening(case)
    cite = Citation(rules.source, rules.as_of)
    size, income = case.facts.household.size, case.facts.household.income
    labels = {choice.value: choice.label for choice in fields(case)[1].choices}
    balance = _balance(case)
    lines = (
        KeyLine("percent", "Income, in percent of the poverty guideline", ((str(found.percent),),),
                f"{found.percent} %", f"{dollars(income)} a year, against {dollars(found.guideline)} for a household "
                f"of {size}.", 2, cite),
        KeyLine("discount", "What does the policy give?", ((str(found.discount),),), labels[str(found.discount)],
                "The first tier whose limit the percentage does not pass.", 2, cite,
                "A family that qualified and was not screened is sent to collection unlawfully by a nonprofit."
                if found.discount else ""),
        KeyLine("owed", "What is left for the patient to pay", ((str(found.owed),),), dollars(found.owed),
                f"{dollars(balance)} less {dollars(found.written_off)}.", 1, cite),
    )
    alone = screen(balance, income, 1, case.facts.household.state, rules)
    slips = []
    if alone.percent != found.percent:
        slips.append(Slip("counted-the-patient-alone", "percent", (str(alone.percent),),
                          "You counted one person. The guideline goes by everybody in the household."))
    if found.written_off and found.written_off != found.owed:
        slips.append(Slip("took-the-discount", "owed", (str(found.written_off),),
                          "That is what is written off. The question is what is left."))
    if found.discount:
        slips.append(Slip("did-not-apply-it", "owed", (str(balance),), "The discount was found and not taken off."))
    return Key(lines, tuple(slips))


def mark(case: Case, options: Options, key: Key, response: Response, earlier: Earlier) -> StepMark:
    """Mark field by field."""
    return mark_lines(key, response, fields(case))


def summary(response: Response) -> str:
    """Return the discount recorded."""
    return f"Recorded a discount of {(response.get('discount') or ['—'])[0]} %"


def screening(case: Case) -> Screening:
    """Return the policy's answer for this household and balance."""
    home = case.facts.household
    return screen(_balance(case), home.income, home.size, home.state, policy())


def household(case: Case) -> FormPaper:
    """The application for assistance, as the patient filled it in."""
    home = case.facts.household
    people = tuple(Row(person.name, f"born {show_date(person.birth_date)}") for person in home.members)
    return FormPaper("household", "Application", "Application for assistance", (
        ("Household", people),
        ("Money", (Row("Income of the household, a year before tax", dollars(home.income)),
                   Row("State", home.state), Row("Balance", dollars(_balance(case))))),
    ))


def policy_paper(rules: Policy) -> FormPaper:
    """The office's policy, in words and figures."""
    terms = tuple(Row(f"Balances to {dollars(term.up_to)}" if term.up_to < 99_000_000 else "Larger balances",
                      f"at most {term.months} installments") for term in rules.terms)
    missed = tuple(Row(f"{step.count} missed in a row", step.words) for step in rules.missed)
    return FormPaper("policy", "Policy", rules.title, (
        ("Assistance: income in percent of the guideline", tuple(
            Row(f"to {tier.up_to} %", f"{tier.discount} % written off") for tier in rules.assistance)),
        ("Payment plans", (
            *terms, Row("Least installment", dollars(rules.least_installment)),
            Row("First installment", f"within {rules.first_due_within} days of the agreement"),
            Row("Installments", "equal; the last takes what does not divide; no interest, no fee"),
            Row(f"More than {rules.disclosures_above} installments", "Truth in Lending disclosures are given"),
        )),
        ("A payment is missed", missed),
    ), note=f"In force {show_date(rules.as_of)}. {rules.source}.")


def guideline_papers(rules: Policy) -> tuple[Paper, ...]:
    """The poverty guideline by region."""
    names = {"contiguous": "48 states and DC", "AK": "Alaska", "HI": "Hawaii"}
    rows = tuple((names[region], str(g.first), str(g.more)) for region, g in rules.guideline.items())
    return (TablePaper("guideline", "Guideline", "Federal poverty guideline 2026, a year",
                       ("Region", "First person", "Each more"), rows, (1, 2), rules.source),)


def _balance(case: Case) -> int:
    return case.clean_adjudication.remittance.patient_responsibility
