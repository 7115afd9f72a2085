"""The invariants of the payer and the world, each asked of one whole case: patient, chart, claim, answer.

`app/learning/population.py` plants a defect in one case of eight. The numbers are those of the list of invariants.
The tests ask them of thousands of cases, `make bench` of 100,000.
"""

import datetime as dt
from functools import cache

from msgspec.structs import replace

from app.billing.accounts import balance, charged, paid_by_patient, posted, written_off
from app.billing.claims import claim_from, context_from
from app.billing.coordination import next_coverage, to_next_payer
from app.billing.payment_plans import schedule
from app.billing.x12.parties import parties_from
from app.billing.x12.remittances import Answered, net, transaction
from app.coding.editions import SqliteCodeIndex
from app.coding.grouping import drg_of, mce_edits, stay_from
from app.learning.building import drg_terms
from app.learning.population import Billed, billed
from app.payer.accumulators import ledger, totals
from app.payer.appeals import decide
from app.payer.benefits import benefits_on, outside_network
from app.payer.claim_status import status_of, status_rules
from app.payer.codes import needs_remark
from app.payer.deadlines import appeal_limit
from app.payer.denials import failures
from app.payer.history import remember
from app.payer.members import coverage_of
from app.payer.model import Adjudication, Appeal, Claim
from app.payer.pipeline import adjudicate
from app.world.defects import repair
from app.world.generate import Wish
from app.world.model import PriorClaim
from app.world.money import cents
from app.world.plans import ACCIDENT_KINDS, payer_of, plans
from tests.codes import built_index
from tests.properties import reference

SEED = "invariants"
NEVER_THE_PATIENTS = ("236", "97", "29", "197", "15", "16", "45", "253", "59", "151")


@cache
def codes() -> SqliteCodeIndex:
    return SqliteCodeIndex(built_index())


def case_number(index: int) -> Billed:
    """Return the case whose invariants are asked: every fifth has two payers."""
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
    charge, adjusted = case.claim.charge, sum(a.amount for line in remittance.lines for a in line.adjustments)
    assert remittance.status == "rejected" or charge == remittance.paid + adjusted
    payment = sum(line.paid for line in remittance.lines) - sum(r.amount for r in remittance.provider_adjustments)
    assert net(remittance) == payment >= 0


def allowed_is_what_is_paid_and_owed(case: Billed) -> None:
    for _, result in paid_lines(case):
        cut = sum(a.amount for a in result.adjustments if a.reason == "253")
        assert result.charge == result.allowed + of(result, "CO") - cut
        assert result.allowed == result.paid + of(result, "PR") + cut


def patient_responsibility_is_the_sum_of_pr(case: Billed) -> None:
    """CLP05 of the 835 as written, against the PR amounts of its own CAS segments."""
    remittance = case.answer.remittance
    if remittance.status == "rejected":
        return
    body = transaction([Answered(case.claim, parties_from(case.facts, case.claim), case.answer)], check="1")
    told = next(segment.split("*")[5] for segment in body if segment.startswith("CLP*"))
    owed = [amount for segment in body if segment.startswith("CAS*PR*") for amount in segment.split("*")[3::3]]
    assert cents(told) == sum(map(cents, owed)) == remittance.patient_responsibility


def amounts_keep_their_order(case: Billed) -> None:
    for result in case.answer.remittance.lines:
        assert 0 <= result.paid <= result.allowed <= result.charge
        assert all(a.amount > 0 for a in result.adjustments)
        assert all(a.amount < result.charge for a in result.adjustments if (a.group, a.reason) == ("CO", "45"))


