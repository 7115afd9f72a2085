"""Every worked coding example holds: its codes exist on its day, no note parts them, and they group as it says."""

import datetime as dt
import re
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest
from msgspec import Struct

from app.coding.compare import compare
from app.coding.grouping import Stay, group, mce_edits
from app.coding.guidelines import guideline
from app.coding.model import CodedDiagnosis, bare
from app.world.datafile import load_all
from app.world.model import Sex
from tests.coding.test_grouper_agreement import theirs

EXAMPLES = Path(__file__).parent / "examples"
ON = dt.date(2026, 5, 4)
_CODE = re.compile(r"\b[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]+)?(?:-[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]+)?)?")


class Expected(Struct, frozen=True, forbid_unknown_fields=True):
    """Of `given`: how many codes are right, near and too much; the shares are hundredths of a percent."""

    right: int
    near: int
    extra: int
    accuracy: int
    first: bool = True
    poa: int | None = None


class Example(Struct, frozen=True, forbid_unknown_fields=True, rename={"wrong": "not"}):
    """`codes` in their order, with /Y or /N in a stay; `wrong` is what somebody might code, each with why not."""

    name: str
    guideline: tuple[str, ...]
    chart: str
    codes: str
    wrong: dict[str, str]
    procedures: str = ""
    given: str = ""
    expect: Expected | None = None
    drg: str = ""
    age: int = 50
    sex: Sex = "F"
    on: dt.date = ON


@cache
def examples() -> tuple[Example, ...]:
    files = load_all(EXAMPLES, "*.yaml", tuple[Example, ...], shown_as="tests/coding/examples")
    return tuple(row for rows in files for row in rows)


def each(rows=None):
    return pytest.mark.parametrize("example", examples() if rows is None else rows, ids=lambda example: example.name)


def coded(text):
    parts_ = (part.partition("/") for part in text.split())
    return tuple(CodedDiagnosis(code, poa=poa or None) for code, _, poa in parts_)


def stay(example: Example, diagnoses=None, procedures=None):
    return Stay(example.age, example.sex, example.on, "01", diagnoses or coded(example.codes),
                tuple(example.procedures.split()) if procedures is None else procedures)


def is_procedure(code: str) -> bool:
    return len(code) == 7 and "." not in code and code[0] in "0123456789"


def invalid(example: Example, diagnosis: str = "", procedure: str = "") -> bool:
    """Whether the Medicare Code Editor does not know a code on the example's day."""
    beside = (CodedDiagnosis("I10"), *((CodedDiagnosis(diagnosis),) if diagnosis else ()))
    edits = mce_edits(stay(example, beside, (procedure,) if procedure else ()))
    return any(edit.name == "INVALID_CODE" for edit in edits)


@each()
def test_every_code_exists_is_complete_and_valid_on_its_day(example: Example, index) -> None:
    for row in coded(example.codes):
        found = index.look_up(row.code)
        assert found is not None, row.code
        assert index.is_billable(row.code), row.code
        assert found.first_valid <= example.on, row.code
        assert not invalid(example, diagnosis=row.code), row.code
    assert not [code for code in example.procedures.split() if invalid(example, procedure=code)]


@each()
def test_what_is_wrong_exists_and_is_not_the_answer(example: Example, index) -> None:
    assert example.wrong
    right = {row.code for row in coded(example.codes)} | set(example.procedures.split())
    for code, why in example.wrong.items():
        assert code not in right
        assert not invalid(example, procedure=code) if is_procedure(code) else index.is_billable(code), code
        assert why.endswith(".")


@each()
def test_the_guidelines_of_an_example_are_in_the_register(example: Example) -> None:
    assert example.guideline
    assert not [section for section in example.guideline if guideline(section) is None]


@each()
def test_no_excludes1_note_parts_the_codes(example: Example, index) -> None:
    codes = [row.code for row in coded(example.codes)]
    assert not [(one, two) for one, two in permutations(codes, 2) if parts(index, one, two)]


def parts(index, one: str, two: str) -> bool:
    """Whether an Excludes1 note over `one` names `two`."""
    texts = [text for note in index.notes(one) if note.kind == "Excludes 1" for text in note.texts]
    return any(covers(named, bare(two)) for text in texts for named in _CODE.findall(text))


def covers(named: str, code: str) -> bool:
    """Whether a note's `J44.0`, `J44.-` or `J40-J47` covers a bare code."""
    low, _, high = named.partition("-")
    low, high = bare(low), bare(high)
    return low <= code[:len(low)] and code[:len(high)] <= high if high else code.startswith(low)


@pytest.mark.parametrize(("one", "two", "expected"), [("N39.0", "N30.00", True), ("N30.00", "B96.20", False)])
def test_an_excludes1_note_is_seen(one, two, expected, index) -> None:
    assert parts(index, one, two) is expected


@each([row for row in examples() if row.drg])
def test_the_grouper_and_the_code_editor_agree_with_a_stay(example: Example) -> None:
    told = group(stay(example))
    assert (told.drg, told.problem, told.edits) == (example.drg, "", ())
    assert theirs(stay(example)) == example.drg


@each([row for row in examples() if row.given])
def test_another_coders_answer_is_judged_as_the_example_says(example: Example, index) -> None:
    told = compare(coded(example.codes), coded(example.given), index)
    outcomes = [line.outcome for line in told.lines]
    assert example.expect == Expected(
        outcomes.count("exact"), outcomes.count("near"), outcomes.count("extra"), told.accuracy, told.first_right,
        told.poa_accuracy if example.expect and example.expect.poa is not None else None)


def test_there_are_enough_examples_of_every_kind() -> None:
    rows = examples()
    assert len(rows) >= 40
    assert len({row.name for row in rows}) == len(rows)
    assert sum(bool(row.given) for row in rows) >= 15
    assert sum(bool(row.procedures) for row in rows) >= 15
    assert len({section for row in rows for section in row.guideline}) >= 60


@pytest.mark.parametrize("code", ["0BTG0ZX", "0XX0ZZZ", "10E0XZ1"])
def test_a_procedure_that_no_table_has_is_seen(code) -> None:
    assert invalid(examples()[0], procedure=code)
