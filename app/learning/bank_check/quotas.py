"""What the outline asks of the bank as a whole: how many, of which levels and kinds, spread over domains and tasks."""

from collections import Counter

from app.learning.bank import Bank
from app.learning.items import domain_of
from app.learning.outline import Outline


def share_of_levels(bank: Bank) -> list[str]:
    """Return a problem when too few of the items are application or analysis."""
    least = bank.outline.quotas.higher
    recall = [item for item in bank.items.values() if item.level == "recall"]
    total = len(bank.items)
    if total == 0 or 100 * (total - len(recall)) >= least * total:
        return []
    share = 100 * (total - len(recall)) // total
    return [f"{bank.places[recall[0].id]}: {share} % of the items are application or analysis; {least} % is the least"]


def quota_problems(bank: Bank) -> list[str]:
    """Return a problem for every quota that the whole bank misses."""
    outline, total = bank.outline, max(1, len(bank.items))
    kinds = Counter(item.kind for item in bank.items.values())
    said = []
    if len(bank.items) < outline.quotas.items:
        said.append(f"{len(bank.items)} written items; {outline.quotas.items} is the least")
    if len(bank.samples) < outline.quotas.templates:
        said.append(f"{len(bank.samples)} templates; {outline.quotas.templates} is the least")
    if 100 * kinds["single"] < outline.quotas.single * total:
        said.append(f"{100 * kinds['single'] // total} % have one best answer; {outline.quotas.single} % is the least")
    return [f"{outline.place}:1: {words}" for words in (*said, *_domains(bank, outline), *_tasks(bank, outline))]


def _domains(bank: Bank, outline: Outline) -> list[str]:
    total = max(1, len(bank.items))
    counts = Counter(domain_of(item) for item in bank.items.values())
    return [f"domain {d.id} has {100 * counts[d.id] / total:.1f} % of the items; its weight is {d.low} to {d.high} %"
            for d in outline.domains if not d.low * total <= 100 * counts[d.id] <= d.high * total]


def _tasks(bank: Bank, outline: Outline) -> list[str]:
    counts = Counter(item.tasks[0] for item in bank.items.values())
    return [f"task {task.id} has {counts[task.id]} items; {outline.quotas.per_task} is the least"
            for task in outline.tasks if counts[task.id] < outline.quotas.per_task]
