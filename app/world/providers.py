"""The practice, the hospital and who works there (`data/providers.yaml`)."""

import datetime as dt
from functools import cache

from msgspec import Struct

from app.world.datafile import load
from app.world.model import Address, Facility, Provider, Setting
from app.world.plans import DATA
from app.world.seed import Stream
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
    kind: str
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
    facilities: tuple[FacilityRow, ...]
    providers: tuple[ProviderRow, ...]
    staff: tuple[StaffMember, ...]


@cache
def _directory() -> Directory:
    return load(DATA / "providers.yaml", Directory, shown_as="app/world/data/providers.yaml")


@cache
def providers() -> tuple[Provider, ...]:
    """Return every clinician."""
    return tuple(Provider(row.npi, row.given, row.family, row.credential, row.specialty, row.networks,
                          row.enrolled_from, None) for row in _directory().providers)


@cache
def staff() -> tuple[StaffMember, ...]:
    """Return everybody else who may open a chart for work."""
    return _directory().staff


def facility_for(setting: Setting) -> Facility:
    """Return the practice for office visits, else the hospital."""
    kind = "practice" if setting == "office" else "hospital"
    row = next(row for row in _directory().facilities if row.kind == kind)
    return Facility(row.npi, row.name, "practice" if kind == "practice" else "hospital", row.tax_id,
                    Address(row.street, row.city, "WI", row.zip), row.phone, row.nonprofit)


def draw_provider(stream: Stream, specialty: str, plans: tuple[str, ...]) -> Provider | None:
    """Return a clinician of `specialty` in the network of every one of `plans`, or None."""
    fitting = [p for p in providers() if p.specialty == specialty and all(plan in p.networks for plan in plans)]
    return stream.one(fitting) if fitting else None


def draw_primary_care(stream: Stream, age: int, plans: tuple[str, ...]) -> Provider:
    """Return a primary care clinician for a patient of `age` in the network of `plans`."""
    fitting = [p for p in providers() if p.specialty in PRIMARY_CARE and all(plan in p.networks for plan in plans)
               and (p.specialty != "pediatrics" if age >= 18 else p.specialty != "internal medicine")]
    return stream.one(fitting)
