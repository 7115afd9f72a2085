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

DUTIES = (
    ("journey", "The whole journey"), ("eligibility", "Eligibility and benefits"), ("coding", "Coding"),
    ("claims", "Claims"), ("follow-up", "Unpaid claims and denials"), ("payment-plans", "Payment plans"),
    ("payer-calls", "Calls to payers"), ("history", "Medical history"), ("confidentiality", "Confidentiality"),
    ("database", "Clinical databases"), ("outcomes", "Outcomes"), ("registry", "Registry"), ("audit", "Audit"),
)


@blueprint.get("/scenarios")
def index() -> str:
    """List every scenario by duty, with what the learner has done of it."""
    best: dict[str, int] = {}
    for row in reads.of_user(current_user.id):
        if row.finished_at is not None:
            best[row.scenario_id] = max(best.get(row.scenario_id, 0), row.percent)
    scenarios = office().library.scenarios.values()
    by_duty = [(label, sorted((s for s in scenarios if s.duty == duty), key=lambda s: (s.level, s.title)))
               for duty, label in DUTIES]
    return render_template("workbench/scenarios.html", by_duty=[row for row in by_duty if row[1]], best=best)


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
        made = actions.start(current_user.id, found, office().codes, assignment_id=assignment_id)
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