def accumulators_are_their_ledger_within_their_limits(case: Billed) -> None:
    claim, context, answer = case.claim, case.context, case.answer
    before, after = totals(ledger(claim, context)), totals(ledger(claim, remember(context, claim, answer)))
    moved = {name: sum(m.amount for m in answer.movements if (m.accumulator, m.scope) == (name, "individual"))
             for name in ("deductible", "out_of_pocket")}
    assert after.deductible - before.deductible == moved["deductible"]
    assert after.out_of_pocket - before.out_of_pocket == moved["out_of_pocket"]
    assert min(after.deductible, after.out_of_pocket, after.deductible_family, after.out_of_pocket_family) >= 0
    terms, row = benefits_on(claim.plan, claim.first), coverage_of(claim, context)
    if terms is None or row is None:
        return
    shared = row.family and not terms.embedded
    limits = ((after.deductible, terms.deductible_family if shared else terms.deductible_individual),
              (after.deductible_family, terms.deductible_family),
              (after.out_of_pocket, terms.out_of_pocket_individual),
              (after.out_of_pocket_family, terms.out_of_pocket_family))
    assert all(limit is None or total <= limit for total, limit in limits), (claim.plan, after)


def reversing_and_deciding_again_returns_to_the_same_totals(case: Billed) -> None:
    claim, context, answer = case.claim, case.context, case.answer
    if answer.remittance.status != "paid" or claim.frequency != "1":
        return
    known = remember(context, claim, answer)
    void = replace(claim, frequency="8", original_reference=answer.remittance.payer_reference,
                   received=claim.received + dt.timedelta(days=30))
    back = adjudicate(void, known)
    if back.remittance.status != "reversed":  # a void can come too late, or meet what denied other lines
        assert failures(back)
        return
    assert back.remittance.paid == -answer.remittance.paid
    assert sum(m.amount for m in (*answer.movements, *back.movements)) == 0
    restored = remember(known, void, back)
    assert totals(ledger(claim, restored)) == totals(ledger(claim, context))
    anew = replace(claim, number=f"{claim.number}A")
    again = adjudicate(anew, restored)
    assert again.remittance.lines == answer.remittance.lines
    assert [m.amount for m in again.movements] == [m.amount for m in answer.movements]
    assert totals(ledger(claim, remember(restored, anew, again))) == totals(ledger(claim, known))


def a_year_stays_within_the_maximum(case: Billed) -> None:
    claim, terms = case.claim, benefits_on(case.claim.plan, case.claim.first)
    if terms is None or not paid_lines(case):
        return
    before = totals(ledger(claim, case.context))
    owed = sum(of(result, "PR") for _, result in paid_lines(case))
    for limit, so_far in ((terms.out_of_pocket_individual, before.out_of_pocket),
                          (terms.out_of_pocket_family, before.out_of_pocket_family)):
        assert limit is None or owed <= max(0, limit - so_far)


def after_another_payer(case: Billed) -> tuple[Claim, Adjudication] | None:
    """The claim to the second payer and its answer. A case with one payer is lent another that covers the patient."""
    if not case.answer.remittance.lines or case.claim.frequency != "1":
        return None
    coverage, context = next_coverage(case.claim, case.context), case.context
    if coverage is None:
        own = coverage_of(case.claim, case.context)
        possible = [plan for plan in plans().values() if plan.payer != plans()[case.claim.plan].payer
                    and plan.kind not in ("self_pay", "medigap", *ACCIDENT_KINDS.values())]
        if own is None:
            return None
        plan = possible[case.index % len(possible)]
        coverage = replace(own, plan=plan.id, member_id=payer_of(plan).member_id_example, order=own.order + 1,
                           ended=None)
        context = replace(context, coverages=(*context.coverages, coverage),
                          providers=tuple(replace(p, networks=tuple(plans())) for p in context.providers))
    claim = to_next_payer(case.claim, case.answer, coverage)
    return claim, adjudicate(claim, context)


