"""The code edition as the checks read it: each code and each note is looked up once."""

import re

from app.coding.editions import CodeIndex
from app.coding.model import Code, NoteKind, bare

_LISTED = re.compile(r"\(([A-Z]\d[^)]*)\)")
_CODE = re.compile(r"^([A-Z]\d[0-9A-Z](?:\.[0-9A-Z]*)?)(?:-([A-Z]\d[0-9A-Z](?:\.[0-9A-Z]*)?))?-?$")


class Book:
    """Codes of an edition with the codes that their notes name."""

    def __init__(self, codes: CodeIndex) -> None:
        self.edition = codes.edition
        self._codes = codes
        self._found: dict[str, Code | None] = {}
        self._named: dict[tuple[str, NoteKind], tuple[tuple[str, str], ...]] = {}

    def look_up(self, code: str) -> Code | None:
        """Return the code; None when there is none."""
        if code not in self._found:
            self._found[code] = self._codes.look_up(code)
        return self._found[code]

    def names(self, code: str, kind: NoteKind, other: str) -> bool:
        """Return whether a note of `kind`, at `code` or above it, names `other`."""
        if (code, kind) not in self._named:
            self._named[code, kind] = self._read(code, kind)
        return any(_within(bare(other), low, high) for low, high in self._named[code, kind])

    def _read(self, code: str, kind: NoteKind) -> tuple[tuple[str, str], ...]:
        """Return the codes and ranges in the parentheses of the notes, without dots."""
        texts = [text for notes in self._codes.notes(code) if notes.kind == kind for text in notes.texts]
        parts = [part.strip() for text in texts for listed in _LISTED.findall(text) for part in listed.split(",")]
        found = [_CODE.match(part.replace(".-", "").rstrip("-")) for part in parts]
        return tuple((bare(match[1]), bare(match[2] or match[1])) for match in found if match)


def _within(code: str, low: str, high: str) -> bool:
    """`A15` to `A19` holds A19.9, and a single code holds what is below it."""
    return low <= code and code[:len(high)] <= high
