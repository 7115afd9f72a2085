"""`/x12`: open an electronic file of any origin and see it in words. Nothing of it is kept."""

from itertools import groupby

from flask import Blueprint, Request, abort, redirect, render_template, request, url_for
from flask_login import current_user
from msgspec import Struct
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from app.billing.x12.reading import File, Problem, Segment, X12Error, read
from app.billing.x12.reading_bytes import characters
from app.billing.x12.reading_print import counted, heading, shown
from app.billing.x12.words import title
from app.extensions import limiter
from app.web.office import office
from app.web.x12.examples import EXAMPLES, example

blueprint = Blueprint("x12", __name__)
MOST = 1_000_000  # bytes of a file
SEGMENTS = 1_000  # shown one by one: more of them make no readable page
_TOO_LONG = f"This is more than {MOST:,} bytes, the most that is read here. Send a part of it, or use the command line."


class Part(Struct, frozen=True):
    """Segments that stand together in a loop."""

    loop: str
    place: str
    segments: list[Segment]


@blueprint.get("/x12")
def index() -> str:
    """Ask for a file, or show an example."""
    name = request.args.get("example", "")
    if not name:
        return _page()
    if name not in EXAMPLES:
        abort(404)
    return _page(file=read(example(name, office().codes)), whole=True, example=name)


@blueprint.post("/x12")
@limiter.limit("30 per minute")
def read_file() -> str | tuple[str, int]:
    """Show what was sent in words; what is damaged as far as it can be read."""
    raw, pasted = _sent(request)
    whole = request.form.get("show") != "claims"
    if not raw.strip():
        return _page(problem="Choose a file, or paste its text.", whole=whole), 422
    if len(raw) > MOST:
        return _page(problem=_TOO_LONG, pasted=pasted, whole=whole), 422
    try:
        return _page(file=read(characters(raw)), pasted=pasted, whole=whole)
    except X12Error as error:
        return _page(file=error.file, problems=error.problems, pasted=pasted, whole=whole), 422


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_: RequestEntityTooLarge) -> Response | tuple[str, int]:
    """Say it beside the field: the door has not read what was sent."""
    if not current_user.is_authenticated:
        return redirect(url_for("accounts.sign_in"))
    return _page(problem=_TOO_LONG), 413


def _sent(request: Request) -> tuple[bytes, str]:
    """Return the bytes of the file, and ""; without a file those of the text that was pasted, and the text."""
    file, pasted = request.files.get("file"), request.form.get("text", "")
    raw = file.read(MOST + 1) if file is not None else b""
    return (raw, "") if raw else (pasted.encode(), pasted)


def _page(file: File | None = None, problems: tuple[Problem, ...] = (), problem: str = "", pasted: str = "",
          whole: bool = True, example: str = "") -> str:
    problem = problem or (str(problems[0]) if problems else "")
    segments = file.segments[:SEGMENTS] if file is not None and whole else ()
    return render_template(
        "x12/index.html", file=file, problem=_sentence(problem), at="text" if pasted else "file",
        others=[_sentence(str(other)) for other in problems[1:]], pasted=pasted, whole=whole,
        parts=_parts(segments), examples=EXAMPLES, example=example, most=MOST, shown_segments=len(segments),
        counted=counted, heading=heading, dollars=shown, title=title)


def _sentence(problem: str) -> str:
    return problem[:1].upper() + problem[1:]


def _parts(segments: tuple[Segment, ...]) -> list[Part]:
    return [Part(*where, list(rows)) for where, rows in groupby(segments, lambda row: (row.loop, row.place))]
