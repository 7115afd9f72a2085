"""Every worked example of the payer comes out to the cent."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

import app.payer
from app.payer.denials import failures
from app.payer.model import Adjudication, LineResult
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


def test_there_are_at_least_eighty_worked_examples() -> None:
    assert len(_examples()) >= 80


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
