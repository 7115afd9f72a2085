"""How an item does in use: difficulty, discrimination, what each option is chosen for.

Rules of `domain/exam.md`: nothing is judged on fewer than 100 answers; an item that under 30 % or over 90 % get right
is flagged; a point-biserial of .20 is good, a negative one means that the key wants checking, and sets the item aside;
a distractor that under 5 % choose does no work. An answer counts once a learner: the first.
"""

from collections.abc import Sequence
from math import sqrt

from msgspec import Struct

from app.learning.items import Item, lettered

ENOUGH = 100  # answers before a figure is judged
HARD, EASY = 30, 90  # percent right
GOOD = 200  # thousandths
IDLE = 5  # percent who choose a distractor


class Answer(Struct, frozen=True):
    """One learner's first answer. `rest` is the mean score, 0 to 100, of the other questions of that session."""

    score: int
    rest: float
    texts: tuple[str, ...] = ()  # of the options chosen


class OptionFigure(Struct, frozen=True):
    """How many chose an option, in percent too; `biserial` in thousandths, None when it cannot be computed."""

    text: str
    correct: bool
    chosen: int
    percent: int
    biserial: int | None


class ItemFigures(Struct, frozen=True):
    """`percent` is the mean score; `biserial`, in thousandths, how the score goes with the rest of the session."""

    answers: int
    percent: int
    biserial: int | None
    options: tuple[OptionFigure, ...] = ()

    @property
    def is_enough(self) -> bool:
        """Whether there are answers enough to judge by."""
        return self.answers >= ENOUGH

    @property
    def is_set_aside(self) -> bool:
        """Whether people who do well get it wrong: such an item is not asked until somebody has looked at its key."""
        return self.is_enough and self.biserial is not None and self.biserial < 0

    @property
    def flags(self) -> tuple[str, ...]:
        """What an editor should look at, in words."""
        return tuple(self._flags()) if self.is_enough else ()

    def _flags(self) -> list[str]:
        said = []
        if self.percent < HARD:
            said.append(f"under {HARD} % right: too hard, unclear, or the key is wrong")
        if self.percent > EASY:
            said.append(f"over {EASY} % right: it tells nobody apart")
        if self.biserial is not None and self.biserial < 0:
            said.append("negative point-biserial: check the key")
        elif self.biserial is not None and self.biserial < GOOD:
            said.append("point-biserial under .20: it tells strong from weak poorly")
        said += [f"chosen by under {IDLE} %: “{option.text}” does no work" for option in self.options
                 if not option.correct and option.percent < IDLE]
        return said


def figures(item: Item, answers: Sequence[Answer]) -> ItemFigures:
    """Compute the figures of `item` from its answers."""
    rests = [answer.rest for answer in answers]
    percent = round(sum(answer.score for answer in answers) / len(answers)) if answers else 0
    options = tuple(_option(option.text, option.correct, answers, rests) for option in item.options) \
        if item.kind in ("single", "several") else ()
    return ItemFigures(len(answers), percent, biserial([answer.score for answer in answers], rests), options)


def _option(text: str, correct: bool, answers: Sequence[Answer], rests: Sequence[float]) -> OptionFigure:
    chosen = [text in answer.texts for answer in answers]
    return OptionFigure(text, correct, sum(chosen), round(100 * sum(chosen) / max(1, len(chosen))),
                        biserial(chosen, rests))


def biserial(ones: Sequence[float], others: Sequence[float]) -> int | None:
    """Return the correlation of two rows of numbers in thousandths (point-biserial when the first is right or wrong).

    None when there are fewer than two, or one of the rows never varies.
    """
    count = len(ones)
    if count < 2:
        return None
    mean_one, mean_other = sum(ones) / count, sum(others) / count
    spread_one = sum((one - mean_one) ** 2 for one in ones)
    spread_other = sum((other - mean_other) ** 2 for other in others)
    if spread_one == 0 or spread_other == 0:
        return None
    together = sum((one - mean_one) * (other - mean_other) for one, other in zip(ones, others, strict=True))
    return round(1000 * together / sqrt(spread_one * spread_other))


def chosen_texts(item: Item, order: str, response: Sequence[str]) -> tuple[str, ...]:
    """Return the texts of the options that a stored answer chose."""
    return tuple(option.text for letter, option in lettered(item, order) if letter in response)
