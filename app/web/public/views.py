"""The first page, about, credits, privacy, and the choice of light or dark."""

from urllib.parse import urlsplit, urlunsplit

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.web.office import office

blueprint = Blueprint("public", __name__)


@blueprint.get("/")
def landing() -> Response | str:
    """Say what this is; who is signed in goes home."""
    if current_user.is_authenticated:
        return redirect(url_for("home.index"))
    return render_template("public/landing.html", scenarios=len(office().library.scenarios),
                           questions=len(office().bank.items))


@blueprint.get("/about")
def about() -> str:
    """How cases, keys and marks come about."""
    return render_template("public/about.html")


@blueprint.get("/credits")
def credits() -> str:
    """Licences and sources."""
    return render_template("public/credits.html")


@blueprint.get("/privacy")
def privacy() -> str:
    """What the site keeps about a person."""
    return render_template("public/privacy.html")


@blueprint.post("/theme")
def theme() -> Response:
    """Keep the choice of light, dark, or as the device has it."""
    wanted = request.form.get("theme", "")
    response = make_response(redirect(_came_from()))
    if wanted in ("light", "dark"):
        response.set_cookie("theme", wanted, max_age=31_536_000, samesite="Lax", httponly=True)
    else:
        response.delete_cookie("theme")
    return response


def _came_from() -> str:
    """The page that the person looks at, when it is one of ours and can be asked for again."""
    there = urlsplit(request.referrer or "")
    try:
        current_app.url_map.bind("").match(there.path, method="GET")
    except HTTPException:
        return "/"
    return urlunsplit(("", "", there.path, there.query, "")) if there.netloc == request.host else "/"


@blueprint.get("/health")
def health() -> tuple[str, int]:
    """For whoever watches the site."""
    return "ok", 200
