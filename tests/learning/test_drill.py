"""Speed drills: the charts of a series, the clock, a reviewer's marks, and speed beside accuracy."""

import datetime as dt

import msgspec
import pytest

from app.learning.drill import GRACE, ChartKey, Clock, draw_chart, kinds
from app.learning.drill_marking import Figures, fair, mark_chart, pooled, verdict
from app.world.model import Diagnosis

START = dt.datetime(2026, 6, 1, 14, 0, tzinfo=dt.UTC)
CLOCK = Clock(START, 10)


def after(**time):
    return START + dt.timedelta(**time)


def series(kind, seed):
    return [draw_chart(kind, seed, number) for number in range(1, len(kind.templates) + 1)]


def test_the_same_seed_gives_the_same_charts():
    kind = kinds()["short"]
    assert msgspec.json.encode(series(kind, "1")) == msgspec.json.encode(series(kind, "1"))
    assert series(kind, "1")[0] != series(kind, "2")[0]


@pytest.mark.parametrize("kind", kinds())
def test_every_chart_is_short_and_bears_out_its_codes(kind):
    for view, key in [chart for seed in "12" for chart in series(kinds()[kind], seed)]:
        text = "\n".join(part.text for paper in view.papers for part in paper.parts)
        assert len(text.split()) <= kinds()[kind].words
        assert 1 <= len(key.diagnoses) <= kinds()[kind].most
        assert [words for d in key.diagnoses for words in d.evidence if words not in text] == []
        assert view.opens in {paper.id for paper in view.papers}


def test_no_kind_of_chart_comes_again_before_all_have_come():
    firsts = [view.papers[0].id for view, _ in series(kinds()["emergency"], "1")]
    titles = [tuple(paper.title for paper in view.papers) for view, _ in series(kinds()["emergency"], "1")]
    assert len(set(firsts)) == len(set(titles)) == len(kinds()["emergency"].templates)


def test_what_the_learner_sees_holds_no_key():
    for view, key in series(kinds()["outpatient"], "1"):
        shown = msgspec.json.encode(view).decode()
        assert [d.code for d in key.diagnoses if d.code in shown or d.why in shown] == []


def test_a_chart_counts_until_a_few_seconds_after_the_end():
    assert CLOCK.counts(after(minutes=10) + GRACE)
    assert not CLOCK.counts(after(minutes=10, seconds=1) + GRACE)


def test_no_new_chart_is_opened_after_the_end():
    assert CLOCK.running(after(minutes=10))
    assert not CLOCK.running(after(minutes=10, seconds=1))


def test_time_left_and_time_used_never_leave_the_drill():
    assert (CLOCK.left(after(minutes=9, seconds=58)), CLOCK.left(after(minutes=11))) == (2, 0)
    assert (CLOCK.used(START), CLOCK.used(after(minutes=4)), CLOCK.used(after(hours=3))) == (1, 240, 600)


def test_a_stopped_drill_takes_no_chart_that_comes_later():
    stopped = Clock(START, 10, after(minutes=3))
    assert (stopped.counts(after(minutes=3)), stopped.counts(after(minutes=3, seconds=1))) == (True, False)
    assert (stopped.running(after(minutes=2)), stopped.left(after(minutes=3)), stopped.used(after(hours=1))) == (
        False, 0, 180)


def diagnosis(code, title="", role="secondary"):
    return Diagnosis(code, title, ("words of the chart",), None, role, "I.B.1: because.")


KEY = ChartKey((diagnosis("S82.61XA", "Displaced fracture of lateral malleolus of right fibula", "principal"),
                diagnosis("W01.0XXA")), ("Z79.899",))


def marked(*codes, titles=None):
    known = titles or {}
    return mark_chart(KEY, {"codes": list(codes), "codes_title": [known.get(code, "A code") for code in codes]})


def outcomes(mark):
    return [line.outcome for line in mark.lines]


def test_a_chart_coded_as_the_reviewer_did_is_clean():
    told = marked("S82.61XA", "W01.0XXA", "Z79.899")
    assert (told.clean, told.right, told.asked, told.extra) == (True, 2, 2, 0)
    assert outcomes(told) == ["right", "right", "tolerated"]


def test_another_code_first_is_not_clean_though_every_code_is_right():
    told = marked("W01.0XXA", "S82.61XA")
    assert (told.right, told.first_right, told.clean) == (2, False, False)


def test_a_near_code_tells_the_right_one_with_the_words_of_the_chart():
    told = marked("S82.61XD", "W01.0XXA")
    assert outcomes(told) == ["near", "right"]
    assert told.lines[0].words == ("words of the chart",)
    assert told.lines[0].why.endswith("I.B.1: because.")


def test_a_code_beyond_the_chart_is_no_clean_chart():
    told = marked("S82.61XA", "W01.0XXA", "I10")
    assert (told.clean, told.extra, told.right) == (False, 1, 2)


def test_what_is_no_code_is_said_to_be_none():
    told = marked("S82.61XA", "W01.0XXA", "HEL.LO", titles={"HEL.LO": ""})
    assert "no code of the edition" in told.lines[-1].why


def test_a_skipped_chart_has_nothing_right():
    told = mark_chart(KEY, {})
    assert (told.right, told.asked, told.clean, outcomes(told)) == (0, 2, False, ["missing", "missing"])


def figures(coded=7, right=19, asked=20, seconds=600, skipped=0):
    return Figures(coded, skipped, 5, asked, right, 0, seconds)


def test_seven_charts_in_ten_minutes_are_42_an_hour():
    assert figures().per_hour == 42


def test_skipping_adds_no_speed():
    assert figures(skipped=9).per_hour == 42


def test_the_bar_is_at_95_percent_and_nothing_below_looks_like_it():
    assert (figures(right=19).over_bar, figures(right=19).percent) == (True, 95)
    below = figures(right=949, asked=1000)
    assert (below.over_bar, below.percent) == (False, 94)


def test_no_code_asked_is_no_accuracy():
    assert figures(coded=0, right=0, asked=0).accuracy == 0


def test_a_drill_stopped_before_half_its_time_is_not_in_the_trend():
    assert (fair(figures(seconds=300), 10), fair(figures(seconds=299), 10), fair(figures(coded=0), 10)) == (
        True, False, False)


def test_several_drills_together_are_all_charts_over_all_time():
    both = pooled([figures(coded=5, seconds=300), figures(coded=1, seconds=600)])
    assert (both.per_hour, both.coded) == (24, 6)


def test_the_verdict_names_speed_and_accuracy_together():
    before = [figures(coded=5), figures(coded=5)]
    assert verdict(figures(right=15), before).startswith("Faster but less accurate, compared with the 2 drills")
    assert verdict(figures(coded=5), before).startswith("As fast and as accurate")
    assert verdict(figures(), []) == ""
