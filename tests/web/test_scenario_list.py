"""Forty scenarios on one page: found by duty, level, time and what was worked, without a script."""

import re

import pytest
from sqlalchemy import select

from app.actions import attempts
from app.store.models.attempts import Attempt
from app.store.session import session
from tests.conftest import SCENARIO
from tests.web.test_odd_input import ODD


@pytest.fixture
def learner(app, cast, browse):
    return browse("learner")


def titles(client, **asked):
    return re.findall(r"<li class=\"folder\">\s*<a href=\"/scenarios/([^\"]+)\"", client.get(
        "/scenarios", query_string=asked).text)


def test_without_a_wish_all_are_there(office, learner):
    assert sorted(titles(learner)) == sorted(office.library.scenarios)


def test_duty_level_and_time_narrow_the_list_together(office, learner):
    expected = [s.id for s in office.library.scenarios.values()
                if s.duty == "coding" and s.level == 2 and s.minutes <= 15]
    assert sorted(titles(learner, duty="coding", level="2", time="15")) == sorted(expected)
    page = learner.get("/scenarios?duty=coding&level=2&time=15").text
    assert f"{len(expected)} of {len(office.library.scenarios)} scenarios" in page
    assert '<option value="coding" selected>' in page


def test_what_is_under_way_and_what_was_worked_stand_apart(office, cast, learner):
    scenario = office.library.scenarios[SCENARIO]
    attempts.start(cast.users["learner"], scenario, office.codes)
    assert titles(learner, state="open") == [SCENARIO]
    number = session().execute(select(Attempt.id)).scalar_one()
    for step in scenario.steps:
        attempts.hand_in(number, step.id, {})
    assert titles(learner, state="open") == []
    assert titles(learner, state="done") == [SCENARIO]
    assert SCENARIO not in titles(learner, state="new")


def test_somebody_new_is_told_what_to_begin_with(cast, office, learner):
    assert "New here?" in learner.get("/scenarios").text
    attempts.start(cast.users["learner"], office.library.scenarios[SCENARIO], office.codes)
    assert "New here?" not in learner.get("/scenarios").text


def test_an_empty_choice_leads_back_to_all(learner):
    assert "No scenario is like that" in learner.get("/scenarios?duty=journey&level=1").text


@pytest.mark.parametrize("odd", ODD[1:])
def test_what_the_page_does_not_know_asks_for_nothing(office, learner, odd):
    assert len(titles(learner, duty=odd, level=odd, time=odd, state=odd)) == len(office.library.scenarios)
