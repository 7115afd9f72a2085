"""A learner disputes a line; the instructor upholds or declines it; the first mark stays in the record."""

import pytest
from sqlalchemy import select

from app.actions import attempts, disputes
from app.actions.attempts import Refused
from app.store import access
from app.store.models.attempts import Attempt, AttemptEvent
from app.store.models.disputes import Dispute
from app.store.models.people import Class
from app.store.queries import disputes as reads
from app.store.queries.attempts import loaded
from app.store.session import session
from tests.conftest import SCENARIO

STEP = "inquiry"


@pytest.fixture
def blank(office, cast):
    """An attempt at an assignment whose first step was handed in blank; its id."""
    scenario = office.library.scenarios[SCENARIO]
    made = attempts.start(cast.users["learner"], scenario, office.codes, assignment_id=cast.assignment_id)
    number = session().execute(select(Attempt.id).where(Attempt.public_id == made)).scalar_one()
    attempts.hand_in(number, scenario.steps[0].id, {})
    return number, scenario.steps[0].id


def raised(blank):
    disputes.raise_dispute(*blank, 0, "The card says so.", "Member number FWM204716358")
    session().rollback()
    return session().execute(select(Dispute)).scalar_one()


def test_an_upheld_dispute_earns_the_line_and_keeps_the_first_mark(blank, cast):
    found = raised(blank)
    disputes.answer(found.id, cast.users["instructor"], uphold=True, words="You are right: the key reads the old card.")
    session().rollback()
    step = loaded(blank[0]).state.step(blank[1])
    assert step.mark.lines[0].outcome == "right"
    assert session().get(Attempt, blank[0]).points == step.points > 0
    kinds = [row.kind for row in session().execute(select(AttemptEvent).order_by(AttemptEvent.number)).scalars()]
    assert kinds.count("marked") == 1
    assert kinds[-1] == "regraded"


def test_a_declined_dispute_changes_no_mark(blank, cast):
    before = loaded(blank[0]).state.points
    disputes.answer(raised(blank).id, cast.users["instructor"], uphold=False, words="The key stands.")
    session().rollback()
    assert loaded(blank[0]).state.points == before
    assert reads.of_step(*blank)[0].answer == "The key stands."


def test_answering_twice_counts_once(blank, cast):
    found = raised(blank).id
    disputes.answer(found, cast.users["instructor"], uphold=False, words="The key stands.")
    disputes.answer(found, cast.users["instructor"], uphold=True, words="Second thoughts.")
    session().rollback()
    assert session().get(Dispute, found).outcome == "declined"


def test_a_line_is_disputed_once(blank):
    raised(blank)
    disputes.raise_dispute(*blank, 0, "Again.")
    session().rollback()
    assert session().execute(select(Dispute.reason)).scalars().all() == ["The card says so."]


def test_a_line_that_does_not_exist_is_refused(blank):
    with pytest.raises(Refused, match="Only a line that was marked"):
        disputes.raise_dispute(*blank, 99, "Why not.")


def test_practice_has_nobody_to_answer(office, cast):
    made = attempts.start(cast.users["learner"], office.library.scenarios[SCENARIO], office.codes)
    number = session().execute(select(Attempt.id).where(Attempt.public_id == made)).scalar_one()
    with pytest.raises(Refused, match="no instructor"):
        disputes.raise_dispute(number, STEP, 0, "Why not.")


def test_another_class_has_another_instructor(blank, cast):
    found = raised(blank)

    class Other:
        id, role = cast.users["other instructor"], "instructor"

    with pytest.raises(access.Absent):
        access.dispute(Other, session().execute(select(Class.id).where(Class.name == "HIT 210")).scalar_one(),
                       found.public_id)


def test_a_dispute_is_answered_in_its_own_class_only(blank, browse, cast):
    found = raised(blank)
    administrator = browse("administrator")
    other = session().execute(select(Class.public_id).where(Class.public_id != cast.klass)).scalar_one()
    assert administrator.post(f"/classes/{other}/disputes/{found.public_id}",
                              data={"words": "Upheld here.", "outcome": "upheld"}).status_code == 404
    session().rollback()
    assert session().get(Dispute, found.id).outcome == "open"


def test_a_long_answer_is_told_and_stays_in_its_box(blank, browse, cast):
    page = browse("instructor").post(f"/classes/{cast.klass}/disputes/{raised(blank).public_id}",
                                     data={"words": "x" * 1001, "outcome": "upheld"})
    assert page.status_code == 422
    assert "x" * 1001 + "</textarea>" in page.text


def test_the_list_shows_the_line_the_reason_and_the_words(blank, browse, cast):
    raised(blank)
    page = browse("instructor").get(f"/classes/{cast.klass}/disputes").text
    assert "The card says so." in page
    assert "FWM204716358" in page
    assert "1 disputed mark" in browse("instructor").get(f"/classes/{cast.klass}").text


def test_home_tells_the_instructor_that_a_student_waits(blank, browse, cast):
    raised(blank)
    assert "Answer 1 disputed mark" in browse("instructor").get("/home").text
    assert "disputed mark" not in browse("other instructor").get("/home").text


def test_a_dispute_without_a_reason_is_told_beside_the_box(blank, browse, cast):
    public = session().execute(select(Attempt.public_id)).scalar_one()
    answer = browse("learner").post(f"/attempts/{public}/steps/{blank[1]}/dispute",
                                    data={"line": "0", "reason": " ", "quote": "The card"})
    assert answer.status_code == 422
    assert "Say why the mark is wrong." in answer.text
    assert "The card</textarea>" in answer.text


def test_the_learner_reads_the_answer_beside_the_mark(blank, browse, cast):
    disputes.answer(raised(blank).id, cast.users["instructor"], uphold=False, words="The new card came in May.")
    public = session().execute(select(Attempt.public_id)).scalar_one()
    assert "The new card came in May." in browse("learner").get(f"/attempts/{public}/steps/{blank[1]}").text
