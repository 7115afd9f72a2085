"""The blueprint of the encoder. Every page is a GET that can be kept, sent, and read without JavaScript."""

import datetime as dt
import re
from typing import Any

from flask import Blueprint, request, url_for
from markupsafe import Markup, escape

from app.coding.model import System
from app.coding.notes.references import code_parts
from app.web.office import office

blueprint = Blueprint("encoder", __name__)
_BENCH = re.compile(r"[\w-]{1,40}/[\w-]{1,60}")
SYSTEMS: dict[System, str] = {"icd10cm": "ICD-10-CM", "icd10pcs": "ICD-10-PCS", "hcpcs": "HCPCS Level II", "cpt": "CPT"}

def systems() -> dict[System, str]:
    """Return the code sets that can be searched: a site's own CPT file is one only where it was imported."""
    own = {found.system for found in office().codes.own}
    return {system: name for system, name in SYSTEMS.items() if system != "cpt" or system in own}


def service_date() -> dt.date | None:
    """Return the date of service that the address names, or None."""
    try:
        return dt.date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return None


def day() -> dt.date:
    """Return the date of service, or the first day of the edition on the shelf."""
    return service_date() or dt.date.fromisoformat(office().codes.about["valid_from"])


def bench() -> str:
    """Return which step of which attempt wants a code (`attempt/step`), "" for none. Only a name between two tabs."""
    text = request.args.get("bench", "")
    return text if _BENCH.fullmatch(text) else ""


@blueprint.url_defaults
def _go_along(endpoint: str, values: dict[str, Any]) -> None:
    if request.blueprint == "encoder":
        for name, value in _kept().items():
            values.setdefault(name, value)


def _kept() -> dict[str, str]:
    """What goes along from page to page: the date of service, and the case that wants a code."""
    return {name: str(value) for name, value in (("on", service_date()), ("bench", bench())) if value}


@blueprint.context_processor
def _for_every_page() -> dict[str, object]:
    return {"on": service_date(), "bench": bench(), "kept": _kept(), "systems": systems(), "names": SYSTEMS}


@blueprint.app_template_filter("with_codes")
def with_codes(text: str) -> Markup:
    """Return a note's text with a link on each code that it names and the index knows."""
    found = []
    for words, code in code_parts(text):
        known = code and office().codes.look_up(code)
        found.append(Markup('<a class="code" href="{}">{}</a>').format(url_for("encoder.code", code=known.code), words)
                     if known else escape(words))
    return Markup("").join(found)


from app.web.encoder import book, codes, guided, pcs, search, sets  # noqa: E402, F401  (the views register themselves)
