"""What holds for every claim: the invariants of the payer, over drawn claims."""

import datetime as dt
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.billing.accounts import balance, charged, paid_by_patient, posted
from app.billing.payment_plans import schedule
from app.payer.accumulators import ledger, totals
from app.payer.appeals import decide
from app.payer.benefits import benefits_on
from app.payer.codes import needs_remark
from app.payer.deadlines import appeal_limit
from app.payer.history import remember
from app.payer.model import Adjudication, Appeal, Claim, Context
from app.payer.pipeline import adjudicate
from app.world.model import PriorClaim
from app.world.plans import payer_of, plans
from tests.payer.builders import Earlier, Given, GivenCover, GivenLine, Primary, build

MODEST = settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
PLANS = [plan.id for plan in plans().values() if plan.kind not in ("self_pay", "medigap")]
SERVICES = ["office_established_4", "office_established_2", "lab_a1c", "lab_blood_count", "lab_metabolic_comprehensive",
            "lab_metabolic_basic", "xray_chest_two", "xray_chest_one", "ecg_complete", "ecg_interpretation",
            "laceration_repair", "fracture_care_ankle", "drug_ketorolac", "mri_lumbar", "no_such_service"]

lines = st.builds(GivenLine, service=st.sampled_from(SERVICES), units=st.integers(1, 3),
                  charge=st.none() | st.integers(1, 90_000),
                  modifiers=st.sampled_from([(), (), ("XU",), ("GA",), ("GY",)]))
earlier = st.builds(
    lambda i, person, deductible, more: Earlier(f"77{i:08d}", dt.date(2026, 2, 2), (), person, deductible,
                                                deductible + more),
    st.integers(0, 99_999_999), st.sampled_from(["patient", "spouse", "child"]), st.integers(0, 30_000),
    st.integers(0, 60_000))


def _given(**fixed: Any) -> st.SearchStrategy[Given]:
    drawn: dict[str, Any] = {
        "plan": st.sampled_from(PLANS), "lines": st.lists(lines, min_size=1, max_size=4).map(tuple),
        "diagnoses": st.sampled_from([("E11.9",), ("R53.83",), ("M54.16", "E11.9"), ("E11",)]),
        "not_billable": st.just(("E11",)), "born": st.just(dt.date(1980, 3, 9)),
        "setting": st.sampled_from(["office", "office", "emergency"]),
        "earlier": st.lists(earlier, max_size=3, unique_by=lambda e: e.number).map(tuple),
        "covered_to": st.none() | st.just(dt.date(2026, 4, 30)),
        "received": st.none() | st.dates(dt.date(2026, 5, 5), dt.date(2027, 6, 1)),
        "member_id": st.none() | st.sampled_from(["", "FWM204716358", "nonsense"]),
        "authorization_number": st.none() | st.just(""), "notice": st.sampled_from(["", "GA", "GZ"]),
        "out_of_network": st.booleans(),
    }
    return st.builds(Given, **(drawn | {name: st.just(value) for name, value in fixed.items()}))


CLEAN: dict[str, Any] = {"covered_to": None, "received": None, "member_id": None, "authorization_number": None,
                         "notice": "", "out_of_network": False, "diagnoses": ("E11.9",), "not_billable": ()}
any_claim = _given()
clean_claim = _given(**CLEAN)


def _answer(situation: Given) -> tuple[Claim, Context, Adjudication]:
    claim, context = build(situation)
    return claim, context, adjudicate(claim, context)


@MODEST
@given(any_claim)
def test_1_every_charge_is_accounted_for(situation: Given) -> None:
    claim, _, answer = _answer(situation)
    if answer.remittance.status == "rejected":
        assert answer.remittance.lines == ()
        return
    assert [line.charge for line in answer.remittance.lines] == [line.charge for line in claim.lines]
    for line in answer.remittance.lines:
        assert line.charge == line.paid + sum(a.amount for a in line.adjustments)
    assert answer.remittance.paid - sum(row.amount for row in answer.remittance.provider_adjustments) >= 0


