"""A replacement as two claims of one 835: the original taken back, then the claim as it now stands."""

import datetime as dt

import pytest
from msgspec.structs import replace

from app.billing.x12.remittances import net, status_of
from app.payer.accumulators import ledger, totals
from app.payer.corrections import reverse_and_correct
from app.payer.history import remember
from app.payer.model import Claim, Context
from app.payer.pipeline import adjudicate
from tests.payer.builders import GivenLine, built

LATER = dt.timedelta(days=30)


def processed(**situation: object) -> tuple[Claim, Context]:
    """A first claim, and what the payer knows once it has decided it."""
    claim, context = built(**situation)
    return claim, remember(context, claim, adjudicate(claim, context))


def replacing(claim: Claim, **changes: object) -> Claim:
    number = adjudicate(*built()).remittance.payer_reference
    return replace(claim, frequency="7", original_reference=number, received=claim.received + LATER, **changes)


def test_a_correction_is_a_reversal_and_a_new_decision_and_pays_what_withholding_pays() -> None:
    claim, known = processed()
    second = replacing(claim, lines=(replace(claim.lines[0], charge=9_000),))
    found = reverse_and_correct(claim, second, known)
    assert found is not None
    answers = (found.reversal.remittance, found.correction.remittance)
    assert [status_of(c, a) for c, a in zip((claim, second), answers, strict=True)] == ["22", "1"]
    assert [sum(line.charge for line in a.lines) for a in answers] == [-24_500, 9_000]
    assert [a.paid for a in answers] == [-15_050, 6_500]
    assert found.payment == -8_550
    withheld = adjudicate(second, known).remittance
    assert withheld.paid - sum(r.amount for r in withheld.provider_adjustments if r.reason == "WO") == found.payment
    assert net(withheld) == 0  # the rest is carried forward


def test_a_correction_puts_the_accumulators_right() -> None:
    claim, known = processed(plan="fernwood-hdhp")
    assert totals(ledger(replacing(claim), known)).deductible == 0  # the replaced claim no longer counts
    second = replacing(claim, lines=(replace(claim.lines[0], charge=9_000),))
    after = remember(known, second, adjudicate(second, known))
    assert totals(ledger(replace(claim, number="C2"), after)).deductible == 0  # on the day of the first claim
    later = replace(claim, number="C2", received=claim.received + 2 * LATER)
    assert totals(ledger(later, after)).deductible == 9_000
    sums = {name: sum(m.amount for m in adjudicate(second, known).movements if (m.accumulator, m.scope) == name)
            for name in (("deductible", "individual"), ("deductible", "family"))}
    assert set(sums.values()) == {9_000 - 17_550}


def test_a_replacement_that_is_stopped_leaves_money_and_accumulators_as_they_were() -> None:
    claim, known = processed(plan="fernwood-hdhp")
    late = replace(replacing(claim), received=dt.date(2027, 3, 1))
    answer = adjudicate(late, known)
    assert answer.remittance.lines[0].adjustments[0].reason == "29"
    assert (answer.movements, answer.remittance.provider_adjustments) == ((), ())
    later = replace(claim, number="C2", received=dt.date(2027, 3, 9))
    assert totals(ledger(later, remember(known, late, answer))).deductible == 17_550
    assert reverse_and_correct(claim, late, known) is None


def test_a_correction_of_a_claim_that_the_payer_does_not_have() -> None:
    claim, context = built()
    with pytest.raises(ValueError, match="no claim the payer has"):
        reverse_and_correct(claim, replacing(claim), context)


def test_what_is_carried_forward_comes_off_the_next_payment_and_is_then_gone() -> None:
    claim, known = processed()
    second = replacing(claim, lines=(replace(claim.lines[0], charge=9_000),))
    owing = remember(known, second, adjudicate(second, known))
    assert owing.carried == {"fernwood": 8_550}
    third = replace(claim, number="C3", first=dt.date(2026, 5, 20), last=dt.date(2026, 5, 20),
                    received=dt.date(2026, 7, 1), lines=(replace(claim.lines[0], on=dt.date(2026, 5, 20)),))
    answer = adjudicate(third, owing)
    assert [(r.reason, r.amount) for r in answer.remittance.provider_adjustments] == [("FB", 8_550)]
    assert net(answer.remittance) == 15_050 - 8_550
    assert remember(owing, third, answer).carried == {"fernwood": 0}


def test_visits_count_once_a_claim_and_only_where_a_visit_is_paid() -> None:
    therapy = {"plan": "tamarack-hmo", "diagnoses": ("M54.16",)}
    twice = (GivenLine("therapy_evaluation"), GivenLine("therapy_exercise", units=2))
    assert _visits(*built(**therapy, lines=twice)) == 1
    assert _visits(*built(**therapy, lines=(GivenLine("therapy_exercise", units=6),))) == 0  # over the unit limit
    denied = (GivenLine("office_established_4"), GivenLine("therapy_exercise", units=6))
    assert _visits(*built(**therapy, lines=denied)) == 0


def _visits(claim: Claim, context: Context) -> int:
    return sum(m.amount for m in adjudicate(claim, context).movements if m.accumulator == "visits")
