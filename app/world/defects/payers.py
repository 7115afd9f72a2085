"""The wrong payer was billed: coverage had ended, or another plan comes first."""

import datetime as dt

from msgspec.structs import replace

from app.world.coverage import (
    authorizations_for,
    card_for,
    cost_of,
    make_coverage,
    month_end_before,
    needs_referral,
)
from app.world.defects.contract import Change, Defect
from app.world.defects.identity import registered_coverage
from app.world.households import ADULT, parents_of
from app.world.model import DefectRecord, Facts, Person, Relationship
from app.world.people import age_on
from app.world.plans import Plan, payer_of, plans
from app.world.registration import coverages_on, register
from app.world.seed import Seed, Stream


def _other_plans(facts: Facts) -> list[Plan]:
    """Return commercial plans of other payers under which the same encounter would be paid without a referral."""
    encounter, own = facts.encounter, payer_of(plans()[facts.registration.plan]).id
    return [plan for plan in plans().values()
            if payer_of(plan).kind == "commercial" and plan.payer != own and plan.id in encounter.provider.networks
            and all(cost_of(plan, c.service, encounter.specialty, c.on) for c in encounter.charges)
            and not any(needs_referral(plan, c, encounter) for c in encounter.charges)]


def _mend_payer(facts: Facts, record: DefectRecord) -> Facts:
    """The desk learns who pays first, asks for the new card, and gets what that plan wants."""
    day = facts.encounter.first
    first = coverages_on(facts.coverages, day)[0]
    asked = authorizations_for(Seed(facts.seed), plans()[first.plan], facts.patient, facts.encounter)
    known = {card.plan for card in facts.cards}
    return replace(
        facts, registration=register(facts.patient, facts.coverages, day, facts.registration.registered_on),
        cards=(*facts.cards, *(card_for(row) for row in facts.coverages if row.plan not in known)),
        authorizations=(*facts.authorizations, *asked), authorization_on_file=asked[0].number if asked else "",
        referral_on_file="",
    )


def _ends(facts: Facts) -> dt.date:
    return month_end_before(facts.encounter.first)


def _can_end(facts: Facts) -> bool:
    row = registered_coverage(facts)
    return (row is not None and len(facts.coverages) == 1 and payer_of(plans()[row.plan]).kind != "medicare"
            and row.ended is None and row.effective < _ends(facts)
            and all(prior.first <= _ends(facts) for prior in facts.prior_claims))


def _end_with_successor(facts: Facts, stream: Stream) -> Change:
    old, ended = facts.coverages[0], _ends(facts)
    plan = stream.one(_other_plans(facts))
    new = make_coverage(Seed(facts.seed).child("successor"), plan, facts.patient, old.subscriber, old.relationship,
                        on=facts.encounter.first, effective=ended + dt.timedelta(days=1))
    return Change(replace(facts, coverages=(new, replace(old, ended=ended))),
                  f"Coverage by {plans()[old.plan].name} ended and {plan.name} took its place; the desk used the old "
                  "card.",
                  {"ended": ended.isoformat(), "old": old.plan, "new": plan.id, "member_id": new.member_id})


def _end(facts: Facts, stream: Stream) -> Change:
    old, ended = facts.coverages[0], _ends(facts)
    return Change(replace(facts, coverages=(replace(old, ended=ended),)),
                  f"Coverage by {plans()[old.plan].name} ended before the visit, and nothing took its place.",
                  {"ended": ended.isoformat(), "old": old.plan})


def _mend_end(facts: Facts, record: DefectRecord) -> Facts:
    """What would be had the coverage gone on: nobody in the office can bring that about."""
    rows = tuple(replace(row, ended=None) if row.plan == record.values["old"] else row for row in facts.coverages)
    return replace(facts, coverages=rows)


