"""A query as an auditor reads it: what about, on what grounds, and without leading."""

from functools import cache

import pytest

from app.coding.editions import SqliteCodeIndex
from app.config import ROOT
from app.learning.building import build_case
from app.learning.contract import Earlier
from app.learning.marking import full_response
from app.learning.query_answer import answered, unclear
from app.learning.scenario import load_library
from app.learning.steps import assign_codes, mark_evidence, write_query
from app.world.defects.documentation import indicators
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


def test_two_fair_choices_with_the_two_that_are_always_offered_are_enough():
    fair = next(row for row in key().lines if row.field == "choices").accepted[0]
    some = [*[value for value in fair if value.startswith("c")][:2], "other", "undetermined"]
    assert line(marked(choices=some), "choices").outcome == "right"


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
