"""Guided coding: answers lead from a category to one complete code, in whatever order they are given."""

import pytest

from app.coding.guided.facets import facets, labelled
from app.coding.guided.questions import possible, questions


def _lead(index, code, **answers):
    """Answer by axis, as a coder does who knows the chart; return the codes that are left."""
    given = {}
    for _ in range(12):
        asked = [q for q in questions(index, code, given) if q.axis.replace(" ", "_") in answers]
        if not asked:
            break
        for label in answers[asked[0].axis.replace(" ", "_")]:
            if label in [choice.label for choice in asked[0].choices]:
                given[asked[0].key] = label
                break
        else:
            pytest.fail(f"{asked[0].choices} has none of {answers}")
    return [candidate.code.code for candidate in possible(index, code, given)]


def test_a_hip_fracture_is_coded_by_five_answers(index):
    assert _lead(index, "S72.0", type=["Fracture of base of neck", "Displaced"], laterality=["left"],
                 encounter=["subsequent encounter"], fracture=["closed fracture"], healing=["delayed healing"]
                 ) == ["S72.042G"]


def test_the_side_may_be_told_first(index):
    asked = questions(index, "S72.0", {"laterality": "left"})
    assert "laterality" not in [question.axis for question in asked]
    assert sum(choice.codes for choice in asked[0].choices) == 192


def test_glaucoma_asks_side_and_stage(index):
    assert _lead(index, "H40.11", laterality=["bilateral"], stage=["severe stage", "severe"]) == ["H40.1133"]


def test_an_adverse_effect_differs_from_a_poisoning(index):
    assert _lead(index, "T40.2", type=["Adverse effect of other opioids"], encounter=["initial encounter"]
                 ) == ["T40.2X5A"]


def test_a_pregnancy_is_asked_for_its_trimester(index):
    assert "Which trimester?" in [question.text for question in questions(index, "O30.00")]


@pytest.mark.parametrize("code", ["I10", "S72.042G", "", "999", "10", "A00-A09"])
def test_nothing_is_asked_about_a_complete_or_unknown_code(index, code):
    assert questions(index, code) == ()


def test_every_answer_leaves_a_code(index):
    for question in questions(index, "E11"):
        assert all(choice.codes > 0 for choice in question.choices)


@pytest.mark.parametrize("code", [
    "M17", "L03.1", "J45", "C50", "O24", "G43", "I69", "T20", "W20", "Z79", "K50", "H35", "I63", "P07", "S06", "V03"])
def test_any_answers_end_in_one_code(index, code):
    """The last answer of the first question each time, and the first of the last."""
    for first, last in ((0, -1), (-1, 0)):
        given = {}
        while asked := questions(index, code, given):
            given[asked[first].key] = asked[first].choices[last].label
        assert len(possible(index, code, given)) == 1


def test_a_side_is_only_an_axis_where_it_tells_two_titles_apart():
    assert facets(["Left ventricular failure, unspecified", "Systolic heart failure"]) == (
        {"type": "Left ventricular failure, unspecified"}, {"type": "Systolic heart failure"})


def test_the_right_unspecified_is_taken_for_the_side():
    titles = [f"Fracture of unspecified part of neck of {side} femur" for side in ("right", "left", "unspecified")]
    assert [facet["laterality"] for facet in facets(titles)] == ["right", "left", "not specified"]


def test_labels_leave_out_what_all_share():
    assert labelled(["Mild persistent asthma", "Severe persistent asthma"]) == ("Mild", "Severe")
