"""Change a password; reset a forgotten one by a signed link that dies with the password it was made for."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user, login_user
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from app.actions import accounts as actions
from app.actions import mail
from app.extensions import limiter
from app.store.queries import classes, people
from app.web.accounts.blueprint import blueprint
from app.web.accounts.forms import Change, Forgot, Join, Reset
from app.web.gate import SignedIn

LINK_LIVES = 3600  # seconds


@blueprint.post("/account/password")
@limiter.limit("10 per minute")
def change() -> Response | tuple[str, int]:
    """Change the password. Sessions elsewhere end; this one goes on."""
    form = Change()
    if form.validate_on_submit():
        if actions.change_password(current_user.id, form.old.data, form.password.data):
            row = people.by_public_id(current_user.public_id)
            if row is not None:
                login_user(SignedIn(row))
            flash("The password is changed. You are signed out everywhere else.", "right")
            return redirect(url_for("accounts.account"))
        form.old.errors = ["This is not your present password."]
    return render_template("accounts/account.html", change=form, join=Join(formdata=None),
                           classes=classes.of_learner(current_user.id)), 422


@blueprint.route("/forgot", methods=["GET", "POST"])
@limiter.limit("5 per minute", methods=["POST"])
def forgot() -> Response | str | tuple[str, int]:
    """Send a reset link. The answer is the same whether the address is known or not."""
    form = Forgot()
    if not form.validate_on_submit():
        page = render_template("accounts/forgot.html", form=form)
        return (page, 422) if request.method == "POST" else page
    found = people.by_email(form.email.data)
    if found is not None:
        token = _signer().dumps([found.person.email, found.person.stamp])
        _send(found.person.email or "", url_for("accounts.reset", token=token))
    flash("If there is an account with this address, a link is on its way. It works for one hour.", "information")
    return redirect(url_for("accounts.sign_in"))


@blueprint.route("/reset/<token>", methods=["GET", "POST"])
@limiter.limit("10 per minute", methods=["POST"])
def reset(token: str) -> Response | str | tuple[str, int]:
    """Set a new password by a link."""
    told = _checked(token)
    if told is None:
        return _dead_link()
    form = Reset()
    if not form.validate_on_submit():
        page = render_template("accounts/reset.html", form=form, token=token)
        return (page, 422) if request.method == "POST" else page
    if not actions.reset_password(*told, form.password.data):
        return _dead_link()
    flash("The new password is set. Sign in with it.", "right")
    return redirect(url_for("accounts.sign_in"))


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="password-reset")


def _checked(token: str) -> tuple[str, str] | None:
    """Return the address and the stamp of a link that still works."""
    try:
        email, stamp = map(str, _signer().loads(token, max_age=LINK_LIVES))
    except (BadData, ValueError, TypeError):
        return None
    found = people.by_email(email)
    return (email, stamp) if found is not None and found.person.stamp == stamp else None


def _dead_link() -> Response:
    flash("This link is too old or was used already. Ask for a new one.", "caution")
    return redirect(url_for("accounts.forgot"))


def _send(address: str, path: str) -> None:
    site = current_app.config["SITE_URL"] or request.host_url.rstrip("/")
    mail.send(current_app.config["MAIL"], address, "Set a new password for Chartroom",
              f"Set a new password here, within one hour:\n{site}{path}\n\n"
              "If you did not ask for this, nothing needs to be done: your password is unchanged.\n")
