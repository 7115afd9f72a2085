"""What a learner does in a scenario: start, save, take a hint, hand in. Each write: lock, append, commit once."""

import datetime as dt
import logging
import secrets
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import func, select

from app.coding.editions import CodeIndex
from app.learning.attempt import Broken, Dated, Event, Finished, HintTaken, Marked, Opened, State, Submitted, fold
from app.learning.building import VERSION, build_case
from app.learning.case import Case
from app.learning.contract import Problems, Raw, Response
from app.learning.reading import parse
from app.learning.scenario import Scenario, StepSpec, step_options
from app.learning.steps import KINDS
from app.store.models.attempts import Attempt, AttemptEvent, Draft
from app.store.models.people import Assignment
from app.store.queries.attempts import is_broken
from app.store.session import utc_now, writing

log = logging.getLogger(__name__)
LONGEST = 4_000  # characters kept of one posted value, entries kept of one posted list
MOST = 60


class Refused(Exception):
    """The action cannot be taken; `str()` says why and what to do, to the person."""


class HandedIn(Struct, frozen=True):
    """What came of handing in: problems beside fields, or nothing (it is marked), or it was marked already."""

    problems: Problems | None = None
    already: bool = False


def start(user_id: int, scenario: Scenario, codes: CodeIndex, *, seed: str | None = None,
          assignment_id: int | None = None, go_on: bool = False, now: dt.datetime | None = None) -> str:
    """Start a fresh case and return the attempt's public id. Raises Refused, CannotBuild.

    `go_on`: an attempt at the same assignment that is under way comes back instead, so that a button that was pressed
    twice uses up one attempt.
    """
    drawn = seed or secrets.token_hex(8)
    case = build_case(scenario, drawn, codes)
    at = now or utc_now()
    with writing() as session:
        ordinal = 1
        if assignment_id is not None:
            under_way = _under_way(session, assignment_id, user_id) if go_on else None
            if under_way is not None:
                return under_way
            ordinal = _next_ordinal(session, assignment_id, user_id, at)
        row = Attempt(
            public_id=secrets.token_urlsafe(12), user_id=user_id, assignment_id=assignment_id, ordinal=ordinal,
            scenario_id=scenario.id, duty=scenario.duty, scenario=_text(scenario), seed=drawn, case=_text(case),
            possible=scenario.marks * 100, started_at=at,
        )
        session.add(row)
        session.flush()
        _open_next(session, row, case, scenario, [], at)
        return row.public_id


def save_draft(attempt_id: int, step: str, raw: Raw, token: int) -> int:
    """Keep what was typed, and return the draft's new token. Never marks; keeps both copies of two tabs."""
    body = _text({name: [v[:LONGEST] for v in values[:MOST]] for name, values in list(raw.items())[:MOST]})
    with writing() as session:
        _locked(session, attempt_id)
        row = session.get(Draft, (attempt_id, step))
        if row is None:
            session.add(Draft(attempt_id=attempt_id, step=step, body=body, token=token + 1, saved_at=utc_now()))
            return token + 1
        if row.token != token and row.body != body:
            row.other = row.body
        row.body, row.token, row.saved_at = body, max(row.token, token) + 1, utc_now()
        return row.token


def take_hint(attempt_id: int, step_id: str, number: int) -> None:
    """Open hint `number` (0-based) of the step that is on the desk. Taking it twice costs once."""
    with writing() as session:
        row, scenario, events = locked_with_events(session, attempt_id)
        step = fold(scenario, events).step(step_id)
        if step is None or step.status != "open" or number != step.hints or number >= len(step.spec.hints):
            return
        append(session, row, events, HintTaken(step_id, number), utc_now())


def hand_in(attempt_id: int, step_id: str, raw: Raw, codes: CodeIndex | None = None) -> HandedIn:
    """Read, record, mark, and lay the next step on the desk. Handing in twice marks once.

    `codes` tells what the codes handed in mean, which is kept with them.
    """
    at = utc_now()
    with writing() as session:
        row, scenario, events = locked_with_events(session, attempt_id)
        state = fold(scenario, events)
        step = state.step(step_id)
        if step is None or step.status != "open" or step.key is None:
            return HandedIn(already=True)
        case = msgspec.json.decode(row.case, type=Case)
        try:
            response = _read(case, step.spec, state, raw, codes)
            if isinstance(response, Problems):
                return HandedIn(problems=response)
            mark = _kind(step.spec).mark(case, step_options(step.spec), step.key, response, state.earlier)
        except Exception:
            _record_broken(session, row, events, step_id, at)
            return HandedIn()
        append(session, row, events, Submitted(step_id, response), at)
        append(session, row, events, Marked(step_id, mark, VERSION), at)
        _open_next(session, row, case, scenario, events, at)
        return HandedIn()