@MODEST
@given(any_claim)
def test_2_to_4_the_amounts_of_a_paid_line_keep_their_order(situation: Given) -> None:
    for line in _answer(situation)[2].remittance.lines:
        assert 0 <= line.paid <= line.allowed <= line.charge
        if not line.allowed:
            continue
        cut = sum(a.amount for a in line.adjustments if a.reason == "253")
        contractual = sum(a.amount for a in line.adjustments if a.group == "CO") - cut
        patient = sum(a.amount for a in line.adjustments if a.group == "PR")
        assert line.charge == line.allowed + contractual
        assert line.allowed == line.paid + patient + cut
        assert all(0 < a.amount < line.charge for a in line.adjustments if a.reason == "45")


@MODEST
@given(clean_claim)
def test_5_accumulators_are_the_sum_of_their_ledger_and_stay_within_the_plan(situation: Given) -> None:
    claim, context, answer = _answer(situation)
    before = totals(ledger(claim, context))
    after = totals(ledger(claim, remember(context, claim, answer)))
    terms = benefits_on(claim.plan, claim.first)
    moved = sum(m.amount for m in answer.movements if m.accumulator == "deductible" and m.scope == "individual")
    assert terms is not None
    assert after.deductible - before.deductible == moved >= 0
    if moved:
        assert after.deductible <= terms.deductible_individual


@MODEST
@given(clean_claim)
def test_5_a_void_restores_the_accumulators_exactly(situation: Given) -> None:
    claim, context, answer = _answer(situation)
    known = remember(context, claim, answer)
    assume(known != context)
    void = replace(claim, frequency="8", original_reference=answer.remittance.payer_reference,
                   received=claim.received + dt.timedelta(days=30))
    taken_back = adjudicate(void, known)
    assert taken_back.remittance.status == "reversed"
    assert taken_back.remittance.paid == -answer.remittance.paid
    assert sum(m.amount for m in (*answer.movements, *taken_back.movements)) == 0
    restored = remember(known, void, taken_back)
    assert totals(ledger(claim, restored)) == totals(ledger(claim, context))


@MODEST
@given(st.sampled_from(PLANS), st.lists(st.integers(1, 900_000), min_size=2, max_size=6))
def test_6_a_year_never_costs_more_than_the_out_of_pocket_maximum(plan: str, charges: list[int]) -> None:
    owed, context = 0, build(Given(plan=plan))[1]
    for i, charge in enumerate(charges):
        visit = GivenLine("office_established_4", units=1, charge=charge)
        claim, _ = build(Given(plan=plan, lines=(visit,), first=dt.date(2026, 5, 4 + i)))
        context = replace(context, drg_terms={})
        answer = adjudicate(claim, context)
        owed += answer.remittance.patient_responsibility
        context = remember(context, claim, answer)
    terms = plans()[plan].on(dt.date(2026, 5, 4))
    assert terms is not None
    assert terms.out_of_pocket_individual is None or owed <= terms.out_of_pocket_individual


@MODEST
@given(st.sampled_from(["medicare-b", "grayling-adult", "fernwood-ppo"]), st.integers(1, 90_000), st.data())
def test_7_two_payers_together_never_pay_more_than_the_charge(plan: str, charge: int, data: Any) -> None:
    allowed = data.draw(st.integers(0, charge))
    paid = data.draw(st.integers(0, allowed))
    situation = Given(plan=plan, order=2, other_coverage=(GivenCover("copperline-ppo", order=1),),
                      lines=(GivenLine("office_established_4", charge=charge),),
                      primary=Primary("copperline-ppo", (paid,), (allowed - paid,), (allowed,)))
    line = _answer(situation)[2].remittance.lines[0]
    assert line.charge == line.paid + sum(a.amount for a in line.adjustments)
    assert paid + line.paid <= charge
    assert line.paid <= allowed - paid
    assert sum(a.amount for a in line.adjustments if a.reason == "23") == charge - (allowed - paid)


