"""A page for each code: what it means, when it is in force, its notes and the inherited ones, what it does to a DRG."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.coding.guided.book import walk
from app.coding.guided.seventh import placeholders, seventh_table
from app.coding.model import Code, NoteKind, Notes, System, bare, dotted
from app.coding.poa import poa_exempt
from app.web.encoder.blueprint import SYSTEMS, blueprint, day, systems
from app.web.office import office

# The notes that decide come first; those that only describe follow.
ORDER: tuple[NoteKind, ...] = (
    "Excludes 1", "Code first", "Use additional code", "Code also", "Excludes 2", "Inclusion terms", "Includes", "Note",
)  # the seventh character has a table of its own
_EXCLUDERS_SHOWN = 8
Page = str | Response | tuple[str, int]


@blueprint.get("/codes/<code>")
def code(code: str) -> Page:
    """Show one code of any set. `system` chooses where a code stands in several."""
    index, asked = office().codes, request.args.get("system", "")
    if asked in ("hcpcs", "cpt"):
        return _item(code, asked)  # type: ignore[arg-type]
    found = index.look_up(code[:10]) if asked != "icd10pcs" else None
    if found is not None:
        return _diagnosis(found)
    if index.in_force(code[:10]) and len(bare(code)) == 7:
        return redirect(url_for("encoder.build", code=bare(code)))
    return _item(code, "hcpcs")


def _diagnosis(found: Code) -> str:
    index = office().codes
    stretches = index.in_force(found.code) if found.billable else ()
    excluders = index.excluded_by(found.code) if found.billable else ()
    return render_template(
        "encoder/code.html", code=found, way=walk(index, found.code)[:-1], notes=by_kind(index.notes(found.code)),
        category=bare(found.code)[:3], stretches=stretches, asked_for=day(),
        valid=any(first <= day() <= last for first, last in stretches),
        severity=index.severity(found.code), excluders=[dotted(row) for row in excluders[:_EXCLUDERS_SHOWN]],
        excluded=len(excluders), poa=poa_exempt(found.code), table=seventh_table(index, found.code),
        filled=placeholders(found.code), children=index.children(found.code),
        beside=[row for row in index.children(found.parent) if row.code != found.code] if found.billable else (),
        edition=index.edition)


def by_kind(notes: tuple[Notes, ...]) -> dict[NoteKind, list[Notes]]:
    """Return the notes under their kinds, in the order in which a coder needs them; each kind's nearest level first."""
    return {kind: found for kind in ORDER if (found := [note for note in notes if note.kind == kind])}


def _item(code: str, system: System) -> Page:
    found = office().codes.item(system, code[:10]) if system in systems() else None
    if found is None:
        return _unknown(code[:80])
    return render_template("encoder/item.html", item=found, name=SYSTEMS[system],
                           own=next((own for own in office().codes.own if own.system == system), None))


def _unknown(code: str) -> tuple[str, int]:
    """Show the search with what was asked for, so that a slip of the finger is put right where it stands."""
    return render_template("encoder/search.html", hits=(), look_up=code, system="icd10cm", building=None,
                           about=office().codes.about), 404
