"""Home answers three questions: what is due, how am I doing, what next."""

from flask import Blueprint, render_template, url_for
from flask_login import current_user
from msgspec import Struct

from app.learning.outline import Outline
from app.learning.scenario import Scenario
from app.learning.sitting import margin
from app.store.queries import classes, drills, progress
from app.store.queries.classes import ClassRow
from app.store.queries.progress import Done, Due, Share
from app.store.session import utc_now
from app.web.office import office
from app.web.workbench.choosing import DUTIES, first

blueprint = Blueprint("home", __name__)


class Next(Struct, frozen=True):
    """The one button: what it says, why, and where it leads. With an `assignment` it starts that, by a form."""

    label: str
    why: str
    href: str
    assignment: str = ""


@blueprint.get("/home")
def index() -> str:
    """Show the learner's home."""
    scenarios, outline = office().library.scenarios, office().bank.outline
    due = progress.due(current_user.id)
    domains, duties = progress.by_domain(current_user.id), progress.by_duty(current_user.id)
    recent = progress.recent(current_user.id)
    teaching = current_user.role in ("instructor", "administrator")
    taught = (classes.of_instructor(current_user.id, everyone=current_user.role == "administrator")
              if teaching else [])
    now = utc_now()
    return render_template(
        "home/index.html", due=due, now=now, drill=drills.last_of_user(current_user.id, now), recent=recent,
        scenarios=scenarios, margin=margin, domains=_by_domain(outline, domains), duties=_by_duty(duties),
        next=_to_answer(taught) or _next(due, recent, domains, scenarios, outline), classes=taught,
    )


def _to_answer(taught: list[ClassRow]) -> Next | None:
    """Who teaches answers first: a student waits."""
    row = next((row for row in taught if row.disputes), None)
    if row is None:
        return None
    marks = "1 disputed mark" if row.disputes == 1 else f"{row.disputes} disputed marks"
    return Next(f"Answer {marks}", f"Students of {row.name} wait for it.",
                url_for("classes.disputes", class_id=row.public_id))


def _by_domain(outline: Outline, shares: list[Share]) -> list[tuple[str, str, Share | None]]:
    mine = {share.name: share for share in shares}
    return [(f"{d.id} {d.title}", f"{d.low}–{d.high} %", mine.get(d.id)) for d in outline.domains]


def _by_duty(shares: list[Share]) -> list[tuple[str, Share | None]]:
    mine = {share.name: share for share in shares}
    offered = {scenario.duty for scenario in office().library.scenarios.values()}
    return [(label, mine.get(duty)) for duty, label in DUTIES if duty in offered]


def _next(due: list[Due], recent: list[Done], domains: list[Share], scenarios: dict[str, Scenario],
          outline: Outline) -> Next:
    """An unfinished case, then what is due, then a first case, then the weakest domain by the outline's weight."""
    now = utc_now()
    unfinished = next((row for row in recent if row.kind == "scenario" and row.percent is None), None)
    if unfinished is not None:
        title = scenarios[unfinished.title].title if unfinished.title in scenarios else "your case"
        return Next(f"Go on with “{title}”", "You left it on the desk.",
                    url_for("workbench.attempt", attempt_id=unfinished.public_id))
    owed = next((row for row in due if row.best is None and row.scenario_id in scenarios
                 and (row.due_at is None or row.due_at > now) and (row.opens_at is None or row.opens_at <= now)), None)
    if owed is not None:
        return Next(f"Work “{owed.title}”", f"Given in {owed.class_name}.",
                    url_for("workbench.start", scenario_id=owed.scenario_id), owed.public_id)
    begin = None if any(row.kind == "scenario" for row in recent) else first(scenarios.values())
    if begin is not None:
        return Next(f"Start with “{begin.title}”", f"A short first case, about {begin.minutes} minutes.",
                    url_for("workbench.scenario", scenario_id=begin.id))
    weights = {d.id: d.high for d in outline.domains}
    answered = {share.name: share for share in domains}
    weakest = max(outline.domains, key=lambda d: weights[d.id] * (100 - (answered[d.id].percent
                                                                         if d.id in answered else 50)), default=None)
    title = weakest.title if weakest else "questions"
    return Next("Practice ten questions", f"Most to gain now: {title}.", url_for("questions.index"))
