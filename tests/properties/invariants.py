"""The invariants of the payer and the world, each asked of one whole case: patient, chart, claim, answer.

`app/learning/population.py` plants a defect in one case of eight. The numbers are those of the list of invariants.
The tests ask them of thousands of cases, `make bench` of 100,000.
"""

import datetime as dt
from functools import cache

from msgspec.structs import replace

from app.billing.accounts import balance, charged, paid_by_patient, posted
from app.billing.claims import claim_from, context_from
from app.billing.coordination import next_coverage, to_next_payer
from app.coding.editions import SqliteCodeIndex
from app.coding.grouping import drg_of, mce_edits, stay_from
from app.learning.building import drg_terms
from app.learning.population import Billed, billed
from app.payer.accumulators import ledger, totals
from app.payer.appeals import decide
from app.payer.benefits import benefits_on, outside_network
from app.payer.codes import needs_remark
from app.payer.deadlines import appeal_limit
from app.payer.denials import failures
from app.payer.history import remember
from app.payer.members import coverage_of
from app.payer.model import Appeal
from app.payer.pipeline import adjudicate
from app.world.defects import repair
from app.world.generate import Wish
from app.world.model import PriorClaim
from app.world.plans import payer_of, plans
from tests.codes import built_index
from tests.properties import reference

SEED = "invariants"
NEVER_THE_PATIENTS = ("236", "97", "29", "197", "15", "16", "45", "253", "59", "151")


@cache
def codes() -> SqliteCodeIndex:
    return SqliteCodeIndex(built_index())


def case_number(index: int) -> Billed:
    """Return the case whose invariants are asked: every fifth patient has a second coverage."""
    return billed(SEED, index, codes(), Wish(secondary=True) if index % 5 == 0 else Wish())


def violations(index: int) -> tuple[str, ...]:
    """Return a sentence for each invariant that does not hold for case `index`."""
    case, told = case_number(index), []
    for number, holds in INVARIANTS.items():
        try:
            holds(case)
        except AssertionError as error:
            told.append(f"invariant {number} fails on case {index}: {error}")
    return tuple(told)


def paid_lines(case: Billed):
    return [(line, result) for line, result in zip(case.claim.lines, case.answer.remittance.lines, strict=False)
            if result.allowed]


def of(result, group):
    return sum(a.amount for a in result.adjustments if a.group == group)


def every_charge_is_accounted_for(case: Billed) -> None:
    remittance = case.answer.remittance
    for line, result in zip(case.claim.lines, remittance.lines, strict=remittance.status != "rejected"):
        assert line.charge == result.charge == result.paid + sum(a.amount for a in result.adjustments)
    assert remittance.paid - sum(row.amount for row in remittance.provider_adjustments) >= 0


def allowed_is_what_is_paid_and_owed(case: Billed) -> None:
    for _, result in paid_lines(case):
        cut = sum(a.amount for a in result.adjustments if a.reason == "253")
        assert result.charge == result.allowed + of(result, "CO") - cut
        assert result.allowed == result.paid + of(result, "PR") + cut


def patient_responsibility_is_the_sum_of_pr(case: Billed) -> None:
    assert case.answer.remittance.patient_responsibility == sum(
        a.amount for line in case.answer.remittance.lines for a in line.adjustments if a.group == "PR")


def amounts_keep_their_order(case: Billed) -> None:
    for result in case.answer.remittance.lines:
        assert 0 <= result.paid <= result.allowed <= result.charge
        assert all(a.amount > 0 for a in result.adjustments)
        assert all(a.amount < result.charge for a in result.adjustments if (a.group, a.reason) == ("CO", "45"))


