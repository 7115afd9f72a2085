"""The plots of the bank: how it is spread over an outline, and for what each option of an item is chosen."""

from app.learning.bank import Bank
from app.learning.bank_check.counts import Counts
from app.learning.item_statistics import ItemFigures
from app.web.about.plots import Bar, Plot, PlotRow


def spread(bank: Bank, counts: Counts) -> Plot:
    """Return each domain's share of the written items beside the span of its weight."""
    by = {d.id: sum(n for (domain, _), n in counts.levels.items() if domain == d.id) for d in bank.outline.domains}
    total = max(1, sum(by.values()))
    rows, table = [], []
    for domain in bank.outline.domains:
        share = 100 * by[domain.id] / total
        rows.append(PlotRow(domain.title, f"{share:.1f} %", (
            Bar(f"{2.5 * domain.low}%", f"{2.5 * (domain.high - domain.low)}%", "second"),
            Bar("0%", f"{2.5 * share:.2f}%", "main thin"))))
        templates = sum(n for task, n in counts.templates.items() if task.partition(".")[0] == domain.id)
        table.append((f"{domain.id} {domain.title}", str(by[domain.id]), f"{share:.1f} %",
                      f"{domain.low}–{domain.high} %", str(templates)))
    return Plot("spread", "Share of the written questions by domain",
                "; ".join(f"{row.name} {row.value}" for row in rows), tuple(rows),
                ("Domain", "Questions", "Share", "Weight", "Drawn kinds"), tuple(table),
                (("main", "share of the bank"), ("second", "weight in the outline")))


def options(found: ItemFigures) -> Plot:
    """Return how many chose each option of an item."""
    rows = tuple(PlotRow(("✓ " if option.correct else "") + option.text, f"{option.percent} %",
                         (Bar("0%", f"{option.percent}%", "main" if option.correct else "second"),))
                 for option in found.options)
    table = tuple((option.text, "key" if option.correct else "distractor", str(option.chosen), f"{option.percent} %",
                   biserial(option.biserial)) for option in found.options)
    return Plot("options", "Who chose what", "; ".join(f"{row.name} {row.value}" for row in rows), rows,
                ("Option", "Category", "Answers", "Share", "Point-biserial"), table,
                (("main", "key"), ("second", "distractor")))


def biserial(thousandths: int | None) -> str:
    """Return `.24` for 243 thousandths, `–` for none."""
    if thousandths is None:
        return "–"
    hundredths = round(abs(thousandths) / 10)
    sign = "−" if thousandths < 0 and hundredths else ""
    return f"{sign}{hundredths // 100 or ''}.{hundredths % 100:02d}"
