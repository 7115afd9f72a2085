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


class Banks(dict[str, Bank]):
    """The banks of the slots of an encounter, and the phrase bank of any other name, kept once it is asked for.

    Raises KeyError for a name that nothing fills.
    """

    __slots__ = ()

    def __missing__(self, name: str) -> Bank:
        found = self[name] = phrase_bank(name)
        return found


class Part(NamedTuple):
    """A section: heading, the ways to say its text, the place where it takes turns, and what sentences are woven in."""

    heading: str
    ways: tuple[Written, ...]
    place: str
    woven: tuple[Written, ...]
    sentences: int


class Words(dict[str, str]):
    """A dictionary of the words that are known so far: fixed facts, the drawn options' words, and every word drawn.

    The functions of `texts.py` ask it for each slot, and a word that is not known yet is drawn then, from `banks`. All
    draws come from one long stream, the encounter's, in the order of filling.
    """

    __slots__ = ("_banks", "_begun", "_bits", "_turn")

    def __init__(self, stream: LongStream, fixed: Mapping[str, str], banks: Mapping[str, Bank]) -> None:
        super().__init__(fixed)
        self._bits = stream.bits
        self._banks = banks
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
        """Return `count` different ways in drawn order, with their slots filled.

        As if each were taken out of the list: a place at or after one that is taken is the next. Two or three are
        nearly always asked for, and these need no list.
        """
        if count > 3:
            return self._many(ways, count, between)
        bits, size = self._bits, len(ways)
        first = bits(32) * size >> 32
        text = ways[first]
        said = text if text.__class__ is str else text(self, bits)  # type: ignore[operator]
        if count == 1 or size == 1:
            return said
        second = bits(32) * (size - 1) >> 32
        if second >= first:
            second += 1
        text = ways[second]
        then = text if text.__class__ is str else text(self, bits)  # type: ignore[operator]
        if count == 2 or size == 2:
            return f"{said}{between}{then}"
        third = bits(32) * (size - 2) >> 32
        if first > second:
            first, second = second, first
        if third >= first:
            third += 1
        if third >= second:
            third += 1
        text = ways[third]
        last = text if text.__class__ is str else text(self, bits)  # type: ignore[operator]
        return f"{said}{between}{then}{between}{last}"

    def _many(self, ways: Sequence[Written], count: int, between: str) -> str:
        bits, left, size = self._bits, list(ways), len(ways)
        said = []
        for rest in range(size, size - min(count, size), -1):
            text = left.pop(bits(32) * rest >> 32)
            said.append(text if text.__class__ is str else text(self, bits))  # type: ignore[operator]
        return between.join(said)

    def woven(self, bank: str, count: int) -> str:
        """Return `count` different sentences of a phrase bank, in drawn order."""
        return self.some(phrase_bank(bank).ways, count, " ")

    def one_of(self, name: str) -> str:
        """`{bank/1}` is an entry that is drawn anew wherever it stands."""
        bits, ways = self._bits, self._banks[name].ways
        text = ways[bits(32) * len(ways) >> 32]
        return text if text.__class__ is str else text(self, bits)  # type: ignore[operator]

    def several(self, name: str, count: int) -> str:
        """`{bank/3}` is three different entries of a bank in drawn order."""
        return self.some(self._banks[name].ways, count, ", ")

    def sentences(self, name: str, count: int) -> str:
        """`{bank/3;}` makes sentences of them."""
        return self.some(self._banks[name].sentences, count, " ")

    def in_turn(self, name: str) -> str:
        """`{name*}` goes on from day to day."""
        return self.write(self._banks[name], name, self._turn)

    def __missing__(self, key: str) -> str:
        """Draw a word that is not known; it is from then on. `he^` is the word `he` with a capital."""
        if key[-1] == "^":
            found = capital(self[key[:-1]])
        else:
            bits, ways = self._bits, self._banks[key].ways
            text = ways[bits(32) * len(ways) >> 32] if len(ways) > 1 else ways[0]
            found = text if text.__class__ is str else text(self, bits)  # type: ignore[operator]
        self[key] = found
        return found

    def _place(self, where: str, size: int) -> int:
        if where not in self._begun:
            self._begun[where] = self._bits(32) * size >> 32
        return (self._begun[where] + self._turn) % size
