"""An attempt's pages: the step on the desk, its marking, and the summary at the end."""

import itertools

from flask import abort, flash, jsonify, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.actions import attempts as actions
from app.actions import disputes
from app.learning.attempt import StepState
from app.learning.consequences import dated
from app.learning.contract import Earlier, View
from app.learning.papers import ClaimPaper, claim_pdf
from app.learning.release import release_step
from app.learning.scenario import step_options
from app.learning.steps import KINDS
from app.store import access
from app.store.queries import attempts as reads
from app.store.queries import disputes as dispute_reads
from app.store.queries.attempts import Loaded
from app.web.office import office
from app.web.workbench.blueprint import blueprint
from app.web.workbench.coding import edits_of_step, looking
from app.web.workbench.forms import looked_up, posted, shown_values


@blueprint.get("/attempts/<attempt_id>")
def attempt(attempt_id: str) -> Response:
    """Go to the step on the desk, or to the summary when all are done."""
    found = _loaded(attempt_id)
    current = found.state.current
    if current is None:
        return redirect(url_for("workbench.summary", attempt_id=attempt_id))
    return redirect(url_for("workbench.step", attempt_id=attempt_id, step_id=current.spec.id))


@blueprint.get("/attempts/<attempt_id>/steps/<step_id>")
def step(attempt_id: str, step_id: str) -> Response:
    """Show a step: to be worked, or marked beside the learner's own answer."""
    found = _loaded(attempt_id)
    state = _step(found, step_id)
    if state.status == "broken":
        return _page("workbench/broken.html", found, state)
    view = _view(found, state)
    if release_step(state).correctness:
        return _page("workbench/marked.html", found, state, view=view, next_step=found.state.current,
                     disputes=dispute_reads.of_step(found.id, step_id), mine=_mine(found), wrong={})
    draft, mine = reads.draft(found.id, step_id), _mine(found)
    checks = mine and draft is not None and "edits" in request.args
    return _page("workbench/step.html", found, state, view=view, values=shown_values(view, draft), problems={},
                 draft=draft, look=looking(found, state, view, request.args), mine=mine,
                 edits=edits_of_step(found, state, view, draft.fields) if checks and draft else None)


@blueprint.get("/attempts/<attempt_id>/steps/<step_id>/papers/<paper_id>.pdf")
def claim_form(attempt_id: str, step_id: str, paper_id: str) -> Response:
    """Open a claim on the desk of this step as the PDF of its form."""
    found = _loaded(attempt_id)
    state = _step(found, step_id)
    if state.status == "broken":
        abort(404)
    marked = state.mark.papers if state.mark and release_step(state).correctness else ()
    paper = next((paper for paper in (*marked, *_view(found, state).papers)
                  if isinstance(paper, ClaimPaper) and paper.id == paper_id and paper.sheets), None)
    if paper is None:
        abort(404)
    response = make_response(claim_pdf(paper))
    response.headers.update({"Content-Type": "application/pdf", "Cache-Control": "no-store",
                             "Content-Disposition": f"inline; filename={paper.sheets[0].name.lower()}.pdf"})
    return response


@blueprint.post("/attempts/<attempt_id>/steps/<step_id>/draft")
def draft(attempt_id: str, step_id: str) -> Response:
    """Keep what was typed. With JavaScript this happens as the learner types; without, by a button."""
    found = _own(attempt_id)
    state = _step(found, step_id)
    if state.status != "open":
        return _not_open(attempt_id, step_id)
    token = actions.save_draft(found.id, step_id, posted(request.form), _token())
    if request.headers.get("X-Requested-With") == "draft":
        return jsonify({"token": token})
    field, look_up = looked_up(request.form)
    if look_up:
        return redirect(url_for("workbench.step", attempt_id=attempt_id, step_id=step_id, look_up=look_up,
                                look_in=field, _anchor=f"look-up-{field}"))
    flash("Saved. You can close this page and come back.", "information")
    return redirect(url_for("workbench.step", attempt_id=attempt_id, step_id=step_id))


@blueprint.post("/attempts/<attempt_id>/steps/<step_id>/edits")
def edits(attempt_id: str, step_id: str) -> Response:
    """Check the codes typed so far. A script gets the findings alone; without one they are kept, then shown."""
    found = _own(attempt_id)
    state = _step(found, step_id)
    if state.status != "open":
        return _not_open(attempt_id, step_id)
    raw = posted(request.form)
    if request.headers.get("X-Requested-With") == "edits":
        page = render_template("workbench/_edits.html", edits=edits_of_step(found, state, _view(found, state), raw))
        return make_response(page, {"Cache-Control": "no-store"})
    actions.save_draft(found.id, step_id, raw, _token())
    return redirect(url_for("workbench.step", attempt_id=attempt_id, step_id=step_id, edits=1, _anchor="edits"))


