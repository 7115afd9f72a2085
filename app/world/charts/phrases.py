"""Phrase banks: lists of ways to say a thing, each under the name that a slot calls it by."""

from functools import cache

from app.world.datafile import load
from app.world.plans import DATA


@cache
def phrases() -> dict[str, tuple[str, ...]]:
    """Return every phrase bank by name. A name stands in one file only."""
    banks: dict[str, tuple[str, ...]] = {}
    for path in sorted((DATA / "phrases").glob("*.yaml")):
        shown_as = f"app/world/data/phrases/{path.name}"
        for name, bank in load(path, dict[str, tuple[str, ...]], shown_as=shown_as).items():
            if name in banks:
                raise ValueError(f"the phrase bank {name!r} is written twice")
            banks[name] = bank
    return banks
