"""Check the bank as an editor would: form, sources, keys that give themselves away, near-copies, numbers, quotas."""

from collections.abc import Callable, Collection, Iterator

from msgspec import Struct

from app.learning.bank import Bank
from app.learning.bank_check.alike import near_copies
from app.learning.bank_check.counts import Counts, counted
from app.learning.bank_check.giveaways import giveaways, place_problems
from app.learning.bank_check.options import option_problems
from app.learning.bank_check.quotas import quota_problems, share_of_levels
from app.learning.bank_check.second_look import review_lines, review_problems
from app.learning.bank_check.sources import register_problems, source_problems
from app.learning.bank_check.wording import wording_problems
from app.learning.items import Item, bare_code
from app.learning.second_look import Review


class Report(Struct, frozen=True):
    """`problems` are lines `file:line: message`; `counts` is the table of what there is."""

    bank: Bank
    problems: tuple[str, ...]
    counts: Counts
    reviews: tuple[Review, ...] = ()

    def lines(self) -> list[str]:
        """Return the tables of counts: by domain beside the outline's weights, by task, by kind."""
        looked = review_lines(self.bank, self.reviews) if self.reviews else []
        return [*self.counts.lines(self.bank), *looked, f"{len(self.problems)} problems"]


def check(bank: Bank, is_code: Callable[[str], bool] | None = None, *, whole: bool = False,
          reviews: Collection[Review] = ()) -> Report:
    """Check every item, and a draw of every template; `is_code` asks the shipped edition of ICD-10-CM.

    `whole` says that this is all of the bank: then the outline's quotas count, no source may stand unused, and
    `reviews`, the record of the second look, has a row for every item.
    """
    found = [*bank.problems]
    tasks = {task.id for task in bank.outline.tasks}
    for item in (*bank.items.values(), *bank.samples.values()):
        place = bank.places.get(item.id, "question_bank/templates:1")
        found += [f"{place}: {item.id}: {said}" for said in _complaints(item, bank, tasks, is_code)]
    found += [f"{bank.places[b]}: {b}: the stem is nearly that of {a} ({bank.places[a]})" for a, b in near_copies(bank)]
    found += share_of_levels(bank)
    if whole:
        found += [*quota_problems(bank), *place_problems(bank), *register_problems(bank),
                  *review_problems(bank, reviews)]
    return Report(bank, tuple(found), counted(bank), tuple(reviews))


def _complaints(item: Item, bank: Bank, tasks: set[str], is_code: Callable[[str], bool] | None) -> Iterator[str]:
    yield from wording_problems(item, tasks)
    yield from source_problems(item, bank.register)
    yield from option_problems(item)
    yield from giveaways(item)
    if is_code is not None:
        yield from _code_problems(item, is_code)


def _code_problems(item: Item, is_code: Callable[[str], bool]) -> Iterator[str]:
    keys = [option.text for option in item.options if option.correct] if item.kind == "code" else []
    for code in (*item.codes, *keys):
        if not is_code(code):
            yield f"{code} is no complete code of the shipped edition"
    for key in keys:
        if bare_code(key) not in {bare_code(code) for code in item.codes}:
            yield f"list the accepted code {key} in codes"
