"""The second look: items are answered again from stem and options alone, and where the answer differs they change.

`question_bank/reviews.csv` keeps the record: item, version, date, outcome, and what changed or why nothing did.
"""

import csv
import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from app.learning.bank import Bank
from app.learning.item_marking import mark, unreadable
from app.learning.items import Item, view

REVIEWS = "reviews.csv"
ORDER = "second-look"  # the seed of the order in which options are shown to the second reader
OUTCOMES = ("agreed", "kept", "corrected", "removed")
_HEAD = ("item", "version", "date", "outcome", "note")


class Review(Struct, frozen=True):
    """One row of the record. `version` is the item's at the time.

    `outcome`: agreed; kept (the answer differed, and the item is sound); corrected; removed.
    """

    item: str
    version: str
    date: str
    outcome: str
    note: str


class Compared(Struct, frozen=True):
    """`agreed` are ids; `differing` pairs of (id, the answer given); `unknown` are lines that name no item."""

    agreed: tuple[str, ...]
    differing: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]

    def lines(self) -> list[str]:
        """Return what to print: a line each difference, and the counts."""
        rows = [f"differs: {item_id}: answered {given}" for item_id, given in self.differing]
        rows += [f"no item: {line}" for line in self.unknown]
        return [*rows, f"{len(self.agreed)} agreed, {len(self.differing)} differ, {len(self.unknown)} name no item"]


def to_answer(bank: Bank, only: str, reviews: Collection[Review]) -> list[Item]:
    """Return the items whose id or file begins with `only`, without those that the record has a row for."""
    seen = {review.item for review in reviews}
    return [item for item in bank.items.values() if item.id not in seen
            and (item.id.startswith(only) or f"/items/{only}" in bank.places[item.id])]


def blind(items: Iterable[Item]) -> Iterator[str]:
    """Yield lines that show items without a key: how each kind is to be answered stands beside its id."""
    for item in items:
        shown = view(item, ORDER)
        yield f"# {item.id} ({item.kind})"
        yield shown.stem
        yield from (" | ".join(row) for row in shown.table)
        if shown.listing:
            yield shown.listing
        yield from (f"  {option.letter}. {option.text}" for option in shown.options)
        yield from (f"  -> {match.letter}. {match.text}" for match in shown.matches)
        if item.unit:
            yield f"  ({item.unit})"
        yield ""


def compare(bank: Bank, answers: str) -> Compared:
    """Compare lines `id<tab>answer` with the keys. Several letters, places or matches are joined by commas."""
    agreed, differing, unknown = [], [], []
    for line in filter(str.strip, answers.splitlines()):
        item_id, _, given = line.partition("\t")
        item = bank.items.get(item_id.strip())
        if item is None:
            unknown.append(line)
        elif _right(item, given):
            agreed.append(item.id)
        else:
            differing.append((item.id, given.strip()))
    return Compared(tuple(agreed), tuple(differing), tuple(unknown))


def _right(item: Item, given: str) -> bool:
    parts = [given] if item.kind in ("numeric", "code") else given.lower().split(",")
    response = [part.strip() for part in parts if part.strip()]
    return not unreadable(item, response) and mark(item, ORDER, response).score == 100


def agreed_rows(bank: Bank, compared: Compared, on: dt.date) -> list[Review]:
    """Return a row for each item whose second answer agreed."""
    return [Review(item_id, bank.version(item_id), on.isoformat(), "agreed", "") for item_id in compared.agreed]


def read_reviews(path: Path) -> tuple[Review, ...]:
    """Return the record; none when there is no file yet. Raises KeyError when a column is missing."""
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(Review(**{name: row[name] for name in _HEAD}) for row in csv.DictReader(file))


def add_reviews(path: Path, rows: Sequence[Review]) -> None:
    """Add rows to the record, sorted by item and date."""
    every = sorted({*read_reviews(path), *rows}, key=_in_order)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEAD)
        writer.writerows([row.item, row.version, row.date, row.outcome, row.note] for row in every)


def _in_order(row: Review) -> tuple[str, str, int, str]:
    return row.item, row.date, OUTCOMES.index(row.outcome) if row.outcome in OUTCOMES else 0, row.version
