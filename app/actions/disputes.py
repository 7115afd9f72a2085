"""Dispute a line of a mark, and answer a dispute. An upheld one brings a new mark beside the old."""

import secrets

from msgspec.structs import replace

from app.actions.attempts import Refused, append, locked_with_events
from app.learning.attempt import Regraded, fold
from app.learning.building import VERSION
from app.learning.contract import LineMark, StepMark
from app.store.models.attempts import Attempt
from app.store.models.disputes import Dispute
from app.store.models.people import User
from app.store.session import utc_now, writing

LONGEST = 1_000  # characters of a reason or an answer


def raise_dispute(attempt_id: int, step_id: str, line: int, reason: str, quote: str = "") -> None:
    """Send a dispute of line `line` (from 0) of a marked step to the instructor. Raises Refused.

    A line is disputed once: a second try changes nothing.
    """
    with writing() as session:
        row, scenario, events = locked_with_events(session, attempt_id)
        step = fold(scenario, events).step(step_id)
        if row.assignment_id is None:
            raise Refused("Practice on your own has no instructor who could answer a dispute.")
        if step is None or step.mark is None or not 0 <= line < len(step.mark.lines):
            raise Refused("Only a line that was marked can be disputed.")
        if step.mark.lines[line].outcome == "right":
            raise Refused("This line is marked right already.")
        if session.query(Dispute).filter_by(attempt_id=attempt_id, step=step_id, line=line).first() is None:
            session.add(Dispute(public_id=secrets.token_urlsafe(12), attempt_id=attempt_id, step=step_id, line=line,
                                reason=reason[:LONGEST], quote=quote[:LONGEST], raised_at=utc_now()))


def answer(dispute_id: int, by: int, *, uphold: bool, words: str) -> None:
    """Settle a dispute with a reason; a second answer changes nothing.

    Upheld: the line earns full marks, in a new mark beside the old one.
    """
    at = utc_now()
    with writing() as session:
        found = session.get(Dispute, dispute_id, with_for_update=True)
        if found is None or found.outcome != "open":
            return
        found.outcome, found.answer = "upheld" if uphold else "declined", words[:LONGEST]
        found.answered_by, found.answered_at = by, at
        if not uphold:
            return
        row, scenario, events = locked_with_events(session, found.attempt_id)
        step = fold(scenario, events).step(found.step)
        person = session.get(User, by)
        if step is None or step.mark is None:
            return
        mark = _with_full_marks(step.mark, found.line)
        append(session, row, events, Regraded(found.step, mark, VERSION, person.name if person else "", words), at)
        _keep_points(row, scenario, events)


def _with_full_marks(mark: StepMark, place: int) -> StepMark:
    lines = list(mark.lines)
    line: LineMark = lines[place]
    lines[place] = replace(line, outcome="right", earned=line.weight * 100, cost="")
    return replace(mark, lines=tuple(lines))


def _keep_points(row: Attempt, scenario: object, events: object) -> None:
    state = fold(scenario, events)  # type: ignore[arg-type]
    row.points, row.possible = min(state.points, state.possible), state.possible
    row.token += 1