@MODEST
@given(clean_claim)
def test_8_the_same_claim_again_is_a_duplicate_and_moves_nothing(situation: Given) -> None:
    claim, context, answer = _answer(situation)
    known = remember(context, claim, answer)
    assume(known != context)
    again = adjudicate(replace(claim, received=claim.received + dt.timedelta(days=3)), known)
    assert again.movements == ()
    assert again.remittance.paid == 0
    paid = [line.number for line in answer.remittance.lines if line.allowed]
    reasons = {a.reason for line in again.remittance.lines for a in line.adjustments if line.number in paid}
    assert reasons <= {"18"}


@MODEST
@given(any_claim)
def test_9_a_denied_claim_moves_nothing_and_some_denials_are_never_the_patients(situation: Given) -> None:
    _, _, answer = _answer(situation)
    if not any(line.allowed for line in answer.remittance.lines):
        assert answer.movements == ()
    owed = sum(a.amount for line in answer.remittance.lines if line.allowed for a in line.adjustments
               if a.group == "PR")
    own = [m.amount for m in answer.movements if (m.accumulator, m.scope) == ("out_of_pocket", "individual")]
    assert sum(own) == owed
    for line in answer.remittance.lines:
        for adjustment in line.adjustments:
            if adjustment.reason in ("236", "97", "29", "197", "15", "16", "45", "253"):
                assert adjustment.group == "CO"


@MODEST
@given(any_claim)
def test_10_a_reason_that_needs_a_remark_has_one(situation: Given) -> None:
    for line in _answer(situation)[2].remittance.lines:
        assert all(a.remarks for a in line.adjustments if needs_remark(a.reason))


@MODEST
@given(clean_claim, st.randoms(use_true_random=False))
def test_11_what_belongs_to_others_and_the_order_of_rows_change_nothing(situation: Given, random: Any) -> None:
    claim, context, answer = _answer(situation)
    stranger = PriorClaim("9900000001", "medicare-b" if claim.plan != "medicare-b" else "fernwood-ppo", "M-999", "1",
                          claim.first, claim.first, ("Z1204",), 999, 999, 1)
    rows = [*context.prior_claims, stranger]
    random.shuffle(rows)
    assert adjudicate(claim, replace(context, prior_claims=tuple(rows))) == answer


@MODEST
@given(clean_claim, st.integers(-200, 400), st.integers(0, 40_000), st.integers(1, 5))
def test_13_a_late_or_small_appeal_is_dismissed(situation: Given, days: int, amount: int, level: int) -> None:
    claim, context = build(replace(situation, authorization_number="", lines=(GivenLine("mri_lumbar"),),
                                   diagnoses=("M54.16",)))
    answer = adjudicate(claim, context)
    assume(answer.remittance.status == "denied" or answer.remittance.patient_responsibility)
    payer = payer_of(plans()[claim.plan])
    filed = answer.remittance.decided + dt.timedelta(days=days)
    ruling = decide(Appeal(level, filed, amount, "retro_authorization", ("letter-1",)), claim, context, answer)
    last = appeal_limit(answer.remittance.decided, payer, level)
    small = last is not None and amount < payer.appeals[level - 1].minimum_on(filed)
    assert (ruling.outcome == "dismissed") == (last is None or filed > last or small)
    assert (ruling.adjudication is not None) == (ruling.outcome == "overturned")


@MODEST
@given(any_claim, st.integers(1, 100))
def test_14_the_patients_balance_is_what_was_moved_less_what_was_paid(situation: Given, percent: int) -> None:
    claim, _, answer = _answer(situation)
    rows = (*charged(claim), *posted(answer.remittance))
    owed = answer.remittance.patient_responsibility
    part = owed * percent // 100
    if part:
        rows += (paid_by_patient(answer.remittance.decided, part),)
    after = balance(rows)
    assert after.patient == owed - part
    open_ = sum(a.amount for line in answer.remittance.lines if not line.allowed for a in line.adjustments
                if a.group != "PR")
    assert after.payer == (claim.charge if answer.remittance.status == "rejected" else open_)


@MODEST
@given(st.integers(1, 5_000_000), st.integers(1, 36))
def test_14_installments_sum_to_the_balance(owed: int, months: int) -> None:
    plan = schedule(owed, months, dt.date(2026, 1, 31))
    assert sum(i.amount for i in plan) == owed
    assert [i.due for i in plan] == sorted({i.due for i in plan})
