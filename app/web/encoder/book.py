"""Book logic: a term in a list like an index, then the tabular page of its category, then the seventh character."""

from flask import abort, redirect, render_template, request, url_for
from msgspec import Struct
from werkzeug.wrappers import Response

from app.coding.guided.book import Branch, IndexLine, index_lines, subdivisions, walk
from app.coding.guided.seventh import seventh_table
from app.coding.model import Code, bare
from app.web.encoder.blueprint import blueprint
from app.web.encoder.codes import by_kind
from app.web.office import office


class MainTerm(Struct, frozen=True):
    """A category as an index prints it, with the lines that fit under it."""

    heading: Code
    lines: tuple[IndexLine, ...]


@blueprint.get("/codes/book")
def book() -> str:
    """Look a term up as in an alphabetic index."""
    term = request.args.get("term", "")[:80].strip()
    return render_template("encoder/book.html", term=term, found=main_terms(term) if term else ())


@blueprint.get("/codes/book/<code>")
def page(code: str) -> str | Response:
    """Show a tabular page: the notes of every level, then what stands below, then the seventh character."""
    index = office().codes
    found = index.look_up(code[:10].rstrip("-").rstrip("."))
    if found is None:
        abort(404)
    if found.billable:
        return redirect(url_for("encoder.code", code=found.code))
    way = walk(index, found.code)
    children = index.children(found.code)
    last = bool(children) and all(len(bare(child.code)) == 7 for child in children)
    branches = () if last else subdivisions(index, found.code)
    return render_template("encoder/page.html", code=found, way=way, branches=branches, rows=sum(map(_size, branches)),
                           seventh=children if last else (), table=seventh_table(index, found.code),
                           levels=[(level.code, by_kind(level.notes)) for level in way if by_kind(level.notes)],
                           term=request.args.get("term", "")[:80])


def _size(branch: Branch) -> int:
    return 1 + sum(map(_size, branch.below))


def main_terms(term: str) -> tuple[MainTerm, ...]:
    """Return the categories that `term` leads to, each with its lines, best first."""
    index = office().codes
    grouped: dict[str, list[IndexLine]] = {}
    for line in index_lines(index, term, 40):
        grouped.setdefault(bare(line.code)[:3], []).append(line)
    return tuple(MainTerm(heading, tuple(line for line in lines if line.code.rstrip(".-") != category))
                 for category, lines in grouped.items() if (heading := index.look_up(category)))
