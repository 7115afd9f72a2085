"""The practice, the hospital and who works there (`data/providers*.yaml`)."""

import datetime as dt
from functools import cache

from msgspec import Struct

from app.world.datafile import load_all
from app.world.model import Address, Facility, FacilityKind, Provider, Setting
from app.world.plans import DATA, plans
from app.world.seed import Stream
from app.world.settings import settings
from app.world.templates import PRIMARY_CARE


class ProviderRow(Struct, frozen=True, forbid_unknown_fields=True):
    npi: str
    given: str
    family: str
    credential: str
    specialty: str
    enrolled_from: dt.date
    networks: tuple[str, ...]


class FacilityRow(Struct, frozen=True, forbid_unknown_fields=True):
    npi: str
    name: str
    kind: FacilityKind
    tax_id: str
    street: str
    city: str
    zip: str
    phone: str
    nonprofit: bool


class StaffMember(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who opens charts; `user` is how the access log shows it."""

    user: str
    name: str
    role: str


class Directory(Struct, frozen=True, forbid_unknown_fields=True):
    facilities: tuple[FacilityRow, ...] = ()
    providers: tuple[ProviderRow, ...] = ()
    staff: tuple[StaffMember, ...] = ()


@cache
def _directory() -> Directory:
    files = load_all(DATA, "providers*.yaml", Directory, shown_as="app/world/data")
    return Directory(*(tuple(row for file in files for row in getattr(file, part))
                       for part in Directory.__struct_fields__))


@cache
def providers() -> tuple[Provider, ...]:
    """Return every clinician."""
    open_ = tuple(plan.id for plan in plans().values() if plan.any_provider)
    return tuple(Provider(row.npi, row.given, row.family, row.credential, row.specialty, row.networks + open_,
                          row.enrolled_from, None) for row in _directory().providers)


@cache
def users(role: str) -> tuple[str, ...]:
    """Return, as the access log shows them, the people of a role."""
    return tuple(row.user for row in staff() if row.role == role)


@cache
def staff() -> tuple[StaffMember, ...]:
    """Return everybody else who may open a chart for work."""
    return _directory().staff


@cache
def facility_for(setting: Setting) -> Facility:
    """Return who gives care in this setting."""
    row = next(row for row in _directory().facilities if row.kind == settings()[setting].facility)
    return Facility(row.npi, row.name, row.kind, row.tax_id, Address(row.street, row.city, "WI", row.zip), row.phone,
                    row.nonprofit)


def draw_provider(stream: Stream, specialty: str, networks: tuple[str, ...]) -> Provider | None:
    """Return a clinician of `specialty` in every one of `networks` (plan ids), or None."""
    fitting = _of_specialty(specialty, networks)
    return stream.one(fitting) if fitting else None


@cache
def _of_specialty(specialty: str, networks: tuple[str, ...]) -> tuple[Provider, ...]:
    return tuple(p for p in providers() if p.specialty == specialty and all(plan in p.networks for plan in networks))


def draw_primary_care(stream: Stream, age: int, networks: tuple[str, ...]) -> Provider:
    """Return a primary care clinician for a patient of `age` in every one of `networks` (plan ids)."""
    return stream.one(_in_primary_care(age >= 18, networks))


@cache
def _in_primary_care(grown: bool, networks: tuple[str, ...]) -> tuple[Provider, ...]:
    other = "pediatrics" if grown else "internal medicine"
    return tuple(p for p in providers() if p.specialty in PRIMARY_CARE and p.specialty != other
                 and all(plan in p.networks for plan in networks))
