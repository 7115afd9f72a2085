"""Reads of speed drills, as typed rows. What is right about a chart is read only once the chart was received."""

import datetime as dt
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Integer, case, cast, func, literal, select

from app.learning.drill import ChartView, Clock, DrillKind
from app.learning.drill_marking import ChartMark, Figures, fair
from app.store.models.drills import Drill, DrillChart
from app.store.session import session


class DrillRow(Struct, frozen=True):
    id: int
    public_id: str
    kind: DrillKind
    clock: Clock


class OpenChart(Struct, frozen=True):
    """The chart on the desk, and what was typed so far."""

    position: int
    view: ChartView
    typed: dict[str, list[str]]


class ReceivedChart(Struct, frozen=True):
    """A chart that was handed in, skipped, late or broken. `mark` is None when it broke, by our fault."""

    position: int
    state: str
    view: ChartView
    mark: ChartMark | None
    seconds: int  # it lay on the desk


class Done(Struct, frozen=True):
    """A drill in a list, with its figures."""

    public_id: str
    kind_id: str
    clock: Clock
    figures: Figures

    @property
    def fair(self) -> bool:
        """Whether it belongs in the trend."""
        return fair(self.figures, self.clock.minutes)


def drill(drill_id: int) -> DrillRow:
    """Return a drill. Raises NoResultFound when there is none."""
    row = session().execute(select(Drill).where(Drill.id == drill_id)).scalar_one()
    return DrillRow(row.id, row.public_id, msgspec.json.decode(row.kind, type=DrillKind),
                    Clock(row.started_at, row.minutes, row.stopped_at))


def open_chart(drill_id: int) -> OpenChart | None:
    """Return the chart on the desk, or None. Its key is not read."""
    found = session().execute(
        select(DrillChart.position, DrillChart.chart, DrillChart.typed)
        .where(DrillChart.drill_id == drill_id, DrillChart.state == "open")).first()
    if found is None:
        return None
    return OpenChart(found.position, msgspec.json.decode(found.chart, type=ChartView),
                     msgspec.json.decode(found.typed, type=dict[str, list[str]]))


def received(drill_id: int) -> list[ReceivedChart]:
    """Return the charts that are not open any more, in order."""
    rows = session().execute(
        select(DrillChart.position, DrillChart.state, DrillChart.chart, DrillChart.mark, DrillChart.opened_at,
               DrillChart.received_at)
        .where(DrillChart.drill_id == drill_id, DrillChart.state != "open").order_by(DrillChart.position))
    return [ReceivedChart(position, state, msgspec.json.decode(chart, type=ChartView),
                          msgspec.json.decode(mark, type=ChartMark) if mark else None,
                          max(0, int((received_at - opened_at).total_seconds())))
            for position, state, chart, mark, opened_at, received_at in rows]


def count_received(drill_id: int) -> int:
    """Return how many charts were handed in, in time."""
    return session().execute(select(func.count()).where(
        DrillChart.drill_id == drill_id, DrillChart.state == "handed_in")).scalar_one()


def of_user(user_id: int, now: dt.datetime, *, limit: int = 200) -> list[Done]:
    """Return a person's drills with their figures at `now`, newest first."""
    return _done(Drill.user_id == user_id, now, limit)


def done(drill_id: int, now: dt.datetime) -> Done:
    """Return a drill with its figures at `now`. Raises IndexError when there is none."""
    return _done(Drill.id == drill_id, now, 1)[0]


def last_of_user(user_id: int, now: dt.datetime) -> Done | None:
    """Return the latest drill that is over and belongs in the trend, or None."""
    return next((row for row in _done(Drill.user_id == user_id, now, 10)
                 if row.fair and not row.clock.running(now)), None)


def _done(which: ColumnElement[bool], now: dt.datetime, limit: int) -> list[Done]:
    """Late and broken charts count nothing."""
    rows = session().execute(
        select(Drill.public_id, Drill.kind_id, Drill.started_at, Drill.minutes, Drill.stopped_at,
               _total(DrillChart.state == "handed_in", literal(1)), *(_total(_COUNTED, column) for column in (
                   literal(1), cast(DrillChart.clean, Integer), DrillChart.codes_asked, DrillChart.codes_right,
                   DrillChart.codes_extra)))
        .outerjoin(DrillChart, DrillChart.drill_id == Drill.id).where(which)
        .group_by(Drill.id).order_by(Drill.started_at.desc(), Drill.id.desc()).limit(limit))
    return [_row(Clock(started, minutes, stopped), public_id, kind_id, counts, now)
            for public_id, kind_id, started, minutes, stopped, *counts in rows]


_COUNTED = DrillChart.state.in_(("handed_in", "skipped"))


def _total(when: ColumnElement[bool], column: Any) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((when, column), else_=0)), 0)


def _row(clock: Clock, public_id: str, kind_id: str, counts: list[int], now: dt.datetime) -> Done:
    coded, settled, clean, asked, right, extra = map(int, counts)
    return Done(public_id, kind_id, clock,
                Figures(coded, settled - coded, clean, asked, right, extra, clock.used(now)))
