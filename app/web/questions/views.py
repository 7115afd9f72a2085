"""Choose a domain, answer one question after another, see every option explained."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.actions import items as item_actions
from app.actions import sittings as actions
from app.learning.item_marking import mark, unreadable
from app.learning.items import view
from app.learning.release import release_answer
from app.learning.sitting import margin
from app.store import access
from app.store.queries import items as item_reads
from app.store.queries import progress
from app.store.queries import sittings as reads
from app.store.queries.sittings import SittingRow
from app.web.bank.views import ABOUT
from app.web.office import office

blueprint = Blueprint("questions", __name__)
LENGTHS = (5, 10, 20)
EMPTY = {"numeric": "Write a number first.", "code": "Write a code first.", "ordering": "Number the lines first.",
         "matching": "Choose a match for every line."}


@blueprint.get("/questions")
def index() -> str:
    """Show the domains with the outline's weights beside one's own share."""
    bank = office().bank
    mine = {share.name: share for share in progress.by_domain(current_user.id)}
    rows = [(domain, len(bank.every(domain.id)), mine.get(domain.id)) for domain in bank.outline.domains]
    return render_template("questions/index.html", rows=rows, lengths=LENGTHS, total=len(bank.items),
                           drawn=len(bank.samples), margin=margin)


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
    return _question(_sitting(sitting_id), position)


@blueprint.post("/questions/<sitting_id>/<int(max=9999):position>")
def answer(sitting_id: str, position: int) -> Response | tuple[str, int]:
    """Answer a question. A second answer changes nothing."""
    found = access.sitting(current_user, sitting_id)
    sitting = reads.sitting(found.id)
    asked = sitting.at(position)
    if asked is None:
        abort(404)
    response = [value.strip()[:40] for value in request.form.getlist("answer")][:10]
    blank = EMPTY.get(asked.item.kind, "Choose an answer first.")
    problem = unreadable(asked.item, response) if any(response) else blank
    if problem and asked.response is None:
        return _question(sitting, position, problem=problem, entered=response), 422
    actions.answer(found.id, position, response)
    return redirect(url_for("questions.question", sitting_id=sitting_id, position=position))


@blueprint.post("/questions/<sitting_id>/<int(max=9999):position>/report")
def report(sitting_id: str, position: int) -> Response | tuple[str, int]:
    """Report that something is wrong with a question that was answered."""
    found = access.sitting(current_user, sitting_id)
    about, words = request.form.get("about", ""), request.form.get("words", "").strip()
    if about not in item_actions.ABOUT or len(words) > item_actions.LONGEST or not words:
        return _question(reads.sitting(found.id), position, report_problem="Choose what is wrong, and say it in a "
                         "sentence of at most 1,000 characters.", reported=(about, words)), 422
    if not item_actions.report(found.id, position, current_user.id, about, words):
        abort(404)
    flash("Thank you. Your report stands on the question until somebody has settled it.", "right")
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


def _question(sitting: SittingRow, position: int, *, problem: str = "", entered: Sequence[str] = (),
              report_problem: str = "", reported: tuple[str, str] = ("", "")) -> str:
    """Show a question, with what was entered and what is wrong with it; once answered, with reasons and reports."""
    asked = sitting.at(position)
    if asked is None:
        abort(404)
    shown = release_answer("practice", asked.response is not None, sitting.finished_at is not None)
    marked = mark(asked.item, asked.order, asked.response) if shown.explanation and asked.response else None
    return render_template(
        "questions/question.html", sitting=sitting, question=asked, marked=marked, problem=problem, entered=entered,
        view=view(asked.item, asked.order), source=asked.item.source if marked else None, about=ABOUT,
        mine=item_reads.report_of(asked.item_id, asked.item_version, current_user.id) if marked else None,
        waiting=item_reads.open_counts(asked.item_id).get(asked.item_id, 0) if marked else 0,
        report_problem=report_problem, reported=reported)
