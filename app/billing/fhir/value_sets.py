"""The value sets and what is bound to them (`value_sets.yaml`)."""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import Struct

from app.world.datafile import load

_PATH = Path(__file__).with_name("value_sets.yaml")

Strength = Literal["required", "extensible", "preferred", "example"]


class ValueSet(Struct, frozen=True, forbid_unknown_fields=True):
    """Codes of one system. `part`: only those that we write stand here."""

    id: str
    system: str
    codes: tuple[str, ...]
    source: str
    as_of: dt.date
    part: bool = False


class Form(Struct, frozen=True, forbid_unknown_fields=True):
    """A system whose codes are not listed: `form` is a regular expression, whole match."""

    system: str
    form: str
    source: str
    as_of: dt.date


class Binding(Struct, frozen=True, forbid_unknown_fields=True):
    """`paths` name elements, such as Claim.item.revenue or *.telecom.use."""

    strength: Strength
    set: str
    paths: tuple[str, ...]


class Tables(Struct, frozen=True, forbid_unknown_fields=True):
    sets: tuple[ValueSet, ...]
    forms: tuple[Form, ...]
    numbers: tuple[str, ...]
    bindings: tuple[Binding, ...]


@cache
def tables() -> Tables:
    """Return everything of the file. Raises DataFileError."""
    return load(_PATH, Tables, shown_as="app/billing/fhir/value_sets.yaml")


@cache
def value_sets() -> dict[str, ValueSet]:
    """Return the sets by id."""
    return {row.id: row for row in tables().sets}


@cache
def bound() -> dict[str, Binding]:
    """Return the binding of each path."""
    return {path: row for row in tables().bindings for path in row.paths}


def binding_of(path: str) -> Binding | None:
    """Return what the element at `path` is bound to: by its own path, or by its last two names as part of a type.

    A name that stands alone after the asterisk is bound wherever it stands (*.currency).
    """
    names = path.split(".")
    ways = (path, f"*.{'.'.join(names[-2:])}", f"*.{names[-1]}")
    return next((bound()[way] for way in ways if way in bound()), None)
