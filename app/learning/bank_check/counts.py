"""How many there are: items by domain and level, by task, by kind; templates by task."""

from collections import Counter

from msgspec import Struct

from app.learning.bank import Bank
from app.learning.bank_check.giveaways import keys_longest, places_of_keys
from app.learning.items import Item, domain_of

LEVELS = ("recall", "application", "analysis")


class Counts(Struct, frozen=True):
    """`levels` by (domain, level); `tasks` and `templates` by first task; `kinds` by kind; `places` of the keys."""

    levels: dict[tuple[str, str], int]
    tasks: dict[str, int]
    templates: dict[str, int]
    kinds: dict[str, int]
    places: dict[str, int]

    def lines(self, bank: Bank) -> list[str]:
        """Return the tables, a line each row."""
        return [*self._domains(bank), *self._tasks(bank), *self._kinds()]

    def _domains(self, bank: Bank) -> list[str]:
        rows = [f"{'domain':52} {'recall':>7} {'applic.':>8} {'analysis':>9} {'all':>5} {'share':>6} {'weight':>8} "
                f"{'long key':>9} {'templates':>10}"]
        total = sum(self.levels.values())
        for domain in bank.outline.domains:
            by = [self.levels.get((domain.id, level), 0) for level in LEVELS]
            share = 100 * sum(by) / total if total else 0
            templates = sum(n for task, n in self.templates.items() if task.partition(".")[0] == domain.id)
            rows.append(f"{domain.id} {domain.title:50} {by[0]:7} {by[1]:8} {by[2]:9} {sum(by):5} {share:5.1f}% "
                        f"{domain.low:3}–{domain.high}% {keys_longest(bank.by_domain(domain.id)):8}% {templates:10}")
        by = [sum(n for (_, level), n in self.levels.items() if level == wanted) for wanted in LEVELS]
        higher = 100 * (by[1] + by[2]) // total if total else 0
        rows.append(f"{'all':52} {by[0]:7} {by[1]:8} {by[2]:9} {total:5} {'':15} "
                    f"{keys_longest(bank.items.values()):9}% {sum(self.templates.values()):10}")
        rows.append(f"{higher} % application or analysis")
        return rows

    def _tasks(self, bank: Bank) -> list[str]:
        cells = [f"{task.id:>5} {self.tasks.get(task.id, 0):4} + {self.templates.get(task.id, 0):2}"
                 for task in bank.outline.tasks]
        return ["", "task, written items + templates", *("   ".join(cells[i:i + 6]) for i in range(0, len(cells), 6))]

    def _kinds(self) -> list[str]:
        total, drawn = max(1, sum(self.kinds.values())), max(1, sum(self.places.values()))
        kinds = ", ".join(f"{kind} {n} ({100 * n / total:.1f} %)" for kind, n in sorted(self.kinds.items()))
        places = ", ".join(f"{place} {100 * n / drawn:.1f} %" for place, n in self.places.items())
        return ["", f"kinds: {kinds}", f"place of the key after the draw: {places}"]


def counted(bank: Bank) -> Counts:
    """Count the bank."""
    items: list[Item] = list(bank.items.values())
    return Counts(
        dict(Counter((domain_of(item), item.level) for item in items if item.tasks)),
        dict(Counter(item.tasks[0] for item in items)),
        dict(Counter(item.tasks[0] for item in bank.samples.values())),
        dict(Counter(item.kind for item in items)),
        places_of_keys(items))
