"""How it is going: by domain of the outline (questions) and by duty of the job (scenarios)."""

import datetime as dt

from msgspec import Struct
from sqlalchemy import func, select

from app.learning.attempt import whole_percent
from app.store.models.attempts import Attempt
from app.store.models.people import Assignment, Class, Membership
from app.store.models.sittings import Sitting, SittingItem
from app.store.queries.attempts import is_broken
from app.store.session import session


class Share(Struct, frozen=True):
    """`percent` right of `count` answered questions, or of finished scenarios."""

    name: str
    count: int
    percent: int


class Due(Struct, frozen=True):
    """An assignment that is open for a learner. `best` is None before a finished attempt."""

    public_id: str
    class_name: str
    title: str
    scenario_id: str
    opens_at: dt.datetime | None
    due_at: dt.datetime | None
    allowed: int
    made: int
    best: int | None
    under_way: str | None  # public id of an unfinished attempt


class Done(Struct, frozen=True):
    """Something that was done: a question session or a scenario."""

    kind: str
    public_id: str
    title: str
    at: dt.datetime
    percent: int | None  # None: under way


def by_domain(user_id: int) -> list[Share]:
    """Return the share of right answers by domain id, for domains with an answer."""
    rows = session().execute(
        select(SittingItem.domain, func.count(), func.avg(SittingItem.score))
        .join(Sitting, Sitting.id == SittingItem.sitting_id)
        .where(Sitting.user_id == user_id, SittingItem.answered_at.is_not(None))
        .group_by(SittingItem.domain).order_by(SittingItem.domain)
    )
    return [Share(domain, count, round(float(score))) for domain, count, score in rows]


def by_duty(user_id: int) -> list[Share]:
    """Return the share of marks by duty over finished scenarios."""
    rows = session().execute(
        select(Attempt.duty, func.count(), func.sum(Attempt.points), func.sum(Attempt.possible))
        .where(Attempt.user_id == user_id, Attempt.finished_at.is_not(None))
        .group_by(Attempt.duty).order_by(Attempt.duty)
    )
    return [Share(duty, count, whole_percent(points, possible))
            for duty, count, points, possible in rows]


def due(user_id: int) -> list[Due]:
    """Return the assignments of a learner's classes, the next due first."""
    mine = (select(Attempt.assignment_id, func.count().label("made"),
                   func.max((Attempt.points * 200 + Attempt.possible) // func.nullif(2 * Attempt.possible, 0))
                   .filter(Attempt.finished_at.is_not(None)).label("best"),
                   func.max(Attempt.public_id).filter(Attempt.finished_at.is_(None)).label("under_way"))
            .where(Attempt.user_id == user_id, Attempt.assignment_id.is_not(None), ~is_broken())
            .group_by(Attempt.assignment_id).subquery())
    rows = session().execute(
        select(Assignment.public_id, Class.name, Assignment.title, Assignment.scenario_id, Assignment.opens_at,
               Assignment.due_at, Assignment.attempts_allowed, func.coalesce(mine.c.made, 0), mine.c.best,
               mine.c.under_way)
        .join(Class, Class.id == Assignment.class_id)
        .join(Membership, Membership.class_id == Class.id)
        .outerjoin(mine, mine.c.assignment_id == Assignment.id)
        .where(Membership.user_id == user_id)
        .order_by(Assignment.due_at.is_(None), Assignment.due_at, Assignment.id)
    )
    return [Due(*row) for row in rows]


def recent(user_id: int, *, limit: int = 6) -> list[Done]:
    """Return what a person did last, newest first."""
    scenarios = session().execute(
        select(Attempt.public_id, Attempt.scenario_id, Attempt.started_at, Attempt.finished_at, Attempt.points,
               Attempt.possible)
        .where(Attempt.user_id == user_id, ~is_broken())
        .order_by(Attempt.started_at.desc(), Attempt.id.desc()).limit(limit)
    )
    done = [Done("scenario", public_id, scenario_id, started,
                 whole_percent(points, possible) if finished else None)
            for public_id, scenario_id, started, finished, points, possible in scenarios]
    sittings = session().execute(
        select(Sitting.public_id, Sitting.title, Sitting.started_at, Sitting.finished_at,
               func.avg(SittingItem.score))
        .join(SittingItem, SittingItem.sitting_id == Sitting.id)
        .where(Sitting.user_id == user_id).group_by(Sitting.id)
        .order_by(Sitting.started_at.desc(), Sitting.id.desc()).limit(limit)
    )
    done += [Done("questions", public_id, title, started, round(float(score)) if finished and score is not None
                  else None) for public_id, title, started, finished, score in sittings]
    return sorted(done, key=lambda row: row.at, reverse=True)[:limit]
