"""An instructor's classes: the list, the gradebook of one, and giving an assignment."""

import datetime as dt

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.actions import classes as actions
from app.store import access
from app.store.queries import classes as reads
from app.web.classes.forms import NewAssignment, NewClass
from app.web.office import office

blueprint = Blueprint("classes", __name__)


@blueprint.get("/classes")
def index() -> str:
    """List the classes."""
    access.teaches(current_user)
    return _list(NewClass(formdata=None))


@blueprint.post("/classes")
def open_class() -> Response | tuple[str, int]:
    """Open a class."""
    access.teaches(current_user)
    form = NewClass()
    if not form.validate_on_submit():
        return _list(form), 422
    made = actions.open_class(current_user.id, form.name.data.strip())
    return redirect(url_for("classes.klass", class_id=made))


@blueprint.get("/classes/<class_id>")
def klass(class_id: str) -> str:
    """Show the gradebook: students down, assignments across."""
    return _gradebook(class_id, _assignment_form(formdata=None))


@blueprint.post("/classes/<class_id>/assignments")
def give(class_id: str) -> Response | tuple[str, int]:
    """Give the class an assignment."""
    found = access.klass(current_user, class_id)
    form = _assignment_form()
    opens, due = (_utc(form.opens_at.data), _utc(form.due_at.data))
    if form.validate_on_submit() and opens and due and opens >= due:
        form.due_at.errors = ["It must be due after it opens."]
    elif form.validate_on_submit():
        actions.give(found.id, office().library.scenarios[form.scenario.data], form.title.data.strip(),
                     opens_at=opens, due_at=due, attempts_allowed=form.attempts.data)
        flash("Given. Your students see it on their home page.", "right")
        return redirect(url_for("classes.klass", class_id=class_id))
    return _gradebook(class_id, form), 422


def _list(form: NewClass) -> str:
    rows = reads.of_instructor(current_user.id, everyone=current_user.role == "administrator")
    return render_template("classes/index.html", classes=rows, form=form)


def _gradebook(class_id: str, form: NewAssignment) -> str:
    found = access.klass(current_user, class_id)
    given, students = reads.assignments(found.id), reads.gradebook(found.id)
    means = {}
    for assignment in given:
        done = [cell.percent for s in students if (cell := s.cells.get(assignment.id)) and cell.percent is not None]
        means[assignment.id] = (round(sum(done) / len(done)) if done else None, len(done))
    return render_template("classes/class.html", klass=found, assignments=given, students=students, means=means,
                           form=form)


def _assignment_form(**kwargs: object) -> NewAssignment:
    form = NewAssignment(**kwargs)
    scenarios = sorted(office().library.scenarios.values(), key=lambda s: (s.duty, s.level, s.title))
    form.scenario.choices = [(s.id, f"{s.title} (level {s.level}, {s.minutes} min)") for s in scenarios]
    return form


def _utc(value: dt.datetime | None) -> dt.datetime | None:
    return value.replace(tzinfo=dt.UTC) if value is not None else None
