"""Every code that the world or a key uses is valid on its day and has words in its chart that support it."""

import datetime as dt
from functools import cache

import pytest

from app.coding.editions import SqliteCodeIndex
from app.coding.grouping import Stay, mce_edits
from app.coding.model import CodedDiagnosis
from app.config import ROOT
from app.learning.building import build_case
from app.learning.case import Case
from app.learning.checking import lay
from app.learning.contract import Earlier
from app.learning.query_answer import unclear
from app.learning.scenario import Scenario, load_library
from app.learning.steps import audit_codes, mark_evidence
from app.world.generate import clean_world
from app.world.model import Diagnosis, Encounter, Procedure
from app.world.seed import Seed
from app.world.wishes import Wish
from tests.codes import built_index

PEOPLE, SEEDS = 1_200, 60
CODING = {"assign_codes", "assign_procedures", "mark_evidence", "audit_codes"}


@cache
def index() -> SqliteCodeIndex:
    return SqliteCodeIndex(built_index())


@cache
def scenarios() -> tuple[Scenario, ...]:
    return tuple(row for row in load_library(ROOT / "scenarios").scenarios.values()
                 if any(step.kind in CODING for step in row.steps))


@cache
def is_valid(code: str, on: dt.date) -> bool:
    """Whether the index has `code` complete and in force, or the Medicare Code Editor knows the procedure."""
    found = index().look_up(code)
    if found is not None:
        return found.billable and found.first_valid is not None and found.first_valid <= on
    edits = mce_edits(Stay(40, "F", on, "01", (CodedDiagnosis("I10"),), (code,)))
    return len(code) == 7 and not any(edit.name == "INVALID_CODE" for edit in edits)


def unsupported(rows: tuple[Diagnosis | Procedure, ...], visit: Encounter) -> list[str]:
    """The codes of `rows` without words, or with words that no document of the chart has letter for letter."""
    texts = [section.text for document in visit.chart for section in document.sections]
    return [row.code for row in rows
            if not row.evidence or not all(any(words in text for text in texts) for words in row.evidence)]


def coded(visit: Encounter) -> tuple[Diagnosis | Procedure, ...]:
    return (*visit.diagnoses, *visit.procedures)


def test_every_code_of_the_open_population_is_valid_and_supported() -> None:
    settings = set()
    for i in range(PEOPLE):
        visit = clean_world(Seed("supported").child("population", i), Wish(level=i % 3 + 1)).encounter
        settings.add(visit.setting)
        assert not [row.code for row in visit.diagnoses if not is_valid(row.code, visit.last)], i
        assert not [row.code for row in visit.procedures if not is_valid(row.code, row.on)], i
        assert not unsupported(coded(visit), visit), i
    assert {"inpatient", "office", "emergency"} <= settings


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: scenario.id)
def test_every_code_of_a_key_is_valid_and_supported(scenario: Scenario) -> None:
    for i in range(SEEDS):
        case = build_case(scenario, f"supported-{i}", index())
        visit = case.clean.encounter
        by_code = {row.code: row for row in coded(visit)}
        for code in key_codes(scenario, case):
            assert is_valid(code, visit.last), (i, code)
            assert code in by_code, (i, code)
            chart = case.clean.encounter if unclear(case) else case.facts.encounter  # the answer to a query is in it
            assert not unsupported((by_code[code],), chart), (i, code)


def key_codes(scenario: Scenario, case: Case) -> list[str]:
    """Every code that a key of the coding steps asks for, and that a quotation is asked for."""
    found = []
    for spec in scenario.steps:
        laid = lay(case, spec, Earlier()) if spec.kind in CODING else None
        if laid is None:
            continue
        lines = [line for line in laid.key.lines if line.field in ("codes", "procedures", "missing")]
        found += [code for line in lines for accepted in line.accepted for code in accepted]
        if spec.kind == mark_evidence.NAME:
            assert all(line.accepted for line in laid.key.lines)
            found += [line.label.split()[0] for line in laid.key.lines]
        if spec.kind == audit_codes.NAME:
            rows = audit_codes.coded(case, laid.options).rows
            assert all(is_valid(row.diagnosis.code, case.clean.encounter.last) for row in rows)
            found += [row.diagnosis.code for row in rows if row.verdict in ("agree", "order", "poa")]
    return found


def test_every_coding_step_kind_is_asked_somewhere() -> None:
    assert {step.kind for row in scenarios() for step in row.steps} >= CODING


def test_a_code_of_tomorrow_and_words_that_are_not_there_are_seen() -> None:
    visit = clean_world(Seed("supported").child("population", 0), Wish()).encounter
    assert not is_valid("U07.1", dt.date(2019, 10, 1))
    assert not is_valid("0BTG0Z1", visit.last)
    assert unsupported((Diagnosis("I10", "Hypertension", ("no such words",), None, "secondary", ""),), visit) == ["I10"]