def _read(case: Case, spec: StepSpec, state: State, raw: Raw, codes: CodeIndex | None) -> Response | Problems:
    view = _kind(spec).ask(case, step_options(spec), state.earlier)
    return parse(raw, view.fields, codes and (lambda code: _title(codes, code)))


def _title(codes: CodeIndex, code: str) -> str:
    found = codes.look_up(code)
    return found.title if found and found.billable else ""


def _open_next(session: Any, row: Attempt, case: Case, scenario: Scenario, events: list[Dated],
               at: dt.datetime) -> None:
    """Lay the next step on the desk. A step with nothing to do is marked in full and passed over."""
    while True:
        state = fold(scenario, events)
        spec = next((step.spec for step in state.steps if step.status == "ahead"), None)
        if spec is None:
            append(session, row, events, Finished(), at)
            row.finished_at = at
            break
        kind, options = _kind(spec), step_options(spec)
        try:
            nothing = kind.applies(case, options, state.earlier)
            if not nothing:
                append(session, row, events, Opened(spec.id, kind.key(case, options, state.earlier)), at)
                break
        except Exception:
            _record_broken(session, row, events, spec.id, at)
            break
        for event in _passed_over(spec, nothing):
            append(session, row, events, event, at)
    state = fold(scenario, events)
    row.points, row.possible = min(state.points, state.possible), state.possible
    row.token += 1


def _passed_over(spec: StepSpec, nothing: str) -> tuple[Event, ...]:
    from app.learning.contract import Key, StepMark
    from app.learning.marking import right_line

    mark = StepMark((right_line("", spec.title, "Nothing to do", nothing),))
    return (Opened(spec.id, Key(()), nothing), Submitted(spec.id, {}), Marked(spec.id, mark, VERSION))


def _under_way(session: Any, assignment_id: int, user_id: int) -> str | None:
    session.get(Assignment, assignment_id, with_for_update=True)
    found: str | None = session.execute(
        select(Attempt.public_id).where(Attempt.assignment_id == assignment_id, Attempt.user_id == user_id,
                                        Attempt.finished_at.is_(None), ~is_broken()).order_by(Attempt.id.desc())
    ).scalars().first()
    return found


def _next_ordinal(session: Any, assignment_id: int, user_id: int, now: dt.datetime) -> int:
    assignment = session.get(Assignment, assignment_id, with_for_update=True)
    mine = (Attempt.assignment_id == assignment_id, Attempt.user_id == user_id)
    made = session.execute(select(func.count()).select_from(Attempt).where(*mine, ~is_broken())).scalar_one()
    last = session.execute(select(func.max(Attempt.ordinal)).where(*mine)).scalar_one() or 0
    if assignment is None:
        raise Refused("This assignment was withdrawn.")
    if assignment.opens_at is not None and now < assignment.opens_at:
        raise Refused("This assignment is not open yet.")
    if assignment.due_at is not None and now > assignment.due_at:
        raise Refused("This assignment is closed. You can still practice the scenario from the list.")
    if made >= assignment.attempts_allowed:
        raise Refused("You have used every attempt at this assignment.")
    return int(last) + 1


def _record_broken(session: Any, row: Attempt, events: list[Dated], step_id: str, at: dt.datetime) -> None:
    """Our fault: recorded with what is needed to find it, and it never costs the learner."""
    reference = secrets.token_hex(4)
    log.exception("attempt broken: reference %s scenario %s seed %s step %s", reference, row.scenario_id, row.seed,
                  step_id)
    append(session, row, events, Broken(step_id, reference), at)


def append(session: Any, row: Attempt, events: list[Dated], event: Event, at: dt.datetime) -> None:
    """Add `event` to the attempt and to `events`, inside a transaction that holds the attempt's lock."""
    number = events[-1].number + 1 if events else 1
    kind = {"Opened": "opened", "HintTaken": "hint_taken", "Submitted": "submitted", "Marked": "marked",
            "Regraded": "regraded", "Broken": "broken", "Finished": "finished"}[type(event).__name__]
    session.add(AttemptEvent(attempt_id=row.id, number=number, at=at, kind=kind, step=getattr(event, "step", ""),
                             body=_text(event)))
    events.append(Dated(number, at, event))


def _locked(session: Any, attempt_id: int) -> Attempt:
    row: Attempt = session.get(Attempt, attempt_id, with_for_update=True)
    return row


def locked_with_events(session: Any, attempt_id: int) -> tuple[Attempt, Scenario, list[Dated]]:
    """Lock an attempt and return it with its scenario and its events in order."""
    row = _locked(session, attempt_id)
    rows = session.execute(select(AttemptEvent).where(AttemptEvent.attempt_id == attempt_id)
                           .order_by(AttemptEvent.number)).scalars()
    events = [Dated(e.number, e.at, msgspec.json.decode(e.body, type=Event)) for e in rows]  # type: ignore[arg-type]
    return row, msgspec.json.decode(row.scenario, type=Scenario), events


def _kind(spec: StepSpec) -> Any:
    return KINDS[spec.kind]


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()
