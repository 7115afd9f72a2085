"""HCPCS Level II: our own teaching subset with plain descriptions, and Level II modifiers."""

from functools import cache
from pathlib import Path

from msgspec import Struct

from app.coding.poa import Source
from app.world.datafile import load, load_all

DATA = Path(__file__).parent / "data"


class HcpcsCode(Struct, frozen=True, forbid_unknown_fields=True):
    """A code in our own words. `since` is an ISO date where the code is younger than the file's other ones."""

    code: str
    means: str
    since: str = ""


class Modifier(Struct, frozen=True, forbid_unknown_fields=True):
    """A two-character modifier."""

    code: str
    means: str


class HcpcsFile(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of the subset: a group of codes and where each was seen in force."""

    source: Source
    group: str
    codes: tuple[HcpcsCode, ...]


class _Modifiers(Struct, frozen=True, forbid_unknown_fields=True):
    source: Source
    modifiers: tuple[Modifier, ...]


@cache
def subset() -> tuple[HcpcsFile, ...]:
    """Return the files of the teaching subset. Raises DataFileError."""
    return tuple(load_all(DATA / "hcpcs", "*.yaml", HcpcsFile, shown_as="app/coding/data/hcpcs"))


@cache
def modifiers() -> dict[str, Modifier]:
    """Return the modifiers by code. Raises DataFileError."""
    found = load(DATA / "hcpcs_modifiers.yaml", _Modifiers, shown_as="app/coding/data/hcpcs_modifiers.yaml")
    return {modifier.code: modifier for modifier in found.modifiers}
