"""What an item leans on is in the register, holds still, and was read before the item was written."""

from collections.abc import Iterator

from app.learning.bank import Bank
from app.learning.items import Item
from app.learning.sources import Register


def source_problems(item: Item, register: Register) -> Iterator[str]:
    """Yield what is wrong with the sources of one item."""
    if not item.source.cite.strip():
        yield "a source is needed"
    if register.entries and not item.source.id:
        yield "name the source by its id in sources.yaml"
    if item.source.as_of > item.written:
        yield "as_of is later than the day on which the item was written"
    for entry_id in (item.source.id, *item.source.also):
        entry = register.entries.get(entry_id)
        if entry is not None and entry.withdrawn:
            yield f"the source {entry_id} no longer holds: {entry.withdrawn}"


def register_problems(bank: Bank) -> list[str]:
    """Return a problem for every entry that says nothing, or on which neither an item nor a template leans."""
    used = {entry_id for item in (*bank.items.values(), *bank.samples.values())
            for entry_id in (item.source.id, *item.source.also)}
    register = bank.register
    unused = [f"{place}: {entry_id}: nothing leans on this source"
              for entry_id, place in register.places.items() if entry_id not in used]
    silent = [f"{register.places[entry.id]}: {entry.id}: say in our words what items rely on"
              for entry in register.entries.values() if not entry.says.strip()]
    return [*unused, *silent]
