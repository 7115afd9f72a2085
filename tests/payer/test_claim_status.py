"""What the payer says when the desk asks where a claim is, from the day before it came to long after its decision."""

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from app.payer.claim_status import StatusAnswer, payment_number, status_of, status_rules, words_of
from app.payer.history import remember
from app.payer.model import Adjudication, Claim
from app.payer.pipeline import adjudicate
from app.payer.rulebook import codes
from tests.payer.builders import GivenLine, built

ONE = dt.timedelta(days=1)


def sent(**situation: Any) -> tuple[Claim, Adjudication]:
    claim, context = built(**situation)
    return claim, adjudicate(claim, context)


def asked(days_after_receipt: int, **situation: Any) -> StatusAnswer:
    claim, decision = sent(**situation)
    return status_of(claim, decision, claim.received + days_after_receipt * ONE)


def code(answer: StatusAnswer) -> str:
    return ":".join(part for part in (answer.code.category, answer.code.status, answer.code.entity) if part)


def test_a_claim_that_has_not_arrived_is_not_known() -> None:
    told = asked(-1)
    assert (code(told), told.found, told.paid, told.payer_reference) == ("A4:35", False, None, "")


def test_a_claim_is_received_then_accepted_then_in_process_then_paid() -> None:
    claim, decision = sent()
    decided = (decision.remittance.decided - claim.received).days
    told = [code(status_of(claim, decision, claim.received + days * ONE)) for days in range(decided + 2)]
    assert list(dict.fromkeys(told)) == ["A1:19:PR", "A2:20", "P1:20", "F1:65"]
    assert told.index("F1:65") == decided


def test_a_claim_that_nobody_has_decided_yet_is_in_process() -> None:
    claim, _ = sent()
    assert code(status_of(claim, None, claim.received + 60 * ONE)) == "P1:20"


def test_a_payment_is_told_with_its_amount_day_and_number() -> None:
    claim, decision = sent()
    answer = decision.remittance
    told = status_of(claim, decision, answer.decided)
    assert (told.charge, told.paid, told.decided) == (claim.charge, answer.paid, answer.decided)
    assert told.payment == f"E{answer.payer_reference}" == payment_number(answer)
    assert status_of(claim, decision, answer.decided, check="000010001").payment == "000010001"
    assert [(line.charge, line.paid) for line in told.lines] == [(line.charge, line.paid) for line in answer.lines]


@pytest.mark.parametrize(("situation", "expected"), [
    ({"member_id": "FWM204716386"}, "F2:33"), ({"family": "Brooks"}, "F2:97:PR"),
    ({"covered_to": dt.date(2026, 5, 3)}, "F2:88:QC"), ({"received": dt.date(2027, 1, 4)}, "F2:718"),
    ({"diagnoses": ("E11.99",), "not_billable": ("E11.99",)}, "F2:21"),
    ({"plan": "tamarack-hmo", "lines": (GivenLine("mri_lumbar"),), "authorization_number": ""}, "F2:84"),
    ({"plan": "tamarack-hmo", "specialty": "cardiology", "referral": False}, "F2:94:82"),
    ({"enrolled_from": dt.date(2026, 6, 1)}, "F2:91:82"),
])
def test_a_denial_is_told_with_what_was_wrong(situation: dict[str, Any], expected: str) -> None:
    claim, decision = sent(**situation)
    told = status_of(claim, decision, decision.remittance.decided)
    assert (code(told), told.paid, told.payment) == (expected, 0, "")


def test_a_claim_turned_away_was_never_taken_in() -> None:
    claim, decision = sent(npi="2883602824")
    assert decision.remittance.status == "rejected"
    told = status_of(claim, decision, decision.remittance.decided)
    assert (code(told), told.paid, told.lines) == ("A7:562:82", None, ())
    assert code(status_of(claim, decision, claim.received)) == "A1:19:PR"


def test_a_claim_that_could_not_be_read_left_nothing_behind() -> None:
    claim, context = built()
    empty = replace(claim, lines=())
    told = status_of(empty, adjudicate(empty, context), claim.received + 30 * ONE)
    assert code(told) == "A4:35"


def test_records_are_asked_for_before_the_claim_is_decided() -> None:
    """A severe diagnosis of which the chart sent with the claim says nothing."""
    claim, decision = sent(plan="copperline-ppo", setting="inpatient", last=dt.date(2026, 5, 8), drg="193",
                           weight=13_000, diagnoses=("J15.9", "E43"), unsupported=("E43",),
                           lines=(GivenLine("room_medical", units=4),))
    reasons = [row.reason for line in decision.remittance.lines for row in line.adjustments]
    assert "252" in reasons
    told = status_of(claim, decision, decision.remittance.decided - ONE)
    assert (code(told), told.paid) == ("R4:297", None)
    assert code(status_of(claim, decision, decision.remittance.decided)) == "F2:297"


def test_a_claim_that_the_deductible_takes_whole_is_decided_and_not_denied() -> None:
    claim, decision = sent(plan="fernwood-hdhp")
    told = status_of(claim, decision, decision.remittance.decided)
    assert decision.remittance.patient_responsibility > 0
    assert (code(told), told.paid) == ("F0:104", 0)


def test_a_void_takes_the_payment_back() -> None:
    claim, context = built()
    first = adjudicate(claim, context)
    void = replace(claim, frequency="8", number="C000000002", received=first.remittance.decided + ONE,
                   original_reference=first.remittance.payer_reference)
    back = adjudicate(void, remember(context, claim, first))
    told = status_of(void, back, back.remittance.decided)
    assert code(told) == "F3:101"
    assert told.paid == -first.remittance.paid


def test_every_code_that_can_be_told_has_words() -> None:
    rules = status_rules()
    for row in (*rules.steps.values(), *rules.denials.values()):
        assert words_of(row)
        assert row.entity in ("", "PR", "IL", "QC", "82", "85")


def test_every_denial_row_is_of_a_reason_that_the_payer_gives() -> None:
    assert set(status_rules().denials) <= set(codes().reasons)
