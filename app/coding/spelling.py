"""Words of the code sets, and which of them a misspelled word may have meant."""

import sqlite3
import threading
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable

_SHARED_WORTH = 30  # words with the most letter pairs in common whose distance is computed
_KEPT = 20_000  # misspellings whose correction is remembered


class Vocabulary:
    """The words of one code set with how often each occurs. `near` compares letter pairs first, then edits.

    `elsewhere` are words of other code sets: rightly spelled, though none of this one.
    """

    def __init__(self, counted: Iterable[tuple[str, int]], elsewhere: frozenset[str] = frozenset()) -> None:
        self._counts, self._elsewhere = dict(counted), elsewhere
        self._sorted = sorted(self._counts)
        self._corrected: dict[str, tuple[str, ...]] = {}
        self._by_pair: dict[str, list[str]] = defaultdict(list)
        for word in self._sorted:
            for pair in sorted(_pairs(word)):
                self._by_pair[pair].append(word)

    def has(self, word: str) -> bool:
        """Whether `word` is a whole word."""
        return word in self._counts

    def knows(self, word: str) -> bool:
        """Whether `word` is a word or the beginning of one."""
        at = bisect_left(self._sorted, word)
        return at < len(self._sorted) and self._sorted[at].startswith(word)

    def foreign(self, word: str) -> bool:
        """Whether `word` is a word of another code set."""
        return word in self._elsewhere

    def near(self, word: str) -> tuple[str, ...]:
        """Return up to three words within two edits (one, for a word of up to five letters), nearest first."""
        found = self._corrected.get(word)
        if found is None:
            if len(self._corrected) >= _KEPT:
                self._corrected.clear()
            found = self._corrected[word] = self._near(word)
        return found

    def _near(self, word: str) -> tuple[str, ...]:
        most = 1 if len(word) <= 5 else 2
        shared: Counter[str] = Counter()
        for pair in sorted(_pairs(word)):
            shared.update(self._by_pair.get(pair, ()))
        # Each edit spoils at most two pairs, an exchange of neighbors three: with fewer in common a word is too far.
        enough = max(len(word) + 1 - 3 * most, 1)
        likely = [w for w, n in shared.most_common(8 * _SHARED_WORTH)
                  if n >= enough and abs(len(w) - len(word)) <= most][:_SHARED_WORTH]
        # A first letter is rarely mistyped, and a frequent word is more often meant.
        close = sorted((n, w[0] != word[0], -self._counts[w], w) for w in likely
                       if (n := edits(word, w, most)) <= most)
        return tuple(w for n, _, _, w in close[:3] if n == close[0][0])


class Wordbook:
    """The vocabularies of one index file, read at first need."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._vocabularies: dict[str, Vocabulary] = {}

    def of(self, system: str, connection: sqlite3.Connection) -> Vocabulary:
        """Return the vocabulary of a code set. Raises KeyError for one that the index does not have."""
        with self._lock:
            if not self._vocabularies:
                counted: dict[str, dict[str, int]] = {"icd10cm": {}, "icd10pcs": {}, "hcpcs": {}}
                for name, word, count in connection.execute(
                        "SELECT 'icd10cm', word, count FROM word UNION ALL SELECT 'icd10pcs', word, count FROM pcs_word"
                        " UNION ALL SELECT system, word, count FROM item_word"):
                    counted[name][word] = count
                every = frozenset(word for words in counted.values() for word in words)
                self._vocabularies = {name: Vocabulary(words.items(), every) for name, words in counted.items()}
            return self._vocabularies[system]


def edits(one: str, two: str, most: int) -> int:
    """Return how many letters must be put in, left out, changed or exchanged with a neighbor; `most` + 1 if more."""
    far = most + 1
    if abs(len(one) - len(two)) > most:
        return far
    earlier: list[int] = []
    before: list[int] = []
    row = [min(j, far) for j in range(len(two) + 1)]
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [far] * (len(two) + 1)
        row[0] = min(i, far)
        nearest = row[0]
        for j in range(max(1, i - most), min(len(two), i + most) + 1):
            b = two[j - 1]
            cost = before[j - 1] + (a != b)
            cost = min(cost, before[j] + 1, row[j - 1] + 1)
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b and earlier[j - 2] + 1 < cost:
                cost = earlier[j - 2] + 1
            row[j] = cost
            nearest = min(nearest, cost)
        if nearest > most and min(before) >= most:
            return far
    return min(row[-1], far)


def _pairs(word: str) -> set[str]:
    marked = f"^{word}$"
    return {marked[i:i + 2] for i in range(len(marked) - 1)}
