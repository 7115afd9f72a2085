"""The register of sources: what the bank leans on, in our words, with the day on which somebody looks again.

Data: `question_bank/sources.yaml`. Items and templates name an entry by its id.
"""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import msgspec
import yaml
from msgspec import Struct

from app.learning.items import Source
from app.world.datafile import DataFileError, line_of, parse


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """A source. `says` is what items rely on; `as_of` the day for which it was read; `review_by` when to look again.

    `withdrawn` tells when and by what it ceased to hold ("" while it holds): no item may lean on it then.
    """

    id: str
    cite: str
    says: str
    as_of: dt.date
    review_by: dt.date
    withdrawn: str = ""


class Register(Struct, frozen=True):
    """All entries by id; `places` says where each stands (file:line); `problems` are lines about the register."""

    entries: dict[str, Entry]
    places: dict[str, str]
    problems: tuple[str, ...]

    def source(self, ids: Sequence[str]) -> Source:
        """Return the source of an item that leans on `ids`: the first is shown. Raises KeyError for an unknown id."""
        first, *rest = (self.entries[entry_id] for entry_id in ids)
        return Source(first.cite, first.as_of, first.id, tuple(entry.id for entry in rest))

    def due(self, today: dt.date) -> tuple[Entry, ...]:
        """Return the entries whose review date is past on `today` or which were withdrawn, the oldest date first."""
        late = [entry for entry in self.entries.values() if entry.withdrawn or entry.review_by < today]
        return tuple(sorted(late, key=lambda entry: (entry.review_by, entry.id)))


def load_register(path: Path, *, shown_as: str) -> Register:
    """Load the register; an entry that cannot be read is one line of problems, the rest is kept."""
    if not path.exists():
        return Register({}, {}, ())
    try:
        value, root = parse(path.read_text(encoding="utf-8"), shown_as=shown_as)
    except (DataFileError, OSError, UnicodeDecodeError) as error:
        return Register({}, {}, (str(error) if isinstance(error, DataFileError) else f"{shown_as}:1: {error}",))
    if not isinstance(value, list) or not isinstance(root, yaml.SequenceNode):
        return Register({}, {}, (f"{shown_as}:1: the register is a list: begin each entry with “- id:”",))
    entries: dict[str, Entry] = {}
    places: dict[str, str] = {}
    cites: dict[str, str] = {}
    problems: list[str] = []
    for i, plain in enumerate(value):
        place = f"{shown_as}:{line_of(root, f'$[{i}]')}"
        try:
            entry = msgspec.convert(plain, Entry, builtin_types=())
        except msgspec.ValidationError as error:
            problems.append(f"{place}: {str(error).replace('`', '')}")
            continue
        problems += [f"{place}: {entry.id}: {said}" for said in _complaints(entry, places, cites)]
        entries.setdefault(entry.id, entry)
        places.setdefault(entry.id, place)
        cites.setdefault(entry.cite, entry.id)
    return Register(entries, places, tuple(problems))


def _complaints(entry: Entry, places: dict[str, str], cites: dict[str, str]) -> list[str]:
    said = []
    if entry.id in places:
        said.append(f"this id stands at {places[entry.id]} already")
    elif entry.cite in cites:
        said.append(f"this is the source {cites[entry.cite]!r} once more")
    if not entry.cite.strip():
        said.append("a citation is needed")
    if entry.review_by <= entry.as_of:
        said.append("review_by is not later than as_of")
    return said
