"""Fill the slots of a text.

`{name}` is the same wherever it stands in one encounter; `{name*}` changes from day to day; `{name^}` starts with a
capital; `{name/3}` are three different entries; `{54-68}` and `{1.2-1.9}` are numbers in a range, drawn where they
stand.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from app.world.charts.phrases import phrases
from app.world.seed import Seed
from app.world.templates import Choice

_SLOT = re.compile(r"\{([^{}]+)\}")
_RANGE = re.compile(r"(\d+)(?:\.(\d))?-(\d+)(?:\.(\d))?")


class Words:
    """The words of one encounter: fixed facts, the drawn options' words, the template's slots, the phrase banks.

    All draws come from one long stream in the order in which the texts are filled.
    """

    def __init__(self, seed: Seed, fixed: Mapping[str, str], slots: Mapping[str, Choice]) -> None:
        """A slot by the name of a fixed fact would never be filled with its own words: raises ValueError."""
        if taken := fixed.keys() & slots.keys():
            raise ValueError(f"slots named like facts of the encounter: {', '.join(sorted(taken))}")
        self._unit = seed.unit()
        self._known = dict(fixed)
        self._slots = slots
        self._begun: dict[str, int] = {}  # where each place that takes turns began

    def fill(self, text: Choice, where: str, turn: int = 0) -> str:
        """Return `text` with its slots filled; of several texts one is drawn. `where` names a place that takes turns.

        A place that comes back day after day gives its `turn`, so that it does not say the same twice running.
        Raises KeyError for a slot that nothing fills.
        """
        chosen = text if isinstance(text, str) else self._in_turn(text, where, turn)
        return self._filled(chosen, turn) if "{" in chosen else chosen

    def woven(self, bank: str, count: int) -> str:
        """Return `count` different sentences of a bank, in drawn order, with their slots filled."""
        return " ".join([self._filled(text, 0) for text in self._some(phrases()[bank], count)])

    def _filled(self, text: str, turn: int) -> str:
        unit, known, pieces = self._unit, self._known, []
        for part in _parts(text):
            if isinstance(part, str):
                pieces.append(part)
            elif part.span:
                drawn = part.low + int(unit() * part.span)
                pieces.append(f"{drawn // 10}.{drawn % 10}" if part.tenths else str(drawn))
            elif part.plain and part.name in known:
                pieces.append(known[part.name])
            else:
                pieces.append(self._slot(part, turn))
        filled = "".join(pieces)
        return self._filled(filled, turn) if "{" in filled else filled

    def _slot(self, slot: "_Slot", turn: int) -> str:
        if slot.several:
            found = self._several(slot)
        elif slot.turns:
            found = self.fill(self._choices(slot.name), slot.name, turn)
        else:
            found = self._word(slot.name)
        return found[:1].upper() + found[1:] if slot.capital else found

    def _several(self, slot: "_Slot") -> str:
        """`{bank/3}` is three different entries of a bank in drawn order; `{bank/3;}` makes sentences of them."""
        drawn = [self._filled(text, 0) if "{" in text else text
                 for text in self._some(self._choices(slot.name), slot.several)]
        if slot.sentences:
            return " ".join([f"{text[:1].upper()}{text[1:].rstrip('.')}." for text in drawn])
        return ", ".join(drawn)

    def _word(self, name: str) -> str:
        if name not in self._known:
            # Known before it is filled, so that its own draws do not depend on who asks first.
            self._known[name] = self.fill(self._choices(name), f"word {name}")
        return self._known[name]

    def _in_turn(self, choices: Sequence[str], where: str, turn: int) -> str:
        if len(choices) == 1:
            return choices[0]
        if where not in self._begun:
            self._begun[where] = int(self._unit() * len(choices))
        return choices[(self._begun[where] + turn) % len(choices)]

    def _some(self, choices: Sequence[str], count: int) -> list[str]:
        left, unit = list(choices), self._unit
        return [left.pop(int(unit() * len(left))) for _ in range(min(count, len(left)))]

    def _choices(self, name: str) -> tuple[str, ...]:
        choice = self._slots[name] if name in self._slots else phrases()[name]
        return (choice,) if isinstance(choice, str) else choice


class _Slot(NamedTuple):
    """A slot as written: a range (`span` numbers from `low` on), or a name and how to take it.

    `several`: how many entries; `plain`: the word as it is.
    """

    name: str
    low: int = 0
    span: int = 0
    tenths: bool = False
    several: int = 0
    sentences: bool = False
    turns: bool = False
    capital: bool = False
    plain: bool = False


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
        whole_low, low_tenth, whole_high, high_tenth = bounds.groups()
        tenths = low_tenth is not None
        low = int(whole_low + (low_tenth or ""))
        high = int(whole_high + ((high_tenth or "0") if tenths else ""))
        return _Slot("", low, high - low + 1, tenths)
    if "/" in slot:
        name, _, count = slot.partition("/")
        return _Slot(name, several=int(count.rstrip(";^")), sentences=";" in count, capital="^" in count)
    marked = "*" in slot or "^" in slot
    return _Slot(slot.rstrip("*^"), turns="*" in slot, capital="^" in slot, plain=not marked)
