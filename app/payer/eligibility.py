"""Answer an eligibility inquiry (270/271) from the same data that decides the claim."""

import datetime as dt

from app.payer import rulebook
from app.payer.accumulators import ledger, totals
from app.payer.benefits import benefits_on, category_for, needs_authorization, needs_referral
from app.payer.members import in_force, is_patient, with_number
from app.payer.model import Claim, Context, EligibilityAnswer, Inquiry, Refusal, ServiceBenefit
from app.payer.part_a import earlier_stay
from app.payer.words import show
from app.world.model import Coverage, Facility, Provider
from app.world.money import Cents
from app.world.plans import Benefits, Cost, payer_of, plans
from app.world.services import Service, services


def answer(inquiry: Inquiry, context: Context, provider: Provider) -> EligibilityAnswer:
    """Return what the payer says about the member on the date asked, and about each service by `provider`.

    Not found, with the reason, when number, name and birth date together match no enrollment.
    """
    plan = plans().get(inquiry.plan)
    if plan is None or plan.kind == "self_pay":
        return _not_found("No payer answers for this plan.", "payer")
    numbered = with_number(inquiry.member_id, inquiry.plan, context)
    rows = [row for row in numbered if is_patient(row, inquiry.given, inquiry.family, inquiry.birth_date)]
    if not rows:
        payer = payer_of(plan).name
        if not numbered:
            return _not_found(f"{payer} has no member {inquiry.member_id}.", "number")
        return _not_found(f"Member {inquiry.member_id} is enrolled under another name or birth date.",
                          _mismatch(inquiry, numbered))
    row = _best(rows, inquiry)
    return _found(inquiry, context, provider, row)


def _mismatch(inquiry: Inquiry, numbered: tuple[Coverage, ...]) -> Refusal:
    """What differs from the rows with the member number: one thing when one thing put right finds the member."""
    if any(is_patient(row, inquiry.given, inquiry.family, row.patient.birth_date) for row in numbered):
        return "birth_date"
    return "name" if any(row.patient.birth_date == inquiry.birth_date for row in numbered) else "person"


def _not_found(reason: str, refusal: Refusal) -> EligibilityAnswer:
    return EligibilityAnswer(False, reason, False, "", None, None, "", 0, 0, None, 0, (), refusal)


def _best(rows: list[Coverage], inquiry: Inquiry) -> Coverage:
    """The row in force on the date, of the plan asked about when it is; else the latest."""
    return min(rows, key=lambda r: (not in_force(r, inquiry.on), r.plan != inquiry.plan, -r.effective.toordinal()))


def _found(inquiry: Inquiry, context: Context, provider: Provider, row: Coverage) -> EligibilityAnswer:
    plan, terms = plans()[row.plan], benefits_on(row.plan, inquiry.on)
    active = in_force(row, inquiry.on) and terms is not None
    asked = [services()[name] for name in inquiry.services if name in services()]
    first = next((other.plan for other in sorted(context.coverages, key=lambda c: c.order)
                  if other.patient.mrn == row.patient.mrn and other.order < row.order
                  and in_force(other, inquiry.on)), "")
    year = _year(inquiry, context, row, terms, asked)
    emergency = any(service.category == "emergency" for service in asked)
    benefits = tuple(_benefit(service, inquiry, context, provider, row, terms, emergency=emergency)
                     for service in asked) if terms else ()
    return EligibilityAnswer(
        found=True, reason=_reason(row, inquiry, active=active), active=active, plan_name=plan.name,
        effective=row.effective, ended=row.ended, other_payer=first, deductible=year[0], deductible_met=year[1],
        out_of_pocket=terms.out_of_pocket_individual if terms else None, out_of_pocket_met=year[2],
        benefits=benefits if active else (),
    )


