"""What gives the key away to somebody who does not know it: words of the stem in it alone, its length, its place."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from app.learning.bank import Bank
from app.learning.bank_check.options import key_text, longest_other
from app.learning.items import Item, Option, view

ECHO = 4  # words of the stem that the key alone repeats, while no distractor has two of its own
PLACES = "abcd"
_WORD = re.compile(r"[a-z]{5,}")


def giveaways(item: Item) -> Iterator[str]:
    """Yield how the key of one item gives itself away by the words of its stem."""
    if item.kind != "single":
        return
    stem = _words(item.stem)
    own = {option.text: _own(option, item.options) & stem for option in item.options}
    key = own.pop(key_text(item), set())
    if len(key) >= ECHO and all(len(words) < 2 for words in own.values()):
        yield f"the key alone echoes the stem: {', '.join(sorted(key))}"


def _own(option: Option, options: Iterable[Option]) -> set[str]:
    """The words that no other option has."""
    return _words(option.text) - set().union(*(_words(other.text) for other in options if other is not option))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def keys_longest(items: Iterable[Item]) -> int:
    """Percent of the single items whose key is the longest option. Chance is about 25: much more or less is a hint."""
    single = [item for item in items if item.kind == "single"]
    return 100 * sum(len(key_text(item)) > longest_other(item) for item in single) // max(1, len(single))


def places_of_keys(items: Iterable[Item], draws: int = 4) -> dict[str, int]:
    """Return how often the key stands in each place, over some draws of every single item."""
    found = Counter(option.letter for item in items if item.kind == "single" for i in range(draws)
                    for option in view(item, f"balance-{i}").options if option.text == key_text(item))
    return {place: found[place] for place in PLACES}


def place_problems(bank: Bank) -> list[str]:
    """Return a problem for every place that holds the key more or less often than chance would (four deviations)."""
    found = places_of_keys(bank.items.values())
    total = sum(found.values())
    room = 4 * (total * 3 / 16) ** 0.5
    return [f"{bank.outline.place}:1: the key stands in place {place} {count} times of {total} draws"
            for place, count in found.items() if abs(count - total / 4) > room]
