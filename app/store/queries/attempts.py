"""Reads of attempts, as typed rows."""

import datetime as dt

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import ColumnElement, select

from app.learning.attempt import Dated, Event, State, fold, whole_percent
from app.learning.case import Case
from app.learning.scenario import Scenario
from app.store.models.attempts import Attempt, AttemptEvent, Draft
from app.store.models.people import Assignment
from app.store.session import session


class AttemptRow(Struct, frozen=True):
    """An attempt in a list. Points in hundredths of a mark."""

    public_id: str
    scenario_id: str
    duty: str
    points: int
    possible: int
    started_at: dt.datetime
    finished_at: dt.datetime | None

    @property
    def percent(self) -> int:
        """Score in whole percent."""
        return whole_percent(self.points, self.possible)


class Standing(Struct, frozen=True):
    """How a person stands with a scenario. `under_way` is the public id of the latest unfinished attempt, or ""."""

    finished: int = 0
    best: int = 0  # percent of the best finished attempt
    under_way: str = ""

    @property
    def state(self) -> str:
        """`open` with a case on the desk, else `done` or `new`."""
        return "open" if self.under_way else "done" if self.finished else "new"


class DraftRow(Struct, frozen=True):
    fields: dict[str, list[str]]
    other: dict[str, list[str]] | None
    token: int
    saved_at: dt.datetime


class Loaded(Struct, frozen=True):
    """A whole attempt: what was stored at the start, and the state its events fold to."""

    id: int
    public_id: str
    user_id: int
    assignment: str | None  # public id of the assignment it was made for
    token: int
    scenario: Scenario
    case: Case
    state: State
    started_at: dt.datetime
    finished_at: dt.datetime | None


def loaded(attempt_id: int) -> Loaded:
    """Return the attempt with its case and state. Raises NoResultFound when there is none."""
    row = session().execute(select(Attempt).where(Attempt.id == attempt_id)).scalar_one()
    given = session().execute(
        select(Assignment.public_id).where(Assignment.id == row.assignment_id)).scalar_one_or_none()
    scenario = msgspec.json.decode(row.scenario, type=Scenario)
    return Loaded(
        row.id, row.public_id, row.user_id, given, row.token, scenario,
        msgspec.json.decode(row.case, type=Case), fold(scenario, events(row.id)), row.started_at, row.finished_at,
    )


def is_broken() -> ColumnElement[bool]:
    """The condition that an attempt broke by our fault: it counts against nobody."""
    return select(AttemptEvent.id).where(AttemptEvent.attempt_id == Attempt.id, AttemptEvent.kind == "broken").exists()


def events(attempt_id: int) -> list[Dated]:
    """Return the attempt's events in order."""
    rows = session().execute(
        select(AttemptEvent).where(AttemptEvent.attempt_id == attempt_id).order_by(AttemptEvent.number)
    ).scalars()
    return [Dated(row.number, row.at, msgspec.json.decode(row.body, type=Event)) for row in rows]  # type: ignore[arg-type]


def draft(attempt_id: int, step: str) -> DraftRow | None:
    """Return what was typed in that step and not handed in, or None."""
    row = session().get(Draft, (attempt_id, step))
    if row is None:
        return None
    kept = msgspec.json.decode(row.other, type=dict[str, list[str]]) if row.other else None
    return DraftRow(msgspec.json.decode(row.body, type=dict[str, list[str]]), kept, row.token, row.saved_at)


def of_user(user_id: int, *, limit: int = 200) -> list[AttemptRow]:
    """Return a person's attempts, newest first."""
    rows = session().execute(
        select(Attempt.public_id, Attempt.scenario_id, Attempt.duty, Attempt.points, Attempt.possible,
               Attempt.started_at, Attempt.finished_at)
        .where(Attempt.user_id == user_id).order_by(Attempt.started_at.desc(), Attempt.id.desc()).limit(limit)
    )
    return [AttemptRow(*row) for row in rows]


def standing(user_id: int) -> dict[str, Standing]:
    """Return how a person stands with each scenario that was ever begun. A case that broke by our fault is not open."""
    found: dict[str, Standing] = {}
    rows = session().execute(
        select(Attempt.scenario_id, Attempt.public_id, Attempt.points, Attempt.possible, Attempt.finished_at)
        .where(Attempt.user_id == user_id, ~is_broken()).order_by(Attempt.id))
    for scenario_id, public_id, points, possible, finished in rows:
        so_far = found.get(scenario_id, Standing())
        if finished is None:
            found[scenario_id] = replace(so_far, under_way=public_id)
        else:
            found[scenario_id] = replace(so_far, finished=so_far.finished + 1,
                                         best=max(so_far.best, whole_percent(points, possible)))
    return found


def of_assignment(assignment_id: int) -> dict[int, list[AttemptRow]]:
    """Return the attempts at an assignment by user id, in order of time."""
    found: dict[int, list[AttemptRow]] = {}
    rows = session().execute(
        select(Attempt.user_id, Attempt.public_id, Attempt.scenario_id, Attempt.duty, Attempt.points,
               Attempt.possible, Attempt.started_at, Attempt.finished_at)
        .where(Attempt.assignment_id == assignment_id).order_by(Attempt.started_at, Attempt.id)
    )
    for user_id, *rest in rows:
        found.setdefault(user_id, []).append(AttemptRow(*rest))
    return found