def accumulators_are_their_ledger_and_a_void_restores_them(case: Billed) -> None:
    claim, context, answer = case.claim, case.context, case.answer
    before, known = totals(ledger(claim, context)), remember(context, claim, answer)
    after = totals(ledger(claim, known))
    moved = sum(m.amount for m in answer.movements if (m.accumulator, m.scope) == ("deductible", "individual"))
    assert after.deductible - before.deductible == moved
    assert min(after.deductible, after.out_of_pocket, after.deductible_family, after.out_of_pocket_family) >= 0
    terms, row = benefits_on(claim.plan, claim.first), coverage_of(claim, context)
    if moved and terms is not None and row is not None:
        shared = row.family and not terms.embedded
        limit = terms.deductible_family if shared else terms.deductible_individual
        assert limit is not None
        assert after.deductible <= limit
    if answer.remittance.status != "paid" or claim.frequency != "1":
        return
    void = replace(claim, frequency="8", original_reference=answer.remittance.payer_reference,
                   received=claim.received + dt.timedelta(days=30))
    back = adjudicate(void, known)
    if back.remittance.status != "reversed":  # a void can come too late, or meet what denied other lines
        assert failures(back)
        return
    assert back.remittance.paid == -answer.remittance.paid
    restored = remember(known, void, back)
    assert totals(ledger(claim, restored)) == before
    again = adjudicate(claim, restored)
    assert again.remittance.lines == answer.remittance.lines
    assert again.movements == answer.movements


def a_year_stays_within_the_maximum(case: Billed) -> None:
    claim, terms = case.claim, benefits_on(case.claim.plan, case.claim.first)
    if terms is None or terms.out_of_pocket_individual is None or not paid_lines(case):
        return
    before = totals(ledger(claim, case.context)).out_of_pocket
    owed = sum(of(result, "PR") for _, result in paid_lines(case))
    assert owed <= max(0, terms.out_of_pocket_individual - before)


def two_payers_never_pay_more_than_the_charge(case: Billed) -> None:
    coverage = next_coverage(case.claim, case.context)
    if coverage is None or not case.answer.remittance.lines or not paid_lines(case):
        return
    claim = to_next_payer(case.claim, case.answer, coverage)
    second = adjudicate(claim, case.context).remittance
    for first, then, charge in zip(case.answer.remittance.lines, second.lines, claim.lines, strict=True):
        open_ = of(first, "PR")
        assert first.paid + then.paid <= charge.charge
        assert then.paid <= max(open_, 0)
        assert then.charge == then.paid + sum(a.amount for a in then.adjustments)
        if then.allowed:
            assert sum(a.amount for a in then.adjustments if a.reason == "23") == charge.charge - open_
            assert of(then, "PR") <= open_


def the_same_claim_again_is_a_duplicate(case: Billed) -> None:
    claim, answer = case.claim, case.answer
    if not paid_lines(case):
        return
    known = remember(case.context, claim, answer)
    again = adjudicate(replace(claim, received=claim.received + dt.timedelta(days=2)), known)
    assert again.movements == ()
    assert again.remittance.paid == 0
    numbers = {result.number for _, result in paid_lines(case)}
    reasons = {a.reason for line in again.remittance.lines if line.number in numbers for a in line.adjustments}
    assert reasons <= {"18", "119", "29"}  # the earlier claim can also use up a limit, or the time be over


def a_denial_moves_nothing(case: Billed) -> None:
    own = [m.amount for m in case.answer.movements if (m.accumulator, m.scope) == ("out_of_pocket", "individual")]
    back = case.claim.frequency == "7"
    assert back or sum(own) == sum(of(result, "PR") for _, result in paid_lines(case))
    for result in case.answer.remittance.lines:
        assert all(a.group != "PR" for a in result.adjustments if a.reason in NEVER_THE_PATIENTS)


def a_reason_has_its_remark(case: Billed) -> None:
    for result in case.answer.remittance.lines:
        assert all(a.remarks for a in result.adjustments if needs_remark(a.reason))


def strangers_change_nothing(case: Billed) -> None:
    stranger = PriorClaim("9900000001", "grayling-family", "M-999", "1", case.claim.first, case.claim.first, ("Z1204",),
                          999, 999, 1)
    rows = (stranger, *reversed(case.context.prior_claims))
    if case.claim.plan == "grayling-family":
        return
    assert adjudicate(case.claim, replace(case.context, prior_claims=rows)) == case.answer


def a_repair_takes_the_reason_away(case: Billed) -> None:
    if not case.facts.defects:
        assert not failures(case.answer), failures(case.answer)[0]
        return
    assert failures(case.answer), case.facts.defects[0].id
    mended = repair(case.facts)
    drg = drg_of(mended.encounter, mended.patient) if mended.encounter.setting == "inpatient" else ""
    answer = adjudicate(claim_from(mended, drg=drg), context_from(mended, drg_terms=drg_terms(drg, codes())))
    assert failures(answer) == (), case.facts.defects[0].id


