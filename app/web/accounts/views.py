"""Practice as a guest, register, sign in and out, the account, joining a class."""

from urllib.parse import urlsplit

from flask import flash, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from app.actions import accounts as actions
from app.extensions import limiter
from app.store.queries import classes, people
from app.store.queries.people import PersonRow
from app.web.accounts.blueprint import blueprint
from app.web.accounts.forms import Change, Join, Register, SignIn
from app.web.gate import SignedIn


@blueprint.post("/guest")
@limiter.limit("20 per minute")
def guest() -> Response:
    """Practice at once: nothing to fill in, the work is kept."""
    if not current_user.is_authenticated:
        _enter(actions.make_guest())
    return redirect(_next() or url_for("home.index"))


@blueprint.route("/register", methods=["GET", "POST"])
@limiter.limit("20 per minute", methods=["POST"])
def register() -> Response | str | tuple[str, int]:
    """Make an account; a guest's work moves into it."""
    if current_user.is_authenticated and not current_user.is_guest:
        return redirect(url_for("home.index"))
    form = Register()
    if not form.validate_on_submit():
        return _form("accounts/register.html", form)
    guest_row: PersonRow | None = current_user.row if current_user.is_authenticated else None
    try:
        made = actions.register(form.name.data.strip(), form.email.data, form.password.data, guest=guest_row)
    except actions.Taken:
        form.email.errors = ["There is an account with this address. Sign in instead, or reset its password."]
        return _form("accounts/register.html", form)
    _enter(made)
    flash("Welcome. What you did as a guest is yours." if guest_row else "Welcome.", "right")
    return redirect(url_for("home.index"))


@blueprint.route("/sign-in", methods=["GET", "POST"])
@limiter.limit("20 per minute", methods=["POST"])
def sign_in() -> Response | str | tuple[str, int]:
    """Sign in; a guest's work moves to the account."""
    if current_user.is_authenticated and not current_user.is_guest:
        return redirect(url_for("home.index"))
    form = SignIn()
    if not form.validate_on_submit():
        return _form("accounts/sign_in.html", form)
    found = actions.sign_in(form.email.data, form.password.data)
    if found is None:
        form.password.errors = ["Address and password do not match an account."]
        return _form("accounts/sign_in.html", form)
    if current_user.is_authenticated:
        actions.adopt_guest(current_user.row, found.id)
    _enter(found.public_id)
    return redirect(_next() or url_for("home.index"))


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """Sign out. A guest who signs out cannot come back: the page says so before."""
    logout_user()
    session.clear()
    return redirect(url_for("public.landing"))


@blueprint.get("/account")
def account() -> str:
    """The account: who one is, the password, the classes."""
    return render_template("accounts/account.html", change=Change(), join=Join(),
                           classes=classes.of_learner(current_user.id))


@blueprint.post("/account/join")
@limiter.limit("10 per minute")
def join() -> Response | tuple[str, int]:
    """Join a class by its code."""
    form = Join()
    name = None
    if form.validate_on_submit():
        name = actions.join_class(current_user.id, form.code.data)
        if name is None:
            form.code.errors = ["No class has this code. Check it with your instructor."]
    if name is None:
        return render_template("accounts/account.html", change=Change(formdata=None), join=form,
                               classes=classes.of_learner(current_user.id)), 422
    flash(f"You are in {name}.", "right")
    return redirect(url_for("home.index"))


def _enter(public_id: str) -> None:
    """Begin a new session for this person: nothing of an older one is kept but the theme."""
    row = people.by_public_id(public_id)
    if row is None:
        raise LookupError(public_id)
    session.clear()
    login_user(SignedIn(row), remember=False)
    session.permanent = True


def _form(template: str, form: object) -> str | tuple[str, int]:
    page = render_template(template, form=form, next=_next() or "")
    return (page, 422) if request.method == "POST" else page


def _next() -> str | None:
    """Where to go on: only a path of this site."""
    there = request.values.get("next", "")
    parts = urlsplit(there)
    safe = there.startswith("/") and not there.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return there if safe and "\\" not in there else None
