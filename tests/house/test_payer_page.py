"""docs/payer.md shows the rules that the payer decides by: every row of its tables equals the code's data."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.payer import rulebook
from app.world.money import dollars
from app.world.plans import Benefits, Payer, Plan, payers, plans
from app.world.services import services

PAGE = Path(__file__).parents[2] / "docs" / "payer.md"
DAY = max(first for plan in plans().values() for first in plan.benefits)


def edit_rows() -> Iterator[str]:
    for id_, rule in rulebook.edit_rules().items():
        codes = ", ".join(rule.codes) or "–"
        cells = (id_, rule.title, rule.asks, rule.level, codes, rule.appealable, rule.citation.text)
        yield f"| {' | '.join(cells)} |"


def payer_rows() -> Iterator[str]:
    for payer in payers().values():
        if payer.kind != "self_pay":
            yield f"| {payer.name} | {_filing(payer)} | {payer.corrected_claim_days} days | {_levels(payer)} |"


def _filing(payer: Payer) -> str:
    time = "one calendar year" if payer.filing_days is None else f"{payer.filing_days} days"
    return f"{time} from {payer.filing_from}"


def _levels(payer: Payer) -> str:
    told = []
    for level in payer.appeals:
        least = level.minimum_on(DAY)
        told.append(f"{level.name}, {level.time}{f', {dollars(least)} or more' if least else ''}")
    return "; ".join(told)


def plan_rows() -> Iterator[str]:
    for plan in plans().values():
        terms = plan.on(DAY)
        if terms is not None:
            yield (f"| {plan.name} | {plan.kind} | {_network(plan)} | {_deductible(terms)} | {_maximum(terms)} | "
                   f"{_visit(terms)} | {_limits(terms)} |")


def _network(plan: Plan) -> str:
    if plan.out_of_network:
        return f"outside it {plan.out_of_network.coinsurance // 100} %"
    return "only" if plan.network_required else "any"


def _deductible(terms: Benefits) -> str:
    family = "" if terms.deductible_family is None else f" / {dollars(terms.deductible_family)}"
    shared = "" if terms.embedded else ", not embedded"
    return f"{dollars(terms.deductible_individual)}{family}{shared}"


def _maximum(terms: Benefits) -> str:
    amounts = (terms.out_of_pocket_individual, terms.out_of_pocket_family)
    return " / ".join("–" if amount is None else dollars(amount) for amount in amounts)


def _visit(terms: Benefits) -> str:
    cost = terms.costs["office_primary"]
    parts = [*(["deductible"] if cost.deductible and terms.deductible_individual else []),
             *([dollars(cost.copayment)] if cost.copayment else []),
             *([f"{cost.coinsurance // 100} %"] if cost.coinsurance else [])]
    return ", then ".join(parts) or "free"


def _limits(terms: Benefits) -> str:
    return ", ".join(f"{most} {category} visits" for category, most in terms.visit_limits.items()) or "–"


def pair_rows() -> Iterator[str]:
    for pair in rulebook.code_pairs():
        ended = pair.deleted.isoformat() if pair.deleted else "–"
        one, two = services()[pair.pays], services()[pair.contained]
        yield (f"| {one.code} {one.title} | {two.code} {two.title} | {pair.indicator} | {pair.effective.isoformat()} | "
               f"{ended} |")


@pytest.mark.parametrize(("heading", "rows"), [
    ("## The edits and stages, in order", edit_rows), ("## Payers", payer_rows), ("## Plans", plan_rows),
    ("## Code pairs", pair_rows),
])
def test_the_tables_of_the_page_are_those_of_the_code(heading: str, rows: object) -> None:
    section = PAGE.read_text(encoding="utf-8").split(f"{heading}\n", 1)[1].split("\n## ", 1)[0]
    shown = [line for line in section.splitlines() if line.startswith("|")][2:]
    assert shown == list(rows())  # type: ignore[operator]