def the_second_payer_takes_up_what_the_first_left(case: Billed) -> None:
    found = after_another_payer(case)
    if found is None:
        return
    claim, second = found
    for first, then, line in zip(case.answer.remittance.lines, second.remittance.lines, claim.lines, strict=False):
        open_ = of(first, "PR")
        assert then.charge == then.paid + sum(a.amount for a in then.adjustments)
        if any(a.reason == "18" for a in then.adjustments):
            continue
        assert sum(a.amount for a in then.adjustments if a.reason == "23") == line.charge - min(line.charge, open_)
        assert then.paid + of(then, "PR") <= open_
        if then.allowed and payer_of(plans()[claim.plan]).kind == "medicaid":
            assert of(then, "PR") == 0


def two_payers_never_pay_more_than_the_charge(case: Billed) -> None:
    found = after_another_payer(case)
    if found is None:
        return
    first, (claim, second) = case.answer.remittance, found
    assert first.paid + second.remittance.paid <= claim.charge
    for one, other, line in zip(first.lines, second.remittance.lines, claim.lines, strict=False):
        assert one.paid + other.paid <= line.charge


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


def strangers_and_later_claims_change_nothing(case: Billed) -> None:
    other = "grayling-family" if case.claim.plan != "grayling-family" else "tricare-select"
    stranger = PriorClaim("9900000001", other, "M-999", case.claim.rendering_npi, case.claim.first, case.claim.first,
                          tuple(line.code for line in case.claim.lines), 999, 999, 1)
    later = PriorClaim("9900000002", case.claim.plan, case.claim.patient_mrn, case.claim.rendering_npi,
                       case.claim.first, case.claim.received + dt.timedelta(days=1),
                       tuple(line.code for line in case.claim.lines), 5_000, 9_000, 1)
    rows = (later, stranger, *reversed(case.context.prior_claims))
    assert adjudicate(case.claim, replace(case.context, prior_claims=rows)) == case.answer
    sooner = replace(later, received=case.claim.received)
    again = adjudicate(case.claim, replace(case.context, prior_claims=(*case.context.prior_claims, sooner)))
    assert again.remittance.paid == 0  # what was received first counts first: the same services are a repeat


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
    payer, decided = payer_of(plans()[case.claim.plan]), case.answer.remittance.decided
    barred = case.answer.remittance.status == "rejected" or any(
        {"MA130", "N211"} & set(a.remarks) for line in case.answer.remittance.lines for a in line.adjustments)

    def outcome(level: int, filed: dt.date, amount: int) -> str:
        appeal = Appeal(level, filed, amount, "retro_authorization", ("letter",))
        return decide(appeal, case.claim, case.context, case.answer).outcome

    for level, row in enumerate(payer.appeals, start=1):
        last = appeal_limit(decided, payer, level)
        assert last is not None
        assert outcome(level, last + dt.timedelta(days=1), 10**9) == "dismissed"
        least = row.minimum_on(last)
        assert (outcome(level, last, least) == "dismissed") == barred
        if least:
            assert outcome(level, last, least - 1) == "dismissed"
    assert outcome(len(payer.appeals) + 1, decided, 10**9) == "dismissed"


