"""Seeds: a name for a random stream, so that a draw added in one place changes nothing elsewhere."""

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Seed:
    """A path of names. `Seed("autumn").child("patient", 3)` gives an independent stream, the same on any machine."""

    __slots__ = ("path",)

    def __init__(self, path: str) -> None:
        self.path = path

    def child(self, *names: str | int) -> "Seed":
        """Return the seed below this one. Names may be words or numbers."""
        return Seed("/".join([self.path, *map(str, names)]))

    def number(self) -> int:
        """Return the seed's 128-bit number: blake2b of its path."""
        return int.from_bytes(hashlib.blake2b(self.path.encode(), digest_size=16).digest(), "big")

    def stream(self) -> "Stream":
        """Return a fresh random stream for this seed."""
        return Stream(self.number())


class Stream:
    """Draws built only on `random.Random.random` and integer arithmetic, whose results Python keeps stable."""

    __slots__ = ("_random",)

    def __init__(self, number: int) -> None:
        self._random = random.Random(number)

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def chance(self, percent: int) -> bool:
        """Return True in `percent` of 100 draws."""
        return self._random.random() * 100 < percent

    def one(self, choices: Sequence[T]) -> T:
        """Return one of `choices` (not empty)."""
        return choices[self.whole(0, len(choices) - 1)]

    def weighted(self, choices: Sequence[tuple[T, int]]) -> T:
        """Return one of `choices`, pairs of a value and its whole-number weight."""
        left = self.whole(1, sum(weight for _, weight in choices))
        for value, weight in choices:
            left -= weight
            if left <= 0:
                return value
        return choices[-1][0]

    def some(self, choices: Sequence[T], count: int) -> list[T]:
        """Return `count` different members of `choices`, in drawn order."""
        return self.shuffled(choices)[:count]

    def shuffled(self, choices: Sequence[T]) -> list[T]:
        """Return all of `choices` in drawn order."""
        left = list(choices)
        for i in range(len(left) - 1, 0, -1):
            j = self.whole(0, i)
            left[i], left[j] = left[j], left[i]
        return left

    def digits(self, count: int) -> str:
        """Return `count` drawn digits."""
        return "".join(str(self.whole(0, 9)) for _ in range(count))
