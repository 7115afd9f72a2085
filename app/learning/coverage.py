"""How far the bank covers an outline: its own, or another examination's over the same questions."""

from msgspec import Struct

from app.learning.bank import Bank
from app.learning.outline import Domain, Outline, Task


class TaskCover(Struct, frozen=True):
    """Written items and templates that serve a task."""

    task: Task
    items: int
    templates: int


class DomainCover(Struct, frozen=True):
    """A domain with its tasks. An item that serves two of its tasks counts once for the domain."""

    domain: Domain
    tasks: tuple[TaskCover, ...]
    items: int
    templates: int

    @property
    def bare(self) -> tuple[TaskCover, ...]:
        """The tasks that nothing serves."""
        return tuple(cover for cover in self.tasks if not cover.items)


def coverage(bank: Bank, outline: Outline) -> tuple[DomainCover, ...]:
    """Count what serves each domain and task of `outline`, by the first task of an item."""
    return tuple(_domain(bank, outline, domain) for domain in outline.domains)


def _domain(bank: Bank, outline: Outline, domain: Domain) -> DomainCover:
    tasks = [task for task in outline.tasks if task.id.partition(".")[0] == domain.id]
    covers = tuple(TaskCover(task, *_count(bank, _served(outline, task))) for task in tasks)
    return DomainCover(domain, covers, *_count(bank, {one for task in tasks for one in _served(outline, task)}))


def _served(outline: Outline, task: Task) -> set[str]:
    return set(task.serves) if any(other.serves for other in outline.tasks) else {task.id}


def _count(bank: Bank, tasks: set[str]) -> tuple[int, int]:
    return (sum(item.tasks[0] in tasks for item in bank.items.values()),
            sum(item.tasks[0] in tasks for item in bank.samples.values()))


def lines(bank: Bank, outline: Outline) -> list[str]:
    """Return the coverage as lines to print."""
    rows = [f"{outline.id}: {outline.title}", *([outline.coverage.strip()] if outline.coverage else [])]
    for cover in coverage(bank, outline):
        domain = cover.domain
        rows.append(f"{domain.id} {domain.title} ({domain.low}–{domain.high} %): {cover.items} items, "
                    f"{cover.templates} templates. {domain.coverage}".rstrip())
        rows += [f"    {one.task.id:5} {one.items:5} + {one.templates:3}  {one.task.words}" for one in cover.tasks]
    return rows
