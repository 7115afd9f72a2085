"""A clean world: one patient, one encounter and the papers around it, where every edit of the payer passes."""

import datetime as dt
from functools import cache, lru_cache

from app.world.charts.encounters import make_encounter
from app.world.coverage import (
    authorizations_for,
    card_for,
    cost_of,
    needs_authorization,
    needs_referral,
    referrals_for,
)
from app.world.history import DeductibleState, deductible_met, has_room, prior_claims
from app.world.households import make_household
from app.world.insured import insure
from app.world.model import (
    Charge,
    ClaimEntry,
    Coverage,
    Election,
    Encounter,
    Facts,
    Household,
    Person,
    PriorClaim,
    Provider,
    Sex,
)
from app.world.names import places
from app.world.people import age_on, birth_date_for, draw_person
from app.world.plans import Plan, plans
from app.world.providers import draw_primary_care, draw_provider, facility_for
from app.world.registration import access_log, register
from app.world.seed import Seed, Stream, Weights
from app.world.services import Service, services
from app.world.settings import settings
from app.world.templates import PRIMARY_CARE, Template, templates
from app.world.wishes import EDITION_FROM, Moment, Wish, ages_for, is_newborn, pairs, percents_for, told

__all__ = ["FIRST_DAY", "LAST_DAY", "Wish", "clean_world"]

TRIES = 80  # drawn worlds before a wish counts as impossible
FIRST_DAY, LAST_DAY = dt.date(2026, 4, 20), dt.date(2026, 9, 20)  # of a case's `today`
# First and last possible day of the encounter: early enough that the payer's answer falls before LAST_DAY.
_VISITS: dict[Moment, tuple[dt.date, dt.date]] = {
    "before_visit": (dt.date(2026, 5, 4), dt.date(2026, 8, 28)),
    "after_visit": (FIRST_DAY, dt.date(2026, 8, 28)),
    "after_denial": (EDITION_FROM, dt.date(2026, 7, 2)),
}


class _DoesNotFit(Exception):
    """This draw does not meet the wish; the next may."""


def clean_world(seed: Seed, wish: Wish) -> Facts:
    """Return the facts of `seed` for `wish`, the same bytes on any machine. Raises ValueError when nothing fits."""
    named, by_plan = _choices(wish)
    if not by_plan:
        raise ValueError(f"No plan and clinical template fit together for {told(wish)}.")
    for attempt in range(TRIES):
        own = seed.child("try", attempt)
        stream = own.long_stream()
        plan = stream.of(named)
        template = stream.one(stream.of(by_plan[plan]))
        try:
            return _world(own, stream, wish, plans()[plan], templates()[template])
        except _DoesNotFit:
            continue
    raise ValueError(f"In {TRIES} draws no world met {told(wish)}.")


@cache
def _choices(wish: Wish) -> tuple[Weights[str], dict[str, Weights[tuple[str, ...]]]]:
    """Return the possible plans by their shares, and for each its templates by setting with the setting's share."""
    by_plan: dict[str, dict[str, list[str]]] = {}
    for plan, template in pairs(wish):
        by_plan.setdefault(plan, {}).setdefault(templates()[template].setting, []).append(template)
    return (Weights((plan, max(1, plans()[plan].share)) for plan in by_plan),
            {plan: Weights((tuple(names), settings()[setting].share) for setting, names in rows.items())
             for plan, rows in by_plan.items()})


