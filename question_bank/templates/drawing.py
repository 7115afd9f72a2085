"""Make a question from drawn numbers: the key, three named mistakes, the working.

A template says what is drawn and computes all four answers; here they become an item. A draw in which two options
read the same is refused, and the next draw of the same seed is taken.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from app.learning.items import Item, Level, Option, Source
from app.learning.sources import Register, load_register
from app.world.seed import Seed, Stream

DRAWS = 40
SOURCES = Path(__file__).parents[1] / "sources.yaml"


class Choice(Struct, frozen=True):
    """An answer as it reads, and why: the working of the key, or the mistake that leads to it."""

    text: str
    why: str


class Draw(Struct, frozen=True):
    """One drawn question. `mistakes` are three, each from a named mistake; `codes` the ICD-10-CM codes it names.

    In every stem, lines that begin with a tab are shown below it as a listing: a worksheet, a table, a query.
    """

    stem: str
    key: Choice
    mistakes: tuple[Choice, ...]
    codes: tuple[str, ...] = ()


class NumberDraw(Struct, frozen=True):
    """One drawn question that is answered with a number. `working` shows the way and the usual mistakes."""

    stem: str
    answer: str
    unit: str
    working: str
    tolerance: str = "0"


class CodeDraw(Struct, frozen=True):
    """One drawn question that is answered by writing an ICD-10-CM code. `mistakes` are codes written by mistake."""

    stem: str
    key: Choice
    mistakes: tuple[Choice, ...]


class OrderDraw(Struct, frozen=True):
    """One drawn question that asks for an order. `lines` stand in the right one, each with why it stands there."""

    stem: str
    lines: tuple[Choice, ...]


class MatchDraw(Struct, frozen=True):
    """One drawn question that asks what belongs to what: `pairs` of a choice and its match; `others` belong to none."""

    stem: str
    pairs: tuple[tuple[Choice, str], ...]
    others: tuple[str, ...] = ()


Drawn = Draw | NumberDraw | CodeDraw | OrderDraw | MatchDraw


class Template(Struct, frozen=True):
    """What all the items of a template share. `name` begins their ids and is never reused; `source` is an id of
    sources.yaml."""

    name: str
    tasks: tuple[str, ...]
    level: Level
    source: str
    written: dt.date

    def make(self, seed: str, draw: Callable[[Stream], Drawn]) -> Item:
        """Return the item of `seed`. Raises ValueError when no draw of the seed has four different options."""
        own = Seed(seed).child(self.name)
        for attempt in range(DRAWS):
            drawn = draw(own.child("draw", attempt).stream())
            if distinct(drawn):
                return self._item(f"{self.name}-{own.number() % 16**10:010x}", drawn)
        raise ValueError(f"{self.name}: {DRAWS} draws of the seed {seed!r} gave no four different options")

    def _item(self, item_id: str, drawn: Drawn) -> Item:
        stem, listing = _parted(drawn.stem)
        item = Item(id=item_id, tasks=self.tasks, level=self.level, stem=stem, listing=listing, written=self.written,
                    source=_source(self.source))
        if isinstance(drawn, NumberDraw):
            return replace(item, kind="numeric", answer=drawn.answer, tolerance=drawn.tolerance, unit=drawn.unit,
                           working=drawn.working)
        if isinstance(drawn, OrderDraw):
            return replace(item, kind="ordering",
                           options=tuple(Option(text=line.text, why=line.why) for line in drawn.lines))
        if isinstance(drawn, MatchDraw):
            return replace(item, kind="matching", others=drawn.others, options=tuple(
                Option(text=choice.text, why=choice.why, match=match) for choice, match in drawn.pairs))
        key = Option(text=drawn.key.text, why=drawn.key.why, correct=True)
        wrong = tuple(Option(text=choice.text, why=choice.why) for choice in drawn.mistakes)
        if isinstance(drawn, CodeDraw):
            return replace(item, kind="code", options=(key, *wrong), working=drawn.key.why, codes=(drawn.key.text,))
        return replace(item, options=(key, *wrong), working=drawn.key.why, codes=drawn.codes)


def _parted(text: str) -> tuple[str, str]:
    """Return the stem and the listing of a drawn text: lines that begin with a tab belong to the listing."""
    lines = text.split("\n")
    below = [line[1:] for line in lines if line.startswith("\t")]
    stem = " ".join(line.strip() for line in lines if line.strip() and not line.startswith("\t"))
    return stem, "\n".join(below).rstrip()


@cache
def register() -> Register:
    """Return the register of sources that the templates name their source from."""
    return load_register(SOURCES, shown_as="question_bank/sources.yaml")


@cache
def _source(entry_id: str) -> Source:
    return register().source([entry_id])


def makers(*rows: tuple[Template, Callable[[Stream], Drawn]]) -> dict[str, Callable[[str], Item]]:
    """Return `make(seed) -> Item` for each template, by its name without the "t-" in front."""
    return {template.name.removeprefix("t-"): partial(template.make, draw=draw) for template, draw in rows}


def distinct(drawn: Drawn) -> bool:
    """Whether the options all read differently: four of a choice, all codes, all lines of an order, all parts of a
    match."""
    if isinstance(drawn, NumberDraw):
        return True
    if isinstance(drawn, OrderDraw):
        return len({line.text for line in drawn.lines}) == len(drawn.lines)
    if isinstance(drawn, MatchDraw):
        return len({choice.text for choice, _ in drawn.pairs}) == len(drawn.pairs)
    texts = {drawn.key.text.lower(), *(choice.text.lower() for choice in drawn.mistakes)}
    return len(texts) == 1 + len(drawn.mistakes) and (isinstance(drawn, CodeDraw) or len(texts) == 4)


def three(key: Choice, *mistakes: Choice) -> tuple[Choice, ...]:
    """Return the first three of `mistakes` that read unlike the key and unlike each other (fewer: a refused draw)."""
    found: dict[str, Choice] = {}
    for choice in mistakes:
        if choice.text != key.text:
            found.setdefault(choice.text, choice)
    return tuple(found.values())[:3]


def chosen(answers: Mapping[str, str], right: str, why: str) -> tuple[Choice, tuple[Choice, ...]]:
    """Return the key and the others of four answers. `answers` says of each why it is wrong, for when it is."""
    return Choice(right, why), tuple(Choice(text, wrong) for text, wrong in answers.items() if text != right)


def nearest(numerator: int, denominator: int) -> int:
    """Return the whole number nearest to a quotient, halves up: a share of cents, in cents. Both positive."""
    return (2 * numerator + denominator) // (2 * denominator)


def rounded(numerator: int, denominator: int, places: int) -> str:
    """Return numerator over denominator with some decimals, halves up: `rounded(1, 8, 2)` is 0.13. Both positive."""
    scaled = (2 * numerator * 10**places + denominator) // (2 * denominator)
    whole, part = divmod(scaled, 10**places)
    return f"{whole:,}.{part:0{places}d}"


def percent(numerator: int, denominator: int) -> str:
    """Return the share in percent with one decimal: `percent(1, 8)` is 12.5%."""
    return f"{rounded(100 * numerator, denominator, 1)}%"


def dollars(cents: int) -> str:
    """Return cents as the learner reads them: `dollars(123456)` is $1,234.56."""
    return f"${cents // 100:,}.{cents % 100:02d}"
