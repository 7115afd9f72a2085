"""Deductible and out-of-pocket maximum as a ledger: rows are added, never a running total."""

from typing import Literal

from msgspec import Struct

from app.payer.benefits import benefits_on
from app.payer.history import standing_claims
from app.payer.members import coverage_of
from app.payer.model import Claim, Context, Movement
from app.world.money import Cents
from app.world.plans import Benefits

_BOTH: tuple[Literal["individual", "family"], ...] = ("individual", "family")


class Totals(Struct, frozen=True, gc=False):
    """What has counted so far in the benefit year, in cents: for the patient, and for the family."""

    deductible: Cents
    deductible_family: Cents
    out_of_pocket: Cents
    out_of_pocket_family: Cents


_NOTHING = Totals(0, 0, 0, 0)


class Left(Struct, frozen=True, gc=False):
    """What may still be asked of the patient, in cents. `out_of_pocket` None: the plan has no maximum."""

    deductible: Cents
    out_of_pocket: Cents | None


def ledger(claim: Claim, context: Context) -> tuple[Movement, ...]:
    """Return the rows of the benefit year (the calendar year of service) before `claim`, in order of receipt."""
    rows: list[Movement] = []
    for prior in standing_claims(claim, context):
        if prior.plan != claim.plan or prior.first.year != claim.first.year:
            continue
        scopes = _BOTH if prior.patient_mrn == claim.patient_mrn else _BOTH[1:]
        rows += [Movement("deductible", scope, prior.deductible, prior.number) for scope in scopes]
        rows += [Movement("out_of_pocket", scope, prior.out_of_pocket, prior.number) for scope in scopes]
    return tuple(rows)


def totals(rows: tuple[Movement, ...]) -> Totals:
    """Return the sums of a ledger."""
    sums: dict[tuple[str, str], Cents] = {}
    for row in rows:
        key = row.accumulator, row.scope
        sums[key] = sums.get(key, 0) + row.amount
    return Totals(*[sums.get((accumulator, scope), 0) for accumulator in ("deductible", "out_of_pocket")
                    for scope in _BOTH])


def counted(claim: Claim, context: Context) -> Totals:
    """Return the totals of the ledger before `claim`, without its rows."""
    deductible = deductible_family = out_of_pocket = out_of_pocket_family = 0
    for prior in standing_claims(claim, context):
        if prior.plan != claim.plan or prior.first.year != claim.first.year:
            continue
        deductible_family += prior.deductible
        out_of_pocket_family += prior.out_of_pocket
        if prior.patient_mrn == claim.patient_mrn:
            deductible += prior.deductible
            out_of_pocket += prior.out_of_pocket
    return Totals(deductible, deductible_family, out_of_pocket, out_of_pocket_family)


def left(claim: Claim, context: Context) -> Left:
    """Return what is left to meet: the individual amount or the family's, whichever is met first."""
    terms = benefits_on(claim.plan, claim.first)
    if terms is None:
        return Left(0, None)
    so_far = counted(claim, context) if context.prior_claims else _NOTHING
    most = terms.out_of_pocket_individual
    own = None if shared_deductible(claim, context) else terms.deductible_individual - so_far.deductible
    return Left(
        _least(own, terms.deductible_family, so_far.deductible_family) or 0,
        _least(None if most is None else most - so_far.out_of_pocket, terms.out_of_pocket_family,
               so_far.out_of_pocket_family),
    )


def shared_deductible(claim: Claim, context: Context) -> bool:
    """Whether a family contract has one deductible for all, which no member meets alone (not embedded)."""
    terms = benefits_on(claim.plan, claim.first)
    if terms is None or terms.embedded:
        return False
    row = coverage_of(claim, context)
    return row is not None and row.family


def _least(individual: Cents | None, family_limit: Cents | None, family_so_far: Cents) -> Cents | None:
    family = None if family_limit is None else family_limit - family_so_far
    if individual is None or family is None:
        found = family if individual is None else individual
    else:
        found = min(individual, family)
    return None if found is None else max(0, found)


def moved(deductible: Cents, out_of_pocket: Cents, visits: int, claim: str, terms: Benefits | None
          ) -> tuple[Movement, ...]:
    """Return the rows that a decided claim adds; family rows where the plan counts a family."""
    rows: list[Movement] = []
    if not deductible and not out_of_pocket and not visits:
        return ()
    for scope in _BOTH:
        family = scope == "family"
        if deductible and not (family and (terms is None or terms.deductible_family is None)):
            rows.append(Movement("deductible", scope, deductible, claim))
        if out_of_pocket and not (family and (terms is None or terms.out_of_pocket_family is None)):
            rows.append(Movement("out_of_pocket", scope, out_of_pocket, claim))
    if visits:
        rows.append(Movement("visits", "individual", visits, claim))
    return tuple(rows)


def reversed_rows(rows: tuple[Movement, ...]) -> tuple[Movement, ...]:
    """Return the rows that take `rows` back exactly."""
    return tuple(Movement(row.accumulator, row.scope, -row.amount, row.claim) for row in rows)
