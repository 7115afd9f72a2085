"""Search the code sets: results as one types, for the encoder's own page and for the boxes of the workbench."""

import datetime as dt
import re

from flask import render_template, request

from app.coding.model import System
from app.coding.pcs.model import PcsNext
from app.web.encoder.blueprint import blueprint, day, systems
from app.web.office import office

MOST = 25
_BEGINNING = re.compile(r"[0-9A-HJ-NP-Z]{1,6}")


@blueprint.get("/codes")
def search() -> str:
    """Search a code set. Asked for by a script, only the list of results comes back."""
    query = request.args.get("look_up", request.args.get("q", ""))[:80].strip()
    asked = request.args.get("system", "icd10cm")
    system: System = asked if asked in systems() else "icd10cm"  # type: ignore[assignment]
    part = request.headers.get("HX-Request") == "true" or request.headers.get("X-Requested-With") == "look-up"
    hits = office().codes.search_in((system,), query, MOST, day()) if query else ()
    return render_template("encoder/_hits.html" if part else "encoder/search.html", hits=hits, look_up=query,
                           system=system, building=building(system, query, day()), about=office().codes.about)


def building(system: str, query: str, on: dt.date) -> PcsNext | None:
    """Return what may follow when the query is the beginning of an ICD-10-PCS code."""
    if system != "icd10pcs" or not _BEGINNING.fullmatch(query.upper()):
        return None
    following = office().codes.pcs_next(query, on)
    return following if following.choices else None
