"""A drill under way: counted once, counted in time, never lost."""

import datetime as dt

import msgspec
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.actions import drills
from app.learning.drill import ChartKey, kinds
from app.store.models.drills import Drill, DrillChart
from app.store.queries import drills as reads
from app.store.session import session, utc_now, writing
from tests.actions.test_attempts import in_threads

START = dt.datetime(2026, 6, 1, 14, 0, tzinfo=dt.UTC)


def after(**time):
    return START + dt.timedelta(**time)


@pytest.fixture
def drill(app, cast):
    """A short drill of the learner's, five minutes from START; its id."""
    public = drills.start(cast.users["learner"], kinds()["short"], received=START, seed="1").public_id
    found = session().execute(select(Drill.id).where(Drill.public_id == public)).scalar_one()
    session().rollback()
    return found


@pytest.fixture
def hand_in(office, drill):
    def send(position, at, codes=("I10",)):
        return drills.hand_in(drill, position, {"codes": list(codes)}, office.codes, received=at)

    return send


def key_of(drill, position):
    text = session().execute(select(DrillChart.key).where(
        DrillChart.drill_id == drill, DrillChart.position == position)).scalar_one()
    session().rollback()
    return [diagnosis.code for diagnosis in msgspec.json.decode(text, type=ChartKey).diagnoses]


def states(drill):
    session().rollback()
    return list(session().execute(select(DrillChart.state).where(DrillChart.drill_id == drill)
                                  .order_by(DrillChart.position)).scalars())


def figures(drill, at):
    session().rollback()
    return reads.done(drill, at).figures


def test_a_chart_handed_in_brings_the_next(drill, hand_in):
    hand_in(1, after(minutes=1), key_of(drill, 1))
    assert states(drill) == ["handed_in", "open"]
    told = figures(drill, after(minutes=1))
    assert (told.coded, told.clean, told.percent, told.per_hour) == (1, 1, 100, 60)


def test_handing_in_twice_marks_once(drill, hand_in):
    hand_in(1, after(minutes=1), key_of(drill, 1))
    assert hand_in(1, after(minutes=2), ["Z99.9"]).already
    assert figures(drill, after(minutes=2)).percent == 100


def test_eight_hand_ins_at_once_are_one(app, drill, hand_in):
    results = in_threads(app, 8, lambda: hand_in(1, after(minutes=1)))
    assert sum(not result.already for result in results) == 1
    assert states(drill) == ["handed_in", "open"]


def test_what_comes_late_is_kept_and_marked_and_does_not_count(drill, hand_in):
    assert hand_in(1, after(minutes=5, seconds=6), key_of(drill, 1)).late
    assert states(drill) == ["late"]
    assert reads.received(drill)[0].mark.clean
    assert figures(drill, after(minutes=6)).asked == 0


def test_what_the_network_held_up_for_a_moment_counts_and_nothing_follows(drill, hand_in):
    assert not hand_in(1, after(minutes=5, seconds=5)).late
    assert states(drill) == ["handed_in"]


def test_a_skipped_chart_costs_accuracy_and_gives_no_speed(drill, hand_in):
    asked = len(key_of(drill, 1))
    drills.skip(drill, 1, received=after(minutes=1))
    hand_in(2, after(minutes=2), key_of(drill, 2))
    told = figures(drill, after(minutes=10))
    assert (told.coded, told.skipped, told.asked - told.right, told.per_hour) == (1, 1, asked, 12)


def test_a_wrong_format_is_told_and_costs_nothing(drill, hand_in):
    assert "does not look like a code" in hand_in(1, after(minutes=1), ["n3?"]).problems.by_field["codes"]
    assert states(drill) == ["open"]
    assert reads.open_chart(drill).typed == {"codes": ["n3?"]}


def test_a_blank_chart_is_not_handed_in_by_a_slip_of_the_finger(drill, hand_in):
    assert hand_in(1, after(minutes=1), ["", " "]).problems.by_field["codes"] == drills.BLANK
    assert states(drill) == ["open"]


def test_what_was_typed_is_kept_while_the_chart_is_open(drill, hand_in):
    assert drills.keep(drill, 1, {"codes": ["half a co"]})
    assert reads.open_chart(drill).typed == {"codes": ["half a co"]}
    hand_in(1, after(minutes=1))
    assert not drills.keep(drill, 1, {"codes": ["too late"]})


def test_stopping_ends_it_and_what_another_tab_sends_does_not_count(drill, hand_in):
    drills.stop(drill, received=after(minutes=3))
    drills.stop(drill, received=after(minutes=4))
    assert hand_in(1, after(minutes=3, seconds=1)).late
    assert figures(drill, after(hours=1)).seconds == 180


def test_one_drill_runs_at_a_time(app, cast, drill):
    learner, office_kind = cast.users["learner"], kinds()["office"]
    assert not drills.start(learner, office_kind, received=after(minutes=5)).fresh
    assert drills.start(cast.users["classmate"], office_kind, received=after(minutes=1)).fresh
    assert drills.start(learner, office_kind, received=after(minutes=5, seconds=1)).fresh


def test_a_double_click_starts_one_drill(app, cast):
    now = utc_now()
    made = in_threads(app, 6, lambda: drills.start(cast.users["learner"], kinds()["short"], received=now))
    assert sum(row.fresh for row in made) == len({row.public_id for row in made}) == 1


def test_marking_reads_only_what_was_stored_at_the_chart_s_opening(drill, hand_in, monkeypatch):
    right = key_of(drill, 1)
    monkeypatch.setattr("app.actions.drills.draw_chart", lambda *_: 1 / 0)
    hand_in(1, after(minutes=1), right)
    assert figures(drill, after(minutes=1)).clean == 1


def test_what_was_handed_in_stays_when_no_next_chart_can_be_drawn(drill, hand_in, monkeypatch):
    monkeypatch.setattr("app.actions.drills.draw_chart", lambda *_: 1 / 0)
    hand_in(1, after(minutes=1))
    assert states(drill) == ["handed_in"]
    assert figures(drill, after(minutes=9)).seconds == 60


def test_our_fault_counts_neither_way(drill, hand_in, monkeypatch):
    monkeypatch.setattr("app.actions.drills.mark_chart", lambda *_: 1 / 0)
    hand_in(1, after(minutes=1))
    assert states(drill) == ["broken", "open"]
    assert figures(drill, after(minutes=1)).asked == 0


def test_the_database_refuses_a_second_open_chart(drill):
    with pytest.raises(IntegrityError), writing() as own:
        own.add(DrillChart(drill_id=drill, position=2, chart="{}", key="{}", codes_asked=1, opened_at=START))


def test_drills_go_with_the_person(app, cast, drill):
    from app.store.models.people import User

    with writing() as own:
        own.delete(own.get(User, cast.users["learner"]))
    assert session().execute(select(func.count()).select_from(DrillChart)).scalar_one() == 0
