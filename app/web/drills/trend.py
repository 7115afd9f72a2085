"""The learner's own trend as a plot: charts an hour above, accuracy below, drill by drill, and the table behind it.

Across, everything is a percent of the width, so that it fits a telephone and a wall; down, it is rem, so that enlarged
text keeps its room. Every point bears its value: no color has to be told from another.
"""

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from app.learning.drill_marking import BAR, Figures, verdict
from app.learning.reading import show_date
from app.store.queries.drills import Done

MOST = 12  # drills that fit a telephone
_HIGH = 350  # hundredths of a rem of a strip, above which values have their room


class Point(Struct, frozen=True):
    """Where a value stands, and what is written beside it."""

    x: str
    y: str
    label_y: str
    label: str


class Strip(Struct, frozen=True):
    """One measure. `lines` join the points (x1, y1, x2, y2); `bar` is the height of the 95 % bar, or ""."""

    title: str
    tone: str
    title_y: str
    floor: str
    points: tuple[Point, ...]
    lines: tuple[tuple[str, str, str, str], ...]
    bar: str = ""


class Trend(Struct, frozen=True):
    """`says` is the plot in a sentence; cells of `table` stand under `columns`, oldest first."""

    says: str
    verdict: str
    height: str
    strips: tuple[Strip, ...]
    columns: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]


def trend(drills: Sequence[Done]) -> Trend | None:
    """Return the trend over finished drills of one kind, oldest first; None when none belongs in it."""
    kept = [row for row in drills if row.fair][-MOST:]
    if not kept:
        return None
    figures = [row.figures for row in kept]
    speeds, shares = [f.per_hour for f in figures], [f.percent for f in figures]
    top = -(-max(*speeds, 10) // 10) * 10
    strips = (_strip("Charts an hour", "main", speeds, top, 0),
              _strip("Accuracy, percent", "second", shares, 100, 1, bar=BAR // 100))
    said = "; ".join(f"{show_date(row.clock.started_at.date())}: {_figures(row.figures)}" for row in kept)
    return Trend(f"{said}.", verdict(figures[-1], figures[:-1]), _rem(_top(2)), strips,
                 ("Drill", "Charts", "Charts an hour", "Accuracy", "Clean charts"), tuple(map(_row, kept)))


def _figures(figures: Figures) -> str:
    return f"{figures.per_hour} charts an hour, {figures.percent} % right"


def _row(row: Done) -> tuple[str, ...]:
    f = row.figures
    return (f"{show_date(row.clock.started_at.date())}, {row.clock.started_at:%H:%M}", str(f.coded), str(f.per_hour),
            f"{f.percent} %", str(f.clean))


def _strip(title: str, tone: str, values: Sequence[int], top: int, place: int, bar: int | None = None) -> Strip:
    floor = _top(place + 1) - 40
    heights = [floor - value * _HIGH // top for value in values]
    across = [f"{(2 * i + 1) * 50 / len(values):.2f}%" for i in range(len(values))]
    # Below the point where the bar runs close above it, else above the point.
    points = tuple(Point(x, _rem(y), _rem(y + 115 if bar is not None and value >= 50 else y - 50), str(value))
                   for x, y, value in zip(across, heights, values, strict=True))
    lines = tuple((a.x, a.y, b.x, b.y) for a, b in pairwise(points))
    return Strip(title, tone, _rem(_top(place) + 110), _rem(floor), points, lines,
                 _rem(floor - bar * _HIGH // top) if bar is not None else "")


def _top(place: int) -> int:
    """Hundredths of a rem from the top of the plot to strip `place`: title, values, strip, a gap."""
    return place * (150 + 120 + _HIGH + 40)


def _rem(hundredths: int) -> str:
    return f"{hundredths / 100:.2f}rem"
