"""Questions: what is asked, and what the learner sees of it.

An item is written in `question_bank/items/<domain>/<topic>.yaml`. What a page shows is an `ItemView`, which cannot hold
the key; the reasons of the options come after an answer, with the mark (`item_marking`).
"""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from app.world.seed import Seed

Level = Literal["recall", "application", "analysis"]
ItemKind = Literal["single", "several", "numeric", "ordering", "matching", "code"]
_LETTERS = "abcdefgh"
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)", re.ASCII)  # no exponent: 1e9999999 is no answer anybody means


class Option(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An option, and the reason why somebody would choose it and why it is or is not so.

    `match` is what belongs to the option of a matching item.
    """

    text: str
    why: str
    correct: bool = False
    match: str = ""


class Source(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What an item leans on. `id` is the entry in the register of sources, `also` the ids of further entries."""

    cite: str
    as_of: dt.date
    id: str = ""
    also: tuple[str, ...] = ()


class Item(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A question. The first of `tasks` is the outline task it counts for; `codes` are ICD-10-CM codes it names.

    `numeric`: `answer` and `tolerance` are decimals in quotes, `unit` is shown, `working` explains.
    `ordering`: `options` stand in the right order. `matching`: each option has its `match`; `others` belong to none.
    `code`: `options` are not shown; the correct ones are accepted, the others are codes written by mistake.
    Below the stem may stand a `table` (rows of cells, the first are its headings) and a `listing` (a query, a log).
    """

    id: str
    tasks: tuple[str, ...]
    level: Level
    stem: str
    source: Source
    written: dt.date
    kind: ItemKind = "single"
    options: tuple[Option, ...] = ()
    answer: str = ""
    tolerance: str = "0"
    unit: str = ""
    working: str = ""
    codes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    listing: str = ""


class ShownOption(Struct, frozen=True):
    letter: str
    text: str


class ItemView(Struct, frozen=True):
    """What may be seen before an answer. `matches` are the lettered right-hand side of a matching item."""

    id: str
    kind: ItemKind
    stem: str
    options: tuple[ShownOption, ...]
    unit: str
    matches: tuple[ShownOption, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    listing: str = ""


def flaw(item: Item) -> str:
    """Return what keeps the item from being asked and marked fairly ("" for nothing): such an item is not served."""
    if not item.tasks:
        return "name at least one task: the first says which domain the item counts for"
    if not item.stem.strip():
        return "a stem is needed"
    if len(item.options) > len(_LETTERS):
        return f"{len(item.options)} options; there is room for {len(_LETTERS)}"
    return _FLAWS[item.kind](item)


def _single_flaw(item: Item) -> str:
    keys = _keys(item)
    return "" if keys == 1 else f"{keys} options are marked correct; a single best answer has one"


def _several_flaw(item: Item) -> str:
    fair = 2 <= _keys(item) < len(item.options)
    return "" if fair else "of several answers at least two, and not all, are correct"


def _numeric_flaw(item: Item) -> str:
    if not NUMBER.fullmatch(item.answer) or not NUMBER.fullmatch(item.tolerance) or Decimal(item.tolerance) < 0:
        return "a numeric item has an answer and a tolerance, each a decimal in quotes"
    return "" if item.working.strip() else "a numeric item shows its working"


def _ordering_flaw(item: Item) -> str:
    if len(item.options) < 3:
        return "an ordering item has at least three options, in the right order"
    return "an ordering item marks no option correct: their order is the key" if _keys(item) else ""


def _matching_flaw(item: Item) -> str:
    matches = {option.match for option in item.options}
    if len(item.options) < 3 or "" in matches:
        return "a matching item has at least three options, each with its match"
    if len(matches) + len(item.others) > len(_LETTERS):
        return f"{len(matches) + len(item.others)} matches; there is room for {len(_LETTERS)}"
    return "others holds a match that belongs to an option" if matches & set(item.others) else ""


def _code_flaw(item: Item) -> str:
    return "" if _keys(item) else "a code item marks the accepted code correct"


def _keys(item: Item) -> int:
    return sum(option.correct for option in item.options)


_FLAWS: dict[ItemKind, Callable[[Item], str]] = {
    "single": _single_flaw, "several": _several_flaw, "numeric": _numeric_flaw, "ordering": _ordering_flaw,
    "matching": _matching_flaw, "code": _code_flaw,
}


def domain_of(item: Item) -> str:
    """Return the id of the domain the item counts for."""
    return item.tasks[0].partition(".")[0]


def view(item: Item, order: str) -> ItemView:
    """Return what is shown. The order of the options is drawn from the seed `order`."""
    rows = [] if item.kind == "code" else lettered(item, order)
    shown = tuple(ShownOption(letter, option.text) for letter, option in rows)
    return ItemView(item.id, item.kind, item.stem, shown, item.unit, matches(item, order), item.table, item.listing)


def lettered(item: Item, order: str) -> list[tuple[str, Option]]:
    """Return the options in the order drawn from the seed `order`, each with its letter."""
    return list(zip(_LETTERS, Seed(order).child(item.id).stream().shuffled(item.options), strict=False))


def matches(item: Item, order: str) -> tuple[ShownOption, ...]:
    """Return the lettered right-hand side of a matching item, in the order drawn from the seed `order`."""
    words = sorted({option.match for option in item.options if option.match} | set(item.others))
    shuffled = Seed(order).child(item.id, "matches").stream().shuffled(words)
    return tuple(ShownOption(letter, text) for letter, text in zip(_LETTERS, shuffled, strict=False))


def bare_code(text: str) -> str:
    """Return a code as it is compared: `bare_code("i50.23")` is I5023."""
    return re.sub(r"[\s.]", "", text).upper()
