"""What a second payer does with the rest, and the claim that takes the first one's answer along."""

import datetime as dt

import pytest
from msgspec.structs import replace

from app.billing.claims import claim_from, context_from
from app.billing.coordination import next_coverage, other_payment, to_next_payer
from app.payer.coordination import settle
from app.payer.cost_sharing import Shared, Shares
from app.payer.model import Line, OtherPayment
from app.payer.pipeline import adjudicate
from app.payer.pricing import Priced
from app.world.generate import Wish, clean_world
from app.world.seed import Seed
from tests.payer.builders import GivenCover, GivenLine, Primary, built


def test_the_worked_example_of_a_public_ruling() -> None:
    """X12 RFI 1696: charged 500, Medicare paid 300, left 75, wrote off 125; Medicaid pays 65: OA-23 425, CO-45 10."""
    claim, _ = built(plan="grayling-adult", order=2)
    line = Line(1, "", "", (), 1, 50_000, claim.first, (1,), "")
    other = OtherPayment("medicare-b", (30_000,), (7_500,), (37_500,))
    row = Shared(Priced(line, 36_500, (), ()), Shares(0, 0, 0, 0, 36_500), ())
    settled = settle(replace(claim, other_payment=other), row, 0)
    assert settled.pays == 6_500
    assert [(a.group, a.reason, a.amount) for a in settled.adjustments] == [("OA", "23", 42_500), ("CO", "45", 1_000)]
    assert settled.patient.total == 0


def test_the_regulations_own_example_of_medicare_second() -> None:
    """42 CFR 411.33(b): charged 175, primary allowed 150 and paid 120, Medicare allows 125: Medicare pays 30."""
    claim, _ = built(plan="medicare-b", order=2)
    line = Line(1, "", "", (), 1, 17_500, claim.first, (1,), "")
    row = Shared(Priced(line, 12_500, (), ()), Shares(0, 0, 2_500, 0, 12_500), ())
    settled = settle(replace(claim, other_payment=OtherPayment("fernwood-ppo", (12_000,), (3_000,), (15_000,))), row, 0)
    assert (settled.pays, settled.patient.total) == (3_000, 0)
    assert [(a.group, a.reason, a.amount) for a in settled.adjustments] == [("OA", "23", 14_500)]


@pytest.mark.parametrize("number", range(40))
def test_the_second_claim_takes_the_first_answer_along_line_by_line(number: int) -> None:
    facts = clean_world(Seed("second").child(number), Wish(secondary=True))
    claim, context = claim_from(facts, drg="193"), context_from(facts, {"193": 13_000})
    answer = adjudicate(claim, context)
    coverage = next_coverage(claim, context)
    assert coverage == facts.coverages[1]
    second = to_next_payer(claim, answer, coverage)
    assert (second.plan, second.member_id) == (coverage.plan, coverage.member_id)
    assert second.received == answer.remittance.decided + dt.timedelta(days=7)
    assert second.lines == claim.lines
    assert second.other_payment == other_payment(claim, answer)
    both = adjudicate(second, context).remittance
    for first, then in zip(answer.remittance.lines, both.lines, strict=True):
        assert first.paid + then.paid <= first.charge


def test_a_service_that_the_second_plan_does_not_cover_leaves_what_the_first_left() -> None:
    """Not the whole charge: what the first payer disposed of stays disposed of."""
    claim, context = built(plan="copperline-ppo", order=2, lines=(GivenLine("home_sleep_test"),),
                           diagnoses=("G47.33",), other_coverage=(GivenCover("fernwood-ppo", order=1),),
                           primary=Primary("fernwood-ppo", (20_000,), (5_000,), (25_000,)))
    line = adjudicate(claim, context).remittance.lines[0]
    assert [(a.group, a.reason, a.amount) for a in line.adjustments] == [
        ("PR", "96", 5_000), ("OA", "23", line.charge - 5_000)]


def test_a_rejected_claim_has_nothing_to_send_on() -> None:
    claim, context = built(member_id="nonsense")
    answer = adjudicate(claim, context)
    assert answer.remittance.status == "rejected"
    with pytest.raises(ValueError, match="has not answered"):
        to_next_payer(claim, answer, context.coverages[0])