def _reason(row: Coverage, inquiry: Inquiry, *, active: bool) -> str:
    if active:
        return f"Active on {show(inquiry.on)}."
    if inquiry.on < row.effective:
        return f"Not active on {show(inquiry.on)}: coverage begins {show(row.effective)}."
    ended = f" on {show(row.ended)}" if row.ended else ""
    return f"Not active on {show(inquiry.on)}: coverage ended{ended}."


def _year(inquiry: Inquiry, context: Context, row: Coverage, terms: Benefits | None, asked: list[Service]
          ) -> tuple[Cents, Cents, Cents]:
    """Return deductible, what is met of it, and what counted to the out-of-pocket maximum, in cents.

    For a stay under Medicare it is the Part A deductible of the benefit period. A deductible that the family has met
    together counts as met.
    """
    probe = _probe(inquiry, row)
    so_far = totals(ledger(probe, context))
    if plans()[row.plan].kind == "medicare_b" and asked and all(s.category == "inpatient" for s in asked):
        whole = rulebook.value("part_a_deductible", inquiry.on)
        met = earlier_stay(probe, context, rulebook.value("benefit_period_gap", inquiry.on))
        return whole, whole if met else 0, so_far.out_of_pocket
    whole = terms.deductible_individual if terms else 0
    by_family = (terms is not None and terms.deductible_family is not None
                 and whole - (terms.deductible_family - so_far.deductible_family))
    return whole, max(0, min(whole, max(so_far.deductible, by_family or 0))), so_far.out_of_pocket


def _benefit(service: Service, inquiry: Inquiry, context: Context, provider: Provider, row: Coverage,
             terms: Benefits, *, emergency: bool) -> ServiceBenefit:
    plan = plans()[row.plan]
    category = category_for(service, provider.specialty)
    cost = terms.costs.get(category, Cost(covered=False))
    setting = "emergency" if emergency else "inpatient" if service.settings == ("inpatient",) else "office"
    wanted = needs_authorization(service, cost, plan.id, setting)
    granted = any(a.plan == plan.id and a.patient_mrn == row.patient.mrn and a.service == service.id
                  and a.first <= inquiry.on <= a.last for a in context.authorizations)
    referred = any(r.plan == plan.id and r.patient_mrn == row.patient.mrn and r.visits > 0
                   and r.specialty == provider.specialty and r.first <= inquiry.on <= r.last
                   for r in context.referrals)
    part_a = plan.kind == "medicare_b" and category == "inpatient"
    return ServiceBenefit(
        service=service.id, covered=cost.covered and service.id not in plan.services_excluded,
        authorization="not needed" if not wanted else "on file" if granted else "needed",
        referral="not needed" if not needs_referral(cost, setting) else "on file" if referred else "needed",
        in_network=emergency or not plan.network_required or plan.id in provider.networks,
        copayment=0 if part_a else cost.copayment, coinsurance=cost.coinsurance,
        deductible_applies=part_a or cost.deductible,
    )


def _probe(inquiry: Inquiry, row: Coverage) -> Claim:
    """A claim without lines, to read the member's ledger as it stands on the date asked about."""
    nowhere = Facility("", "", "practice", "", row.patient.address, "", False)
    nobody = Provider("", "", "", "", "", (), dt.date.min, None)
    return Claim(
        number="", form="professional", frequency="1", original_reference="", plan=row.plan,
        patient_given=inquiry.given, patient_family=inquiry.family, patient_sex=row.patient.sex,
        patient_birth_date=inquiry.birth_date,
        patient_mrn=row.patient.mrn, member_id=row.member_id, group_number="", subscriber_name="",
        relationship=row.relationship, billing=nowhere, rendering=nobody, rendering_npi="", referring_npi="",
        specialty="", setting="office", place_of_service="11", first=inquiry.on, last=inquiry.on, received=dt.date.max,
        diagnoses=(), poa=(), procedures=(), drg="", lines=(), authorization_number="", referral_number="",
        advance_notice="", other_payment=None, evidence={},
    )
