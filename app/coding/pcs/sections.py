"""The sections of ICD-10-PCS: their names, what each character stands for, and names that no package gives."""

from functools import cache
from pathlib import Path

from msgspec import Struct

from app.world.datafile import load

_AXES_AFTER_SECTION = 6


class Section(Struct, frozen=True, forbid_unknown_fields=True):
    """`axes` are what the second to seventh characters stand for. `operations` is by body system and character, or
    by "any" and the character where all body systems of the section agree."""

    section: str
    name: str
    axes: tuple[str, ...]
    systems: dict[str, str | None] = {}
    operations: dict[str, str] = {}

    def system(self, character: str) -> str:
        """Return the name of a body system, "" when it is not told here. A section without body systems says None."""
        return (self.systems[character] or "None") if character in self.systems else ""

    def operation(self, system: str, character: str) -> str:
        """Return the name of an operation of a body system, "" when it is not told here."""
        return self.operations.get(system + character) or self.operations.get(f"any{character}", "")


class _Source(Struct, frozen=True, forbid_unknown_fields=True):
    cite: str
    as_of: str


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    source: _Source
    sections: tuple[Section, ...]


@cache
def sections() -> dict[str, Section]:
    """Return the sections by their character. Raises DataFileError."""
    path = Path(__file__).parents[1] / "data" / "pcs_sections.yaml"
    found = load(path, _File, shown_as="app/coding/data/pcs_sections.yaml").sections
    return {section.section: section for section in found}


def axis(section: str, position: int) -> str:
    """Return what the character at `position` (0 is the section itself) stands for."""
    if position == 0 or section not in sections():
        return "Section"
    return sections()[section].axes[position - 1]
