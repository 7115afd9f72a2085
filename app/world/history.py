"""What the payer has processed before in the benefit year: it moves the deductible and the out-of-pocket maximum."""

import datetime as dt
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from msgspec import Struct

from app.world.coverage import benefits_began, cost_of, covers
from app.world.model import Coverage, Encounter, Household, Person, PriorClaim
from app.world.money import Cents, share
from app.world.people import age_on
from app.world.plans import ACCIDENT_KINDS, Cost, Plan, plans
from app.world.providers import providers
from app.world.seed import Stream
from app.world.services import Service, services

DeductibleState = Literal["untouched", "partly", "met"]


class Visit(Struct, frozen=True, gc=False):
    """An earlier visit: the clinician's specialty, the services, each once, and the ages it fits (both included).

    `large`: only where it takes a visit of this size to meet a deductible.
    """

    specialty: str
    services: tuple[str, ...]
    ages: tuple[int, int] = (0, 120)
    large: bool = False


# Earlier visits, from small to large. None has a limit of frequency, and no global period reaches the encounter.
_VISITS = (
    Visit("family medicine", ("lab_blood_count", "lab_urinalysis")),
    Visit("family medicine", ("office_established_3",)),
    Visit("family medicine", ("office_established_3", "xray_knee")),
    Visit("family medicine", ("office_established_4", "ecg_complete", "lab_blood_count"), (18, 120)),
    Visit("emergency medicine", ("emergency_4", "xray_chest_two")),
    Visit("emergency medicine", ("emergency_5", "ct_abdomen"), (12, 120)),
    Visit("gastroenterology", ("endoscopy_colon_removal",), (40, 120), large=True),
    Visit("otolaryngology", ("surgery_tonsils",), (2, 17), large=True),
    Visit("general surgery", ("surgery_hernia",), large=True),
)


class Shares(Struct, frozen=True, gc=False):
    """What a visit costs under a plan, by service: what the contract allows in cents, and how the plan shares it.

    `subject` is what of the visit the deductible can take, in cents.
    """

    allowed: tuple[Cents, ...]
    costs: tuple[Cost, ...]
    subject: Cents

    def owed(self, deductible_left: Cents) -> tuple[Cents, Cents]:
        """Return what goes to the deductible, and what the patient owes in all, when so much of it is left."""
        left, owed = deductible_left, 0
        for allowed, cost in zip(self.allowed, self.costs, strict=True):
            part = min(allowed, left) if cost.deductible else 0
            copayment = min(allowed - part, cost.copayment)
            left -= part
            owed += part + copayment + share(allowed - part - copayment, cost.coinsurance)
        return deductible_left - left, owed


def prior_claims(stream: Stream, household: Household, coverage: Coverage, encounter: Encounter,
                 state: DeductibleState) -> tuple[PriorClaim, ...]:
    """Return earlier claims of the benefit year, in order of date, that leave the deductible in `state`.

    Each counts what its own services cost under the plan: a visit adds no more to the deductible than was allowed for
    it. The sums stay within the plan: the patient's and the family's deductible, and under the out-of-pocket maximum.
    """
    plan = plans()[coverage.plan]
    benefits, window = plan.on(encounter.first), _window(coverage, encounter.first)
    if benefits is None or window is None or state == "untouched" or plan.kind in ACCIDENT_KINDS.values():
        return ()
    limit, most = benefits.deductible_individual, benefits.out_of_pocket_individual
    own = _year(stream, plan, encounter.first, coverage.patient, window, limit, met=state == "met")
    relatives = [m for m in household.members if m != coverage.patient]
    if benefits.deductible_family is not None and relatives and coverage.family and stream.chance(50):
        # A relative's claims count to the family's deductible and leave room for the patient's own.
        room = min(limit, benefits.deductible_family - limit)
        own += _year(stream, plan, encounter.first, stream.one(relatives), window, room, met=False)
    if most is not None and sum([claim.out_of_pocket for claim in own]) >= most:
        return ()
    return tuple(sorted(own, key=lambda claim: (claim.first, claim.number)) if len(own) > 1 else own)


