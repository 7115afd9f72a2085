"""Find the member in the payer's enrollment, and the coverage in force on a date."""

import datetime as dt
from operator import attrgetter

from app.payer.at_hand import for_the_claim_at_hand
from app.payer.model import Claim, Context
from app.payer.words import bare, same_name
from app.world.model import Coverage
from app.world.plans import plans


def with_number(member_id: str, plan: str, context: Context) -> tuple[Coverage, ...]:
    """Return the rows of the plan's payer that carry this member number (any plan of that payer)."""
    known = plans()
    return tuple([row for row in context.coverages
                  if (row.member_id == member_id or bare(row.member_id) == bare(member_id))
                  and (row.plan == plan or known[row.plan].payer == known[plan].payer)])


def is_patient(row: Coverage, given: str, family: str, born: dt.date) -> bool:
    """Whether the enrolled patient has this name and birth date."""
    person = row.patient
    return person.birth_date == born and same_name(person.given, given) and same_name(person.family, family)


@for_the_claim_at_hand
def rows_of(claim: Claim, context: Context) -> tuple[Coverage, ...]:
    """Return the enrollment rows of the claim's patient with the claim's payer; empty when not identified."""
    return tuple([row for row in with_number(claim.member_id, claim.plan, context)
                  if is_patient(row, claim.patient_given, claim.patient_family, claim.patient_birth_date)])


@for_the_claim_at_hand
def coverage_of(claim: Claim, context: Context) -> Coverage | None:
    """Return the patient's row with the claim's own plan: the one in force if there is one, else the latest."""
    own = [row for row in rows_of(claim, context) if row.plan == claim.plan]
    if len(own) < 2:
        return own[0] if own else None
    active = [row for row in own if in_force(row, claim.first)]
    latest = sorted(own, key=lambda row: row.effective, reverse=True)
    return next(iter(active or latest), None)


def in_force(row: Coverage, day: dt.date) -> bool:
    """Whether the row covers `day`."""
    return row.effective <= day and (row.ended is None or day <= row.ended)


def others_in_force(claim: Claim, context: Context) -> tuple[Coverage, ...]:
    """Return the patient's coverages in force on the claim's date under other plans, in order of payment."""
    patient = [row for row in context.coverages if row.plan != claim.plan and in_force(row, claim.first)
               and row.patient.mrn == claim.patient_mrn]
    return tuple(sorted(patient, key=attrgetter("order"))) if patient else ()
