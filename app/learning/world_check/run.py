"""Run every check over cases of the open population, at every level of tidiness and at every moment a case may play."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Literal

from msgspec import Struct

from app.coding.editions import CodeIndex
from app.learning.world_check import chart, codes, person
from app.learning.world_check.book import Book
from app.world.generate import clean_world
from app.world.model import Facts
from app.world.seed import Seed
from app.world.wishes import Moment, Wish

Check = Callable[[Facts, Book], Iterator[str]]
CHECKS: dict[str, Check] = {
    "edition": codes.edition, "code editor": codes.code_editor, "Excludes1": codes.excludes,
    "code first": codes.sequence, "present on admission": codes.present_on_admission, "sides": codes.sides,
    "sex": person.sex, "age": person.age,
    "season": person.season, "evidence": chart.evidence, "stay": chart.stay, "dates": chart.dates,
    "tidiness": chart.tidiness,
}
LEVELS: tuple[Literal[1, 2, 3], ...] = (1, 2, 3)
_MOMENTS: tuple[Moment, ...] = ("after_denial", "after_visit", "before_visit")


class Problem(Struct, frozen=True):
    """What a check found in a case. `index` is the case's number under the seed's name."""

    index: int
    template: str
    level: int
    check: str
    said: str

    def line(self) -> str:
        """Return `case 17, cystitis, level 2, evidence: …`: enough to make the case again."""
        return f"case {self.index}, {self.template}, level {self.level}, {self.check}: {self.said}"


class Row(Struct, frozen=True):
    """Cases of one template: `levels` counts them by tidiness, `problems` by what was found in them."""

    setting: str
    template: str
    levels: tuple[int, int, int]
    problems: int


class Report(Struct, frozen=True):
    """What the run saw. `rows` are in order of setting and template."""

    cases: int
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]

    def lines(self) -> tuple[str, ...]:
        """Return the counts as a table: setting, template, cases by level, problems."""
        table = [("setting", "template", *(f"level {level}" for level in LEVELS), "problems"),
                 *((row.setting, row.template, *(f"{n:,}" for n in row.levels), f"{row.problems:,}")
                   for row in self.rows),
                 ("all", "", *(f"{sum(column):,}" for column in zip(*(row.levels for row in self.rows), strict=True)),
                  f"{len(self.problems):,}")]
        return tuple(f"{setting:19}{template:41}" + "".join(f"{cell:>9}" for cell in cells)
                     for setting, template, *cells in table)


def case(seed: str, index: int) -> Facts:
    """Return clean case `index` of `seed`: levels take turns, and after each three the moments."""
    wish = Wish(level=LEVELS[index % 3], moment=_MOMENTS[index // 3 % 3])
    return clean_world(Seed(seed).child("world-check", index), wish)


def problems_of(facts: Facts, book: Book) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a case: the name of the check, and what it says."""
    for name, check in CHECKS.items():
        for said in check(facts, book):
            yield name, said


def check_world(seed: str, count: int, edition: CodeIndex,
                progress: Callable[[int], None] = lambda done: None) -> Report:
    """Check the cases 0 to `count` - 1 of `seed`."""
    seen: Counter[tuple[str, str, int]] = Counter()
    found: list[Problem] = []
    book = Book(edition)
    for index in range(count):
        facts = case(seed, index)
        visit = facts.encounter
        seen[visit.setting, visit.template, facts.level] += 1
        found += [Problem(index, visit.template, facts.level, *pair) for pair in problems_of(facts, book)]
        progress(index + 1)
    return Report(count, _rows(seen, found), tuple(found))


def _rows(seen: Counter[tuple[str, str, int]], found: list[Problem]) -> tuple[Row, ...]:
    wrong = Counter(problem.template for problem in found)
    names = sorted({(setting, template) for setting, template, _ in seen})
    return tuple(Row(setting, template, (seen[setting, template, 1], seen[setting, template, 2],
                                         seen[setting, template, 3]), wrong[template])
                 for setting, template in names)
