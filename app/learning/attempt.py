"""An attempt as a fold over its events: nothing else decides what state it is in or what it scored."""

import datetime as dt
from collections.abc import Iterable
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from app.learning.contract import Earlier, Key, Response, StepMark
from app.learning.scenario import Scenario, StepSpec

Hundredths: TypeAlias = int  # of a mark


class Opened(Struct, frozen=True, tag="opened"):
    """A step was laid on the desk; its key was derived then, from the stored case. `nothing_to_do` says why not."""

    step: str
    key: Key
    nothing_to_do: str = ""


class HintTaken(Struct, frozen=True, tag="hint_taken"):
    step: str
    number: int  # 0-based


class Submitted(Struct, frozen=True, tag="submitted"):
    step: str
    response: Response


class Marked(Struct, frozen=True, tag="marked"):
    step: str
    mark: StepMark
    version: str  # of the marking


class Regraded(Struct, frozen=True, tag="regraded"):
    """A person's mark beside the first one, which stays in the record. `by` is a name, `reason` what she said."""

    step: str
    mark: StepMark
    version: str
    by: str
    reason: str


class Broken(Struct, frozen=True, tag="broken"):
    """Our fault: never costs the learner."""

    step: str
    reference: str


class Finished(Struct, frozen=True, tag="finished"):
    pass


Event: TypeAlias = Opened | HintTaken | Submitted | Marked | Regraded | Broken | Finished


class Dated(Struct, frozen=True):
    """An event with its number in the attempt (from 1) and its time (UTC)."""

    number: int
    at: dt.datetime
    event: Event


class StepState(Struct, frozen=True):
    spec: StepSpec
    status: Literal["ahead", "open", "submitted", "marked", "broken"]
    key: Key | None = None
    nothing_to_do: str = ""
    hints: int = 0  # how many were taken
    response: Response | None = None
    mark: StepMark | None = None

    @property
    def hint_cost(self) -> Hundredths:
        """What the hints taken cost."""
        return sum(hint.costs for hint in self.spec.hints[: self.hints]) * 100

    @property
    def points(self) -> Hundredths:
        """Points of a marked step, after hints, never below 0."""
        if self.mark is None or self.nothing_to_do:
            return 0
        return max(0, self.spec.marks * self.mark.percent // 100 - self.hint_cost)


def whole_percent(points: Hundredths, possible: Hundredths) -> int:
    """Return the share in whole percent, rounded half up, as every list and page shows it."""
    return (points * 200 + possible) // (2 * possible) if possible else 0


class State(Struct, frozen=True):
    steps: tuple[StepState, ...]
    finished: bool
    broken: bool

    @property
    def current(self) -> StepState | None:
        """The step on the desk, or None when all are done."""
        return next((step for step in self.steps if step.status in ("open", "submitted", "broken")), None)

    @property
    def points(self) -> Hundredths:
        """Points so far."""
        return sum(step.points for step in self.steps)

    @property
    def possible(self) -> Hundredths:
        """Points there are in all. A step in which there was nothing to do counts neither way."""
        return sum(step.spec.marks for step in self.steps if not step.nothing_to_do) * 100

    @property
    def percent(self) -> int:
        """Score in whole percent."""
        return whole_percent(self.points, self.possible)

    def step(self, step_id: str) -> StepState | None:
        """Return the state of that step, or None."""
        return next((step for step in self.steps if step.spec.id == step_id), None)

    @property
    def earlier(self) -> Earlier:
        """Responses to the marked steps, in order."""
        return Earlier(tuple((s.spec.id, s.spec.kind, s.response or {}) for s in self.steps if s.status == "marked"))


def fold(scenario: Scenario, events: Iterable[Dated]) -> State:
    """Return the state that `events`, in order, lead to. Events of unknown steps are passed over."""
    steps = {spec.id: StepState(spec, "ahead") for spec in scenario.steps}
    finished = broken = False
    for dated in events:
        event = dated.event
        if isinstance(event, Finished):
            finished = True
        elif event.step in steps:
            steps[event.step] = _after(steps[event.step], event)
            broken = broken or isinstance(event, Broken)
    return State(tuple(steps.values()), finished, broken)


def _after(state: StepState, event: Opened | HintTaken | Submitted | Marked | Regraded | Broken) -> StepState:
    match event:
        case Opened(key=key, nothing_to_do=reason):
            return replace(state, status="open", key=key, nothing_to_do=reason)
        case HintTaken(number=number):
            return replace(state, hints=max(state.hints, number + 1))
        case Submitted(response=response):
            return replace(state, status="submitted", response=response)
        case Marked(mark=mark) | Regraded(mark=mark):
            return replace(state, status="marked", mark=mark)
        case Broken():
            return replace(state, status="broken")
