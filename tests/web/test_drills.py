"""The pages of a drill: no key before its time, late is told, the trend has its table."""

import datetime as dt
import html
import json

import pytest
from sqlalchemy import select, update

from app.actions import drills
from app.learning.drill import kinds
from app.store.models.drills import Drill, DrillChart
from app.store.session import session, utc_now, writing
from tests.web.test_odd_input import ODD


@pytest.fixture
def learner(app, cast, browse):
    return browse("learner")


@pytest.fixture
def chart(learner):
    """The address of the first chart of a drill that runs."""
    return learner.get(learner.post("/drills", data={"kind": "short"}).location).location


def follow(client, answer):
    """Return the page that the answer leads to."""
    while answer.status_code == 302:
        answer = client.get(answer.location)
    return answer.text


def key_of(position):
    session().rollback()
    text = session().execute(select(DrillChart.key).where(DrillChart.position == position)).scalar_one()
    return json.loads(text)["diagnoses"]


def set_back(**time):
    """Let the drill have begun earlier."""
    with writing() as own:
        own.execute(update(Drill).values(started_at=utc_now() - dt.timedelta(**time)))


def test_a_running_drill_shows_nothing_of_any_key(learner, chart):
    page = html.unescape(learner.get(chart).text)
    assert [d["code"] for d in key_of(1) if d["code"] in page or d["why"] in page] == []
    learner.post(f"{chart}/hand-in", data={"codes": "I10"})
    for address in (chart, chart.rsplit("/charts", 1)[0], chart[:-1] + "2", "/drills", "/home"):
        page = html.unescape(follow(learner, learner.get(address)))
        assert [d["code"] for d in key_of(2) + key_of(1) if d["why"] in page] == []
    assert learner.get(chart[:-1] + "3").status_code == 404


def test_the_results_show_right_near_and_missing_with_the_words_of_the_chart(learner, chart):
    first, rest = key_of(1)[0], key_of(1)[1:]
    learner.post(f"{chart}/hand-in", data={"codes": [first["code"]]})
    learner.post(f"{chart[:-1]}2/skip")
    learner.post(chart.rsplit("/charts", 1)[0] + "/stop")
    page = html.unescape(learner.get(chart.rsplit("/charts", 1)[0]).text)
    assert all(words in page for d in [first, *rest] for words in d["evidence"])
    assert page.count("✕ Missing") == len(rest) + len(key_of(2))
    assert "– Skipped" in page
    assert first["why"] in html.unescape(learner.get(chart).text)


def test_a_chart_that_comes_late_is_told_so_and_not_lost(learner, chart):
    set_back(minutes=6)
    assert "The drill is over" in learner.get(chart).text
    page = follow(learner, learner.post(f"{chart}/hand-in", data={"codes": "I10"}))
    assert "and does not count" in page
    assert "late, not counted" in page
    assert "there are no figures" in page


def test_a_chart_left_on_the_desk_can_still_be_finished(learner, chart):
    learner.post(f"{chart}/draft", data={"codes": ["n30.0"]})
    set_back(minutes=6)
    assert "still lies on the desk" in learner.get(chart.rsplit("/charts", 1)[0]).text
    assert 'value="n30.0"' in learner.get(chart).text


def test_without_a_script_the_page_says_until_when(learner, chart):
    ends = session().execute(select(Drill.started_at)).scalar_one() + dt.timedelta(minutes=5)
    assert f"the end is at {ends:%H:%M:%S} UTC" in learner.get(chart).text


def test_what_cannot_be_read_is_told_beside_the_box_and_kept(learner, chart):
    answer = learner.post(f"{chart}/hand-in", data={"codes": ["n3?", "I10"]})
    assert answer.status_code == 422
    assert "does not look like a code" in answer.text
    assert 'value="n3?"' in answer.text


def test_a_second_tab_is_told_that_the_chart_was_handed_in(learner, chart):
    learner.post(f"{chart}/hand-in", data={"codes": "I10"})
    assert "It counts once." in follow(learner, learner.post(f"{chart}/skip"))
    closed = learner.post(f"{chart}/draft", data={"codes": "I10"}, headers={"X-Requested-With": "draft"})
    assert closed.status_code == 409


def test_an_unknown_drill_cannot_be_started(learner):
    assert "Choose one of the drills." in follow(learner, learner.post("/drills", data={"kind": "nap"}))


def test_the_trend_stands_with_its_table_and_at_home(app, office, cast, learner):
    now = utc_now()
    for days, charts in ((3, 1), (2, 2)):
        at = now - dt.timedelta(days=days)
        public = drills.start(cast.users["learner"], kinds()["short"], received=at).public_id
        found = session().execute(select(Drill.id).where(Drill.public_id == public)).scalar_one()
        for position in range(1, charts + 1):
            drills.hand_in(found, position, {"codes": ["I10"]}, office.codes,
                           received=at + dt.timedelta(minutes=position))
    page = learner.get("/drills").text
    assert "Faster and as accurate, compared with the drill before (12 charts an hour, 0 % right)." in page
    assert page.count("<circle") == 4
    assert '<span class="code">24</span> charts an hour' in learner.get("/home").text


def test_a_drill_stopped_at_once_boasts_of_no_speed(learner, chart):
    learner.post(f"{chart}/hand-in", data={"codes": "I10"})
    learner.post(chart.rsplit("/charts", 1)[0] + "/stop")
    assert "not part of your trend" in learner.get(chart.rsplit("/charts", 1)[0]).text
    page = learner.get("/drills").text
    assert "stopped at 0:0" in page
    assert "<circle" not in page


def test_a_chart_takes_anything(learner, chart):
    for odd in ODD:
        codes = [learner.post(f"{chart}/{verb}", data={"codes": odd, "token": odd, odd[:40]: odd}).status_code
                 for verb in ("draft", "hand-in")]
        codes += [learner.post("/drills", data={"kind": odd}).status_code, learner.get(chart).status_code]
        assert all(code < 500 for code in codes)
    session().rollback()
    assert session().execute(select(DrillChart.id).where(DrillChart.state == "broken")).first() is None


def test_a_position_that_no_drill_has_is_not_found(learner, chart):
    for verb in ("draft", "hand-in", "skip"):
        assert learner.post(f"{chart[:-1]}{'9' * 20}/{verb}", data={"codes": "I10"}).status_code == 404
