"""`/about/world`: what the world of the cases is like, in plots with the numbers behind them."""

from collections import Counter
from functools import cache

from flask import Blueprint, render_template

from app.learning.census import Days, DenialReason, PlanMoney, Share, share
from app.web.about.kept import kept
from app.web.about.plots import Bar, Plot, PlotRow, dollars, length, percent, pyramid, sentence, shares

blueprint = Blueprint("world", __name__)

PAYERS = {
    "commercial": "Commercial", "medicaid": "Medicaid", "medicare": "Medicare", "tricare": "TRICARE",
    "medicare_advantage": "Medicare Advantage", "workers_comp": "Workers’ compensation", "auto": "Auto no-fault",
    "self_pay": "Self-pay", "medigap": "Medigap",
}
PLANS = {
    "medicare_b": "Original Medicare", "medicare_advantage": "Medicare Advantage", "medicaid": "Medicaid",
    "ppo": "PPO", "hmo": "HMO", "epo": "EPO", "hdhp": "High-deductible plan", "tricare": "TRICARE",
    "workers_comp": "Workers’ compensation", "auto_no_fault": "Auto no-fault", "medigap": "Medigap",
    "self_pay": "Self-pay",
}
ANSWERS = {"paid": "Paid", "denied": "Denied", "rejected": "Rejected"}
SIZES = {"1": "One person", "6": "Six or more"} | {str(n): f"{n} people" for n in range(2, 6)}
WEEKS = ((0, 14), (15, 30), (31, 45), (46, 60), (61, 10_000))  # days, both included


@blueprint.get("/about/world")
def about_world() -> str:
    """Describe the world of the cases to whoever teaches with it."""
    found = kept()
    return render_template("about/world.html", census=found.census, seed=found.seed, version=found.version,
                           plots=_plots(), percent=percent, paid=_named(found.census.answers, "paid"),
                           denied=share(found.census.claims_with_a_denial, found.census.cases))


@cache
def _plots() -> dict[str, Plot]:
    census = kept().census
    made = (
        pyramid(census.ages),
        shares("settings", "Where care was given", "Setting", census.settings),
        shares("payers", "Who pays first", "Payer", census.payer_kinds, PAYERS),
        shares("languages", "Preferred language", "Language", census.languages),
        shares("households", "People in the household", "Household", census.household_sizes, SIZES),
        shares("incomes", "Income against the poverty guideline", "Income", census.incomes),
        shares("templates", "Most frequent visits", "Visit", census.templates,
               scale=max((row.share for row in census.templates), default=1)),
        shares("lines", "Service lines on a claim", "Lines", census.lines_by_claim),
        shares("answers", "What the payers answered", "Answer", census.answers, ANSWERS),
        _denials(census.denials), _money(census.money), _patient_share(census.money), _days(census.days_to_payment),
    )
    return {plot.id: plot for plot in made}


def _named(rows: tuple[Share, ...], name: str) -> int:
    return next((row.share for row in rows if row.name == name), 0)


def _denials(rows: tuple[DenialReason, ...]) -> Plot:
    """Bars by category; the table has every reason."""
    counted: Counter[str] = Counter()
    for row in rows:
        counted[row.category] += row.count
    all_ = sum(counted.values())
    groups = [Share(name, count, share(count, all_)) for name, count in counted.most_common()]
    plot = shares("denials", "Denials by what the payer asked (illustrative)", "", groups)
    columns = ("Reason, in our words", "Code", "Claims", "Share", "Category")
    return Plot(plot.id, plot.title, plot.says, plot.rows, columns,
                tuple((row.words, f"{row.group}-{row.reason}", f"{row.count:,}", percent(row.share), row.category)
                      for row in rows))


def _money(rows: tuple[PlanMoney, ...]) -> Plot:
    named = [(PLANS.get(row.kind, row.kind), row, percent(row.allowed_share), percent(row.paid_share)) for row in rows]
    return Plot(
        "money", "Allowed and paid, as shares of the charge",
        "; ".join(f"{name}: allowed {allowed}, paid {paid}" for name, _, allowed, paid in named) + ".",
        tuple(PlotRow(name, f"{allowed} · {paid}", (Bar("0%", length(row.allowed_share, 10_000), "second"),
                                                    Bar("0%", length(row.paid_share, 10_000), "main")))
              for name, row, allowed, paid in named),
        ("Plan", "Claims", "Charge", "Allowed", "Paid", "Allowed share", "Paid share"),
        tuple((name, f"{row.claims:,}", dollars(row.charge), dollars(row.allowed), dollars(row.paid), allowed, paid)
              for name, row, allowed, paid in named),
        key=(("second", "Allowed, first number"), ("main", "Paid, second number")),
    )


def _patient_share(rows: tuple[PlanMoney, ...]) -> Plot:
    largest_first = sorted(rows, key=lambda row: (-row.patient_share, row.kind))
    named = [(PLANS.get(row.kind, row.kind), row) for row in largest_first]
    return Plot(
        "patients", "What patients owe of the allowed amount",
        sentence((name, row.patient_share) for name, row in named),
        tuple(PlotRow(name, percent(row.patient_share), (Bar("0%", length(row.patient_share, 10_000), "main"),))
              for name, row in named),
        ("Plan", "Allowed", "Patients owe", "Share"),
        tuple((name, dollars(row.allowed), dollars(row.patient), percent(row.patient_share)) for name, row in named),
    )


def _days(rows: tuple[Days, ...]) -> Plot:
    """Bars by the weeks that matter for interest."""
    all_ = sum(row.count for row in rows)
    groups = []
    for first, last in WEEKS:
        count = sum(row.count for row in rows if first <= row.days <= last)
        if count:
            groups.append(Share(f"{first}–{last} days" if last < 1_000 else f"{first} days or more", count,
                                share(count, all_)))
    return shares("days", "Days from receipt to payment", "Days", groups)