def a_late_or_small_appeal_is_dismissed(case: Billed) -> None:
    payer = payer_of(plans()[case.claim.plan]) if case.claim.plan in plans() else None
    if payer is None or case.answer.remittance.status != "denied" or not payer.appeals:
        return
    decided = case.answer.remittance.decided
    last = appeal_limit(decided, payer, 1)
    assert last is not None
    late = Appeal(1, last + dt.timedelta(days=1), 10**9, "retro_authorization", ("letter",))
    assert decide(late, case.claim, case.context, case.answer).outcome == "dismissed"
    for level, row in enumerate(payer.appeals, start=1):
        if row.minimum:
            small = Appeal(level, decided, row.minimum - 1, "retro_authorization", ("letter",))
            assert decide(small, case.claim, case.context, case.answer).outcome == "dismissed"


def the_account_balances(case: Billed) -> None:
    remittance, rows = case.answer.remittance, (*charged(case.claim), *posted(case.answer.remittance))
    owed = remittance.patient_responsibility
    assert balance(rows).patient == owed
    if owed >= 3:
        rows += (paid_by_patient(remittance.decided, owed // 3),)
        assert balance(rows).patient == owed - owed // 3


def the_chart_supports_the_codes(case: Billed) -> None:
    facts = repair(case.facts) if case.facts.defects else case.facts
    visit = facts.encounter
    words = "\n".join(section.text for document in visit.chart for section in document.sections)
    for row in (*visit.diagnoses, *visit.procedures):
        assert row.evidence
        assert all(text in words for text in row.evidence), (row.code, row.evidence)
    assert all(codes().is_billable(d.code) for d in visit.diagnoses)
    assert facts.patient.birth_date <= visit.first
    if visit.setting == "inpatient":
        assert mce_edits(stay_from(visit, facts.patient)) == ()


def a_case_depends_on_seed_and_number_alone(case: Billed) -> None:
    if case.index % 50 == 3:
        assert billed(SEED, case.index, codes()).facts == case.facts


def the_patient_owes_what_a_second_calculation_says(case: Billed) -> None:
    claim, context = case.claim, case.context
    lines = paid_lines(case)
    row = coverage_of(claim, context)
    if not lines or row is None or claim.frequency != "1":
        return
    earlier = [p for p in context.prior_claims if p.received <= claim.received]
    if plans()[claim.plan].kind == "medicare_b" and claim.setting == "inpatient":
        inpatient = {code for code, kind in reference.CATEGORIES.items() if kind == "inpatient"}
        stays = [p.first for p in earlier if p.plan == claim.plan and p.patient_mrn == claim.patient_mrn
                 and inpatient & set(p.codes)]
        want = reference.part_a(claim.first, claim.last, sum(r.allowed for _, r in lines), stays)
        got = tuple(sum(a.amount for _, r in lines for a in r.adjustments if (a.group, a.reason) == ("PR", reason))
                    for reason in ("1", "2"))
        assert got == want
        return
    told = reference.owed(claim, [(line, result.allowed) for line, result in lines], row.family,
                          outside_network(claim, context) is not None, earlier)
    for (line, result), want in zip(lines, told, strict=True):
        got = tuple(sum(a.amount for a in result.adjustments if (a.group, a.reason) == ("PR", reason))
                    for reason in ("1", "3", "2"))
        assert got == want, (claim.plan, line.number)


INVARIANTS = {
    "1": every_charge_is_accounted_for, "2": allowed_is_what_is_paid_and_owed,
    "3": patient_responsibility_is_the_sum_of_pr, "4": amounts_keep_their_order,
    "5": accumulators_are_their_ledger_and_a_void_restores_them, "6": a_year_stays_within_the_maximum,
    "7": two_payers_never_pay_more_than_the_charge, "8": the_same_claim_again_is_a_duplicate,
    "9": a_denial_moves_nothing, "10": a_reason_has_its_remark, "11": strangers_change_nothing,
    "12": a_repair_takes_the_reason_away, "13": a_late_or_small_appeal_is_dismissed, "14": the_account_balances,
    "15": the_chart_supports_the_codes, "16": a_case_depends_on_seed_and_number_alone,
    "cost share": the_patient_owes_what_a_second_calculation_says,
}
