"""Words of the code set, and which of them a misspelled word may have meant."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable

_SHARED_WORTH = 40  # words with the most letter pairs in common whose distance is computed


class Vocabulary:
    """The words of one edition with how often each occurs. `near` compares letter pairs first, then edits."""

    def __init__(self, counted: Iterable[tuple[str, int]]) -> None:
        self._counts = dict(counted)
        self._sorted = sorted(self._counts)
        self._by_pair: dict[str, list[str]] = defaultdict(list)
        for word in self._sorted:
            for pair in sorted(_pairs(word)):
                self._by_pair[pair].append(word)

    def knows(self, word: str) -> bool:
        """Whether `word` is a word or the beginning of one."""
        at = bisect_left(self._sorted, word)
        return at < len(self._sorted) and self._sorted[at].startswith(word)

    def near(self, word: str) -> tuple[str, ...]:
        """Return up to three words within two edits (one, for a word of up to five letters), nearest first."""
        most = 1 if len(word) <= 5 else 2
        shared = Counter(w for pair in sorted(_pairs(word)) for w in self._by_pair.get(pair, ())
                         if abs(len(w) - len(word)) <= most)
        judged = ((edits(word, w, most), w) for w, _ in shared.most_common(_SHARED_WORTH))
        # A first letter is rarely mistyped, and a frequent word is more often meant.
        close = sorted((n, w[0] != word[0], -self._counts[w], w) for n, w in judged if n <= most)
        return tuple(w for n, _, _, w in close[:3] if n == close[0][0])


def edits(one: str, two: str, most: int) -> int:
    """Return how many letters must be put in, left out, changed or exchanged with a neighbour; `most` + 1 if more."""
    before, row = [0] * (len(two) + 1), list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(two, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most + 1:
            return most + 1
    return min(row[-1], most + 1)


def _pairs(word: str) -> set[str]:
    marked = f"^{word}$"
    return {marked[i:i + 2] for i in range(len(marked) - 1)}
