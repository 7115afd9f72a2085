"""Choose a drill, code one chart after another while the clock runs, see what was right and the own trend."""

from flask import Blueprint, abort, flash, jsonify, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.actions import drills as actions
from app.learning.drill import entry, kinds
from app.learning.release import release_chart
from app.store import access
from app.store.queries import drills as reads
from app.store.queries.drills import DrillRow, OpenChart
from app.store.session import utc_now
from app.web.drills.trend import trend
from app.web.office import office
from app.web.workbench.forms import posted

blueprint = Blueprint("drills", __name__)
LATE = "The drill was over when this chart came in. It is marked below, and does not count."


@blueprint.get("/drills")
def index() -> str:
    """Show the kinds of drill, the own trend in each, and what runs."""
    now = utc_now()
    mine = reads.of_user(current_user.id, now)
    done = [row for row in mine if not row.clock.running(now)]
    by_kind = {kind: [row for row in reversed(done) if row.kind_id == kind] for kind in kinds()}
    trends = [(kind, found) for kind in kinds().values() if (found := trend(by_kind[kind.id]))]
    return render_template(
        "drills/index.html", kinds=kinds(), trends=trends, done=[row for row in done if row.figures.asked][:20],
        running=next((row for row in mine if row.clock.running(now)), None), now=now)


@blueprint.post("/drills")
def start() -> Response:
    """Start a drill of a kind: its clock runs from here."""
    received = utc_now()
    kind = kinds().get(request.form.get("kind", ""))
    if kind is None:
        flash("Choose one of the drills.", "caution")
        return redirect(url_for("drills.index"))
    started = actions.start(current_user.id, kind, received=received)
    if not started.fresh:
        flash("A drill is running already. Here it is; stop it to start another.", "information")
    return redirect(url_for("drills.drill", drill_id=started.public_id))


@blueprint.get("/drills/<drill_id>")
def drill(drill_id: str) -> Response | str:
    """Go to the chart on the desk; once the time is over, show the results."""
    now, found = utc_now(), _drill(drill_id)
    chart = reads.open_chart(found.id)
    if chart is not None and found.clock.running(now):
        return redirect(url_for("drills.chart", drill_id=drill_id, position=chart.position))
    done = reads.done(found.id, now)
    so_far = [row for row in reversed(reads.of_user(current_user.id, now)) if row.kind_id == found.kind.id
              and row.clock.started_at <= found.clock.started_at]
    return render_template("drills/results.html", drill=found, figures=done.figures, trend=trend(so_far),
                           in_trend=done.fair, charts=reads.received(found.id),
                           left_open=chart, again=kinds().get(found.kind.id))


@blueprint.get("/drills/<drill_id>/charts/<int(max=9999):position>")
def chart(drill_id: str, position: int) -> Response:
    """Show the chart on the desk with its boxes; after the drill, a chart that was handed in beside its marking."""
    found = _drill(drill_id)
    on_desk = reads.open_chart(found.id)
    if on_desk is not None and on_desk.position == position:
        return _page(found, on_desk)
    received = next((row for row in reads.received(found.id) if row.position == position), None)
    if received is None:
        abort(404)
    if found.clock.running(utc_now()) or not release_chart(received.state != "open").correctness:
        return redirect(url_for("drills.drill", drill_id=drill_id))
    return make_response(render_template("drills/marked.html", drill=found, chart=received))


@blueprint.post("/drills/<drill_id>/charts/<int(max=9999):position>/draft")
def draft(drill_id: str, position: int) -> Response:
    """Keep what was typed, as it is typed."""
    kept = actions.keep(access.drill(current_user, drill_id).id, position, posted(request.form))
    if request.headers.get("X-Requested-With") == "draft":
        return jsonify({"token": 0}) if kept else make_response(jsonify({"closed": True}), 409)
    return redirect(url_for("drills.drill", drill_id=drill_id))


@blueprint.post("/drills/<drill_id>/charts/<int(max=9999):position>/hand-in")
def hand_in(drill_id: str, position: int) -> Response:
    """Hand a chart in and get the next, or say beside the box what cannot be read."""
    received = utc_now()  # at the door, before anything else takes its time
    found = _drill(drill_id)
    outcome = actions.hand_in(found.id, position, posted(request.form), office().codes, received=received)
    on_desk = reads.open_chart(found.id)
    if outcome.problems is not None and on_desk is not None:
        return _page(found, on_desk, outcome.problems.by_field, 422)
    return _next(drill_id, outcome)


@blueprint.post("/drills/<drill_id>/charts/<int(max=9999):position>/skip")
def skip(drill_id: str, position: int) -> Response:
    """Put a chart aside and get the next: nothing in it is right."""
    received = utc_now()
    return _next(drill_id, actions.skip(access.drill(current_user, drill_id).id, position, received=received))


@blueprint.post("/drills/<drill_id>/stop")
def stop(drill_id: str) -> Response:
    """End a drill before its time."""
    received = utc_now()
    actions.stop(access.drill(current_user, drill_id).id, received=received)
    return redirect(url_for("drills.drill", drill_id=drill_id))


def _drill(drill_id: str) -> DrillRow:
    return reads.drill(access.drill(current_user, drill_id).id)


def _next(drill_id: str, outcome: actions.HandedIn) -> Response:
    if outcome.late:
        flash(LATE, "caution")
    if outcome.already:
        flash("That chart was handed in already. It counts once.", "information")
    return redirect(url_for("drills.drill", drill_id=drill_id))


def _page(found: DrillRow, chart: OpenChart, problems: dict[str, str] | None = None, status: int = 200) -> Response:
    now = utc_now()
    typed = {name: [value for value in values if value.strip()] for name, values in chart.typed.items()}
    page = render_template("drills/chart.html", drill=found, chart=chart, field=entry(found.kind), typed=typed,
                           problems=problems or {}, left=found.clock.left(now), running=found.clock.running(now),
                           handed_in=reads.count_received(found.id))
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
