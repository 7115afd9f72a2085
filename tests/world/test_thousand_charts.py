"""A thousand charts of every template: codes, age, sex, season and words agree, and no two narratives are the same."""

from collections import Counter
from functools import cache

import pytest

from app.coding.editions import SqliteCodeIndex
from app.coding.grouping import mce_edits, stay_from
from app.world.charts.variety import SHORT, STATEMENTS
from app.world.generate import clean_world
from app.world.model import Facts
from app.world.people import age_on
from app.world.seed import Seed
from app.world.templates import templates, titles
from app.world.wishes import Wish
from tests.codes import built_index

CHARTS = 1_000
PRINTED = ("laboratory", "imaging", "medication_list", "problem_list", "order", "registration")
# What the Medicare Code Editor may say of a chart that is coded rightly: questions to a person, not errors.
QUESTIONS = ("LIMITED_COVERAGE", "MEDICARE_IS_SECONDARY_PAYER", "NON_COVERED", "QUESTIONABLE_ADMISSION")
# Outpatient visits are held against the editor's ages only: what may stand first differs there.
AGES = ("AGE_CONFLICT", "INVALID_AGE")


@cache
def billable(code: str) -> bool:
    return SqliteCodeIndex(built_index()).is_billable(code)


@pytest.mark.parametrize("template", templates())
def test_a_thousand_charts(template: str) -> None:
    seen: Counter[str] = Counter()
    for number in range(CHARTS):
        facts = clean_world(Seed("charts").child(template, number), Wish(templates=(template,), level=1 + number % 3))
        _fits(facts)
        seen.update(narratives(facts))
    twice = [text for text, times in seen.items() if times > 1]
    assert not twice, twice[:3]


def _fits(facts: Facts) -> None:
    visit, patient, template = facts.encounter, facts.patient, templates()[facts.encounter.template]
    words = "\n".join(section.text for document in visit.chart for section in document.sections)
    assert patient.sex in template.sexes
    assert template.ages[0] <= age_on(patient, visit.first) <= template.ages[1]
    assert visit.first.month in range(4, 10)
    codes = [d.code for d in visit.diagnoses]
    assert len(set(codes)) == len(codes)
    for row in visit.diagnoses:
        assert billable(row.code), row.code
        assert row.title == titles()[row.code]
    for found in (*visit.diagnoses, *visit.procedures):
        assert found.evidence
        assert all(text in words for text in found.evidence), (found.code, found.evidence)
    edits = [edit.name for edit in mce_edits(stay_from(visit, patient))]
    if visit.setting == "inpatient":
        assert not [name for name in edits if not name.startswith(QUESTIONS)]
    else:
        assert not set(edits) & set(AGES)


def narratives(facts: Facts) -> list[str]:
    """Return every paragraph that somebody wrote: no print-outs, no lists, no statement that is coded word by word."""
    return [paragraph for document in facts.encounter.chart if document.kind not in PRINTED
            for section in document.sections if section.heading.lower() not in STATEMENTS
            for paragraph in section.text.split("\n\n") if len(paragraph.split()) >= SHORT]
