"""What may be shown, and when: every page, file and interface asks here before it shows a mark or a key."""

import datetime as dt
from typing import Literal

from msgspec import Struct

from app.learning.attempt import StepState

When = Literal["at_once", "after_due"]


class Release(Struct, frozen=True):
    """Whether correctness, score and explanation may be shown."""

    correctness: bool
    score: bool
    explanation: bool


NOTHING = Release(False, False, False)
ALL = Release(True, True, True)


def release_step(step: StepState) -> Release:
    """A step's key is shown once that step is marked, and never before."""
    return ALL if step.status == "marked" else NOTHING


def release_answer(mode: Literal["practice", "mock"], answered: bool, finished: bool) -> Release:
    """Practice explains each answer at once; a mock examination explains after it is handed in."""
    if mode == "practice":
        return ALL if answered else NOTHING
    return ALL if finished else NOTHING


def release_chart(received: bool) -> Release:
    """A chart of a drill is explained once it was handed in or skipped, in time or late, and never before."""
    return ALL if received else NOTHING


def closed(due_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether an assignment takes no more work. Computed, never stored."""
    return due_at is not None and now > due_at
