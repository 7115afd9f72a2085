"""Working a case: saved is saved, handed in once, limits hold under races."""

import threading

import pytest
from sqlalchemy import func, select

from app.actions import attempts
from app.extensions import db
from app.learning.checking import lay, right_response
from app.learning.reading import as_typed
from app.store.models.attempts import Attempt, AttemptEvent
from app.store.queries import attempts as reads
from app.store.session import session
from tests.conftest import SCENARIO


@pytest.fixture
def started(app, office, cast):
    public = attempts.start(cast.users["learner"], office.library.scenarios[SCENARIO], office.codes, seed="1")
    return session().execute(select(Attempt.id).where(Attempt.public_id == public)).scalar_one()


def right(found):
    laid = lay(found.case, found.state.current.spec, found.state.earlier)
    fields = {field.name: field for field in laid.view.fields}
    return {name: as_typed(fields[name], values) for name, values in right_response(laid).items()}


def finish(attempt_id):
    while (found := reads.loaded(attempt_id)).state.current is not None:
        attempts.hand_in(attempt_id, found.state.current.spec.id, right(found))
        db.session.rollback()
    return found


def test_the_key_scores_everything(started):
    assert finish(started).state.percent == 100


def test_the_list_holds_what_the_events_fold_to(started):
    state = finish(started).state
    row = reads.of_user(reads.loaded(started).user_id)[0]
    assert (row.points, row.possible, row.percent) == (state.points, state.possible, 100)


def test_a_step_is_marked_once_however_often_it_is_handed_in(started):
    found = reads.loaded(started)
    step, raw = found.state.current.spec.id, right(found)
    attempts.hand_in(started, step, raw)
    assert attempts.hand_in(started, step, {}).already
    count = session().execute(select(func.count()).where(AttemptEvent.kind == "submitted")).scalar_one()
    assert count == 1


def test_a_wrong_format_costs_nothing(started):
    step = reads.loaded(started).state.current.spec.id
    outcome = attempts.hand_in(started, step, {"birth_date": ["the third of May"]})
    assert "birth_date" in outcome.problems.by_field
    assert reads.loaded(started).state.current.spec.id == step


def test_a_draft_is_kept_as_it_was_typed(started):
    attempts.save_draft(started, "inquiry", {"member_id": ["  half a numb"]}, 0)
    assert reads.draft(started, "inquiry").fields == {"member_id": ["  half a numb"]}


def test_a_stale_tab_does_not_lose_the_other_copy(started):
    attempts.save_draft(started, "inquiry", {"given": ["first tab"]}, 0)
    attempts.save_draft(started, "inquiry", {"given": ["second tab"]}, 0)
    kept = reads.draft(started, "inquiry")
    assert (kept.fields, kept.other) == ({"given": ["second tab"]}, {"given": ["first tab"]})


def test_the_same_tab_saving_again_keeps_one_copy(started):
    token = attempts.save_draft(started, "inquiry", {"given": ["A"]}, 0)
    attempts.save_draft(started, "inquiry", {"given": ["An"]}, token)
    assert reads.draft(started, "inquiry").other is None


def test_a_hint_taken_twice_by_a_double_click_costs_once(started):
    attempts.take_hint(started, "inquiry", 0)
    attempts.take_hint(started, "inquiry", 0)
    assert reads.loaded(started).state.current.hints == 1


def test_a_broken_kind_never_costs_the_learner(started, monkeypatch):
    from app.learning.steps import build_inquiry

    monkeypatch.setattr(build_inquiry, "mark", lambda *_: 1 / 0)
    attempts.hand_in(started, "inquiry", {})
    state = reads.loaded(started).state
    assert (state.broken, state.points, state.step("inquiry").status) == (True, 0, "broken")


def test_marking_reads_only_what_was_stored(started, office, monkeypatch):
    monkeypatch.setattr("app.actions.attempts.build_case", lambda *_: 1 / 0)
    office.library.scenarios.clear()
    assert finish(started).state.percent == 100


def in_threads(app, count, work):
    results = []

    def run():
        with app.app_context():
            try:
                results.append(work())
            except attempts.Refused as refusal:
                results.append(str(refusal))
            db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_a_limit_of_attempts_holds_against_twelve_at_once(app, office, cast):
    scenario = office.library.scenarios[SCENARIO]
    results = in_threads(app, 12, lambda: attempts.start(
        cast.users["learner"], scenario, office.codes, assignment_id=cast.assignment_id))
    made = session().execute(select(func.count()).select_from(Attempt)).scalar_one()
    assert made == 2
    assert sum("used every attempt" in str(result) for result in results) == 10


def test_a_start_button_pressed_six_times_uses_up_one_attempt(app, office, cast):
    scenario = office.library.scenarios[SCENARIO]
    made = in_threads(app, 6, lambda: attempts.start(
        cast.users["learner"], scenario, office.codes, assignment_id=cast.assignment_id, go_on=True))
    assert len(set(made)) == 1
    assert session().execute(select(func.count()).select_from(Attempt)).scalar_one() == 1


def test_eight_hand_ins_at_once_are_one(app, started):
    raw = right(reads.loaded(started))
    db.session.rollback()
    results = in_threads(app, 8, lambda: attempts.hand_in(started, "inquiry", raw))
    assert sum(not result.already for result in results) == 1


def test_home_and_gradebook_show_the_same_whole_percent(app, office, cast, browse):
    scenario = office.library.scenarios[SCENARIO]
    public = attempts.start(cast.users["learner"], scenario, office.codes, assignment_id=cast.assignment_id)
    row = session().execute(select(Attempt.id).where(Attempt.public_id == public)).scalar_one()
    while (found := reads.loaded(row)).state.current is not None:
        partly = dict(list(right(found).items())[:2])
        attempts.hand_in(row, found.state.current.spec.id, partly)
        db.session.rollback()
    percent = f"{found.state.percent} %"
    assert f"best {percent}" in browse("learner").get("/home").text
    assert percent in browse("instructor").get(f"/classes/{cast.klass}").text


def test_a_broken_attempt_uses_up_nothing_of_an_assignment(app, office, cast, monkeypatch):
    from app.learning.steps import build_inquiry

    scenario = office.library.scenarios[SCENARIO]

    def start():
        public = attempts.start(cast.users["learner"], scenario, office.codes, assignment_id=cast.assignment_id)
        return session().execute(select(Attempt.id).where(Attempt.public_id == public)).scalar_one()

    with monkeypatch.context() as patch:
        patch.setattr(build_inquiry, "mark", lambda *_: 1 / 0)
        attempts.hand_in(start(), "inquiry", {})
    start()
    start()  # two are allowed, beside the one that broke
    with pytest.raises(attempts.Refused):
        start()
