"""Every worked example of an appeal comes out as the calendar, the amount and the proof say."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

import app.payer
from app.payer.appeals import decide
from app.payer.model import Appeal
from app.payer.pipeline import adjudicate
from app.world.datafile import load_all
from tests.payer.builders import Given, build

FOLDER = Path(app.payer.__file__).parent / "examples" / "appeals"


class Expected(Struct, frozen=True, forbid_unknown_fields=True):
    outcome: str
    paid: int | None = None  # on the new decision, in cents


class Example(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    source: str
    on: dt.date  # the day the payer receives the claim
    given: Given
    appeal: Appeal
    expect: Expected


EXAMPLES = [row for rows in load_all(FOLDER, "*.yaml", tuple[Example, ...], shown_as="appeals") for row in rows]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_worked_appeal(example: Example) -> None:
    claim, context = build(replace(example.given, received=example.on))
    ruling = decide(example.appeal, claim, context, adjudicate(claim, context))
    paid = ruling.adjudication.remittance.paid if ruling.adjudication else None
    assert Expected(ruling.outcome, paid) == example.expect, ruling.said
