"""Every worked example of the payer comes out to the cent."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

import app.payer
from app.payer import rulebook
from app.payer.denials import failures
from app.payer.model import Adjudication, Adjustment, LineResult
from app.payer.pipeline import adjudicate
from app.world.datafile import load
from tests.payer.builders import Given, build

EXAMPLES = Path(app.payer.__file__).parent / "examples"


class ExpectedLine(Struct, frozen=True, forbid_unknown_fields=True):
    codes: tuple[str, ...]
    allowed: int = 0
    paid: int = 0


class Expected(Struct, frozen=True, forbid_unknown_fields=True):
    status: str
    lines: tuple[ExpectedLine, ...]
    stopped_by: str = ""
    patient: int | None = None
    provider_level: tuple[str, ...] = ()


class Example(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    on: dt.date  # the day the payer receives the claim
    given: Given
    source: str
    expect: Expected


def _examples() -> list[Example]:
    return [row for path in sorted(EXAMPLES.glob("*.yaml")) for row in load(path, tuple[Example, ...])]


@pytest.mark.parametrize("example", _examples(), ids=lambda example: example.name)
def test_worked_example(example: Example) -> None:
    answer = adjudicate(*build(replace(example.given, received=example.on)))
    assert _told(answer, example.expect) == example.expect


def test_there_are_at_least_eighty_worked_examples_each_with_another_name() -> None:
    names = [example.name for example in _examples()]
    assert len(set(names)) == len(names) >= 80


def test_the_examples_show_every_code_that_an_edit_can_give_and_no_other() -> None:
    shown: dict[str, set[str]] = {edit: set() for edit in rulebook.edit_rules()}
    for example in _examples():
        for edit, code in _shown(adjudicate(*build(replace(example.given, received=example.on)))):
            shown[edit].add(code)
    assert shown == {edit: set(rule.codes) for edit, rule in rulebook.edit_rules().items()}


_STAGES = {"CO-45": "P10", "CO-59": "P11", "CO-253": "P11", "PR-1": "P20", "PR-3": "P21", "PR-2": "P22"}


def _shown(answer: Adjudication) -> Iterator[tuple[str, str]]:
    """Yield (edit or stage, code) for everything that an answer holds."""
    remittance = answer.remittance
    for step in failures(answer):
        if step.outcome == "reject":
            category = "A3" if "A3" in remittance.rejection[0] else "A7"
            yield step.edit, "999 R" if step.edit == "E00" else f"277CA {category}"
        for line in remittance.lines:
            if step.outcome == "deny" and step.line in (None, line.number) and not line.allowed:
                yield step.edit, _code(line.adjustments[0])
    second = any(step.edit == "C10" for step in answer.trace)
    for line in remittance.lines:
        for adjustment in line.adjustments if line.allowed else ():
            reduced = adjustment.reason in ("59", "253")
            yield "C10" if second and not reduced else _STAGES[_code(adjustment)], _code(adjustment)
    yield from (("L10", f"PLB {row.reason}") for row in remittance.provider_adjustments)


def _code(adjustment: Adjustment) -> str:
    return " ".join((f"{adjustment.group}-{adjustment.reason}", *adjustment.remarks))


def _told(answer: Adjudication, expect: Expected) -> Expected:
    remittance = answer.remittance
    stopped = [step.edit for step in failures(answer) if step.line is None]
    return Expected(
        remittance.status, tuple(_line(line) for line in remittance.lines), stopped[0] if stopped else "",
        None if expect.patient is None else remittance.patient_responsibility,
        tuple(f"{row.reason} {row.amount}" for row in remittance.provider_adjustments))


def _line(line: LineResult) -> ExpectedLine:
    codes = tuple(" ".join((f"{a.group}-{a.reason}", *a.remarks, str(a.amount))) for a in line.adjustments)
    return ExpectedLine(codes, line.allowed, line.paid)
