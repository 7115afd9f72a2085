"""What a learner does in a speed drill: start, code, skip, stop. Each write: lock, decide, append, commit once.

The time of receipt is taken by the caller, at the door. A chart handed in and the next one laid on the desk are one
commit: whatever happens afterwards, what was handed in stays.
"""

import datetime as dt
import logging
import secrets
from typing import Any, Literal

import msgspec
from msgspec import Struct
from sqlalchemy import select

from app.actions.attempts import LONGEST, MOST
from app.coding.editions import CodeIndex
from app.learning.contract import Problems, Raw, Response
from app.learning.drill import ChartKey, Clock, DrillKind, draw_chart, entry
from app.learning.drill_marking import ChartMark, mark_chart
from app.learning.reading import parse
from app.store.models.drills import Drill, DrillChart
from app.store.models.people import User
from app.store.session import writing

log = logging.getLogger(__name__)
State = Literal["handed_in", "skipped", "late", "broken"]
BLANK = "Enter at least one code, or skip this chart."


class Started(Struct, frozen=True):
    """The drill that is under way now. `fresh` is False when another was running still, which goes on instead."""

    public_id: str
    fresh: bool


class HandedIn(Struct, frozen=True):
    """What came of a chart: problems beside the box, or nothing. `late`: kept and marked, and not counted."""

    problems: Problems | None = None
    already: bool = False
    late: bool = False


def start(user_id: int, kind: DrillKind, *, received: dt.datetime, seed: str | None = None) -> Started:
    """Start a drill with its first chart, or return the one that runs. Raises ValueError when no chart can be drawn."""
    with writing() as session:
        session.get(User, user_id, with_for_update=True)
        recent = received - dt.timedelta(hours=1)  # no drill is longer
        rows = session.execute(select(Drill).where(Drill.user_id == user_id, Drill.started_at >= recent)).scalars()
        running = next((row for row in rows if _clock(row).running(received)), None)
        if running is not None:
            return Started(running.public_id, False)
        row = Drill(public_id=secrets.token_urlsafe(12), user_id=user_id, kind_id=kind.id, kind=_text(kind),
                    seed=seed or secrets.token_hex(8), minutes=kind.minutes, started_at=received)
        session.add(row)
        session.flush()
        session.add(_fresh_chart(row, kind, 1, received))
        return Started(row.public_id, True)


def keep(drill_id: int, position: int, raw: Raw) -> bool:
    """Keep what was typed; False when that chart is not open any more."""
    with writing() as session:
        _, chart = _locked(session, drill_id, position)
        if chart is None:
            return False
        chart.typed = _kept(raw)
        return True


def hand_in(drill_id: int, position: int, raw: Raw, codes: CodeIndex, *, received: dt.datetime) -> HandedIn:
    """Read, mark and record a chart, and lay the next one on the desk while there is time. Twice is marked once."""
    with writing() as session:
        row, chart = _locked(session, drill_id, position)
        if chart is None:
            return HandedIn(already=True)
        kind = msgspec.json.decode(row.kind, type=DrillKind)
        chart.typed = _kept(raw)
        response = parse(raw, (entry(kind),), lambda code: _title(codes, code))
        if isinstance(response, Problems):
            return HandedIn(response)
        if not response:
            return HandedIn(Problems({"codes": BLANK}))
        state = _settle(session, row, chart, response, "handed_in", received)
        return HandedIn(late=state == "late")


def skip(drill_id: int, position: int, *, received: dt.datetime) -> HandedIn:
    """Put a chart aside: nothing in it is right. What was typed stays in the record."""
    with writing() as session:
        row, chart = _locked(session, drill_id, position)
        if chart is None:
            return HandedIn(already=True)
        return HandedIn(late=_settle(session, row, chart, {}, "skipped", received) == "late")


def stop(drill_id: int, *, received: dt.datetime) -> None:
    """End a drill before its time. Ending one that is over changes nothing."""
    with writing() as session:
        row: Drill = session.get(Drill, drill_id, with_for_update=True)
        if _clock(row).running(received):
            row.stopped_at = received


def _settle(session: Any, row: Drill, chart: DrillChart, response: Response, state: State, at: dt.datetime) -> State:
    """Mark the chart as it was stored, record it, and open the next one."""
    clock = _clock(row)
    chart.received_at, chart.response = at, _text(response)
    try:
        mark = mark_chart(msgspec.json.decode(chart.key, type=ChartKey), response)
    except Exception:
        log.exception("chart broken: drill %s kind %s seed %s chart %s", row.public_id, row.kind_id, row.seed,
                      chart.position)
        chart.state = "broken"  # our fault: it counts neither way
    else:
        chart.state = state if clock.counts(at) else "late"
        _keep_mark(chart, mark)
    session.flush()  # the open chart closes before the next one opens
    if clock.running(at):
        _open_next(session, row, chart.position + 1, at)
    return chart.state  # type: ignore[return-value]


def _keep_mark(chart: DrillChart, mark: ChartMark) -> None:
    chart.mark, chart.clean = _text(mark), mark.clean
    chart.codes_right, chart.codes_extra = mark.right, mark.extra


def _open_next(session: Any, row: Drill, position: int, at: dt.datetime) -> None:
    """Lay the next chart on the desk. When none can be drawn the drill ends here: what was handed in is kept."""
    try:
        chart = _fresh_chart(row, msgspec.json.decode(row.kind, type=DrillKind), position, at)
    except Exception:
        log.exception("no chart: drill %s kind %s seed %s chart %s", row.public_id, row.kind_id, row.seed, position)
        row.stopped_at = at
    else:
        session.add(chart)


def _fresh_chart(row: Drill, kind: DrillKind, position: int, at: dt.datetime) -> DrillChart:
    view, key = draw_chart(kind, row.seed, position)
    return DrillChart(drill_id=row.id, position=position, chart=_text(view), key=_text(key), opened_at=at,
                      codes_asked=len(key.diagnoses))


def _locked(session: Any, drill_id: int, position: int) -> tuple[Drill, DrillChart | None]:
    """Lock the drill; return it with that chart, None when the chart is not open."""
    row: Drill = session.get(Drill, drill_id, with_for_update=True)
    chart = session.execute(select(DrillChart).where(
        DrillChart.drill_id == drill_id, DrillChart.position == position, DrillChart.state == "open")
    ).scalar_one_or_none()
    return row, chart


def _clock(row: Drill) -> Clock:
    return Clock(row.started_at, row.minutes, row.stopped_at)


def _title(codes: CodeIndex, code: str) -> str:
    found = codes.look_up(code)
    return found.title if found and found.billable else ""


def _kept(raw: Raw) -> str:
    return _text({name: [value[:LONGEST] for value in values[:MOST]] for name, values in list(raw.items())[:MOST]})


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()
