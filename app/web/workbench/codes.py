"""Look up a code: results as one types, and a code with its notes."""

from flask import abort, render_template, request

from app.web.office import office
from app.web.workbench.blueprint import blueprint


@blueprint.get("/codes")
def codes() -> str:
    """Search the code set. Asked for by a script, only the list of results comes back."""
    query = request.args.get("look_up", request.args.get("q", ""))[:80].strip()
    hits = office().codes.search(query, 20) if query else ()
    part = request.headers.get("HX-Request") == "true" or request.headers.get("X-Requested-With") == "look-up"
    template = "workbench/_hits.html" if part else "workbench/codes.html"
    return render_template(template, hits=hits, look_up=query)


@blueprint.get("/codes/<code>")
def code(code: str) -> str:
    """Show one code: where it stands, its notes and those it inherits, and what lies below it."""
    index = office().codes
    found = index.look_up(code[:10])
    if found is None:
        abort(404)
    return render_template("workbench/code.html", code=found, notes=index.notes(found.code),
                           children=index.children(found.code), edition=index.edition)
