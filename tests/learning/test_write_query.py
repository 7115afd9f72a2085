"""A query as an auditor reads it: what about, on what grounds, and without leading."""

import datetime as dt
from functools import cache

import pytest

from app.coding.editions import SqliteCodeIndex
from app.config import ROOT
from app.learning.building import build_case
from app.learning.consequences import dated
from app.learning.contract import Earlier
from app.learning.marking import full_response
from app.learning.query_answer import answered, unclear
from app.learning.reading import show_date
from app.learning.scenario import load_library
from app.learning.steps import assign_codes, mark_evidence, write_query
from app.world.defects.documentation import credible, indicators, touches, vague_rows
from app.world.model import ChartDocument, Section
from tests.codes import built_index

OPTIONS, NOTHING = write_query.Options(), Earlier()
SEEDS = [str(i) for i in range(6)]


@cache
def case(seed="1"):
    scenario = load_library(ROOT / "scenarios").scenarios["query-the-clinician"]
    return build_case(scenario, seed, SqliteCodeIndex(built_index()))


def key(seed="1"):
    return write_query.key(case(seed), OPTIONS, NOTHING)


def marked(seed="1", **changes):
    return write_query.mark(case(seed), OPTIONS, key(seed), {**full_response(key(seed)), **changes}, NOTHING)


def line(mark, field):
    return next(row for row in mark.lines if row.field == field)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_chart_does_not_say_what_is_asked(seed):
    row, record = unclear(case(seed))
    text = " ".join(s.text for d in case(seed).facts.encounter.chart for s in d.sections)
    assert record.values["answer"].lower() not in text.lower()
    assert row.instead in text.lower()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_indicators_stand_in_the_chart(seed):
    row, _ = unclear(case(seed))
    text = " ".join(" ".join(s.text.split()) for d in case(seed).facts.encounter.chart for s in d.sections)
    assert all(sentence in text for sentence in indicators(row, case(seed).facts.encounter.chart))


@pytest.mark.parametrize(("wording", "finding"), [
    ("names_answer", "names-the-answer"), ("agree", "asks-for-agreement"), ("payment", "speaks-of-payment")])
def test_a_leading_query_is_marked_so(wording, finding):
    told = marked(wording=[wording])
    assert line(told, "wording").outcome == "wrong"
    assert [found.id for found in told.findings] == [finding]


def test_yes_or_no_is_no_question_for_a_new_diagnosis():
    assert line(marked(form=["yes_no"]), "form").outcome == "wrong"


def test_an_open_question_needs_no_choices():
    told = marked(form=["open"], choices=[])
    assert (line(told, "form").outcome, line(told, "choices").outcome) == ("right", "right")


def test_one_credible_choice_with_the_two_that_are_always_offered_is_enough():
    fair = next(row for row in key().lines if row.field == "choices").accepted[0]
    some = [next(value for value in fair if value.startswith("c")), "other", "undetermined"]
    assert line(marked(choices=some), "choices").outcome == "right"


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_clinician_will_answer_is_among_the_choices(seed):
    row, record = unclear(case(seed))
    offered = {choice.label.lower() for field in write_query.fields(case(seed), OPTIONS) for choice in field.choices}
    answer = record.values["answer"].lower()
    assert row.alike.get(answer, answer) in offered


def test_only_the_class_that_the_measured_value_bears_out_is_credible():
    row = vague_rows()["obesity_class"]
    visit = ChartDocument("d", "office_note", "Visit", "", dt.datetime(2026, 5, 4), None,
                          (Section("Assessment", "Obesity, BMI 36.5."),))
    assert credible(row, "class 2 obesity", (visit,)) == ("class 2 obesity",)


def test_no_sentence_that_touches_the_question_is_shown_as_without_bearing():
    row = vague_rows()["kidney_stage"]
    assert touches(row, "Estimated GFR 39 mL/min.")
    assert not touches(vague_rows()["asthma_severity"], "Lives 12 miles from here.")


def test_a_single_choice_leads():
    fair = next(row for row in key().lines if row.field == "choices").accepted[0]
    assert line(marked(choices=[fair[0]]), "choices").outcome == "partly"


def test_a_missed_query_is_named():
    assert "missed-query" in [found.id for found in marked(about=["nothing"]).findings]


def test_the_answer_lies_on_the_desk_only_once_somebody_asked():
    assert answered(case(), NOTHING) == ()
    asked = Earlier((("query", "write_query", {"about": ["nothing"]}),))
    paper, = answered(case(), asked)
    assert unclear(case())[1].values["answer"].lower() in str(paper.groups).lower()
    assert paper in assign_codes.ask(case(), assign_codes.Options(), asked).papers


def test_no_evidence_is_asked_for_what_only_the_answer_says():
    for row in mark_evidence.key(case(), mark_evidence.Options(most=6), NOTHING).lines:
        assert row.accepted


def test_the_query_is_asked_before_it_is_answered_and_answered_before_it_is_coded():
    asked = Earlier((("query", "write_query", {"about": ["nothing"]}),))
    built, coded = dated(case(), NOTHING, "write_query"), dated(case(), asked, "assign_codes")
    paper, = answered(case(), asked)
    assert built <= coded < dated(case(), asked, "find_cause")
    assert show_date(coded) in str(paper.groups)
