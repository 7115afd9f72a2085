"""Look up a code: results as one types, and a code with its notes."""

from flask import abort, render_template, request

from app.coding.catalog import catalog
from app.coding.editions import CodeSets
from app.coding.model import System
from app.web.office import office
from app.web.workbench.blueprint import blueprint


@blueprint.get("/codes")
def codes() -> str:
    """Search the code set. Asked for by a script, only the list of results comes back."""
    query = request.args.get("look_up", request.args.get("q", ""))[:80].strip()
    index, system = office().codes, request.args.get("system", "")
    offered = _offered(index)
    chosen = system if system in offered else "icd10cm"
    hits = index.search_in((chosen,), query, 20) if query else ()
    part = request.headers.get("HX-Request") == "true" or request.headers.get("X-Requested-With") == "look-up"
    template = "workbench/_hits.html" if part else "workbench/codes.html"
    return render_template(template, hits=hits, look_up=query, system=chosen, offered=offered)


def _offered(index: CodeSets) -> dict[System, str]:
    """Return the code sets that can be searched here: a licensed one only on the site that imported it."""
    return {card.system: card.name for card in catalog(index) if card.system}


@blueprint.get("/codes/sets")
def code_sets() -> str:
    """Show what code sets this site has: edition, source, counts, and what is missing."""
    index = office().codes
    editions = zip(index.editions("icd10cm"), index.editions("icd10pcs"), strict=True)
    return render_template("workbench/code_sets.html", cards=catalog(index), editions=editions)


@blueprint.get("/codes/<code>")
def code(code: str) -> str:
    """Show one code: where it stands, its notes and those it inherits, and what lies below it."""
    index = office().codes
    found = index.look_up(code[:10])
    if found is None:
        abort(404)
    return render_template("workbench/code.html", code=found, notes=index.notes(found.code),
                           children=index.children(found.code), edition=index.edition)
