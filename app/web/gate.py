"""The gate: sign-in by default, a strict content policy, and who the person at the desk is."""

from flask import Flask, Response, abort, g, redirect, request, url_for
from flask_login import UserMixin, current_user

from app.extensions import login
from app.store.queries import people
from app.store.queries.people import PersonRow

# The only endpoints that nobody needs to sign in for.
PUBLIC = {
    "static", "public.landing", "public.about", "public.credits", "public.privacy", "public.theme", "public.health",
    "world.about_world", "bank.about",
    "accounts.sign_in", "accounts.register", "accounts.guest", "accounts.forgot", "accounts.reset",
}
_POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
))
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SignedIn(UserMixin):
    """The person behind a session. The session holds a stamp of the password: change it, and other sessions end."""

    def __init__(self, row: PersonRow) -> None:
        self.row = row
        self.id, self.name, self.role, self.is_guest = row.id, row.name, row.role, row.is_guest
        self.public_id, self.email = row.public_id, row.email

    def get_id(self) -> str:
        """What the session keeps."""
        return f"{self.row.public_id}:{self.row.stamp}"


def set_up(app: Flask) -> None:
    """Stand at the door of `app`."""
    login.init_app(app)
    login.user_loader(_load)
    app.before_request(_refuse_nul)
    app.before_request(_ask_to_sign_in)
    app.after_request(_add_headers)


def _load(kept: str) -> SignedIn | None:
    public_id, _, stamp = kept.partition(":")
    row = people.by_public_id(public_id)
    return SignedIn(row) if row is not None and row.stamp == stamp else None


def _refuse_nul() -> None:
    """No keyboard types a NUL, and PostgreSQL stores none: it is refused at the door, on every database alike."""
    if any("\x00" in value for values in request.values.listvalues() for value in values):
        abort(400)


def _ask_to_sign_in() -> Response | None:
    if request.endpoint is None or request.endpoint in PUBLIC or current_user.is_authenticated:
        return None
    if request.headers.get("X-Requested-With"):
        return Response("Sign in first.", 401)
    there = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=there))  # type: ignore[return-value]


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        response.headers["Cache-Control"] = "public, max-age=86400"
    elif not g.get("may_be_kept", False):
        response.headers.setdefault("Cache-Control", "no-store" if current_user.is_authenticated else "no-cache")
    return response
