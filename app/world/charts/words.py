"""The words of one encounter: what is known, and what is drawn when a text asks for it."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from app.world.charts.phrases import phrases
from app.world.charts.texts import Written, capital, sentence, written
from app.world.model import Section
from app.world.seed import LongStream
from app.world.templates import Choice


class Bank:
    """The ways to say a thing, ready to be filled; the ways as sentences are made when one is asked for."""

    __slots__ = ("_sentences", "_texts", "ways")

    def __init__(self, choice: Choice) -> None:
        self._texts = (choice,) if isinstance(choice, str) else choice
        self.ways: tuple[Written, ...] = tuple(map(written, self._texts))
        self._sentences: tuple[Written, ...] = ()

    @property
    def sentences(self) -> tuple[Written, ...]:
        """The same ways, each as a sentence."""
        if not self._sentences:
            self._sentences = tuple(map(sentence, self._texts))
        return self._sentences


@cache
def bank_of(choice: Choice) -> Bank:
    """Return the bank of a choice that a data file gives."""
    return Bank(choice)


@cache
def phrase_bank(name: str) -> Bank:
    """Return a phrase bank. Raises KeyError when no file has it."""
    return Bank(phrases()[name])


def banks_of(slots: Mapping[str, Choice]) -> dict[str, Bank]:
    """Return the banks of slots, by name."""
    return {name: bank_of(choice) for name, choice in slots.items()}


class Part(NamedTuple):
    """A section: heading, the ways to say its text, the place where it takes turns, and what sentences are woven in."""

    heading: str
    ways: tuple[Written, ...]
    place: str
    woven: tuple[Written, ...]
    sentences: int


class Words(dict[str, str]):
    """A dictionary of the words that are known so far: fixed facts, the drawn options' words, and every word drawn.

    The functions of `texts.py` ask it for each slot, and a word that is not known yet is drawn then, from `slots` or
    from the phrase banks. All draws come from one long stream, the encounter's, in the order of filling.
    """

    __slots__ = ("_begun", "_bits", "_slots", "_turn")

    def __init__(self, stream: LongStream, fixed: Mapping[str, str], slots: Mapping[str, Bank]) -> None:
        super().__init__(fixed)
        self._bits = stream.bits
        self._slots = slots
        self._begun: dict[str, int] = {}  # where each place that takes turns began
        self._turn = 0

    def fill(self, text: Choice, where: str, turn: int = 0) -> str:
        """Return `text` with its slots filled; see `write`."""
        return self.write(bank_of(text), where, turn)

    def write(self, bank: Bank, where: str, turn: int = 0) -> str:
        """Return one of the ways of `bank` with its slots filled. `where` names a place that takes turns.

        A place that comes back day after day gives its `turn`, so that it does not say the same twice running.
        Raises KeyError for a slot that nothing fills.
        """
        self._turn = turn
        ways = bank.ways
        return self.say(ways[0] if len(ways) == 1 else ways[self._place(where, len(ways))])

    def sections(self, parts: Sequence[Part], turn: int) -> tuple[Section, ...]:
        """Return the sections of a document on the day `turn`."""
        bits, made = self._bits, []
        self._turn = turn
        for heading, ways, place, woven, count in parts:
            text = ways[0] if len(ways) == 1 else ways[self._place(place, len(ways))]
            filled = text if text.__class__ is str else text(self, bits)  # type: ignore[operator]
            if count and filled:
                filled = f"{filled} {self.some(woven, count, ' ')}"
            made.append(Section(heading, filled))
        return tuple(made)

    def say(self, text: Written) -> str:
        """Return a text with its slots filled."""
        return text if text.__class__ is str else text(self, self._bits)  # type: ignore[operator]

    def some(self, ways: Sequence[Written], count: int, between: str) -> str:
        """Return `count` different ways in drawn order, with their slots filled."""
        bits, left, size = self._bits, list(ways), len(ways)
        said = []
        for rest in range(size, size - min(count, size), -1):
            text = left.pop(bits(32) * rest >> 32)
            said.append(text if text.__class__ is str else text(self, bits))  # type: ignore[operator]
        return between.join(said)

    def woven(self, bank: str, count: int) -> str:
        """Return `count` different sentences of a phrase bank, in drawn order."""
        return self.some(phrase_bank(bank).ways, count, " ")

    def several(self, name: str, count: int) -> str:
        """`{bank/3}` is three different entries of a bank in drawn order."""
        return self.some(self._bank(name).ways, count, ", ")

    def sentences(self, name: str, count: int) -> str:
        """`{bank/3;}` makes sentences of them."""
        return self.some(self._bank(name).sentences, count, " ")

    def in_turn(self, name: str) -> str:
        """`{name*}` goes on from day to day."""
        return self.write(self._bank(name), name, self._turn)

    def __missing__(self, key: str) -> str:
        """Draw a word that is not known; it is from then on. `he^` is the word `he` with a capital."""
        if key[-1] == "^":
            found = capital(self[key[:-1]])
        else:
            bits, ways = self._bits, self._bank(key).ways
            text = ways[bits(32) * len(ways) >> 32] if len(ways) > 1 else ways[0]
            found = text if text.__class__ is str else text(self, bits)  # type: ignore[operator]
        self[key] = found
        return found

    def _bank(self, name: str) -> Bank:
        return self._slots[name] if name in self._slots else phrase_bank(name)

    def _place(self, where: str, size: int) -> int:
        if where not in self._begun:
            self._begun[where] = self._bits(32) * size >> 32
        return (self._begun[where] + self._turn) % size
