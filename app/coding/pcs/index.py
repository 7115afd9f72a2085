"""Ask the index about ICD-10-PCS: build a code character by character, print a table, look up codes and terms."""

import datetime as dt
from pathlib import Path
from typing import Any, Protocol

from app.coding.calendar import number
from app.coding.model import bare
from app.coding.pcs.labels import meaning
from app.coding.pcs.model import (
    LENGTH,
    TABLE,
    Approach,
    PcsCode,
    PcsNext,
    PcsRow,
    PcsTable,
    PcsTerm,
    PcsValue,
    RootOperation,
)
from app.coding.pcs.rows import Columns, rows
from app.coding.pcs.sections import axis, sections
from app.coding.query import phrase_key
from app.coding.reader import Reader

# Approaches mean the same in every section that has them; only sections 0 and 1 print the words.
_APPROACHES = "0347" "8FX"
_ANY_DAY = (0, 99_999_999)


class PcsIndex(Protocol):
    """ICD-10-PCS. `on` is the date of the procedure: None asks for codes of any year in the index."""

    def pcs_next(self, prefix: str, on: dt.date | None = None) -> PcsNext:
        """Return what may follow the characters of `prefix` (none to seven); no choices when nothing may."""

    def pcs_table(self, prefix: str, on: dt.date | None = None) -> PcsTable | None:
        """Return the table that the first three characters of `prefix` name; None when there is none."""

    def pcs_look_up(self, code: str) -> PcsCode | None:
        """Return a complete code; None when there is none, or its title is in no free source."""

    def root_operations(self, section: str = "0") -> tuple[RootOperation, ...]:
        """Return the root operations of section 0 or 1 with CMS's definitions, by name."""

    def approaches(self, section: str = "0") -> tuple[Approach, ...]:
        """Return the approaches of section 0 or 1 with CMS's definitions."""

    def pcs_terms(self, text: str, limit: int = 20) -> tuple[PcsTerm, ...]:
        """Return the lines of the index, body-part key and device key that begin with or hold `text`."""

    def pcs_key(self, meaning: str) -> tuple[str, ...]:
        """Return the terms that the body-part key or device key sends to a value of that meaning, by name."""


