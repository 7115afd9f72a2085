"""The options of an item: how many, all different, each with its reason, the key no longer than it should be."""

from collections.abc import Iterator

from app.learning.items import Item, ItemKind

COUNTS: dict[ItemKind, tuple[int, int]] = {  # the fewest and the most options, by kind
    "single": (4, 4), "several": (4, 6), "numeric": (0, 0), "ordering": (3, 6), "matching": (3, 6), "code": (1, 6),
}


def option_problems(item: Item) -> Iterator[str]:
    """Yield what is wrong with the options of one item."""
    fewest, most = COUNTS[item.kind]
    if not fewest <= len(item.options) <= most:
        there_are = str(fewest) if fewest == most else f"{fewest} to {most}"
        yield f"{len(item.options)} options; a {item.kind} item has {there_are}"
    if len({option.text.strip().lower() for option in item.options}) != len(item.options):
        yield "two options say the same"
    if any(not option.why.strip() for option in item.options):
        yield "every option needs its why"
    if item.kind == "single":
        key, longest = len(key_text(item)), longest_other(item)
        if key > longest * 1.5 and key > longest + 25:
            yield "the key is markedly longer than every other option"


def key_text(item: Item) -> str:
    """Return the text of the (first) right option, "" when there is none."""
    return next((option.text for option in item.options if option.correct), "")


def longest_other(item: Item) -> int:
    """Return the length of the longest wrong option, in characters."""
    return max((len(option.text) for option in item.options if not option.correct), default=0)
