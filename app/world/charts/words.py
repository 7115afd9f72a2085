"""Fill the slots of a text.

`{name}` is the same wherever it stands in one encounter; `{name*}` changes from day to day; `{name^}` starts with a
capital; `{name/3}` are three different entries; `{54-68}` and `{1.2-1.9}` are numbers in a range, drawn where they
stand.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar

from app.world.charts.phrases import phrases
from app.world.seed import LongStream
from app.world.templates import Choice

T = TypeVar("T")
_SLOT = re.compile(r"\{([^{}]+)\}")
_RANGE = re.compile(r"(\d+)(?:\.(\d))?-(\d+)(?:\.(\d))?")
_POINT = "·"  # stands for the point of `{1.2-1.9}`, which `str.format_map` would take for an attribute


class Words(dict[str, str]):
    """The words of one encounter: fixed facts, the drawn options' words, the template's slots, the phrase banks.

    A dictionary of the words that are known so far: `str.format_map` asks it for each slot, and a word that is not
    known yet is drawn then. All draws come from one long stream, the encounter's, in the order of filling; the whole
    numbers of a text are drawn before its words.
    """

    __slots__ = ("_begun", "_slots", "_turn", "_unit")

    def __init__(self, stream: LongStream, fixed: Mapping[str, str], slots: Mapping[str, Choice]) -> None:
        super().__init__(fixed)
        self._unit = stream.unit
        self._slots = slots
        self._begun: dict[str, int] = {}  # where each place that takes turns began
        self._turn = 0

    def fill(self, text: Choice, where: str, turn: int = 0) -> str:
        """Return `text` with its slots filled; of several texts one is drawn. `where` names a place that takes turns.

        A place that comes back day after day gives its `turn`, so that it does not say the same twice running.
        Raises KeyError for a slot that nothing fills.
        """
        self._turn = turn
        chosen = text if isinstance(text, str) else self._in_turn(text, where)
        return self._filled(_form(chosen)) if "{" in chosen else chosen

    def woven(self, bank: str, count: int) -> str:
        """Return `count` different sentences of a bank, in drawn order, with their slots filled."""
        return self._joined(self._some(_bank(bank), count), " ")

    def __missing__(self, key: str) -> str:
        """Return what belongs into a slot that no known word fills. A plain word is known from then on."""
        slot = _read(key)
        if slot.plain:
            found = self[key] = self._drawn(key)
            return found
        if slot.span:
            drawn = slot.low + int(self._unit() * slot.span)
            return f"{drawn // 10}.{drawn % 10}"
        if slot.several:
            found = self._several(slot)
        elif slot.turns:
            found = self.fill(self._choices(slot.name), slot.name, self._turn)
        else:
            found = self[slot.name]
        return found[:1].upper() + found[1:] if slot.capital else found

    def _filled(self, form: "_Form") -> str:
        text, numbers = form
        if numbers:
            unit = self._unit
            text = text % tuple([low + int(unit() * span) for low, span in numbers])
        return text.format_map(self) if "{" in text else text

    def _joined(self, forms: "Sequence[_Form]", between: str) -> str:
        """Return several texts filled at once, in order: one tuple of values is cheaper than one for each."""
        unit = self._unit
        text = between.join([text for text, _ in forms]) % tuple(
            [low + int(unit() * span) for _, numbers in forms for low, span in numbers])
        return text.format_map(self) if "{" in text else text

    def _several(self, slot: "_Slot") -> str:
        """`{bank/3}` is three different entries of a bank in drawn order; `{bank/3;}` makes sentences of them."""
        choices = self._choices(slot.name)
        if not slot.sentences:
            return self._joined(self._some(_forms(choices), slot.several), ", ")
        if ready := _sentences(choices):
            return self._joined(self._some(ready, slot.several), " ")
        drawn = [self._filled(_form(text)) for text in self._some(choices, slot.several)]
        return " ".join([_sentence(text) for text in drawn])

    def _drawn(self, name: str) -> str:
        choice = self._slots[name] if name in self._slots else phrases()[name]
        if not isinstance(choice, str):
            choice = choice[int(self._unit() * len(choice))] if len(choice) > 1 else choice[0]
        return self._filled(_form(choice)) if "{" in choice else choice

    def _in_turn(self, choices: Sequence[str], where: str) -> str:
        if len(choices) == 1:
            return choices[0]
        if where not in self._begun:
            self._begun[where] = int(self._unit() * len(choices))
        return choices[(self._begun[where] + self._turn) % len(choices)]

    def _some(self, choices: Sequence[T], count: int) -> list[T]:
        left, unit, size = list(choices), self._unit, len(choices)
        return [left.pop(int(unit() * rest)) for rest in range(size, size - min(count, size), -1)]

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
    return tuple(_read(slot) for slot in _SLOT.findall(text))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


_Form = tuple[str, tuple[tuple[int, int], ...]]


@cache
def _form(text: str, joined: bool = False) -> _Form:
    """Return a text in which whole numbers are left to `%` and words to `format_map`, and low and span of each number.

    `joined`: it will be joined with others, so that it goes through `%` even without a number of its own.
    """
    pieces = _SLOT.split(text)
    slots = [_read(slot) for slot in pieces[1::2]]
    numbers = tuple((slot.low, slot.span) for slot in slots if slot.span and not slot.tenths)
    if numbers or joined:
        pieces[::2] = [piece.replace("%", "%%") for piece in pieces[::2]]
    pieces[1::2] = ["%s" if slot.span and not slot.tenths else "{" + written.replace(".", _POINT) + "}"
                    for slot, written in zip(slots, pieces[1::2], strict=True)]
    return "".join(pieces), numbers


@cache
def _bank(name: str) -> tuple[_Form, ...]:
    """Return the entries of a phrase bank ready to be joined."""
    return _forms(phrases()[name])


@lru_cache(10_000)
def _forms(texts: tuple[str, ...]) -> tuple[_Form, ...]:
    """Return texts ready to be joined."""
    return tuple(_form(text, joined=True) for text in texts)


@lru_cache(10_000)
def _sentences(texts: tuple[str, ...]) -> tuple[_Form, ...]:
    """Return texts as sentences, ready to be joined.

    An empty tuple when they cannot be made sentences of before they are filled: one begins or ends with a word.
    """
    ends = [slots_in(end)[0] for text in texts for end in re.findall(r"^\{[^{}]+\}|\{[^{}]+\}\.?$", text)]
    return tuple(_form(_sentence(text), joined=True) for text in texts) if all(end.span for end in ends) else ()


@cache
def _read(slot: str) -> _Slot:
    if bounds := _RANGE.fullmatch(slot.replace(_POINT, ".")):
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
