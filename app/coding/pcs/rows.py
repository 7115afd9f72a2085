"""Write a table of ICD-10-PCS as the book prints it: rows in which every value of each column goes with all others."""

from collections import defaultdict
from collections.abc import Iterable

Columns = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def rows(endings: Iterable[str]) -> tuple[Columns, ...]:
    """Return the fourth to seventh characters of a table's codes as few rows, each a full product of its columns.

    Together they hold every ending once, and nothing else. The grouping may differ from the printed one.
    """
    groups: list[tuple[tuple[str, ...], ...]] = [tuple((character,) for character in e) for e in sorted(set(endings))]
    for column in (3, 2, 1, 0):
        groups = _joined(groups, column)
    return tuple(sorted(groups))  # type: ignore[arg-type]


def _joined(groups: list[tuple[tuple[str, ...], ...]], column: int) -> list[tuple[tuple[str, ...], ...]]:
    """Join the groups that are alike but for one column."""
    alike: defaultdict[tuple[tuple[str, ...], ...], list[str]] = defaultdict(list)
    for group in groups:
        alike[group[:column] + group[column + 1:]] += group[column]
    return [(*rest[:column], tuple(sorted(together)), *rest[column:]) for rest, together in alike.items()]
