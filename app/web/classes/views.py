"""An instructor's classes: the list, the gradebook of one, and giving an assignment."""

import datetime as dt

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.actions import classes as actions
from app.actions import disputes as dispute_actions
from app.store import access
from app.store.queries import classes as reads
from app.store.queries import disputes as dispute_reads
from app.store.session import utc_now
from app.web.classes.forms import NewAssignment, NewClass
from app.web.office import office
from app.web.workbench.choosing import DUTIES

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
    elif form.validate_on_submit() and due and due <= utc_now():
        form.due_at.errors = ["That is past. Choose a later day, or leave it blank."]
    elif form.validate_on_submit():
        actions.give(found.id, office().library.scenarios[form.scenario.data], form.title.data.strip(),
                     opens_at=opens, due_at=due, attempts_allowed=form.attempts.data)
        flash("Given. Your students see it on their home page.", "right")
        return redirect(url_for("classes.klass", class_id=class_id))
    return _gradebook(class_id, form), 422


@blueprint.get("/classes/<class_id>/disputes")
def disputes(class_id: str) -> str:
    """List what students say was marked wrong, each with the line, their reason, and a place for the answer."""
    found = access.klass(current_user, class_id)
    return render_template("classes/disputes.html", klass=found, rows=dispute_reads.of_class(found.id), wrong="",
                           words="")


@blueprint.post("/classes/<class_id>/disputes/<dispute_id>")
def settle(class_id: str, dispute_id: str) -> Response | tuple[str, int]:
    """Uphold or decline a dispute, with a reason that the student reads."""
    klass_ = access.klass(current_user, class_id)
    found = access.dispute(current_user, klass_.id, dispute_id)
    words, outcome = request.form.get("words", "").strip(), request.form.get("outcome", "")
    if not words or len(words) > dispute_actions.LONGEST or outcome not in ("upheld", "declined"):
        rows = dispute_reads.of_class(klass_.id)
        return render_template("classes/disputes.html", klass=klass_, rows=rows, wrong=dispute_id, words=words), 422
    dispute_actions.answer(found, current_user.id, uphold=outcome == "upheld", words=words)
    flash("Answered. The student sees it beside the mark.", "right")
    return redirect(url_for("classes.disputes", class_id=class_id))


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
                           form=form, disputes=dispute_reads.open_in_class(found.id))


def _assignment_form(**kwargs: object) -> NewAssignment:
    form = NewAssignment(**kwargs)
    scenarios = sorted(office().library.scenarios.values(), key=lambda s: (s.level, s.title))
    form.scenario.choices = {label: [(s.id, f"{s.title} (level {s.level}, {s.minutes} min)")
                                     for s in scenarios if s.duty == duty]
                             for duty, label in DUTIES if any(s.duty == duty for s in scenarios)}
    return form


def _utc(value: dt.datetime | None) -> dt.datetime | None:
    return value.replace(tzinfo=dt.UTC) if value is not None else None
