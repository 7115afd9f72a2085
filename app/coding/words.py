"""What the words of a code set are: names by which a code is asked for, and the vocabulary for spelling."""

from collections import Counter
from collections.abc import Iterable, Iterator

from app.coding.query import phrase_key, words
from app.coding.tabular import Entry


def phrases(entries: Iterable[Entry]) -> Iterator[tuple[str, int]]:
    """Yield (key, rank) for each title and inclusion term: asking for exactly that means this code."""
    for entry in entries:
        if entry.kind in ("category", "subcategory") and not entry.late:
            for name in (entry.title, *entry.terms):
                yield phrase_key(name), entry.rank


def vocabulary(entries: Iterable[Entry]) -> list[tuple[str, int]]:
    """Return each word of titles and terms with how many entries have it. Seventh characters repeat their parent's."""
    counts: Counter[str] = Counter()
    for entry in entries:
        if entry.kind in ("category", "subcategory") and len(entry.bare) < 7:
            text = " ".join((entry.title, *entry.terms, *(t for kind, t in entry.notes if kind == "Includes")))
            counts.update({word for word in words(text) if not word.isdigit()})
    return sorted(counts.items())
