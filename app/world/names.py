"""Names and places of fictional people: weighted lists in `data/names.yaml` and `data/places.yaml`."""

import datetime as dt
import math
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from app.world.datafile import load
from app.world.digits import phone
from app.world.model import Address, Sex
from app.world.money import Cents
from app.world.plans import DATA
from app.world.seed import Stream, Weights


class GivenNames(Struct, frozen=True, forbid_unknown_fields=True):
    """Given names of people born from year `born[0]` to `born[1]`, both included."""

    sex: Sex
    born: tuple[int, int]
    weight: int
    names: tuple[str, ...]


class FamilyNames(Struct, frozen=True, forbid_unknown_fields=True):
    weight: int
    names: tuple[str, ...]


class Language(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    weight: int


class NameLists(Struct, frozen=True, forbid_unknown_fields=True):
    given: tuple[GivenNames, ...]
    family: tuple[FamilyNames, ...]
    nicknames: dict[str, str]
    languages: tuple[Language, ...]


class City(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    state: str
    zip: str  # first three digits
    area: str  # telephone area code
    weight: int


class Guideline(Struct, frozen=True, forbid_unknown_fields=True):
    """A poverty guideline, cents a year: the first person and each further one."""

    first: Cents
    further: Cents


class Places(Struct, frozen=True, forbid_unknown_fields=True):
    streets: tuple[str, ...]
    cities: tuple[City, ...]
    poverty_guideline: dict[dt.date, Guideline]
    closed: tuple[dt.date, ...]  # holidays of the practice


@cache
def name_lists() -> NameLists:
    """Return the lists of names."""
    return load(DATA / "names.yaml", NameLists, shown_as="app/world/data/names.yaml")


@cache
def places() -> Places:
    """Return streets, cities, poverty guidelines and holidays."""
    return load(DATA / "places.yaml", Places, shown_as="app/world/data/places.yaml")


@cache
def given_names(sex: Sex, born: int) -> Weights[str]:
    """Return the given names fitting the sex and the year of birth."""
    return _alike([(group.names, group.weight) for group in name_lists().given
                   if group.sex == sex and group.born[0] <= born <= group.born[1]])


def _alike(groups: Sequence[tuple[tuple[str, ...], int]]) -> Weights[str]:
    """Return every name with a part of its group's weight, the same for each name of a group."""
    whole = math.lcm(*(len(names) for names, _ in groups))
    return Weights((name, weight * whole // len(names)) for names, weight in groups for name in names)


@cache
def family_names() -> Weights[str]:
    """Return the family names."""
    return _alike([(group.names, group.weight) for group in name_lists().family])


@cache
def languages() -> Weights[str]:
    """Return the preferred languages."""
    return Weights((row.name, row.weight) for row in name_lists().languages)


@cache
def _cities() -> Weights[City]:
    return Weights((city, city.weight) for city in places().cities)


def address(stream: Stream) -> tuple[Address, str]:
    """Return an address and a telephone number of the same place."""
    city = stream.of(_cities())
    street = f"{stream.whole(12, 2980)} {stream.one(places().streets)}"
    drawn = stream.digits(4)
    return Address(street, city.name, city.state, city.zip + drawn[:2]), phone(city.area, drawn[2:])


def poverty_guideline(size: int, on: dt.date) -> Cents:
    """Return the federal poverty guideline in cents a year for a household of `size` (48 states and DC)."""
    row = _guideline(on)
    return row.first + row.further * (size - 1)


@cache
def _guideline(on: dt.date) -> Guideline:
    by_date = places().poverty_guideline
    return by_date[max(first for first in by_date if first <= on)]
