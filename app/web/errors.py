"""Pages for what goes wrong. Each says what to do."""

import logging

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.store.access import Absent

_WORDS = {
    400: ("That could not be read", "Go back, reload the page, and try once more. What you typed is still there."),
    403: ("Not yours to open", "Go back, or go home."),
    404: ("There is nothing here", "It was moved, withdrawn, or belongs to somebody else. Go back, or go home."),
    405: ("That cannot be done here", "Go back and use the buttons of the page."),
    413: ("Too much at once", "What was sent is larger than this page takes. Send less."),
    429: ("Too many tries", "Wait a minute, then try again."),
    500: ("Something broke, and it is our fault", "What you had saved is saved. Try again; if it stays broken, tell "
          "whoever runs this site the time of day."),
}

_BARE = """<!doctype html><html lang="en-US"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title} · Chartroom</title><h1>{title}</h1><p>{words}</p><p><a href="/">Go home</a></p></html>"""


def set_up(app: Flask) -> None:
    """Show a page for every error."""
    app.register_error_handler(Absent, lambda _: _page(404))
    app.register_error_handler(CSRFError, lambda _: _page(400))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    body, code = _page(error.code)
    kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return body, code, kept


def _broken(error: Exception) -> ResponseReturnValue:
    logging.getLogger(__name__).exception("a request broke", exc_info=error)
    return _page(500)


def _page(code: int) -> tuple[str, int]:
    title, words = _WORDS.get(code, _WORDS[500 if code >= 500 else 400])
    try:
        return render_template("errors/error.html", code=code, title=title, words=words), code
    except Exception:  # what broke may be what every page needs: the database, the layout
        logging.getLogger(__name__).exception("the page for error %s broke", code)
        return _BARE.format(title=title, words=words), code
