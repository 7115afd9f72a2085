"""Who pays first: the second payer billed first or too early, an injury that is another insurer's to pay."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from app.world.coverage import card_for, cost_of, covers, make_coverage, needs_referral
from app.world.defects.contract import Change, Defect
from app.world.defects.identity import registered_coverage
from app.world.model import Coverage, DefectRecord, Facts
from app.world.plans import ACCIDENT_KINDS, GROUP_KINDS, Plan, plans
from app.world.registration import register
from app.world.seed import Seed, Stream


def _kind(row: Coverage) -> str:
    return plans()[row.plan].kind


def _both(facts: Facts) -> tuple[Coverage, Coverage] | None:
    """Return the first and the second coverage when the desk knows both in right order and both are in force."""
    rows = sorted(facts.coverages, key=lambda row: row.order)
    known = len(rows) == 2 and facts.registration.plan == rows[0].plan and all(
        covers(row, facts.encounter.first) for row in rows)
    return (rows[0], rows[1]) if known else None


def _exchange(facts: Facts, first: Coverage, second: Coverage) -> Facts:
    """Return the facts with the second coverage registered as the first, and the first as the other."""
    desk = replace(facts.registration, plan=second.plan, member_id=second.member_id, group_number=second.group_number,
                   subscriber_name=second.subscriber.name, relationship=second.relationship,
                   other_coverage=first.plan)
    return replace(facts, registration=desk)


def _mend_order(facts: Facts, record: DefectRecord) -> Facts:
    right = register(facts.patient, facts.coverages, facts.encounter.first, facts.registration.registered_on)
    return replace(facts, registration=right, entry=replace(facts.entry, sent_as_second=False))


class Order(Struct, frozen=True):
    """Why one coverage comes before the other."""

    holds: Callable[[Coverage, Coverage], bool]
    why: str


_BOTH_GROUP = (*GROUP_KINDS, "tricare")
_MEDICARE_SECOND = Order(lambda first, second: _kind(first) in GROUP_KINDS and _kind(second) == "medicare_b",
                         "a group plan through current work pays before Medicare")
_MEDICAID_LAST = Order(lambda first, second: _kind(second) == "medicaid", "Medicaid pays last")
_AFTER_MEDICARE = Order(lambda first, second: _kind(first) == "medicare_b" and _kind(second) != "medicaid",
                        "a supplement or a retiree plan pays after Medicare")
_BIRTHDAY = Order(lambda first, second: first.relationship == "child" == second.relationship,
                  "the plan of the parent whose birthday comes first in the year pays first")
_OWN_FIRST = Order(lambda first, second: first.relationship == "self" and second.relationship == "spouse"
                   and _kind(second) in _BOTH_GROUP, "the patient's own plan pays before the spouse's")


def _reversible(order: Order) -> Callable[[Facts], bool]:
    def applies(facts: Facts) -> bool:
        both = _both(facts)
        return both is not None and order.holds(*both)
    return applies


def _reverse(order: Order) -> Callable[[Facts, Stream], Change]:
    def change(facts: Facts, stream: Stream) -> Change:
        both = _both(facts)
        assert both is not None
        first, second = both
        return Change(_exchange(facts, first, second), f"{plans()[second.plan].name} was billed first; {order.why}.",
                      {"first": first.plan, "second": second.plan})
    return change


def _send_without_answer(facts: Facts, stream: Stream) -> Change:
    both = _both(facts)
    assert both is not None
    first, second = both
    changed = _exchange(facts, first, second)
    return Change(replace(changed, entry=replace(facts.entry, sent_as_second=True)),
                  f"The claim went to {plans()[second.plan].name} as second payer before {plans()[first.plan].name} "
                  "had answered.", {"first": first.plan, "second": second.plan})


def _leave_accident_off(facts: Facts, stream: Stream) -> Change:
    return Change(replace(facts, entry=replace(facts.entry, accident_left_off=True)),
                  "The claim does not say that the injury came from an accident, nor when.",
                  {"accident": facts.encounter.accident})


def _mend_accident(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, entry=replace(facts.entry, accident_left_off=False, accident_marked=""))


def _of_accident(facts: Facts) -> bool:
    row = registered_coverage(facts)
    return row is not None and ACCIDENT_KINDS.get(facts.encounter.accident) == _kind(row)


def _health_plans(facts: Facts) -> list[Plan]:
    """Return group plans that the patient could have beside the insurer of the accident."""
    encounter = facts.encounter
    return [plan for plan in plans().values()
            if plan.kind in GROUP_KINDS and plan.id in encounter.provider.networks
            and all(cost_of(plan, c.service, encounter.specialty, c.on) for c in encounter.charges)
            and not any(needs_referral(plan, c, encounter) for c in encounter.charges)]


def _bill_health_plan(facts: Facts, stream: Stream) -> Change:
    plan, first = stream.one(_health_plans(facts)), facts.coverages[0]
    second = make_coverage(Seed(facts.seed).child("health-plan"), plan, facts.patient, facts.patient, "self",
                           on=facts.encounter.first, order=2)
    known = replace(facts, coverages=(first, second), cards=(*facts.cards, card_for(second)))
    changed = _exchange(known, first, second)
    changed = replace(changed, registration=replace(changed.registration, other_coverage=""))
    return Change(changed, f"The injury was billed to {plan.name}; {plans()[first.plan].name} answers for it.",
                  {"first": first.plan, "second": second.plan})


def _injured(facts: Facts) -> bool:
    """Whether the visit is for an injury that the chart ties to no work and no motor vehicle."""
    codes = [row.code for row in facts.encounter.diagnoses]
    return (registered_coverage(facts) is not None and not facts.encounter.accident and codes[0][0] in "ST"
            and not any(code.startswith(("V", "Y99.0")) for code in codes))


def _mark_as_work(facts: Facts, stream: Stream) -> Change:
    return Change(replace(facts, entry=replace(facts.entry, accident_marked="employment")),
                  "The claim was marked as an injury at work, and the chart says otherwise.",
                  {"marked": "employment"})


def _mark_as_auto(facts: Facts, stream: Stream) -> Change:
    return Change(replace(facts, entry=replace(facts.entry, accident_marked="auto")),
                  "The claim was marked as a motor vehicle accident, and the chart says otherwise.",
                  {"marked": "auto"})


def _swapped(name: str, title: str, notice: str, order: Order) -> Defect:
    return Defect(name, title, "registration", notice, _reversible(order), _reverse(order), _mend_order,
                  "coordination")


DEFECTS = (
    _swapped("medicare_billed_first", "Medicare billed before the group plan",
             "The patient or the spouse is at work for an employer of 20 or more: the group plan pays before Medicare "
             "(42 CFR 411.172).", _MEDICARE_SECOND),
    _swapped("medicaid_billed_first", "Medicaid billed before another payer",
             "Two coverages are on file, and Medicaid stands first: it pays last (42 CFR 433.139).", _MEDICAID_LAST),
    _swapped("supplement_billed_first", "The plan after Medicare billed first",
             "A supplement or a retiree plan stands before Medicare: it only adds to what Medicare leaves.",
             _AFTER_MEDICARE),
    _swapped("birthday_rule_missed", "Birthday rule not followed",
             "Both parents have a plan; month and day of their birthdays, not the year, say which pays first.",
             _BIRTHDAY),
    _swapped("spouse_plan_billed_first", "The spouse's plan billed before the patient's own",
             "The patient is the subscriber of one plan and a dependent in the other: the own plan pays first.",
             _OWN_FIRST),
    Defect("primary_answer_missing", "Second payer billed without the first one's answer",
           "registration, entry.sent_as_second",
           "The claim names another payer as first and carries no payment, no adjustment and no date of it.",
           lambda facts: _both(facts) is not None, _send_without_answer, _mend_order, "coordination"),
    Defect("accident_not_told", "Accident left off the claim", "entry.accident_left_off",
           "The chart tells of an accident; boxes 10 and 14 of the claim are empty.", _of_accident,
           _leave_accident_off, _mend_accident, "coordination"),
    Defect("injury_billed_to_health_plan", "Injury billed to the health plan", "coverages, registration",
           "The chart says that it happened at work or in a car: another insurer pays first.",
           lambda facts: _of_accident(facts) and bool(_health_plans(facts)), _bill_health_plan, _mend_order,
           "coordination"),
    Defect("injury_marked_as_work", "Injury wrongly marked as from work", "entry.accident_marked",
           "Box 10a says employment; the chart tells how it happened, and it was not at work.", _injured, _mark_as_work,
           _mend_accident, "coordination"),
    Defect("injury_marked_as_auto", "Injury wrongly marked as from a motor vehicle", "entry.accident_marked",
           "Box 10b says auto accident; the chart tells how it happened, and no vehicle was in it.",
           _injured, _mark_as_auto, _mend_accident, "coordination"),
)