def the_account_balances(case: Billed) -> None:
    remittance, rows = case.answer.remittance, (*charged(case.claim), *posted(case.answer.remittance))
    owed = remittance.patient_responsibility
    assert balance(rows).patient == owed
    if owed >= 3:
        rows += (paid_by_patient(remittance.decided, owed // 3), written_off(remittance.decided, "patient", 1, "small"))
        assert balance(rows).patient == owed - owed // 3 - 1
        parts = schedule(balance(rows).patient, 1 + case.index % 12, remittance.decided)
        assert sum(part.amount for part in parts) == balance(rows).patient


def the_chart_supports_the_codes(case: Billed) -> None:
    facts = repair(case.facts) if case.facts.defects else case.facts
    visit = facts.encounter
    words = "\n".join(section.text for document in visit.chart for section in document.sections)
    for row in (*visit.diagnoses, *visit.procedures):
        assert row.evidence
        assert all(text in words for text in row.evidence), (row.code, row.evidence)
    assert all(codes().is_billable(d.code) for d in visit.diagnoses)
    person, desk = facts.patient, facts.registration
    assert (desk.sex, desk.birth_date) == (person.sex, person.birth_date)
    assert person.birth_date <= visit.first <= visit.last
    assert all(visit.first <= charge.on <= visit.last for charge in visit.charges)
    assert all(visit.first <= procedure.on <= visit.last for procedure in visit.procedures)
    if visit.setting == "inpatient":
        assert mce_edits(stay_from(visit, facts.patient)) == ()


def a_case_depends_on_seed_and_number_alone(case: Billed) -> None:
    """Drawn among 250 others, and once more by itself."""
    again = case_number(case.index)
    assert (again.facts, again.claim, again.answer) == (case.facts, case.claim, case.answer)


def the_patient_owes_what_a_second_calculation_says(case: Billed) -> None:
    claim, context = case.claim, case.context
    lines = paid_lines(case)
    row = coverage_of(claim, context)
    if not lines or row is None or claim.frequency != "1":
        return
    earlier = [p for p in context.prior_claims if p.received <= claim.received]
    if plans()[claim.plan].kind == "medicare_b" and claim.setting == "inpatient":
        inpatient = {code for code, kind in reference.CATEGORIES.items() if kind == "inpatient"}
        stays = [(p.first, p.last or p.first) for p in earlier if p.plan == claim.plan
                 and p.patient_mrn == claim.patient_mrn and inpatient & set(p.codes)]
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


def the_status_of_a_claim_tells_what_is_known_on_the_day(case: Billed) -> None:
    """Always a known code, no decision before its day, and then the amounts of the remittance."""
    claim, answer, rules = case.claim, case.answer.remittance, status_rules()
    for day in sorted({claim.received + dt.timedelta(days=n) for n in (-1, 0, 1, 2)}
                      | {answer.decided + dt.timedelta(days=n) for n in (-1, 0, 30)}):
        told = status_of(claim, case.answer, day)
        group = rules.categories[told.code.category].group
        assert told.code.status in rules.statuses
        assert told.as_of <= day
        assert told.charge == claim.charge
        decided = day >= answer.decided
        if answer.status == "rejected":
            assert group in (("rejected", "not found") if decided else ("not found", "acknowledged")), (group, day)
            assert told.paid is None
        elif not decided:
            assert group in ("not found", "acknowledged", "pending", "asked"), (group, day)
            assert (told.paid, told.decided, told.payment, told.payer_reference, told.lines) == (None, None, "", "", ())
        else:
            assert group == "finalized"
            assert (told.paid, told.decided, told.payer_reference) == (
                answer.paid, answer.decided, answer.payer_reference)
            assert [(line.charge, line.paid) for line in told.lines] == [(r.charge, r.paid) for r in answer.lines]
            assert bool(told.payment) == (answer.paid > 0)


INVARIANTS = {
    "1": every_charge_is_accounted_for, "2": allowed_is_what_is_paid_and_owed,
    "3": patient_responsibility_is_the_sum_of_pr, "4": amounts_keep_their_order,
    "5": accumulators_are_their_ledger_within_their_limits, "6": a_year_stays_within_the_maximum,
    "7": the_second_payer_takes_up_what_the_first_left, "8": the_same_claim_again_is_a_duplicate,
    "9": a_denial_moves_nothing, "10": a_reason_has_its_remark, "11": strangers_and_later_claims_change_nothing,
    "12": a_repair_takes_the_reason_away, "13": a_late_or_small_appeal_is_dismissed, "14": the_account_balances,
    "15": the_chart_supports_the_codes, "16": a_case_depends_on_seed_and_number_alone,
    "claim status": the_status_of_a_claim_tells_what_is_known_on_the_day,
    "cost share": the_patient_owes_what_a_second_calculation_says,
    "two payers": two_payers_never_pay_more_than_the_charge,
    "reversal": reversing_and_deciding_again_returns_to_the_same_totals,
}
