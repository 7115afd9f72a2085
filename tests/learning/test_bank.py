"""The bank serves what is good, and names file and line of what is not."""

import datetime as dt
import shutil

import pytest

from app.config import ROOT
from app.learning.bank import load_bank
from app.learning.bank_check import check
from app.learning.second_look import REVIEWS, Review, read_reviews
from question_bank.templates import TEMPLATES

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
  source: access-30-days
  written: 2026-11-23
"""
SOURCES = """\
- id: access-30-days
  cite: "45 CFR 164.524(b)(2)"
  says: "An answer within 30 days, and once 30 more."
  as_of: 2026-01-01
  review_by: 2028-01-01
"""


@pytest.fixture
def bank_of(tmp_path):
    def write(text, sources=SOURCES):
        folder = tmp_path / "question_bank"
        (folder / "items/privacy").mkdir(parents=True)
        shutil.copytree(ROOT / "question_bank/outlines", folder / "outlines")
        (folder / "items/privacy/good.yaml").write_text(GOOD)
        (folder / "items/privacy/more.yaml").write_text(text)
        (folder / "sources.yaml").write_text(sources)
        return load_bank(folder)

    return write


def other(change="", to=""):
    assert change in GOOD
    text = GOOD.replace("access-days-01", "other-01").replace("March 2", "May 9 at the desk of a small rural hospital")
    return text.replace(change, to) if change else text


def test_our_own_bank_has_no_problem(built_codes):
    bank = load_bank(ROOT / "question_bank", templates=TEMPLATES)
    report = check(bank, built_codes.is_billable, whole=True, reviews=read_reviews(ROOT / "question_bank" / REVIEWS))
    assert report.problems == ()


@pytest.fixture(scope="module")
def built_codes():
    from app.coding.editions import SqliteCodeIndex
    from tests.codes import built_index

    return SqliteCodeIndex(built_index())


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
    (GOOD.replace("access-days-01", "other-01").replace("A patient asks for her record on March 2. By when",
                                                        "On March 2 a patient asks for her record. By when"),
     "is nearly that of access-days-01"),
    (other("access-30-days", '{cite: "45 CFR 164.524", as_of: 2026-01-01}'), "name the source by its id"),
    (other('"April 1"', '"The clinic, latest April 1, a small hospital"').replace(
        "May 1", "May 1, which is thirty days and one month on"),
     "alone echoes the stem: clinic, hospital, latest, small"),
    (other("By when", "Notwithstanding organizational administrative considerations regarding interdepartmental "
           "communication responsibilities and documentation requirements, by when"), "reads at grade"),
    (other("March 12", "April 16"), "two options say the same"),
    (other('    - {text: "May 1", why: "60 days needs the extension."}\n', ""), "3 options; a single item has 4"),
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


def test_an_item_names_its_sources_by_id(bank_of):
    more = SOURCES.replace("access-30-days", "access-form").replace("(b)(2)", "(c)(2)")
    source = bank_of(other("access-30-days", "[access-form, access-30-days]"), SOURCES + more).items["other-01"].source
    assert (source.cite, source.id, source.also) == ("45 CFR 164.524(c)(2)", "access-form", ("access-30-days",))


def test_a_source_that_is_not_registered_is_told(bank_of):
    bank = bank_of(other("access-30-days", "access-60-days"))
    assert list(bank.items) == ["access-days-01"]
    assert "more.yaml:10: source: 'access-60-days' is not in sources.yaml" in bank.problems[0]


def test_a_source_that_no_longer_holds_names_every_item_that_leans_on_it(bank_of):
    bank = bank_of(other(), SOURCES + '  withdrawn: "2026-07-01, by 91 FR 1"\n')
    assert [problem.split(": ")[1] for problem in check(bank).problems] == ["access-days-01", "other-01"]


def test_what_is_due_for_review_is_listed_the_oldest_first(bank_of):
    more = SOURCES.replace("access-30-days", "a-yearly-rule").replace("2028", "2027").replace("(b)(2)", "(c)")
    register = bank_of(other(), SOURCES + more).register
    assert [entry.id for entry in register.due(dt.date(2027, 6, 1))] == ["a-yearly-rule"]
    assert [entry.id for entry in register.due(dt.date(2029, 1, 1))] == ["a-yearly-rule", "access-30-days"]


@pytest.mark.parametrize(("sources", "said"), [
    (SOURCES + SOURCES, "sources.yaml:6: access-30-days: this id stands at question_bank/sources.yaml:1 already"),
    (SOURCES + SOURCES.replace("access-30-days", "again-01"), "this is the source 'access-30-days' once more"),
    (SOURCES.replace("2028", "2020"), "review_by is not later than as_of"),
    ("id: x", "the register is a list"),
])
def test_the_register_is_checked_too(bank_of, sources, said):
    assert said in bank_of(other(), sources).problems[0]


def test_a_whole_bank_owes_its_outline_numbers_and_leaves_no_source_unused(bank_of):
    unused = SOURCES.replace("access-30-days", "nobody-uses").replace("(b)(2)", "(c)").replace("An answer", "")
    problems = check(bank_of(other(), SOURCES + unused), whole=True).problems
    for said in ("2 written items; 1500 is the least", "0 templates; 120", "task 6.6 has 0 items; 15",
                 "domain 2 has 100.0 %", "sources.yaml:6: nobody-uses: nothing leans on this source"):
        assert any(said in problem for problem in problems), said


def row(item, outcome, note="", version="0"):
    return Review(item, version, "2026-11-25", outcome, note)


@pytest.mark.parametrize(("rows", "said"), [
    ([row("access-days-01", "agreed")], "other-01: nobody has answered it a second time"),
    ([row("access-days-01", "agreed"), row("other-01", "fine")], "the outcome 'fine' is none of"),
    ([row("access-days-01", "agreed"), row("other-01", "corrected")], "say what differed and what changed"),
    ([row("access-days-01", "removed", "Two keys."), row("other-01", "agreed")], "the record says that it was removed"),
])
def test_every_item_owes_a_second_look_and_every_row_its_words(bank_of, rows, said):
    problems = check(bank_of(other()), whole=True, reviews=rows).problems
    assert sum("reviews.csv" in problem or "second time" in problem for problem in problems) == 1
    assert any(said in problem for problem in problems)


def test_the_table_tells_what_the_second_look_changed(bank_of):
    bank = bank_of(other())
    rows = [row("access-days-01", "agreed", version=bank.version("access-days-01")),
            row("other-01", "corrected", "The key was April 2."), row("gone-01", "removed", "Two keys.")]
    line = check(bank, reviews=rows).lines()[-2]
    assert line == "second look at 3 items: agreed 1, kept 0, corrected 1, removed 1; 1 have changed since"


def test_the_table_counts_domains_tasks_kinds_and_places(bank_of):
    lines = "\n".join(check(bank_of(other())).lines())
    assert "2.2    2 +  0" in lines
    assert "single 2 (100.0 %)" in lines
    assert "place of the key after the draw: a " in lines


def test_a_template_that_cannot_draw_is_one_line_and_the_rest_is_served(bank_of, tmp_path):
    def lost(seed):
        raise KeyError("no-such-source")

    bank_of(other())
    templates = {"lost": lost, "length-of-stay": TEMPLATES["length-of-stay"]}
    bank = load_bank(tmp_path / "question_bank", templates=templates)
    assert list(bank.templates) == list(bank.samples) == ["length-of-stay"]
    assert bank.problems == ("question_bank/templates:1: lost: 'no-such-source' is not in sources.yaml",)
