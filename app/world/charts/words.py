"""Fill the slots of a text.

`{name}` is the same wherever it stands in one encounter; `{name*}` changes from day to day; `{name^}` starts with a
capital; `{name/3}` are three different entries; `{54-68}` and `{1.2-1.9}` are numbers in a range, drawn where they
stand.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from app.world.charts.phrases import phrases
from app.world.seed import Seed, Stream
from app.world.templates import Choice

_SLOT = re.compile(r"\{([^{}]+)\}")
_RANGE = re.compile(r"(\d+)(?:\.(\d))?-(\d+)(?:\.(\d))?")


class Words:
    """The words of one encounter: fixed facts, the drawn options' words, the template's slots, the phrase banks."""

    def __init__(self, seed: Seed, fixed: Mapping[str, str], slots: Mapping[str, Choice]) -> None:
        self._path = seed.path
        self._known = dict(fixed)
        self._slots = slots

    def fill(self, text: Choice, where: str, turn: int = 0) -> str:
        """Return `text` with its slots filled; of several texts one is drawn. `where` names the place, for the draws.

        A place that comes back day after day gives its `turn`, so that it does not say the same twice running.
        Raises KeyError for a slot that nothing fills.
        """
        chosen = text if isinstance(text, str) else self._in_turn(text, where, turn)
        if "{" not in chosen:
            return chosen
        return self._filled(chosen, Stream(f"{self._path}/text/{where}/{turn}"), turn)

    def _filled(self, text: str, numbers: Stream, turn: int) -> str:
        filled = "".join([part if isinstance(part, str) else self._slot(part, numbers, turn) for part in _parts(text)])
        return self._filled(filled, numbers, turn) if "{" in filled else filled

    def woven(self, bank: str, count: int, where: str, turn: int = 0) -> str:
        """Return `count` different sentences of a bank, in drawn order, with their slots filled."""
        stream = Stream(f"{self._path}/woven/{where}/{turn}")
        return " ".join([self._filled(text, stream, turn) for text in stream.some(phrases()[bank], count)])

    def _in_turn(self, choices: Sequence[str], where: str, turn: int) -> str:
        if len(choices) == 1:
            return choices[0]
        return choices[(Stream(f"{self._path}/order/{where}").whole(0, len(choices) - 1) + turn) % len(choices)]

    def _slot(self, slot: "_Slot", numbers: Stream, turn: int) -> str:
        if slot.bounds is not None:
            low, high, tenths = slot.bounds
            drawn = numbers.whole(low, high)
            return f"{drawn // 10}.{drawn % 10}" if tenths else str(drawn)
        if slot.several:
            found = self._several(slot, numbers)
        elif slot.turns:
            found = self._in_turn(self._choices(slot.name), slot.name, turn)
        else:
            found = self._known.get(slot.name) or self._word(slot.name)
        return found[:1].upper() + found[1:] if slot.capital else found

    def _several(self, slot: "_Slot", numbers: Stream) -> str:
        """`{bank/3}` is three different entries of a bank in drawn order; `{bank/3;}` makes sentences of them."""
        drawn = numbers.some(self._choices(slot.name), slot.several)
        if slot.sentences:
            return " ".join([f"{text[:1].upper()}{text[1:].rstrip('.')}." for text in drawn])
        return ", ".join(drawn)

    def _word(self, name: str) -> str:
        if name not in self._known:
            # Known before it is filled, so that its own draws do not depend on who asks first.
            self._known[name] = self.fill(self._choices(name), f"word {name}")
        return self._known[name]

    def _choices(self, name: str) -> tuple[str, ...]:
        choice = self._slots[name] if name in self._slots else phrases()[name]
        return (choice,) if isinstance(choice, str) else choice


class _Slot(Struct, frozen=True):
    """A slot as written. `bounds`: lowest, highest, and whether they are tenths; `several`: how many entries."""

    name: str
    bounds: tuple[int, int, bool] | None = None
    several: int = 0
    sentences: bool = False
    turns: bool = False
    capital: bool = False


def slots_in(text: str) -> tuple[_Slot, ...]:
    """Return the slots of a text, in order."""
    return tuple(part for part in _parts(text) if not isinstance(part, str))


@lru_cache(100_000)
def _parts(text: str) -> tuple[str | _Slot, ...]:
    """Return the literal texts and the slots of a text, in order."""
    pieces = _SLOT.split(text)
    return tuple(_read(piece) if i % 2 else piece for i, piece in enumerate(pieces) if i % 2 or piece)


def _read(slot: str) -> _Slot:
    if bounds := _RANGE.fullmatch(slot):
        low, low_tenth, high, high_tenth = bounds.groups()
        if low_tenth is None:
            return _Slot("", (int(low), int(high), False))
        return _Slot("", (int(low + low_tenth), int(high + (high_tenth or "0")), True))
    if "/" in slot:
        name, _, count = slot.partition("/")
        return _Slot(name, several=int(count.rstrip(";^")), sentences=";" in count, capital="^" in count)
    return _Slot(slot.rstrip("*^"), turns="*" in slot, capital="^" in slot)
