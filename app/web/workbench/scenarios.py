"""The list of scenarios, a scenario's first page, and starting one."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.actions import attempts as actions
from app.learning.building import CannotBuild
from app.learning.scenario import Scenario
from app.store import access
from app.store.queries import attempts as reads
from app.web.office import office
from app.web.workbench.blueprint import blueprint
from app.web.workbench.choosing import DUTIES, NOTHING, Wanted, first, selects, wanted


@blueprint.get("/scenarios")
def index() -> str:
    """List the scenarios that are asked for by duty, with how the learner stands with each."""
    asked, standing = wanted(request.args), reads.standing(current_user.id)
    scenarios = office().library.scenarios.values()
    shown = sorted((s for s in scenarios if asked.meets(s, standing.get(s.id, NOTHING))),
                   key=lambda s: (s.level, s.minutes, s.title))
    by_duty = [(label, duty, rows) for duty, label in DUTIES if (rows := [s for s in shown if s.duty == duty])]
    return render_template("workbench/scenarios.html", by_duty=by_duty, standing=standing, nothing=NOTHING,
                           asked=asked, everything=asked == Wanted(), selects=selects(asked, scenarios),
                           shown=len(shown), all=len(scenarios), first=None if standing else first(scenarios))


@blueprint.get("/scenarios/<scenario_id>")
def scenario(scenario_id: str) -> str:
    """Set the scene: the brief, the steps with their marks, and earlier attempts."""
    found = _scenario(scenario_id)
    earlier = [row for row in reads.of_user(current_user.id) if row.scenario_id == scenario_id]
    return render_template("workbench/scenario.html", scenario=found, earlier=earlier,
                           duty=dict(DUTIES).get(found.duty, found.duty))


@blueprint.post("/scenarios/<scenario_id>/start")
def start(scenario_id: str) -> Response:
    """Make a fresh case and open its first step."""
    found = _scenario(scenario_id)
    assignment_id = None
    if request.form.get("assignment"):
        assignment = access.assignment(current_user, request.form["assignment"])
        if assignment.scenario_id != scenario_id:
            abort(404)
        assignment_id = assignment.id
    try:
        made = actions.start(current_user.id, found, office().codes, assignment_id=assignment_id, go_on=True)
    except actions.Refused as refusal:
        flash(str(refusal), "caution")
        return redirect(url_for("home.index"))
    except CannotBuild:
        flash("No fresh case could be made just now. Start again: another one is drawn.", "caution")
        return redirect(url_for("workbench.scenario", scenario_id=scenario_id))
    return redirect(url_for("workbench.attempt", attempt_id=made))


def _scenario(scenario_id: str) -> Scenario:
    found = office().library.scenarios.get(scenario_id)
    if found is None:
        abort(404)
    return found
