"""More that goes wrong at the desk: another person's record, an old name, a blank, the plan of last year."""

import datetime as dt

from msgspec.structs import replace

from app.world.defects.contract import Change, Defect
from app.world.defects.identity import amended, registered_coverage
from app.world.model import DefectRecord, Election, Facts, Person
from app.world.plans import GROUP_KINDS, Plan, payer_of, plans
from app.world.registration import register
from app.world.seed import Stream


def _former_name(facts: Facts) -> str:
    names = [change.before for change in facts.patient.changes if change.what == "name"]
    return names[-1] if names and registered_coverage(facts) is not None else ""


def _use_former_name(facts: Facts, stream: Stream) -> Change:
    former = _former_name(facts)
    return amended(facts, replace(facts.registration, family=former),
                   "The old record was opened, which still has the patient's former name.",
                   right=facts.patient.family, wrong=former)


def _relatives(facts: Facts) -> list[Person]:
    """Return others of the household who could be taken for the patient."""
    return [m for m in facts.household.members if m.mrn != facts.patient.mrn and registered_coverage(facts) is not None]


def _take_relative(facts: Facts, stream: Stream) -> Change:
    other = stream.one(_relatives(facts))
    desk = replace(facts.registration, given=other.given, family=other.family, birth_date=other.birth_date,
                   sex=other.sex)
    return amended(facts, desk, f"The record of {other.name}, who lives in the same house, was opened in place of the "
                   "patient's.", right=facts.patient.name, wrong=other.name)


def _leave_number_blank(facts: Facts, stream: Stream) -> Change:
    return amended(facts, replace(facts.registration, member_id=""), "The member number was never entered.",
                   right=facts.registration.member_id)


def _mend_registration(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, registration=register(facts.patient, facts.coverages, facts.encounter.first,
                                                facts.registration.registered_on))


def _sister_plans(facts: Facts) -> list[Plan]:
    """Return other plans of the same payer that somebody could pick from the list."""
    row = registered_coverage(facts)
    if row is None or len(facts.coverages) != 1:
        return []
    own = plans()[row.plan]
    return [plan for plan in plans().values() if plan.payer == own.payer and plan.id != own.id]


def _pick_sister_plan(facts: Facts, stream: Stream) -> Change:
    wrong = stream.one(_sister_plans(facts))
    return amended(facts, replace(facts.registration, plan=wrong.id),
                   f"{wrong.name} was picked from the list of plans; the card says "
                   f"{plans()[facts.registration.plan].name}.", right=facts.registration.plan, wrong=wrong.id)


def _begins_after(facts: Facts) -> dt.date:
    first = facts.encounter.last
    return dt.date(first.year + (first.month == 12), first.month % 12 + 1, 1)


def _can_begin_later(facts: Facts) -> bool:
    row = registered_coverage(facts)
    return (row is not None and len(facts.coverages) == 1 and not facts.prior_claims
            and plans()[row.plan].kind in (*GROUP_KINDS, "medicaid"))


def _begin_later(facts: Facts, stream: Stream) -> Change:
    row, day = facts.coverages[0], _begins_after(facts)
    return Change(replace(facts, coverages=(replace(row, effective=day),)),
                  "The new coverage begins on the first of the month after the visit; the desk took the card as proof.",
                  {"effective": row.effective.isoformat(), "begins": day.isoformat()})


def _mend_beginning(facts: Facts, record: DefectRecord) -> Facts:
    """What would be had the coverage begun in time: nobody in the office can bring that about."""
    day = dt.date.fromisoformat(record.values["effective"])
    return replace(facts, coverages=(replace(facts.coverages[0], effective=day),))


def _original_medicare_alone(facts: Facts) -> bool:
    row = registered_coverage(facts)
    return row is not None and payer_of(plans()[row.plan]).kind == "medicare" and len(facts.coverages) == 1


def _elect(facts: Facts, kind: str, payer: str, what: str, days: int) -> Change:
    first = facts.encounter.first - dt.timedelta(days=days)
    election = Election(kind, payer, first, None)  # type: ignore[arg-type]
    return Change(replace(facts, elections=(*facts.elections, election)), what,
                  {"payer": payer, "from": first.isoformat()})


def _elect_advantage(facts: Facts, stream: Stream) -> Change:
    return _elect(facts, "medicare_advantage", "Ridgeline Advantage HMO",
                  "The patient had joined a Medicare Advantage plan; the desk still has the red, white and blue card.",
                  stream.whole(20, 90))


def _elect_hospice(facts: Facts, stream: Stream) -> Change:
    return _elect(facts, "hospice", "the hospice that the patient chose",
                  "The patient had chosen hospice care; the visit belongs to the terminal illness.",
                  stream.whole(5, 60))


def _mend_election(facts: Facts, record: DefectRecord) -> Facts:
    """What would be had the patient stayed with Original Medicare for this care."""
    return replace(facts, elections=facts.elections[:-1])


def _report_death(facts: Facts, stream: Stream) -> Change:
    day = facts.encounter.first - dt.timedelta(days=stream.whole(3, 50))
    return Change(replace(facts, deceased_on=day),
                  "The payer's file carries a date of death that belongs to another person.", {"died": day.isoformat()})


def _mend_death(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, deceased_on=None)


DEFECTS = (
    Defect("former_name", "Registered under a former name", "registration.family",
           "The driver's license and the card carry another family name than the record.",
           lambda facts: bool(_former_name(facts)), _use_former_name, _mend_registration, "identity"),
    Defect("relative_registered", "A relative's record was opened", "registration",
           "The birth date on the record makes the patient a parent, a child or a spouse of the person in the chair.",
           lambda facts: bool(_relatives(facts)), _take_relative, _mend_registration, "identity"),
    Defect("member_number_blank", "Member number left blank", "registration.member_id",
           "The insurance screen has a plan and no number.",
           lambda facts: registered_coverage(facts) is not None, _leave_number_blank, _mend_registration,
           "registration", electronic=False),
    Defect("sister_plan", "Another plan of the same payer", "registration.plan",
           "The name of the plan on the card differs from the registration by a word.",
           lambda facts: bool(_sister_plans(facts)), _pick_sister_plan, _mend_registration, "registration"),
    Defect("coverage_not_yet_in_force", "Coverage had not begun", "coverages",
           "The payer's eligibility answer gives a first day after the visit.",
           _can_begin_later, _begin_later, _mend_beginning, "eligibility"),
    Defect("advantage_elected", "The patient had joined Medicare Advantage", "elections",
           "The eligibility answer of Medicare names a Medicare Advantage plan.",
           _original_medicare_alone, _elect_advantage, _mend_election, "eligibility"),
    Defect("hospice_elected", "The patient had chosen hospice", "elections",
           "The eligibility answer of Medicare gives the first day of a hospice election.",
           _original_medicare_alone, _elect_hospice, _mend_election, "eligibility"),
    Defect("death_on_file", "A wrong date of death on the payer's file", "deceased_on",
           "The payer says that the patient died before the visit; the chart says otherwise.",
           lambda facts: registered_coverage(facts) is not None, _report_death, _mend_death, "identity"),
)
