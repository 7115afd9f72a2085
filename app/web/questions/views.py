"""Choose a domain, answer one question after another, see every option explained."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.actions import sittings as actions
from app.learning.item_marking import mark, unreadable
from app.learning.items import view
from app.learning.release import release_answer
from app.learning.sitting import margin
from app.store import access
from app.store.queries import progress
from app.store.queries import sittings as reads
from app.store.queries.sittings import SittingRow
from app.web.office import office

blueprint = Blueprint("questions", __name__)
LENGTHS = (5, 10, 20)


@blueprint.get("/questions")
def index() -> str:
    """Show the domains with the outline's weights beside one's own share."""
    bank = office().bank
    mine = {share.name: share for share in progress.by_domain(current_user.id)}
    rows = [(domain, len(bank.by_domain(domain.id)), mine.get(domain.id)) for domain in bank.outline.domains]
    return render_template("questions/index.html", rows=rows, lengths=LENGTHS, total=len(bank.items), margin=margin)


@blueprint.post("/questions")
def start() -> Response:
    """Draw a session."""
    domain, count = request.form.get("domain", ""), request.form.get("count", "10")
    known = {d.id for d in office().bank.outline.domains} | {""}
    if domain not in known or count not in map(str, LENGTHS):
        abort(400)
    made = actions.start(current_user.id, office().bank, domain, int(count))
    if made is None:
        flash("This domain has no questions yet. Choose another one.", "caution")
        return redirect(url_for("questions.index"))
    return redirect(url_for("questions.question", sitting_id=made, position=1))


@blueprint.get("/questions/<sitting_id>/<int(max=9999):position>")
def question(sitting_id: str, position: int) -> str:
    """Show a question; once answered, with the reason for every option."""
    sitting = _sitting(sitting_id)
    asked = sitting.at(position)
    if asked is None:
        abort(404)
    shown = release_answer("practice", asked.response is not None, sitting.finished_at is not None)
    marked = mark(asked.item, asked.order, asked.response) if shown.explanation and asked.response else None
    return render_template("questions/question.html", sitting=sitting, question=asked, marked=marked,
                           view=view(asked.item, asked.order), problem="", entered=[],
                           source=asked.item.source if marked else None)


@blueprint.post("/questions/<sitting_id>/<int(max=9999):position>")
def answer(sitting_id: str, position: int) -> Response | tuple[str, int]:
    """Answer a question. A second answer changes nothing."""
    found = access.sitting(current_user, sitting_id)
    sitting = reads.sitting(found.id)
    asked = sitting.at(position)
    if asked is None:
        abort(404)
    response = [value.strip()[:40] for value in request.form.getlist("answer")][:10]
    problem = unreadable(asked.item, response) if any(response) else "Choose an answer first."
    if problem and asked.response is None:
        return render_template("questions/question.html", sitting=sitting, question=asked, marked=None, source=None,
                               view=view(asked.item, asked.order), problem=problem, entered=response), 422
    actions.answer(found.id, position, response)
    return redirect(url_for("questions.question", sitting_id=sitting_id, position=position))


@blueprint.get("/questions/<sitting_id>")
def summary(sitting_id: str) -> str:
    """Show how the session went, by domain beside the outline's weights."""
    sitting = _sitting(sitting_id)
    domains = {domain.id: domain for domain in office().bank.outline.domains}
    return render_template("questions/summary.html", sitting=sitting, domains=domains,
                           shares=progress.by_domain(current_user.id), margin=margin)


def _sitting(sitting_id: str) -> SittingRow:
    return reads.sitting(access.sitting(current_user, sitting_id).id)
