"""What the payer has processed before in the benefit year: it moves the deductible and the out-of-pocket maximum."""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Literal

from app.world.coverage import covers
from app.world.model import Coverage, Encounter, Household, PriorClaim
from app.world.money import Cents
from app.world.plans import ACCIDENT_KINDS, Benefits, plans
from app.world.providers import providers
from app.world.seed import Stream
from app.world.services import services

DeductibleState = Literal["untouched", "partly", "met"]

# Which earlier services explain an amount toward the deductible of up to so many cents.
_BY_AMOUNT: tuple[tuple[Cents, tuple[str, ...]], ...] = (
    (12_000, ("office_established_3",)),
    (30_000, ("office_established_4", "lab_blood_count")),
    (90_000, ("emergency_4", "xray_chest_two")),
    (100_000_000, ("emergency_5", "ct_abdomen")),
)


def prior_claims(stream: Stream, household: Household, coverage: Coverage, encounter: Encounter,
                 state: DeductibleState) -> tuple[PriorClaim, ...]:
    """Return earlier claims of the benefit year, in order of date, that leave the deductible in `state`.

    The sums stay within the plan: the patient's and the family's deductible, and well under the out-of-pocket maximum.
    """
    benefits = plans()[coverage.plan].on(encounter.first)
    window = _window(coverage, encounter.first)
    of_accident = plans()[coverage.plan].kind in ACCIDENT_KINDS.values()
    if benefits is None or window is None or state == "untouched" or of_accident:
        return ()
    limit = benefits.deductible_individual
    own = limit if state == "met" else _part(stream, limit)
    claims = _claims(stream, coverage, coverage.patient.mrn, own, window, benefits)
    relatives = [m for m in household.members if m != coverage.patient]
    if benefits.deductible_family is not None and relatives and coverage.family and stream.chance(50):
        # A relative's claims count to the family's deductible and leave room for the patient's own.
        theirs = _part(stream, min(limit, benefits.deductible_family - limit))
        claims += _claims(stream, coverage, stream.one(relatives).mrn, theirs, window, benefits)
    return tuple(sorted(claims, key=lambda claim: (claim.first, claim.number)))


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


def _part(stream: Stream, limit: Cents) -> Cents:
    return limit * stream.whole(15, 75) // 100


def _claims(stream: Stream, coverage: Coverage, mrn: str, deductible: Cents, window: tuple[dt.date, dt.date],
            benefits: Benefits) -> list[PriorClaim]:
    parts = _split(stream, deductible, stream.whole(1, 3))
    most = benefits.out_of_pocket_individual
    left = max(0, most * 7 // 10 - deductible) if most is not None else 20_000
    return [_claim(stream, coverage, mrn, part, min(left // len(parts), 500 * stream.whole(0, 10)), window)
            for part in parts]


def _claim(stream: Stream, coverage: Coverage, mrn: str, deductible: Cents, shared: Cents,
           window: tuple[dt.date, dt.date]) -> PriorClaim:
    first = window[0] + dt.timedelta(days=stream.whole(0, (window[1] - window[0]).days))
    codes = next(codes for most, codes in _BY_AMOUNT if deductible <= most)
    setting = "emergency medicine" if codes[0].startswith("emergency") else "family medicine"
    return PriorClaim(
        number=stream.digits(10), plan=coverage.plan, patient_mrn=mrn,
        rendering_npi=stream.one(_npis(setting)),
        first=first, received=first + dt.timedelta(days=stream.whole(3, 20)),
        codes=tuple(services()[code].code for code in codes), deductible=deductible,
        out_of_pocket=deductible + shared, visits=1,
    )


@cache
def _npis(specialty: str) -> tuple[str, ...]:
    return tuple(p.npi for p in providers() if p.specialty == specialty)


def _split(stream: Stream, total: Cents, count: int) -> list[Cents]:
    """Return `count` amounts that sum to `total`."""
    cuts = sorted(stream.whole(0, total) for _ in range(count - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]
