"""Draw the items of a question session: unseen first, then what went wrong longest ago, spread over topics."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from app.learning.items import Item
from app.world.seed import Seed


class Seen(Struct, frozen=True):
    """How an item went the last time: `score` 0 to 100, `ago` the number of sessions since."""

    score: int
    ago: int


def draw(items: Sequence[Item], count: int, seen: Mapping[str, Seen], seed: str) -> tuple[Item, ...]:
    """Return up to `count` items. Unseen ones come first, then wrong ones, then the longest unseen; ties are drawn."""
    stream = Seed(seed).stream()
    mixed = stream.shuffled(list(items))
    ranked = sorted(mixed, key=lambda item: _rank(seen.get(item.id)))
    return tuple(stream.shuffled(ranked[:count]))


def _rank(seen: Seen | None) -> tuple[int, int]:
    if seen is None:
        return (0, 0)
    return (1, -seen.ago) if seen.score < 100 else (2, -seen.ago)


def margin(count: int, percent: int) -> int:
    """Return the half width of the 95 % interval of a share of `count` answers, in points of percent (Wald)."""
    if count == 0:
        return 100
    share = min(max(percent, 10), 90) / 100  # few answers, all right or all wrong, are no certainty
    return min(100, -int(-196 * (share * (1 - share) / count) ** 0.5 // 1))