def _world(seed: Seed, stream: Stream, wish: Wish, plan: Plan, template: Template) -> Facts:
    """Each coverage, permission and encounter has a stream of its own; `stream` has the rest, in this order."""
    first = _first_day(stream, wish.moment, template)
    patient = _patient(stream, wish, plan, template, first)
    household = make_household(stream, patient, income_percent=percents_for(plan, wish), on=first,
                               married=True if wish.secondary or wish.dependent else None)
    coverages = insure(seed, stream, plan, household, patient, first, secondary=wish.secondary,
                       dependent=wish.dependent)
    if coverages is None:
        raise _DoesNotFit
    provider, primary_care = _clinicians(stream, template, patient, coverages, first)
    referring = primary_care if template.setting == "office" and template.specialty not in PRIMARY_CARE else None
    encounter = make_encounter(seed.child("encounter"), template, patient, provider, facility_for(template.setting),
                               referring, first, wish.level)
    _check(plan, encounter, patient, wish)
    filed, today = _days(stream, wish.moment, encounter)
    authorizations = authorizations_for(seed, plan, patient, encounter)
    referrals = referrals_for(seed, plan, patient, encounter)
    registered_on = max(patient.birth_date, _registered_on(stream, coverages, min(first, today)))
    return Facts(
        seed=seed.path, today=today, filed=filed, level=wish.level, patient=patient, household=household,
        coverages=coverages, cards=tuple([card_for(coverage) for coverage in coverages]),
        registration=register(patient, coverages, first, registered_on), primary_care=primary_care,
        authorizations=authorizations, authorization_on_file=authorizations[0].number if authorizations else "",
        referrals=referrals, referral_on_file=referrals[0].number if referrals else "", encounter=encounter,
        prior_claims=_history(stream, wish, household, coverages, encounter), entry=ClaimEntry(),
        access_log=access_log(stream, encounter, registered_on, filed, today), defects=(),
        elections=_elections(coverages),
    )


def _first_day(stream: Stream, moment: Moment, template: Template) -> dt.date:
    """A day on which the practice is open; the hospital never closes."""
    start, latest = _VISITS[moment]
    if template.months:
        return stream.one(_in_season(moment, template.id))
    day = start + dt.timedelta(days=stream.whole(0, (latest - start).days))
    return _open_day(day) if settings()[template.setting].weekdays else day


@lru_cache(1024)
def _open_day(day: dt.date) -> dt.date:
    """Return `day`, or the first after it on which the practice is open."""
    while day.weekday() >= 5 or day in places().closed:
        day += dt.timedelta(days=1)
    return day


@cache
def _in_season(moment: Moment, template: str) -> tuple[dt.date, ...]:
    """Return the open days of the template's months."""
    start, latest = _VISITS[moment]
    days = (start + dt.timedelta(days=number) for number in range((latest - start).days + 1))
    weekdays = settings()[templates()[template].setting].weekdays
    return tuple(day for day in days if day.month in templates()[template].months
                 and not (weekdays and (day.weekday() >= 5 or day in places().closed)))


def _patient(stream: Stream, wish: Wish, plan: Plan, template: Template, first: dt.date) -> Person:
    ages, sexes = _whom(plan.id, template.id, wish.ages, wish.sexes, wish.secondary)
    born = first if ages is None else birth_date_for(stream, ages, first)
    return draw_person(stream, birth_date=born, sex=stream.one(sexes))


@lru_cache(16_384)
def _whom(plan: str, template: str, ages: tuple[int, int], sexes: tuple[Sex, ...], secondary: bool
          ) -> tuple[tuple[int, int] | None, tuple[Sex, ...]]:
    """Return the ages (None: born on the first day) and sexes of the patients. The wish is told by what counts here."""
    found, wish = templates()[template], Wish(ages=ages, sexes=sexes, secondary=secondary)
    low, high = ages_for(plans()[plan], found, wish)
    fitting = tuple(sex for sex in found.sexes if sex in sexes)
    return (None if is_newborn(found) else (low, min(high, max(low, 94)))), fitting


def _clinicians(stream: Stream, template: Template, patient: Person, coverages: tuple[Coverage, ...],
                first: dt.date) -> tuple[Provider, Provider]:
    """Who treats, and the patient's primary care clinician; the same person when the visit is primary care."""
    networks = tuple([coverage.plan for coverage in coverages])
    provider = draw_provider(stream, template.specialty, networks)
    if provider is None:
        raise _DoesNotFit
    if template.specialty in PRIMARY_CARE:
        return provider, provider
    return provider, draw_primary_care(stream, age_on(patient, first), networks)


