"""A claim form as filled in: what a page of paper holds, for the PDF and for the web page alike.

Sizes are points, 72 to the inch. A page is 576 points wide between its margins.
"""

from typing import Literal

from msgspec import Struct

WIDTH = 576
STEP = 6  # the width of a box is a multiple of this
TRAINING = "TRAINING COPY – NOT FOR SUBMISSION"
Form = Literal["cms1500", "ub04"]


class Box(Struct, frozen=True, forbid_unknown_fields=True):
    """A numbered box. With `choices`, `value` is the one that is ticked, or "". Lines of a value end with a newline."""

    id: str  # "5.city": box 5, the part of it that holds the city
    label: str
    w: int
    choices: tuple[str, ...] = ()
    money: bool = False  # set to the right
    value: str = ""

    @property
    def number(self) -> str:
        """The number printed in the box."""
        return self.id.partition(".")[0]

    @property
    def span(self) -> int:
        """Columns on a web page, 96 to a row."""
        return self.w // STEP

    @property
    def lines(self) -> list[str]:
        """The value, a line each; empty when nothing was written."""
        return self.value.split("\n") if self.value else []


class Row(Struct, frozen=True):
    """A row of a table: what stands before it (A, B, a line number), its cells, and a note above them."""

    label: str
    cells: tuple[str, ...]
    note: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing was written in the row."""
        return not any(self.cells)


class Table(Struct, frozen=True, forbid_unknown_fields=True):
    """Columns that are numbered boxes, over rows of `row` points."""

    id: str
    label: str
    row: int
    columns: tuple[Box, ...]
    rows: tuple[Row, ...] = ()


class Band(Struct, frozen=True, forbid_unknown_fields=True):
    """A row of boxes, `h` points high, or a table whose head is `h` points high."""

    h: int
    boxes: tuple[Box, ...] = ()
    table: Table | None = None

    @property
    def height(self) -> int:
        """Points from the top of the band to the next."""
        return self.h + (self.table.row * len(self.table.rows) if self.table else 0)


class Section(Struct, frozen=True, forbid_unknown_fields=True):
    heading: str
    bands: tuple[Band, ...]


class Sheet(Struct, frozen=True, forbid_unknown_fields=True):
    """A page of a form. `address` is the payer it goes to, a line each."""

    form: Form
    name: str
    edition: str
    sections: tuple[Section, ...]
    address: tuple[str, ...] = ()
    page: int = 1
    pages: int = 1


class Values(Struct):
    """What is written on one page: by box id, and by table id."""

    boxes: dict[str, str]
    tables: dict[str, tuple[Row, ...]]


class OtherCover(Struct, frozen=True):
    """Coverage of the patient beside the one that is billed, as the office knows it."""

    plan: str  # Plan id
    member_id: str
    group_number: str
    subscriber: str
    relationship: Literal["self", "spouse", "child"]
