"""What can be ordered and charged: data in `data/services.yaml`. No CPT: HCPCS Level II, or training codes."""

from functools import cache
from typing import Literal

from msgspec import Struct

from app.world.datafile import load_all
from app.world.model import Setting, Sex
from app.world.money import Cents
from app.world.plans import DATA, Category


class Service(Struct, frozen=True, forbid_unknown_fields=True):
    """`charge` is the practice's price and `base_fee` the fee schedule's amount for one unit, whole cents, 2026.

    A `training` code is the letter Z and four digits, and is always shown as a training code.
    """

    id: str
    code: str
    system: Literal["hcpcs", "training", "drg"]
    title: str
    category: Category
    charge: Cents
    base_fee: Cents
    settings: tuple[Setting, ...]
    revenue: str = ""
    unit_limit: int = 1  # most units that are likely (see `unit_indicator`)
    unit_indicator: Literal["1", "2", "3"] = "3"  # 1: of a line; 2: of a date, absolute; 3: of a date, by clinical use
    sex: Sex | None = None
    age: tuple[int, int] | None = None  # years, both included
    supports: tuple[str, ...] = ()  # diagnosis prefixes a coverage policy accepts; empty: no policy
    repeat_days: int = 0  # covered once in this many days; 0: no limit


@cache
def services() -> dict[str, Service]:
    """Return every service by id."""
    files = load_all(DATA, "services*.yaml", tuple[Service, ...], shown_as="app/world/data")
    return {service.id: service for rows in files for service in rows}
