"""An examination's outline: domains with their weights, and task statements. Data: `question_bank/outlines/`."""

import datetime as dt
from pathlib import Path

from msgspec import Struct

from app.world.datafile import load


class Domain(Struct, frozen=True, forbid_unknown_fields=True):
    """`low` and `high` are the weight in percent; `items` is the number in our mock form.

    `coverage` says how well the bank covers the domain today, where the bank was not written for it.
    """

    id: str
    title: str
    low: int
    high: int
    items: int
    coverage: str = ""


class Task(Struct, frozen=True, forbid_unknown_fields=True):
    """`serves`: in another outline over the same bank, the tasks of rhit.yaml whose items serve this one."""

    id: str
    words: str
    serves: tuple[str, ...] = ()


class Quotas(Struct, frozen=True, forbid_unknown_fields=True):
    """What the whole bank owes the outline: items, templates, items a task; `single` and `higher` levels in percent."""

    items: int = 0
    templates: int = 0
    per_task: int = 0
    single: int = 0
    higher: int = 60


class Outline(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    title: str
    source: str
    as_of: dt.date
    domains: tuple[Domain, ...]
    tasks: tuple[Task, ...]
    quotas: Quotas = Quotas()
    coverage: str = ""

    @property
    def place(self) -> str:
        """The file, as problems name it."""
        return f"question_bank/outlines/{self.id}.yaml"


def load_outline(path: Path, *, shown_as: str) -> Outline:
    """Load an outline. Raises DataFileError."""
    return load(path, Outline, shown_as=shown_as)


def load_outlines(folder: Path, *, shown_as: str) -> tuple[Outline, ...]:
    """Load every outline of a folder, by name of file. Raises DataFileError."""
    return tuple(load_outline(path, shown_as=f"{shown_as}/{path.name}") for path in sorted(folder.glob("*.yaml")))
