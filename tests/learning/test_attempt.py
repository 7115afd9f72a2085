"""An attempt is what its events fold to."""

import datetime as dt

import pytest

from app.learning.attempt import Broken, Dated, Finished, HintTaken, Marked, Opened, Submitted, fold
from app.learning.contract import Key, LineMark, StepMark
from app.learning.release import release_step
from app.learning.scenario import Hint, Scenario, Source, StepSpec
from app.world.generate import Wish

DAY = dt.date(2026, 1, 1)
SCENARIO = Scenario(
    "s", 1, "S", "eligibility", ("4.9",), 1, 5, "Brief.", Wish(),
    (StepSpec("one", "build_inquiry", "One", 4, (Hint("Look.", 1), Hint("Look again.", 2))),
     StepSpec("two", "read_benefits", "Two", 6)),
    (Source("45 CFR 162.1202", DAY),),
)


def state_after(*events):
    at = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    return fold(SCENARIO, [Dated(i, at, event) for i, event in enumerate(events, start=1)])


def marked(step, earned):
    return Marked(step, StepMark((LineMark("f", "F", "a", "b", "right", earned, 1, ""),)), "1")


def test_nothing_is_on_the_desk_before_a_step_is_opened():
    assert state_after().current is None


def test_the_first_step_is_on_the_desk_once_opened():
    assert state_after(Opened("one", Key(()))).current.spec.id == "one"


def test_points_are_marks_times_the_share_earned():
    assert state_after(Opened("one", Key(())), Submitted("one", {}), marked("one", 50)).points == 200


def test_a_hint_costs_its_price():
    state = state_after(Opened("one", Key(())), HintTaken("one", 0), Submitted("one", {}), marked("one", 100))
    assert state.points == 300


def test_the_same_hint_taken_twice_costs_once():
    state = state_after(Opened("one", Key(())), HintTaken("one", 0), HintTaken("one", 0), marked("one", 100))
    assert state.points == 300


def test_hints_never_take_a_step_below_nothing():
    state = state_after(Opened("one", Key(())), HintTaken("one", 0), HintTaken("one", 1), marked("one", 0))
    assert state.points == 0


def test_a_regrade_replaces_the_mark_and_keeps_the_rest():
    state = state_after(Opened("one", Key(())), Submitted("one", {"a": ["1"]}), marked("one", 0), marked("one", 100))
    assert (state.points, state.step("one").response) == (400, {"a": ["1"]})


def test_a_broken_step_is_neither_marked_nor_released():
    state = state_after(Opened("one", Key(())), Broken("one", "ref"))
    assert state.broken
    assert not release_step(state.step("one")).correctness


@pytest.mark.parametrize("events", [(), (Opened("one", Key(())),), (Opened("one", Key(())), Submitted("one", {}))])
def test_nothing_is_released_before_a_step_is_marked(events):
    assert not release_step(state_after(*events).step("one")).explanation


def test_earlier_holds_marked_responses_only():
    state = state_after(Opened("one", Key(())), Submitted("one", {"a": ["1"]}), marked("one", 100),
                        Opened("two", Key(())), Submitted("two", {"b": ["2"]}))
    assert state.earlier.steps == (("one", "build_inquiry", {"a": ["1"]}),)


def test_finished():
    assert state_after(Finished()).finished
