"""The bank serves what is good, and names file and line of what is not."""

import shutil

import pytest

from app.config import ROOT
from app.learning.bank import load_bank
from app.learning.bank_check import check

GOOD = """\
- id: access-days-01
  tasks: ["2.2"]
  level: application
  stem: A patient asks for her record on March 2. By when, at the latest, does the clinic act on it?
  options:
    - {text: "April 1", correct: true, why: "30 days."}
    - {text: "April 16", why: "45 days is not in the rule."}
    - {text: "May 1", why: "60 days needs the extension."}
    - {text: "March 12", why: "10 days is no federal limit."}
  source: {cite: "45 CFR 164.524(b)(2)", as_of: 2026-01-01}
  written: 2026-11-23
"""


@pytest.fixture
def bank_of(tmp_path):
    def write(text):
        folder = tmp_path / "question_bank"
        (folder / "items/privacy").mkdir(parents=True)
        shutil.copytree(ROOT / "question_bank/outlines", folder / "outlines")
        (folder / "items/privacy/good.yaml").write_text(GOOD)
        (folder / "items/privacy/more.yaml").write_text(text)
        return load_bank(folder)

    return write


def other(change="", to=""):
    assert change in GOOD
    text = GOOD.replace("access-days-01", "other-01").replace("March 2", "May 9 at the desk of a small rural hospital")
    return text.replace(change, to) if change else text


def test_our_own_bank_has_no_problem(built_codes):
    report = check(load_bank(ROOT / "question_bank"), built_codes.is_billable)
    assert report.problems == ()


@pytest.fixture(scope="module")
def built_codes():
    from app.coding.editions import SqliteCodeIndex
    from tests.codes import built_index

    return SqliteCodeIndex(built_index())


def test_our_own_bank_is_large_enough():
    bank = load_bank(ROOT / "question_bank")
    assert len(bank.items) >= 150
    assert all(len(bank.by_domain(domain.id)) >= 15 for domain in bank.outline.domains)


@pytest.mark.parametrize(("text", "said"), [
    (other("level: application", "level: hard"), "more.yaml:3: level: "),
    (other("  written: 2026-11-23\n", "  written: 2026-11-23\n  colour: red\n"), "more.yaml:1: Object contains"),
    (GOOD, "is used at question_bank/items/privacy/good.yaml:1 already"),
    ("- id: [", "more.yaml:2: not YAML"),
    ("id: x", "more.yaml:1: a file of items is a list"),
])
def test_a_broken_item_is_one_line_and_the_rest_is_served(bank_of, text, said):
    bank = bank_of(text)
    assert list(bank.items) == ["access-days-01"]
    assert len(bank.problems) == 1
    assert said in bank.problems[0]


@pytest.mark.parametrize(("text", "said"), [
    (other("March 12", "All of the above"), "may not be “all”"),
    (other('why: "30 days."', 'why: ""'), "every option needs its why"),
    (other("correct: true, ", ""), "0 options are marked correct"),
    (other('"2.2"', '"2.9"'), "is no task of the outline"),
    (other("By when", "Which code, 00001, applies, and by when"), "could be read as a CPT code"),
    (other('"April 1"', '"April 1, because the rule gives the clinic thirty days from the day of receipt to act"'),
     "markedly longer"),
    (other("written: 2026-11-23", 'written: 2026-11-23\n  codes: ["J45.9"]'), "J45.9 is no complete code"),
    (GOOD.replace("access-days-01", "other-01"), "is nearly that of access-days-01"),
    (other("By when, at the latest, does", "Which of these is not what"), "written in capitals"),
])
def test_the_checker_names_what_an_editor_would(bank_of, built_codes, text, said):
    report = check(bank_of(text), built_codes.is_billable)
    assert len(report.problems) == 1
    assert said in report.problems[0]
    assert "question_bank/items/privacy/" in report.problems[0]


def test_dollars_and_zip_codes_are_no_procedure_codes(bank_of):
    text = other("By when", "The ZIP code is 44012, the charge $98765; by when")
    assert check(bank_of(text)).problems == ()


def test_the_version_changes_with_every_word(bank_of):
    bank = bank_of(other())
    assert bank.version("access-days-01") != bank.version("other-01")
