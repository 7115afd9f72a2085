"""The outline is data: weights, a mock form, and tasks that items are tagged with."""

import pytest

from app.config import ROOT
from app.learning.bank import load_bank
from app.learning.coverage import coverage
from app.learning.outline import load_outline, load_outlines
from app.world.datafile import DataFileError

OUR_OWN = ROOT / "question_bank/outlines/rhit.yaml"


@pytest.fixture(scope="module")
def outline():
    return load_outline(OUR_OWN, shown_as="rhit.yaml")


def test_the_mock_form_has_130_items_and_is_within_every_weight(outline):
    assert sum(domain.items for domain in outline.domains) == 130
    for domain in outline.domains:
        assert domain.low <= 100 * domain.items / 130 <= domain.high


def test_every_task_belongs_to_a_domain_and_every_domain_has_tasks(outline):
    ids = [task.id for task in outline.tasks]
    assert len(set(ids)) == len(ids)
    assert {task.partition(".")[0] for task in ids} == {domain.id for domain in outline.domains}


def test_every_task_of_compliance_and_leadership_has_its_questions(outline):
    bank = load_bank(ROOT / "question_bank")
    missing = [task.id for task in outline.tasks if task.id[0] in "56" and len(bank.by_task(task.id)) < 3]
    assert missing == []


def test_a_broken_outline_names_file_and_line(tmp_path):
    path = tmp_path / "rhit.yaml"
    path.write_text(OUR_OWN.read_text().replace("low: 19", "low: much", 1))
    with pytest.raises(DataFileError, match=r"rhit\.yaml:9: domains\[0\]\.low"):
        load_outline(path, shown_as="rhit.yaml")


@pytest.fixture(scope="module")
def others():
    return [one for one in load_outlines(OUR_OWN.parent, shown_as="outlines") if one.id != "rhit"]


def test_other_outlines_stand_on_the_tasks_of_our_own(outline, others):
    known = {task.id for task in outline.tasks}
    assert {one.id for one in others} == {"rhia", "cca", "ods"}
    for one in others:
        assert {served for task in one.tasks for served in task.serves} <= known
        assert {task.id.partition(".")[0] for task in one.tasks} == {domain.id for domain in one.domains}
        assert sum(d.low for d in one.domains) <= 100 <= sum(d.high for d in one.domains)


def test_each_says_how_well_the_bank_covers_it(others):
    assert all(one.coverage and all(domain.coverage for domain in one.domains) for one in others)


def test_an_item_that_serves_two_tasks_of_a_domain_counts_once(others):
    bank = load_bank(ROOT / "question_bank")
    rhia = next(one for one in others if one.id == "rhia")
    leadership = next(cover for cover in coverage(bank, rhia) if cover.domain.id == "5")
    assert leadership.items == sum(cover.items for cover in leadership.tasks)
    assert [cover.task.id for cover in leadership.bare] == ["5.4"]


def test_our_own_outline_counts_its_own_tasks(outline):
    bank = load_bank(ROOT / "question_bank")
    assert sum(cover.items for cover in coverage(bank, outline)) == len(bank.items)
