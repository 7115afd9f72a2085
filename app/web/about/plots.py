"""Plots as bars in percents of the width, so that they fit a telephone and a wall, and the table behind each.

A value that is plotted also stands in words beside its bar: no color has to be told from another.
"""

import textwrap
from collections.abc import Iterable, Sequence

from msgspec import Struct

from app.learning.census import AgeBand, Share
from app.world.money import Cents

LINE = 30  # characters


class Bar(Struct, frozen=True):
    """`start` and `width` are percents of the plot's width, as text for SVG; `tone` is a class of about.css."""

    start: str
    width: str
    tone: str


class PlotRow(Struct, frozen=True):
    """A row: its name on the left and its value on the right of the line above the bars."""

    name: str
    value: str
    bars: tuple[Bar, ...]
    middle: str = ""

    @property
    def lines(self) -> list[str]:
        """The name in lines that leave room for the value on a telephone (SVG text does not wrap)."""
        return textwrap.wrap(self.name, LINE, break_on_hyphens=False) or [""]


class Plot(Struct, frozen=True):
    """`says` is the plot in a sentence. Cells of `table` stand under `columns`; the first is the row's name."""

    id: str
    title: str
    says: str
    rows: tuple[PlotRow, ...]
    columns: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    key: tuple[tuple[str, str], ...] = ()  # tone and what it means


def percent(basis_points: int) -> str:
    """Return `49.6 %`, rounded half up to a tenth."""
    tenths = (basis_points + 5) // 10
    return f"{tenths // 10}.{tenths % 10} %"


def dollars(cents: Cents) -> str:
    """Return `$1,234,567`, rounded half up to a dollar."""
    return f"${(cents + 50) // 100:,}"


def length(part: int, all_: int) -> str:
    """Return `part` of `all_` as an SVG percentage with two decimals."""
    hundredths = (part * 10_000 + all_ // 2) // all_ if all_ else 0
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def shares(id_: str, title: str, noun: str, rows: Sequence[Share], names: dict[str, str] | None = None, *,
           scale: int = 10_000) -> Plot:
    """Return a plot of groups as shares of all. `scale` is what fills the width, in basis points."""
    named = [(names.get(row.name, row.name) if names else row.name, row) for row in rows]
    return Plot(
        id_, title, sentence((name, row.share) for name, row in named),
        tuple(PlotRow(name, percent(row.share), (Bar("0%", length(row.share, scale), "main"),)) for name, row in named),
        (noun, "Cases", "Share"), tuple((name, f"{row.count:,}", percent(row.share)) for name, row in named),
    )


def sentence(rows: Iterable[tuple[str, int]]) -> str:
    """Return names and shares in one sentence."""
    return f"{'; '.join(f'{name} {percent(share)}' for name, share in rows)}."


def pyramid(bands: tuple[AgeBand, ...]) -> Plot:
    """Return the ages by sex: women to the left of the middle, men to the right."""
    largest = max((max(band.female, band.male) for band in bands), default=0) or 1
    rows = []
    for band in bands:
        left = length(band.female, 2 * largest)
        rows.append(PlotRow(f"{band.female:,}", f"{band.male:,}", (
            Bar(_back_from_middle(left), left, "main"), Bar("50%", length(band.male, 2 * largest), "second"),
        ), middle=years(band)))
    all_ = sum(band.female + band.male for band in bands)
    return Plot(
        "ages", "Age and sex", sentence((f"{years(band)} years", _share(band.female + band.male, all_))
                                        for band in bands), tuple(rows), ("Years", "Female", "Male", "Share of all"),
        tuple((years(band), f"{band.female:,}", f"{band.male:,}", percent(_share(band.female + band.male, all_)))
              for band in bands), key=(("main", "Female, left"), ("second", "Male, right")),
    )


def years(band: AgeBand) -> str:
    """Return `35–49`, or `85 and over`."""
    return f"{band.first} and over" if band.last >= 120 else f"{band.first}–{band.last}"


def _back_from_middle(width: str) -> str:
    whole, _, part = width.rstrip("%").partition(".")
    left = 5_000 - int(whole) * 100 - int(part)
    return f"{left // 100}.{left % 100:02d}%"


def _share(part: int, all_: int) -> int:
    return part * 10_000 // all_ if all_ else 0
