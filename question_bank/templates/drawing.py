"""Make a question from drawn numbers: the key, three named mistakes, the working.

A template says what is drawn and computes all four answers; here they become an item. A draw in which two options
read the same is refused, and the next draw of the same seed is taken.
"""

import datetime as dt
from collections.abc import Callable

from msgspec import Struct

from app.learning.items import Item, Level, Option, Source
from app.world.seed import Seed, Stream

DRAWS = 40


class Choice(Struct, frozen=True):
    """An answer as it reads, and why: the working of the key, or the mistake that leads to it."""

    text: str
    why: str


class Draw(Struct, frozen=True):
    """One drawn question. `mistakes` are three, each from a named mistake."""

    stem: str
    key: Choice
    mistakes: tuple[Choice, Choice, Choice]


class Template(Struct, frozen=True):
    """What all the items of a template share. `name` begins their ids and is never reused."""

    name: str
    tasks: tuple[str, ...]
    level: Level
    source: Source
    written: dt.date

    def make(self, seed: str, draw: Callable[[Stream], Draw]) -> Item:
        """Return the item of `seed`. Raises ValueError when no draw of the seed has four different options."""
        own = Seed(seed).child(self.name)
        for attempt in range(DRAWS):
            drawn = draw(own.child("draw", attempt).stream())
            if distinct(drawn):
                return self._item(f"{self.name}-{own.number() % 16**10:010x}", drawn)
        raise ValueError(f"{self.name}: {DRAWS} draws of the seed {seed!r} gave no four different options")

    def _item(self, item_id: str, drawn: Draw) -> Item:
        key = Option(text=drawn.key.text, why=drawn.key.why, correct=True)
        wrong = tuple(Option(text=choice.text, why=choice.why) for choice in drawn.mistakes)
        return Item(id=item_id, tasks=self.tasks, level=self.level, stem=drawn.stem, source=self.source,
                    written=self.written, options=(key, *wrong), working=drawn.key.why)


def distinct(drawn: Draw) -> bool:
    """Whether the four options all read differently."""
    return len({drawn.key.text, *(choice.text for choice in drawn.mistakes)}) == 4


def rounded(numerator: int, denominator: int, places: int) -> str:
    """Return numerator over denominator with some decimals, halves up: `rounded(1, 8, 2)` is 0.13. Both positive."""
    scaled = (2 * numerator * 10**places + denominator) // (2 * denominator)
    whole, part = divmod(scaled, 10**places)
    return f"{whole:,}.{part:0{places}d}"


def percent(numerator: int, denominator: int) -> str:
    """Return the share in percent with one decimal: `percent(1, 8)` is 12.5%."""
    return f"{rounded(100 * numerator, denominator, 1)}%"
