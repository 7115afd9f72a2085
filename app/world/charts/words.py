"""Fill the slots of a text.

`{name}` is the same wherever it stands in one encounter; `{name*}` changes from day to day; `{name^}` starts with a
capital; `{54-68}` and `{1.2-1.9}` are numbers in a range, drawn where they stand.
"""

import re
from collections.abc import Mapping, Sequence

from app.world.charts.phrases import phrases
from app.world.seed import Seed, Stream
from app.world.templates import Choice

_SLOT = re.compile(r"\{([^{}]+)\}")
_RANGE = re.compile(r"(\d+)(?:\.(\d))?-(\d+)(?:\.(\d))?")


class Words:
    """The words of one encounter: fixed facts, the drawn options' words, the template's slots, the phrase banks."""

    def __init__(self, seed: Seed, fixed: Mapping[str, str], slots: Mapping[str, Choice]) -> None:
        self._seed = seed
        self._known = dict(fixed)
        self._slots = slots

    def fill(self, text: Choice, where: str, turn: int = 0) -> str:
        """Return `text` with its slots filled; of several texts one is drawn. `where` names the place, for the draws.

        A place that comes back day after day gives its `turn`, so that it does not say the same twice running.
        Raises KeyError for a slot that nothing fills.
        """
        filled = text if isinstance(text, str) else self._in_turn(text, where, turn)
        if "{" not in filled:
            return filled
        numbers = self._seed.child("text", where, turn).stream()
        while _SLOT.search(filled):
            filled = _SLOT.sub(lambda match: self._slot(match[1], numbers, turn), filled)
        return filled

    def _in_turn(self, choices: Sequence[str], where: str, turn: int) -> str:
        return self._seed.child("order", where).stream().shuffled(choices)[turn % len(choices)]

    def _slot(self, slot: str, numbers: Stream, turn: int) -> str:
        if bounds := _RANGE.fullmatch(slot):
            return _number(bounds, numbers)
        name = slot.rstrip("*^")
        found = self._in_turn(self._choices(name), name, turn) if "*" in slot else self._word(name)
        return found[:1].upper() + found[1:] if "^" in slot else found

    def _word(self, name: str) -> str:
        if name not in self._known:
            # Known before it is filled, so that its own draws do not depend on who asks first.
            self._known[name] = self.fill(self._choices(name), f"word {name}")
        return self._known[name]

    def _choices(self, name: str) -> tuple[str, ...]:
        choice = self._slots[name] if name in self._slots else phrases()[name]
        return (choice,) if isinstance(choice, str) else tuple(choice)


def _number(bounds: re.Match[str], stream: Stream) -> str:
    low, low_tenth, high, high_tenth = bounds.groups()
    if low_tenth is None:
        return str(stream.whole(int(low), int(high)))
    tenths = stream.whole(int(low + low_tenth), int(high + (high_tenth or "0")))
    return f"{tenths // 10}.{tenths % 10}"