@blueprint.post("/attempts/<attempt_id>/steps/<step_id>/hint")
def hint(attempt_id: str, step_id: str) -> Response:
    """Open the next hint, for its price. What was typed is kept."""
    found = _own(attempt_id)
    state = _step(found, step_id)
    if state.status != "open":
        return _not_open(attempt_id, step_id)
    actions.save_draft(found.id, step_id, posted(request.form), _token())
    number = request.form.get("hint", "")
    if number.isdecimal() and len(number) < 4:
        actions.take_hint(found.id, step_id, int(number))
    return redirect(url_for("workbench.step", attempt_id=attempt_id, step_id=step_id, _anchor="hints"))


@blueprint.post("/attempts/<attempt_id>/steps/<step_id>/hand-in")
def hand_in(attempt_id: str, step_id: str) -> Response:
    """Mark what was handed in, or say beside the field what cannot be read."""
    found = _own(attempt_id)
    state = _step(found, step_id)
    if state.status != "open":
        return _not_open(attempt_id, step_id)
    raw = posted(request.form)
    actions.save_draft(found.id, step_id, raw, _token())
    outcome = actions.hand_in(found.id, step_id, raw, office().codes)
    if outcome.problems is None:
        return redirect(url_for("workbench.step", attempt_id=attempt_id, step_id=step_id))
    view = _view(found, state)
    return _page("workbench/step.html", found, state, 422, view=view,
                 values=shown_values(view, reads.draft(found.id, step_id)), problems=outcome.problems.by_field,
                 draft=reads.draft(found.id, step_id), look=looking(found, state, view, {}), mine=True, edits=None)


@blueprint.post("/attempts/<attempt_id>/steps/<step_id>/dispute")
def dispute(attempt_id: str, step_id: str) -> Response:
    """Send a line of a mark to the instructor, with the learner's reason and the words that bear it out."""
    found = _own(attempt_id)
    state = _step(found, step_id)
    line, reason = request.form.get("line", ""), request.form.get("reason", "").strip()
    quote = " ".join(request.form.get("quote", "").split())
    number = int(line) if line.isdecimal() and len(line) < 4 else -1
    problem = "Say why the mark is wrong." if not reason else (
        f"Use at most {disputes.LONGEST} characters." if max(len(reason), len(quote)) > disputes.LONGEST else "")
    if problem and release_step(state).correctness:
        wrong = {"line": number, "problem": problem, "reason": reason, "quote": quote}
        return _page("workbench/marked.html", found, state, 422, view=_view(found, state), mine=True, wrong=wrong,
                     next_step=found.state.current, disputes=dispute_reads.of_step(found.id, step_id))
    try:
        disputes.raise_dispute(found.id, step_id, number, reason, quote)
        flash("Sent to your instructor. The answer will stand here.", "information")
    except actions.Refused as refused:
        flash(str(refused), "wrong")
    return redirect(url_for("workbench.step", attempt_id=attempt_id, step_id=step_id))


@blueprint.get("/attempts/<attempt_id>/summary")
def summary(attempt_id: str) -> Response:
    """Show the whole case at the end: every step, what was lost where, and what to do next."""
    found = _loaded(attempt_id)
    if not found.state.finished:
        return redirect(url_for("workbench.attempt", attempt_id=attempt_id))
    return _page("workbench/summary.html", found, None)


def _loaded(attempt_id: str) -> Loaded:
    return reads.loaded(access.attempt(current_user, attempt_id).id)


def _own(attempt_id: str) -> Loaded:
    """Only the learner herself writes in an attempt; an instructor reads."""
    found = _loaded(attempt_id)
    if found.user_id != current_user.id:
        abort(404)
    return found


def _mine(found: Loaded) -> bool:
    return bool(found.user_id == current_user.id)


def _step(found: Loaded, step_id: str) -> StepState:
    state = found.state.step(step_id)
    if state is None or state.status == "ahead":
        abort(404)
    return state


def _view(found: Loaded, state: StepState) -> View:
    """The view as it was when the step was worked: from what had been handed in before it."""
    view: View = KINDS[state.spec.kind].ask(found.case, step_options(state.spec), _before(found, state))
    return view


def _before(found: Loaded, state: StepState) -> Earlier:
    entries = found.state.earlier.steps
    return Earlier(tuple(itertools.takewhile(lambda entry: entry[0] != state.spec.id, entries)))


def _token() -> int:
    text = request.form.get("token", "0")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _not_open(attempt_id: str, step_id: str) -> Response:
    """A stale tab: the step was handed in elsewhere. Nothing is marked twice; say so."""
    if request.headers.get("X-Requested-With") in ("draft", "edits"):
        return make_response(jsonify({"closed": True}), 409)
    flash("This step was handed in already, perhaps in another tab. Here is its marking.", "information")
    return redirect(url_for("workbench.step", attempt_id=attempt_id, step_id=step_id))


def _page(template: str, found: Loaded, state: StepState | None, status: int = 200, **context: object) -> Response:
    last = state or found.state.steps[-1]
    today = dated(found.case, _before(found, last), last.spec.kind)
    page = render_template(template, attempt=found, step=state, today=today, **context)
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
