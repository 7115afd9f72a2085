"""An item that cannot be marked fairly is left out, with one line of why, and no typed answer breaks a page."""

import shutil

import pytest

from app.config import ROOT
from app.learning.bank import load_bank
from app.learning.bank_check import check
from app.learning.item_marking import mark

HEAD = """\
- id: unfit-item-01
  tasks: ["5.1"]
  level: {level}
  stem: {stem}
  source: {{cite: "42 CFR 482.21", as_of: 2026-01-01}}
  written: 2026-11-23
"""
OPTIONS = """\
  options:
    - {text: "One", correct: true, why: "so"}
    - {text: "Two", why: "not so"}
    - {text: "Three", why: "not so"}
    - {text: "Four", why: "not so"}
"""
NUMBER = """\
  kind: numeric
  answer: "12.5"
  tolerance: "0.05"
  unit: days
  working: "100 / 8"
"""


def written(rest=OPTIONS, level="application", stem="How many projects?"):
    return HEAD.format(level=level, stem=stem) + rest


@pytest.fixture
def bank_of(tmp_path):
    def write(text):
        folder = tmp_path / "question_bank"
        (folder / "items/compliance").mkdir(parents=True)
        shutil.copytree(ROOT / "question_bank/outlines", folder / "outlines")
        (folder / "items/compliance/one.yaml").write_text(text)
        return load_bank(folder)

    return write


@pytest.mark.parametrize(("text", "said"), [
    (written().replace('["5.1"]', "[]"), "name at least one task"),
    (written(stem='" "'), "a stem is needed"),
    (written(OPTIONS.replace("correct: true, ", "")), "0 options are marked correct"),
    (written(OPTIONS.replace('"Two",', '"Two", correct: true,')), "2 options are marked correct"),
    (written(""), "0 options are marked correct"),
    (written("  kind: several\n" + OPTIONS), "at least two, and not all"),
    (written(NUMBER.replace("12.5", "about 12")), "each a decimal in quotes"),
    (written(NUMBER.replace("0.05", "-1")), "each a decimal in quotes"),
    (written(NUMBER.replace("100 / 8", " ")), "shows its working"),
])
def test_an_item_that_cannot_be_marked_is_one_problem_and_is_not_served(bank_of, text, said):
    bank = bank_of(text)
    assert bank.items == {}
    assert len(bank.problems) == 1
    assert bank.problems[0].startswith("question_bank/items/compliance/one.yaml:1: unfit-item-01: ")
    assert said in bank.problems[0]


@pytest.mark.parametrize(("typed", "score"), [
    ("12.5", 100), ("12.55", 100), ("12.56", 0), (" 12.5 % ", 100), ("+12.5", 100), ("\u221212.5", 0),
    ("1e9999999", 0), ("sNaN", 0), ("12.5.1", 0), ("½", 0), ("١٢", 0),
])
def test_whatever_is_typed_is_marked_and_breaks_nothing(bank_of, typed, score):
    assert mark(bank_of(written(NUMBER)).items["unfit-item-01"], "s", [typed]).score == score


def test_thousands_and_dollars_are_read(bank_of):
    item = bank_of(written(NUMBER.replace("12.5", "97560"))).items["unfit-item-01"]
    assert mark(item, "s", ["$97,560"]).score == 100


@pytest.mark.parametrize("place", ["why", "working"])
def test_a_procedure_number_is_found_in_an_explanation_too(bank_of, place):
    text = written(OPTIONS.replace('"not so"', '"not 00001"')) if place == "why" else written(
        NUMBER.replace("100 / 8", "code 00001"))
    assert any("could be read as a CPT code" in said for said in check(bank_of(text)).problems)


def test_a_source_cannot_be_newer_than_the_item(bank_of):
    assert any("as_of is later" in said for said in check(
        bank_of(written().replace("as_of: 2026-01-01", "as_of: 2027-01-01"))).problems)


def test_a_bank_of_recall_is_told_so(bank_of):
    assert any("0 % of the items are application or analysis" in said
               for said in check(bank_of(written(level="recall"))).problems)


def test_items_are_found_by_every_task_they_bear(bank_of):
    bank = bank_of(written().replace('["5.1"]', '["5.1", "6.6"]'))
    assert [item.id for item in bank.by_task("6.6")] == ["unfit-item-01"]
    assert bank.by_domain("6") == ()


def test_the_table_shows_each_domain_beside_its_weight():
    lines = check(load_bank(ROOT / "question_bank")).lines()
    assert [line[0] for line in lines[1:7]] == list("123456")
    assert "13–17%" in lines[5]
    assert "9–12%" in lines[6]