def _first_holder(facts: Facts) -> tuple[Person, Relationship] | None:
    """Return whose group plan would pay before the one coverage that the desk knows, or None."""
    row, day, patient = registered_coverage(facts), facts.encounter.first, facts.patient
    if row is None or len(facts.coverages) != 1:
        return None
    if row.plan == "medicare-b":
        return (patient, "self") if age_on(patient, day) <= 72 else None
    if payer_of(plans()[row.plan]).kind != "commercial":
        return None
    if row.relationship == "spouse":
        return patient, "self"
    parents = parents_of(facts.household, patient, day)
    if row.relationship == "child" and len(parents) == 2 and all(age_on(p, day) < 65 for p in parents):
        return parents[0], "child"
    return None


def _medicaid_holder(facts: Facts) -> tuple[Person, Relationship] | None:
    """Return who holds, or whose employer offers, a plan that pays before the Medicaid that the desk knows, or None."""
    row, day, patient = registered_coverage(facts), facts.encounter.first, facts.patient
    if row is None or len(facts.coverages) != 1 or payer_of(plans()[row.plan]).kind != "medicaid":
        return None
    if age_on(patient, day) >= ADULT:
        return patient, "self"
    parents = [parent for parent in parents_of(facts.household, patient, day) if age_on(parent, day) < 65]
    return (parents[0], "child") if parents else None


def _put_before_medicaid(facts: Facts, stream: Stream) -> Change:
    held = _medicaid_holder(facts)
    assert held is not None
    holder, relationship = held
    known, plan = facts.coverages[0], stream.one(_other_plans(facts))
    first = make_coverage(Seed(facts.seed).child("first-payer"), plan, facts.patient, holder, relationship,
                          on=facts.encounter.first)
    return Change(replace(facts, coverages=(first, replace(known, order=2))),
                  f"{plan.name} covers the patient through {holder.name}'s work and pays first; the desk knows only "
                  f"{plans()[known.plan].name}.",
                  {"first": plan.id, "second": known.plan, "member_id": first.member_id})


def _put_other_first(facts: Facts, stream: Stream) -> Change:
    held = _first_holder(facts)
    assert held is not None
    holder, relationship = held
    known, plan = facts.coverages[0], stream.one(_other_plans(facts))
    subscriber = known.subscriber
    if relationship == "child":  # the desk knows only the plan of the parent whose birthday comes later in the year
        subscriber = parents_of(facts.household, facts.patient, facts.encounter.first)[1]
    second = replace(known, order=2, subscriber=subscriber)
    first = make_coverage(Seed(facts.seed).child("first-payer"), plan, facts.patient, holder, relationship,
                          on=facts.encounter.first)
    changed = replace(
        facts, coverages=(first, second), cards=tuple(card_for(second) for _ in facts.cards[:1]),
        registration=replace(facts.registration, subscriber_name=subscriber.name))
    why = {"medicare-b": "through current work, with an employer of 20 or more"}.get(
        known.plan, "by the birthday rule" if relationship == "child" else "as the patient's own plan")
    return Change(changed, f"{plan.name} pays first, {why}; the desk knows only {plans()[known.plan].name}.",
                  {"first": plan.id, "second": known.plan, "member_id": first.member_id})


DEFECTS = (
    Defect("coverage_ended", "Coverage had ended; another plan took its place", "coverages",
           "The payer's eligibility answer gives the last day of coverage; the patient, asked, has a new card.",
           lambda facts: _can_end(facts) and bool(_other_plans(facts)), _end_with_successor, _mend_payer,
           "eligibility"),
    Defect("coverage_ended_uninsured", "Coverage had ended; nothing took its place", "coverages",
           "The payer's eligibility answer gives the last day of coverage, and no other payer knows the patient.",
           _can_end, _end, _mend_end, "eligibility"),
    Defect("other_payer_primary", "Another plan pays first", "coverages, registration",
           "The eligibility answer names another plan; the desk did not ask about work, spouse or the other parent.",
           lambda facts: _first_holder(facts) is not None and bool(_other_plans(facts)), _put_other_first,
           _mend_payer, "coordination"),
    Defect("plan_before_medicaid_unknown", "A plan before Medicaid that nobody knew of", "coverages",
           "Medicaid's answer names another insurer: it pays after every other coverage (42 CFR 433.139).",
           lambda facts: _medicaid_holder(facts) is not None and bool(_other_plans(facts)), _put_before_medicaid,
           _mend_payer, "coordination"),
)
