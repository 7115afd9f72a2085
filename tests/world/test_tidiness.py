"""The levels of a chart: clean; ordinary, with abbreviations, copied text and an old problem; untidy, with things said
against each other, an open signature, a side that changes and a late addendum. The key is right at every level."""

import re
from functools import cache

import pytest

from app.world.charts.phrases import phrases
from app.world.charts.untidy import ABBREVIATIONS, ATTENDING, INTAKE_ENDS, LATE
from app.world.model import ChartDocument, Encounter
from app.world.templates import templates, titles
from tests.world.evidence_cases import CLINICIAN, encounter, reachable_codes

SEEDS = 12
OF_EACH_SETTING = ("diabetes_kidney", "opioid_treatment_center", "copd_emergency", "cellulitis_observation",
                   "breast_lumpectomy", "coronary_stent_inpatient", "bronchiolitis_inpatient", "newborn",
                   "prosthesis_equipment")
_SHORT = re.compile(r"(?<![A-Za-z])(" + "|".join(re.escape(short) for _, short in ABBREVIATIONS if len(short) > 1)
                    + r")(?![A-Za-z])")
_COPIED = re.compile(r"\(Cop|carried forward", re.IGNORECASE)
_SIDE = re.compile(r"\b(left|right)\b")


@cache
def cases(name: str, level: int) -> tuple[Encounter, ...]:
    return tuple(encounter(templates()[name], number, level) for number in range(SEEDS))


def text(documents: tuple[ChartDocument, ...]) -> str:
    return "\n".join(section.text for document in documents for section in document.sections)


def nurse_says(case: Encounter) -> str:
    """What the intake note of an untidy chart says against the attending."""
    return next(document.sections[-1].text for document in case.chart
                if [section.heading for section in document.sections[-2:]] == [INTAKE_ENDS, "Note"])


def sided() -> list[str]:
    """The templates in which the key has one side (a stroke has two: of the brain, and of the body)."""
    return [template.id for template in templates().values() if template.id != "stroke_inpatient"
            and any(len(set(_SIDE.findall(titles().get(code, "")))) == 1 for code in reachable_codes(template))]


@pytest.mark.parametrize("name", OF_EACH_SETTING)
def test_a_clean_chart_has_nothing_of_an_untidy_one(name: str) -> None:
    for case in cases(name, 1):
        assert all(document.signed for document in case.chart)
        assert LATE not in [document.title for document in case.chart]
        assert not _COPIED.search(text(case.chart))


@pytest.mark.parametrize("name", OF_EACH_SETTING)
def test_an_ordinary_chart_has_abbreviations_that_the_clean_one_spells_out(name: str) -> None:
    more = sum(len(_SHORT.findall(text(ordinary.chart))) - len(_SHORT.findall(text(clean.chart)))
               for clean, ordinary in zip(cases(name, 1), cases(name, 2), strict=True))
    assert more > 0


@pytest.mark.parametrize("name", OF_EACH_SETTING)
def test_an_ordinary_chart_has_copied_text_in_a_note_of_who_treats(name: str) -> None:
    for case in cases(name, 2):
        copied = [document for document in case.chart if _COPIED.search(text((document,)))]
        assert [document.kind in ATTENDING for document in copied] == [True]


def test_an_ordinary_problem_list_has_an_old_problem_that_fits_the_age() -> None:
    for name in ("diabetes_kidney", "coronary_stent_inpatient", "bronchiolitis_inpatient"):
        bank = phrases()["old_problem_child" if name.startswith("bronch") else "old_problem"]
        for case in cases(name, 2):
            listed = text(tuple(document for document in case.chart if document.kind == "problem_list"))
            assert any(problem in listed for problem in bank)


@pytest.mark.parametrize("name", OF_EACH_SETTING)
def test_in_an_untidy_chart_a_nurse_contradicts_and_the_attending_settles_it_late(name: str) -> None:
    for case in cases(name, 3):
        late = case.chart[-1]
        assert nurse_says(case)
        assert (late.title, late.author) == (LATE, CLINICIAN.name)
        assert (late.at.date() - case.last).days >= 1


@pytest.mark.parametrize("name", OF_EACH_SETTING)
def test_what_is_not_signed_is_by_somebody_else_and_supports_no_code(name: str) -> None:
    for case in cases(name, 3):
        open_ = [document for document in case.chart if document.signed is None]
        assert len(open_) == 1
        assert open_[0].author != CLINICIAN.name
        assert open_[0].kind not in ("laboratory", "imaging", "consult", "operative_report")


@pytest.mark.parametrize("name", sided())
def test_where_the_key_has_a_side_an_untidy_chart_changes_it_and_puts_it_right(name: str) -> None:
    turned = 0
    for case in cases(name, 3):
        sides = {side for row in case.diagnoses for side in _SIDE.findall(row.title)}
        says = nurse_says(case)
        told = set(_SIDE.findall(says))
        if len(sides) == 1 and told and not told & sides:
            turned += 1
            assert sides <= set(_SIDE.findall(text(case.chart[-1:]).lower()))  # the attending names the right one
    assert turned


@pytest.mark.parametrize("level", [2, 3])
def test_the_key_is_the_same_and_supported_by_a_signed_note(level: int) -> None:
    for name in templates():
        for clean, other in zip(cases(name, 1)[:4], cases(name, level)[:4], strict=True):
            assert (clean.diagnoses, clean.procedures) == (other.diagnoses, other.procedures)
            signed = [section.text for document in other.chart if document.signed
                      and (document.kind in ATTENDING or document.kind == "operative_report")
                      for section in document.sections]
            for row in (*other.diagnoses, *other.procedures):
                assert all(any(words in part for part in signed) for words in row.evidence), (name, row.code)


def test_no_contradiction_says_what_would_support_another_code() -> None:
    """What the nurse says wrongly never holds the words that support a code of the case."""
    for name in templates():
        for case in cases(name, 3):
            says = nurse_says(case)
            for row in case.diagnoses:
                assert not any(words in says for words in row.evidence), (name, row.code, says)
