"""Where care is given, and how each place is billed (`data/settings.yaml`)."""

from functools import cache
from typing import Literal

from msgspec import Struct

from app.world.datafile import load
from app.world.model import FacilityKind, Setting
from app.world.plans import DATA


class SettingRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A setting of care.

    `place` is the two-digit place of service of a professional claim; `bill_type` the first three digits of the type of
    bill of an institutional one ("" where it does not apply). `planned`: care that somebody made an appointment for, so
    that prior authorization can be wanted. `weekdays`: closed on Saturdays, Sundays and holidays.
    """

    id: Setting
    title: str
    form: Literal["professional", "institutional"]
    place: str
    bill_type: str
    facility: FacilityKind
    planned: bool
    weekdays: bool
    intake: str  # title of the first nursing document
    close: str  # the phrase bank that ends it
    share: int  # how often an open wish draws this setting, relative to the others


@cache
def settings() -> dict[str, SettingRow]:
    """Return every setting by id."""
    rows = load(DATA / "settings.yaml", tuple[SettingRow, ...], shown_as="app/world/data/settings.yaml")
    return {row.id: row for row in rows}
