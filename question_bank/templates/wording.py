"""Words that templates share: where a question takes place, when, who asks, and how figures and rows are listed."""

import datetime as dt
from collections.abc import Sequence

from app.world.seed import Stream

HOSPITALS = (
    "Cedar Ridge Hospital", "a community hospital", "Lakeside Medical Center", "a teaching hospital",
    "St. Brendan's Hospital", "a county hospital", "Fairmont Community Hospital", "a rural hospital",
    "Harbor View Medical Center", "a large urban hospital", "Maple Grove Hospital",
)
OFFICES = (
    "a county health department", "the state health department", "a tribal health service", "a city health department",
    "the state epidemiologist", "a regional public health office",
)
MONTHS = (("January", 31), ("March", 31), ("April", 30), ("May", 31), ("June", 30), ("July", 31), ("August", 31),
          ("September", 30), ("October", 31), ("November", 30), ("December", 31))
SURNAMES = ("Abbott", "Alvarez", "Bauer", "Bergstrom", "Carter", "Chavez", "Delgado", "Donovan", "Ekberg", "Fischer",
            "Gallagher", "Garner", "Hansen", "Hoffman", "Ibarra", "Jensen", "Kaplan", "Kowalski", "Lambert", "Lindgren",
            "Maddox", "Nguyen", "Okafor", "Olson", "Patel", "Pruitt", "Quinn", "Ramirez", "Schmidt", "Sutton", "Tanaka",
            "Thornton", "Underwood", "Vasquez", "Walsh", "Whitaker", "Yamada", "Zimmerman")
UNITS = ("Medical", "Surgical", "Intensive Care", "Orthopedic", "Pediatric", "Telemetry", "Oncology", "Obstetric",
         "Rehabilitation", "Neurology")


def begin(text: str) -> str:
    """Return the text with a capital letter, as it begins a sentence."""
    return text[0].upper() + text[1:]


def listed(stream: Stream, *facts: str) -> str:
    """Return the facts in a drawn order, parted by semicolons."""
    return "; ".join(stream.shuffled(facts))


def sheet(stream: Stream, *facts: str) -> str:
    """Return the facts in a drawn order as lines below the stem."""
    return "".join(f"\n\t{fact}" for fact in stream.shuffled(facts)) + "\n"


def reported(stream: Stream, period: str, *facts: str) -> str:
    """Return a sentence that tells of a hospital's figures of a period, and the figures below it in a drawn order."""
    place = stream.one(HOSPITALS)
    return stream.one((
        f"{begin(place)} reports the figures below for {period}.",
        f"The figures below are those of {place} for {period}.",
        f"For {period}, the health information department of {place} counts what is listed below.",
        f"A technician compiles the statistics of {place} for {period} and finds the figures below.",
        f"Below is the worksheet of {place} for {period}.",
    )) + sheet(stream, *facts)


def lines(*facts: str) -> str:
    """Return the facts in their order as lines below the stem."""
    return "".join(f"\n\t{fact}" for fact in facts) + "\n"


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table as lines below the stem, its title above and a blank line after it. None reads NULL."""
    cells = [list(columns), *([("NULL" if cell is None else str(cell)) for cell in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(columns))]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "".join(f"\n\t{line}" for line in (title, *lines, ""))


def in_words(parts: Sequence[str]) -> str:
    """Return `a, b and c`, or "" for none."""
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def on(day: dt.date) -> str:
    """Return a date as the learner reads it: Mar 4, 2026."""
    return f"{day:%b} {day.day}, {day.year}"


def drawn_day(stream: Stream, first: dt.date, days: int) -> dt.date:
    """Return one of so many days, from `first` on."""
    return first + dt.timedelta(stream.whole(0, days - 1))


def person(stream: Stream) -> str:
    """Return somebody by title and surname: `Ms. Okafor`."""
    return f"{stream.one(('Ms.', 'Mr.', 'Mrs.'))} {stream.one(SURNAMES)}"


def woman(stream: Stream) -> str:
    """Return a woman by title and surname, where the words go on with `she`."""
    return f"{stream.one(('Ms.', 'Mrs.'))} {stream.one(SURNAMES)}"
