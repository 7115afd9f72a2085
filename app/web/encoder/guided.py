"""Guided: from a category to a complete code, one question a page. The address holds the answers."""

from collections.abc import Mapping

from flask import abort, redirect, render_template, request, url_for
from msgspec import Struct
from werkzeug.wrappers import Response

from app.coding.guided.questions import Candidate, possible, questions
from app.web.encoder.blueprint import blueprint
from app.web.encoder.book import main_terms
from app.web.office import office

_LAST_SHOWN = 12  # candidates that are listed once so few are left


class Answer(Struct, frozen=True):
    """A question that was answered; `back` are the answers without it."""

    axis: str
    label: str
    back: dict[str, str]


@blueprint.get("/codes/guided")
def guided() -> str:
    """Choose where to begin: the categories that a term leads to."""
    term = request.args.get("term", "")[:80].strip()
    return render_template("encoder/guided.html", term=term, found=main_terms(term) if term else ())


@blueprint.get("/codes/guided/<code>")
def ask(code: str) -> str | Response:
    """Ask the next question of a category, or show the code that the answers lead to."""
    index = office().codes
    found = index.look_up(code[:10])
    if found is None or found.kind in ("chapter", "block"):
        abort(404)
    if found.billable:
        return redirect(url_for("encoder.code", code=found.code))
    given = _given(possible(index, found.code), request.args)
    left, asked = possible(index, found.code, given), questions(index, found.code, given)
    told = [Answer(axis_words(key), label, {k: v for k, v in given.items() if k != key})
            for key, label in given.items()]
    return render_template("encoder/ask.html", code=found, given=given, told=told, left=left, asked=asked,
                           question=asked[0] if asked else None, shown=left if len(left) <= _LAST_SHOWN else ())


def axis_words(key: str) -> str:
    """Return what a question was about, as a person reads it."""
    axis = key.partition(" of ")[0]
    return {"laterality": "side", "type": "kind", "intractable": "intractable"}.get(axis, axis)


def _given(candidates: tuple[Candidate, ...], args: Mapping[str, str]) -> dict[str, str]:
    """Return the answers of the address that lead somewhere, in their order; others are passed over."""
    given: dict[str, str] = {}
    left = candidates
    for key, label in args.items():
        fitting = tuple(c for c in left if c.answers.get(key) == label)
        if fitting:
            given[key], left = label, fitting
    return given
