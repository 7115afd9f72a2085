"""Questions: what is asked, what the learner sees of it, and how an answer is marked.

An item is written in `question_bank/items/<domain>/<topic>.yaml`. What a page shows is an `ItemView`, which cannot hold
the key; the reasons of the options come with the `ItemMark`, after an answer.
"""

import datetime as dt
import re
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from app.world.seed import Seed

Level = Literal["recall", "application", "analysis"]
ItemKind = Literal["single", "several", "numeric"]
_LETTERS = "abcdefgh"
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)", re.ASCII)  # no exponent: 1e9999999 is no answer anybody means


class Option(Struct, frozen=True, forbid_unknown_fields=True):
    """An option, and the reason why somebody would choose it and why it is or is not so."""

    text: str
    why: str
    correct: bool = False


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """What an item leans on. `id` is the entry in the register of sources, `also` the ids of further entries."""

    cite: str
    as_of: dt.date
    id: str = ""
    also: tuple[str, ...] = ()


class Item(Struct, frozen=True, forbid_unknown_fields=True):
    """A question. The first of `tasks` is the outline task it counts for; `codes` are ICD-10-CM codes it names.

    `numeric`: `answer` and `tolerance` are decimals in quotes, `unit` is shown, `working` explains.
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


class ShownOption(Struct, frozen=True):
    letter: str
    text: str


class ItemView(Struct, frozen=True):
    """What may be seen before an answer."""

    id: str
    kind: ItemKind
    stem: str
    options: tuple[ShownOption, ...]
    unit: str


class MarkedOption(Struct, frozen=True):
    letter: str
    text: str
    correct: bool
    chosen: bool
    why: str


class ItemMark(Struct, frozen=True):
    """`score` 0 to 100. `options` in the order they were shown, each with its reason."""

    score: int
    given: str
    options: tuple[MarkedOption, ...]
    working: str


def flaw(item: Item) -> str:
    """Return what keeps the item from being asked and marked fairly ("" for nothing): such an item is not served."""
    if not item.tasks:
        return "name at least one task: the first says which domain the item counts for"
    if not item.stem.strip():
        return "a stem is needed"
    if item.kind == "numeric":
        return _numeric_flaw(item)
    keys = sum(option.correct for option in item.options)
    if len(item.options) > len(_LETTERS):
        return f"{len(item.options)} options; there is room for {len(_LETTERS)}"
    if item.kind == "single" and keys != 1:
        return f"{keys} options are marked correct; a single best answer has one"
    if item.kind == "several" and not 2 <= keys < len(item.options):
        return "of several answers at least two, and not all, are correct"
    return ""


def _numeric_flaw(item: Item) -> str:
    if not _NUMBER.fullmatch(item.answer) or not _NUMBER.fullmatch(item.tolerance) or Decimal(item.tolerance) < 0:
        return "a numeric item has an answer and a tolerance, each a decimal in quotes"
    return "" if item.working.strip() else "a numeric item shows its working"


def domain_of(item: Item) -> str:
    """Return the id of the domain the item counts for."""
    return item.tasks[0].partition(".")[0]


def view(item: Item, order: str) -> ItemView:
    """Return what is shown. The order of the options is drawn from the seed `order`."""
    shown = tuple(ShownOption(letter, option.text) for letter, option in _lettered(item, order))
    return ItemView(item.id, item.kind, item.stem, shown, item.unit)


def mark(item: Item, order: str, response: list[str]) -> ItemMark:
    """Mark `response`: letters of options, or one number."""
    if item.kind == "numeric":
        return ItemMark(_numeric_score(item, response), " ".join(response), (), item.working)
    options = tuple(MarkedOption(letter, option.text, option.correct, letter in response, option.why)
                    for letter, option in _lettered(item, order))
    return ItemMark(_score(item, options), ", ".join(response), options, item.working)


def _lettered(item: Item, order: str) -> list[tuple[str, Option]]:
    return list(zip(_LETTERS, Seed(order).child(item.id).stream().shuffled(item.options), strict=False))


def _score(item: Item, options: tuple[MarkedOption, ...]) -> int:
    """All or nothing for one best answer; of several, each option judged rightly counts, less the wrong ones."""
    if all(option.correct == option.chosen for option in options):
        return 100
    if item.kind == "single":
        return 0
    right = sum(option.correct and option.chosen for option in options)
    wrong = sum(option.chosen and not option.correct for option in options)
    return max(0, 100 * (right - wrong) // max(1, sum(option.correct for option in options)))


def unreadable(item: Item, response: list[str]) -> str:
    """Return what to tell a person whose answer cannot be read, or "": a wrong format costs nothing."""
    if item.kind == "numeric" and response and _number(response[0]) is None:
        return "Write a number, such as 12.5."
    return ""


def _numeric_score(item: Item, response: list[str]) -> int:
    given = _number(response[0]) if response else None
    if given is None:
        return 0
    return 100 if abs(given - Decimal(item.answer)) <= Decimal(item.tolerance) else 0


def _number(text: str) -> Decimal | None:
    """Read what a person types: 1,234.5 and $97,560 and 94.3 % are numbers, "about 94" is none."""
    plain = text.replace(",", "").replace("$", "").replace("\u2212", "-").strip().removesuffix("%").strip()
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None