class PcsQueries(Reader):
    """The queries, for the built index."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._keys: dict[str, tuple[str, ...]] | None = None  # by value, in small letters
        self._told: dict[tuple[str, int], dict[tuple[str, str], str]] = {}  # read once: a table asks for it a lot

    def pcs_next(self, prefix: str, on: dt.date | None = None) -> PcsNext:
        """See `PcsIndex`."""
        typed = bare(prefix)[:LENGTH]
        found = self._firsts(typed, on) if len(typed) < LENGTH else []
        choices = tuple(self._value(code, title, len(typed)) for code, title in found)
        so_far = tuple(self._value(code, title, i) for code, title in self._first(typed) for i in range(len(typed)))
        return PcsNext(typed, axis(typed[:1], len(typed)) if len(typed) < LENGTH else "", so_far, choices)

    def pcs_table(self, prefix: str, on: dt.date | None = None) -> PcsTable | None:
        """See `PcsIndex`."""
        table = bare(prefix)[:TABLE]
        first, last = _days(on)
        found = dict(self._rows("SELECT code, title FROM pcs WHERE code > ? AND code < ? AND first <= ? AND last >= ?"
                                " ORDER BY code", table, table + "~", last, first)) if len(table) == TABLE else {}
        if not found:
            return None
        code, title = next(iter(found.items()))
        section, system, operation = (self._value(code, title, i) for i in range(TABLE))
        return PcsTable(table, section, system, operation, sections()[table[0]].axes[2:],
                        tuple(self._row(table, found, columns) for columns in rows(c[TABLE:] for c in found)))

    def pcs_look_up(self, code: str) -> PcsCode | None:
        """See `PcsIndex`."""
        for whole, title in self._rows("SELECT code, title FROM pcs WHERE code = ?", bare(code)):
            return PcsCode(whole, title, tuple(self._value(whole, title, i) for i in range(LENGTH)))
        return None

    def root_operations(self, section: str = "0") -> tuple[RootOperation, ...]:
        """See `PcsIndex`."""
        found = self._rows("SELECT * FROM pcs_operation WHERE section = ? ORDER BY name", section)
        return tuple(RootOperation(*row) for row in found)

    def approaches(self, section: str = "0") -> tuple[Approach, ...]:
        """See `PcsIndex`."""
        return tuple(Approach(*row) for row in self._rows("SELECT * FROM pcs_approach WHERE section = ?", section))

    def pcs_terms(self, text: str, limit: int = 20) -> tuple[PcsTerm, ...]:
        """See `PcsIndex`."""
        typed = " ".join(text.split())
        if not typed:
            return ()
        like = typed.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        found = self._rows(
            "SELECT term, kind, text, beginnings, use FROM pcs_term WHERE key = ? OR term LIKE ? ESCAPE '\\'"
            " ORDER BY key != ?, term NOT LIKE ? ESCAPE '\\', length(term), term LIMIT ?",
            phrase_key(typed), f"%{like}%", phrase_key(typed), f"{like}%", limit)
        return tuple(PcsTerm(term, kind, said, tuple(beginnings.split()), tuple(filter(None, use.split(" ; "))))
                     for term, kind, said, beginnings, use in found)

    def pcs_key(self, meaning: str) -> tuple[str, ...]:
        """See `PcsIndex`. A device's value may name body systems ("Liner in Lower Joints"): they are left off."""
        if self._keys is None:
            found: dict[str, list[str]] = {}
            for term, use in self._rows("SELECT term, use FROM pcs_term WHERE kind != 'see' ORDER BY term"):
                for value in use.split(" ; "):
                    found.setdefault(value.split(" in ")[0].lower(), []).append(term)
            self._keys = {value: tuple(dict.fromkeys(terms)) for value, terms in found.items()}
        return self._keys.get(meaning.lower(), ())

    def _first(self, prefix: str) -> list[tuple[Any, ...]]:
        return self._rows("SELECT code, title FROM pcs WHERE code >= ? AND code < ? ORDER BY code LIMIT 1",
                          prefix, prefix + "~")

    def _firsts(self, prefix: str, on: dt.date | None) -> list[tuple[str, str]]:
        """Return, for each character that may follow, the first code that has it: 34 short looks at the most."""
        found: list[tuple[str, str]] = []
        start, (first, last) = prefix, _days(on)
        while True:
            row = self._rows("SELECT code, title FROM pcs WHERE code >= ? AND code < ? AND first <= ? AND last >= ?"
                             " ORDER BY code LIMIT 1", start, prefix + "~", last, first)
            if not row:
                return found
            found += row
            start = row[0][0][:len(prefix) + 1] + "~"

    def _row(self, table: str, titles: dict[str, str], columns: Columns) -> PcsRow:
        """Return a row with the meanings that its own codes have."""
        chosen = [table + "".join(column[0] for column in columns)]
        values = []
        for position, column in enumerate(columns, TABLE):
            codes = (chosen[0][:position] + character + chosen[0][position + 1:] for character in column)
            values.append(tuple(self._value(code, titles[code], position) for code in codes))
        return PcsRow(*values)

    def _value(self, code: str, title: str, position: int) -> PcsValue:
        character = code[position]
        if position < TABLE:
            return PcsValue(character, self._meanings(code[:position], position).get(("", character), ""),
                            self._definition(code) if position == TABLE - 1 else "")
        if axis(code[0], position) == "Approach" and character in _APPROACHES:
            return PcsValue(character, *self._approach(code[0], character))
        told = {(code[:TABLE], before, position, mark): said
                for (before, mark), said in self._meanings(code[:TABLE], position).items()}
        said = meaning(told, code, position)
        # A meaning read from titles is only true of a code whose own title has its words.
        return PcsValue(character, said if code[0] in "01" or _says(title, said) else "")

    def _meanings(self, place: str, position: int) -> dict[tuple[str, str], str]:
        found = self._told.get((place, position))
        if found is None:
            found = self._told[place, position] = {(before, character): said for before, character, said in self._rows(
                "SELECT before, character, meaning FROM pcs_meaning WHERE place = ? AND position = ?", place, position)}
        return found

    def _definition(self, code: str) -> str:
        found = self._rows("SELECT definition FROM pcs_operation WHERE section = ? AND character = ?", code[0], code[2])
        return found[0][0] if found else ""

    def _approach(self, section: str, character: str) -> tuple[str, str]:
        found = self._rows("SELECT name, definition FROM pcs_approach WHERE section IN (?, '0') AND character = ?"
                           " ORDER BY section != ?", section, character, section)
        return found[0] if found else ("", "")


def _days(on: dt.date | None) -> tuple[int, int]:
    return _ANY_DAY if on is None else (number(on), number(on))


def _says(title: str, said: str) -> bool:
    return said == "None" or said.lower() in title.lower()
