"""The patient's account: every cent of a charge is somewhere."""

import datetime as dt

import pytest
from msgspec.structs import replace

from app.billing.accounts import age_days, balance, charged, paid_by_patient, posted, running, self_pay, written_off
from app.payer.history import remember
from app.payer.pipeline import adjudicate
from tests.payer.builders import GivenLine, built

DAY = dt.date(2026, 6, 1)


def test_a_paid_claim_leaves_the_patients_share() -> None:
    claim, context = built()
    rows = (*charged(claim), *posted(adjudicate(claim, context).remittance))
    assert (balance(rows).payer, balance(rows).patient) == (0, 2_500)
    assert balance((*rows, paid_by_patient(DAY, 2_500))).total == 0


def test_a_denied_line_stays_open_with_the_payer() -> None:
    claim, context = built(plan="tamarack-hmo",
                           lines=(GivenLine("lab_metabolic_comprehensive"), GivenLine("lab_metabolic_basic")))
    rows = (*charged(claim), *posted(adjudicate(claim, context).remittance))
    assert (balance(rows).payer, balance(rows).patient) == (3_500, 0)
    assert balance((*rows, written_off(DAY, "payer", 3_500, "contained in the comprehensive panel"))).total == 0


def test_a_rejected_claim_posts_nothing() -> None:
    claim, context = built(member_id="nonsense")
    assert posted(adjudicate(claim, context).remittance) == ()


def test_a_void_takes_the_posting_back() -> None:
    claim, context = built()
    first = adjudicate(claim, context)
    void = replace(claim, frequency="8", original_reference=first.remittance.payer_reference)
    back = adjudicate(void, remember(context, claim, first))
    rows = (*charged(claim), *posted(first.remittance), *posted(back.remittance))
    assert (balance(rows).payer, balance(rows).patient) == (claim.charge, 0)


def test_without_a_payer_the_charges_are_the_patients() -> None:
    claim, _ = built()
    assert balance(self_pay(claim)).patient == claim.charge


def test_the_running_balance_and_the_age() -> None:
    claim, context = built()
    rows = (*charged(claim), *posted(adjudicate(claim, context).remittance))
    assert [after.total for _, after in running(rows)] == [24_500, 9_450, 2_500, 2_500]
    assert age_days(rows, dt.date(2026, 6, 3)) == 30


def test_payments_and_write_offs_say_what_they_are() -> None:
    with pytest.raises(ValueError, match="more than"):
        paid_by_patient(DAY, 0)
    with pytest.raises(ValueError, match="reason"):
        written_off(DAY, "patient", 100, " ")
