"""Which items and templates lean on a source: what must be read again when a rule changes."""

from collections.abc import Iterator, Sequence

from app.learning.bank import Bank
from app.learning.sources import Entry


def leaning(bank: Bank, entries: Sequence[Entry]) -> Iterator[str]:
    """Yield each source, when it is to be looked at again, and the items and templates that lean on it."""
    for entry in entries:
        yield f"{entry.id}: {entry.cite}; as of {entry.as_of}, review by {entry.review_by}"
        if entry.withdrawn:
            yield f"  withdrawn: {entry.withdrawn}"
        for item in (*bank.items.values(), *bank.samples.values()):
            if entry.id in (item.source.id, *item.source.also):
                yield f"  {bank.places.get(item.id, 'template')}: {item.id}"
    yield f"{len(entries)} sources"