def deductible_met(claims: Sequence[PriorClaim], plan: str, mrn: str) -> Cents:
    """Return what a person's earlier claims counted toward the plan's deductible, in cents."""
    return sum(claim.deductible for claim in claims if claim.plan == plan and claim.patient_mrn == mrn)


def has_room(coverage: Coverage, encounter: Encounter) -> bool:
    """Return whether an earlier claim can lie between the start of the coverage's year and the encounter."""
    return _window(coverage, encounter.first) is not None


def _window(coverage: Coverage, first: dt.date) -> tuple[dt.date, dt.date] | None:
    start = max(dt.date(first.year, 1, 5), coverage.effective, coverage.patient.birth_date)
    end = first - dt.timedelta(days=30)
    return (start, end) if start <= end and covers(coverage, end) else None


def _year(stream: Stream, plan: Plan, day: dt.date, person: Person, window: tuple[dt.date, dt.date], limit: Cents, *,
          met: bool) -> list[PriorClaim]:
    """Return a person's earlier visits in order of date, each counting what is left of `limit` on its day.

    `met`: the last visit is large enough to take what is left. Else some of the deductible stays open.
    """
    start, length = window[0].toordinal(), (window[1] - window[0]).days
    days = [dt.date.fromordinal(start + number)
            for number in sorted({stream.whole(0, length) for _ in range(stream.whole(1, 3))})]
    left, sized = limit, _sized(plan.id, benefits_began(plan.id, day) or day, age_on(person, day))
    claims: list[PriorClaim] = []
    for i, on in enumerate(days):
        visit, shares = _visit(stream, sized, left, to_the_end=met and i == len(days) - 1)
        deductible, owed = shares.owed(left)
        left -= deductible
        claims.append(_claim(stream, plan.id, person.mrn, visit, on, deductible, owed))
    return claims


class _Sized(NamedTuple):
    """Visits that fit an age, with their costs; those that are not large; the most that one of these is subject to."""

    all: tuple[tuple[Visit, Shares], ...]
    small: tuple[tuple[Visit, Shares], ...]
    most: Cents


def _visit(stream: Stream, sized: _Sized, left: Cents, *, to_the_end: bool) -> tuple[Visit, Shares]:
    """A visit that leaves some of the deductible open, or the smallest that takes all of it."""
    if to_the_end and left:
        whole = [row for row in sized.all if row[1].subject >= left]
        if whole:
            return whole[0]
    if left > sized.most:
        return stream.one(sized.small)
    part = [row for row in sized.small if row[1].subject < left or not row[1].subject]
    return stream.one(part or sized.all[:1])


@lru_cache(8192)
def _sized(plan_id: str, year: dt.date, age: int) -> _Sized:
    """Return what fits the age, with its costs under the plan's benefits of `year`, the day they began."""
    rows = tuple((visit, _shares(plans()[plan_id], visit, year)) for visit in _VISITS
                 if visit.ages[0] <= age <= visit.ages[1])
    small = tuple(row for row in rows if not row[0].large)
    return _Sized(rows, small, max(shares.subject for _, shares in small))


def _shares(plan: Plan, visit: Visit, day: dt.date) -> Shares:
    rows = [services()[name] for name in visit.services]
    allowed = tuple(_allowed(plan, row) for row in rows)
    costs = tuple(cost_of(plan, row.id, visit.specialty, day) or Cost() for row in rows)
    return Shares(allowed, costs, sum(a for a, cost in zip(allowed, costs, strict=True) if cost.deductible))


def _allowed(plan: Plan, service: Service) -> Cents:
    return min(service.charge, share(service.base_fee, plan.allowed_percent))


def _claim(stream: Stream, plan: str, mrn: str, visit: Visit, day: dt.date, deductible: Cents, owed: Cents
           ) -> PriorClaim:
    number, npi = stream.digits(10), stream.one(_npis(visit.specialty))
    received = day + dt.timedelta(days=stream.whole(3, 20))
    return PriorClaim(number, plan, mrn, npi, day, received, _codes(visit.services), deductible, owed, visits=1)


@cache
def _codes(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(services()[name].code for name in names)


@cache
def _npis(specialty: str) -> tuple[str, ...]:
    return tuple(p.npi for p in providers() if p.specialty == specialty)
