"""Place of service codes of professional claims, in our own words."""

from functools import cache
from pathlib import Path

from msgspec import Struct

from app.coding.poa import Source
from app.world.datafile import load


class Place(Struct, frozen=True, forbid_unknown_fields=True):
    """A place of service. `code` has two digits."""

    code: str
    name: str
    means: str


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    source: Source
    places: tuple[Place, ...]


@cache
def places() -> dict[str, Place]:
    """Return the places by code. Raises DataFileError."""
    return {place.code: place for place in _file().places}


def places_source() -> Source:
    """Return where the list comes from."""
    return _file().source


@cache
def _file() -> _File:
    return load(Path(__file__).parent / "data" / "places.yaml", _File, shown_as="app/coding/data/places.yaml")
