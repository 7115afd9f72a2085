"""Seeds: a name for a random stream, so that a draw added in one place changes nothing elsewhere."""

from _random import Random as Twister
from bisect import bisect
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
_SPENT = 1 << 64  # a store of randomness below this is thrown away: the bias of any draw stays under span / 2**64


class Seed:
    """A path of names. `Seed("autumn").child("patient", 3)` gives an independent stream, the same on any machine."""

    __slots__ = ("path",)

    def __init__(self, path: str) -> None:
        self.path = path

    def child(self, *names: str | int) -> "Seed":
        """Return the seed below this one. Names may be words or numbers."""
        return Seed(f"{self.path}/{names[0]}" if len(names) == 1 else "/".join([self.path, *map(str, names)]))

    def number(self) -> int:
        """Return the seed's 128-bit number: blake2b of its path."""
        return int.from_bytes(blake2b(self.path.encode(), digest_size=16).digest(), "big")

    def long_stream(self) -> "LongStream":
        """Return a stream for many draws, such as the hundreds of words of a chart."""
        return LongStream(self)

    def stream(self) -> "Stream":
        """Return a fresh random stream for this seed."""
        return Stream(self.path)


class Weights(Generic[T_co]):
    """Pairs of a value and its whole-number weight, added up once for many draws."""

    __slots__ = ("sums", "total", "values")

    def __init__(self, pairs: Iterable[tuple[T_co, int]]) -> None:
        rows = tuple(pairs)
        self.values = tuple(value for value, _ in rows)
        self.sums = tuple(accumulate(weight for _, weight in rows))
        self.total = self.sums[-1] if rows else 0


class Stream:
    """Draws of whole numbers from the hash of a path: nothing in it depends on the machine or on Python's version.

    A 512-bit hash is a store from which each draw takes a digit in the base of its span; a spent store is replaced by
    the next hash. Most streams give few draws, and this way they cost one hash each.
    """

    __slots__ = ("_left", "_path", "_turn")

    def __init__(self, path: str) -> None:
        self._path, self._turn, self._left = path, 0, 0

    def _draw(self, span: int) -> int:
        """Return a whole number from 0 to `span` - 1. (`whole` and `one` have the same lines: a call costs as much.)"""
        left = self._left
        if left < _SPENT * span:
            left = self._filled()
        self._left, drawn = divmod(left, span)
        return drawn

    def _filled(self) -> int:
        turn, self._turn = self._turn, self._turn + 1
        return int.from_bytes(blake2b(f"{self._path}#{turn}".encode()).digest(), "big")

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        span, left = high - low + 1, self._left
        if left < _SPENT * span:
            left = self._filled()
        self._left, drawn = divmod(left, span)
        return low + drawn

    def chance(self, percent: int) -> bool:
        """Return True in `percent` of 100 draws."""
        return self._draw(100) < percent

    def one(self, choices: Sequence[T]) -> T:
        """Return one of `choices` (not empty)."""
        span, left = len(choices), self._left
        if left < _SPENT * span:
            left = self._filled()
        self._left, drawn = divmod(left, span)
        return choices[drawn]

    def of(self, weights: Weights[T]) -> T:
        """Return one of the values of `weights` (not empty): what `weighted` returns for the same pairs."""
        return weights.values[bisect(weights.sums, self._draw(weights.total))]

    def weighted(self, choices: Sequence[tuple[T, int]]) -> T:
        """Return one of `choices`, pairs of a value and its whole-number weight."""
        left = self._draw(sum([weight for _, weight in choices]))
        for value, weight in choices:
            left -= weight
            if left < 0:
                return value
        return choices[-1][0]

    def some(self, choices: Sequence[T], count: int) -> list[T]:
        """Return `count` different members of `choices`, in drawn order."""
        left = list(choices)
        return [left.pop(self._draw(len(left))) for _ in range(min(count, len(left)))]

    def shuffled(self, choices: Sequence[T]) -> list[T]:
        """Return all of `choices` in drawn order."""
        left = list(choices)
        for i in range(len(left) - 1, 0, -1):
            j = self._draw(i + 1)
            left[i], left[j] = left[j], left[i]
        return left

    def digits(self, count: int) -> str:
        """Return `count` drawn digits."""
        return f"{self._draw(10**count):0{count}d}"


class LongStream(Stream):
    """The same draws from a Mersenne Twister (the same anywhere): dearer to begin than a `Stream`, cheaper to go on.

    A span goes to 2**53.
    """

    __slots__ = ("bits", "unit")

    def __init__(self, seed: Seed) -> None:
        super().__init__(seed.path)
        twister = Twister(seed.number())  # draws what `random.Random` would, which seeds itself twice over
        self.unit: Callable[[], float] = twister.random  # from 0 up to but not including 1
        self.bits: Callable[[int], int] = twister.getrandbits  # so many bits: for spans far below 2**32

    def _draw(self, span: int) -> int:
        return int(self.unit() * span)

    def of(self, weights: Weights[T]) -> T:
        """Return one of the values of `weights` (not empty)."""
        return weights.values[bisect(weights.sums, int(self.unit() * weights.total))]

    def chance(self, percent: int) -> bool:
        """Return True in `percent` of 100 draws."""
        return self.unit() * 100 < percent

    def digits(self, count: int) -> str:
        """Return `count` drawn digits."""
        return f"{int(self.unit() * 10**count):0{count}d}"

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self.unit() * (high - low + 1))

    def one(self, choices: Sequence[T]) -> T:
        """Return one of `choices` (not empty)."""
        return choices[int(self.unit() * len(choices))]