def _check(plan: Plan, encounter: Encounter, patient: Person, wish: Wish) -> None:
    """Raises _DoesNotFit when a charge would meet an edit, or the wish about permissions is not met."""
    pays = plan.kind != "self_pay"
    for charge in encounter.charges:
        if pays and cost_of(plan, charge.service, encounter.specialty, charge.on) is None:
            raise _DoesNotFit
        if _meets_an_edit(services()[charge.service], charge, encounter, patient):
            raise _DoesNotFit
    if wish.needs_authorization is None and wish.needs_referral is None:
        return
    authorization = any(needs_authorization(plan, charge, encounter) for charge in encounter.charges)
    referral = any(needs_referral(plan, charge, encounter) for charge in encounter.charges)
    if wish.needs_authorization not in (None, authorization) or wish.needs_referral not in (None, referral):
        raise _DoesNotFit


def _meets_an_edit(service: Service, charge: Charge, encounter: Encounter, patient: Person) -> bool:
    if charge.units > service.unit_limit or service.sex not in (None, patient.sex):
        return True
    if service.age and not service.age[0] <= age_on(patient, charge.on) <= service.age[1]:
        return True
    if not service.supports:
        return False
    return not any(encounter.diagnoses[place - 1].code.startswith(service.supports) for place in charge.pointers)


def _days(stream: Stream, moment: Moment, encounter: Encounter) -> tuple[dt.date, dt.date]:
    """Return when the payer receives the claim, and the case's today."""
    wait, later = stream.whole(3, 12), stream.whole(24, 45)
    if moment == "before_visit":
        return encounter.last + dt.timedelta(days=wait), encounter.first - dt.timedelta(days=wait)
    filed = encounter.last + dt.timedelta(days=wait)
    if moment == "after_visit":
        return filed, filed - dt.timedelta(days=1)
    return filed, filed + dt.timedelta(days=later)


def _elections(coverages: tuple[Coverage, ...]) -> tuple[Election, ...]:
    """What Original Medicare knows of a member of a Medicare Advantage plan."""
    return tuple([Election("medicare_advantage", plans()[row.plan].name, row.effective, row.ended)
                  for row in coverages if plans()[row.plan].kind == "medicare_advantage"])


def _registered_on(stream: Stream, coverages: tuple[Coverage, ...], latest: dt.date) -> dt.date:
    """Up to a month before the visit, and not before the coverage began."""
    day = latest - dt.timedelta(days=stream.whole(0, 30))
    for coverage in coverages:
        day = max(day, coverage.effective)
    return min(latest, day)


def _history(stream: Stream, wish: Wish, household: Household, coverages: tuple[Coverage, ...],
             encounter: Encounter) -> tuple[PriorClaim, ...]:
    if not coverages:
        return ()
    state = stream.of(_STATES[wish.remaining_deductible])
    if state == "met" and not has_room(coverages[0], encounter):
        raise _DoesNotFit
    claims = prior_claims(stream, household, coverages[0], encounter, state)
    if wish.remaining_deductible is False and _left(coverages[0], claims, encounter.first):
        raise _DoesNotFit
    return claims


_STATES: dict[bool | None, Weights[DeductibleState]] = {
    None: Weights([("untouched", 25), ("partly", 45), ("met", 30)]),
    True: Weights([("untouched", 30), ("partly", 70)]), False: Weights([("met", 1)]),
}


def _left(coverage: Coverage, claims: tuple[PriorClaim, ...], on: dt.date) -> int:
    benefits = plans()[coverage.plan].on(on)
    limit = benefits.deductible_individual if benefits else 0
    return limit - deductible_met(claims, coverage.plan, coverage.patient.mrn)
