"""Appeals: what is dismissed unread, what is upheld, what is overturned and paid."""

import datetime as dt
from typing import Any

import pytest

from app.payer import rulebook
from app.payer.appeals import _PROOFS, answering, decide
from app.payer.denials import explain
from app.payer.model import Appeal, AppealDecision
from app.payer.pipeline import EDITS, adjudicate
from tests.payer.builders import GivenAuthorization, GivenLine, built

FILED = dt.date(2026, 6, 10)
MRI: dict[str, Any] = {"plan": "tamarack-hmo", "diagnoses": ("M54.16",), "lines": (GivenLine("mri_lumbar"),)}
EXPIRED = GivenAuthorization("mri_lumbar", dt.date(2026, 1, 1), dt.date(2026, 4, 30))


def _appeal(argument: str, *evidence: str, filed: dt.date = FILED, amount: int = 98_000, level: int = 1,
            **situation: Any) -> AppealDecision:
    claim, context = built(**(MRI | {"authorization_number": ""} | situation))
    return decide(Appeal(level, filed, amount, argument, evidence), claim, context, adjudicate(claim, context))


def test_a_retrospective_authorization_with_its_letter_overturns_and_pays() -> None:
    ruling = _appeal("retro_authorization", "letter-1")
    assert ruling.outcome == "overturned"
    assert ruling.adjudication is not None
    assert ruling.adjudication.remittance.paid == adjudicate(*built(**MRI)).remittance.paid
    assert ruling.adjudication.remittance.lines[0].allowed > 0


def test_the_letter_must_be_enclosed() -> None:
    assert _appeal("retro_authorization").outcome == "upheld"
    assert _appeal("retro_authorization", "note-1").outcome == "upheld"


def test_the_authorization_must_exist() -> None:
    assert _appeal("retro_authorization", "letter-1", authorization=EXPIRED).outcome == "upheld"


def test_an_argument_that_answers_another_denial_loses() -> None:
    assert _appeal("medical_necessity", "note-1").outcome == "upheld"
    assert _appeal("hardship").outcome == "upheld"


def test_a_day_late_is_dismissed() -> None:
    last = dt.date(2026, 5, 24) + dt.timedelta(days=60)
    assert _appeal("retro_authorization", "letter-1", filed=last).outcome == "overturned"
    assert _appeal("retro_authorization", "letter-1", filed=last + dt.timedelta(days=1)).outcome == "dismissed"


def test_a_level_that_the_payer_does_not_have_is_dismissed() -> None:
    assert _appeal("retro_authorization", "letter-1", level=4).outcome == "dismissed"


def test_medicares_third_level_takes_two_hundred_dollars_or_more() -> None:
    medicare: dict[str, Any] = {"plan": "medicare-b", "born": dt.date(1950, 3, 9), "diagnoses": ("Z78.0", "R53.83"),
                                "lines": (GivenLine("bone_density", points_to=(2,)),), "authorization_number": None}
    small = _appeal("medical_necessity", "note-1", level=3, amount=19_999, **medicare)
    enough = _appeal("medical_necessity", "note-1", level=3, amount=20_000, **medicare)
    assert (small.outcome, enough.outcome) == ("dismissed", "overturned")
    assert small.citation is not None and "405.1006" in small.citation.text


@pytest.mark.parametrize("wrong", [
    {"diagnoses": ("M54",), "not_billable": ("M54",)},  # MA130
    {"plan": "medicare-b", "born": dt.date(1950, 3, 9), "received": dt.date(2027, 5, 5)},  # N211
    {"member_id": "nonsense"},  # rejected at the door
])
def test_what_carries_no_appeal_rights_is_dismissed(wrong: dict[str, Any]) -> None:
    assert _appeal("medical_necessity", "note-1", **wrong).outcome == "dismissed"


def test_the_arguments_that_answer_a_denial() -> None:
    claim, context = built(**(MRI | {"authorization": EXPIRED}))
    denial = explain(adjudicate(claim, context), adjudicate(*built(**MRI)), claim, context, FILED)[0]
    assert [argument.id for argument in answering(denial)] == ["retro_authorization"]


def test_every_argument_names_known_edits_reasons_and_proofs() -> None:
    for argument in rulebook.arguments().values():
        assert set(argument.answers) <= {edit.id for edit in EDITS}
        assert set(argument.reasons) <= set(rulebook.codes().reasons)
        assert argument.proved_by in _PROOFS
