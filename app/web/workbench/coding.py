"""What stands around a field of codes: the box that looks codes up, and the live edits."""

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct

from app.coding.live_edits import LiveEdits
from app.coding.model import Hit
from app.coding.pcs.model import PcsNext
from app.learning.attempt import StepState
from app.learning.contract import Raw, View
from app.learning.live_edits import code_fields, edits_of, service_day
from app.store.queries.attempts import Loaded
from app.web.encoder.search import MOST, building
from app.web.office import office


class Look(Struct, frozen=True):
    """What was looked up for which field; `on` is the date of service, `bench` the name by which other tabs know it."""

    on: dt.date
    bench: str
    field: str = ""
    typed: str = ""
    hits: tuple[Hit, ...] = ()
    building: PcsNext | None = None


def looking(found: Loaded, state: StepState, view: View, args: Mapping[str, str]) -> Look:
    """Return the results for the box that the address names, by the code set of its field."""
    on, bench = service_day(found.case), f"{found.public_id}/{state.spec.id}"
    typed = args.get("look_up", "")[:80].strip()
    field = next((f for f in code_fields(view.fields) if f.name == args.get("look_in")), None)
    if field is None or not typed:
        return Look(on, bench)
    hits = office().codes.search_in((field.system,), typed, MOST, on)
    return Look(on, bench, field.name, typed, hits, building(field.system, typed, on))


def edits_of_step(found: Loaded, state: StepState, view: View, raw: Raw) -> LiveEdits | None:
    """Return what can be said of the codes in `raw`, or None where the step asks for none."""
    if not code_fields(view.fields):
        return None
    return edits_of(found.case, state.spec.kind, view.fields, raw, found.state.earlier, office().codes)
