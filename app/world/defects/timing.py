"""Too late, twice, or too soon again."""

import datetime as dt

from msgspec.structs import replace

from app.world.coverage import category_for
from app.world.defects.contract import Change, Defect
from app.world.defects.identity import registered_coverage
from app.world.generate import LAST_DAY
from app.world.model import Charge, DefectRecord, Facts, PriorClaim
from app.world.plans import payer_of, plans
from app.world.seed import Stream
from app.world.services import services


def _limit(facts: Facts) -> dt.date | None:
    """Return the last day for a first claim, or None for Medicare, whose year never runs out in this world."""
    payer = payer_of(plans()[facts.registration.plan])
    if payer.filing_days is None or registered_coverage(facts) is None:
        return None
    start = facts.encounter.first if payer.filing_from == "service" else facts.encounter.last
    return start + dt.timedelta(days=payer.filing_days)


def _room(facts: Facts) -> int:
    """Return by how many days at most the claim can be late, so that the answer still comes before the last today."""
    limit = _limit(facts)
    return (LAST_DAY - _shortest_wait(facts) - limit).days if limit else 0


def _shortest_wait(facts: Facts) -> dt.timedelta:
    return min(facts.today - facts.filed, dt.timedelta(days=22))


def _file_late(facts: Facts, stream: Stream) -> Change:
    limit = _limit(facts)
    assert limit is not None
    filed = limit + dt.timedelta(days=stream.whole(1, min(24, _room(facts))))
    return Change(replace(facts, filed=filed, today=min(LAST_DAY, filed + (facts.today - facts.filed))),
                  "The claim reached the payer after its filing limit.",
                  {"filed_in_time": facts.filed.isoformat(), "filed": filed.isoformat(), "limit": limit.isoformat()})


def _mend_filing(facts: Facts, record: DefectRecord) -> Facts:
    """What would be had the claim gone out in time. Today stays."""
    return replace(facts, filed=dt.date.fromisoformat(record.values["filed_in_time"]))


def _prior(facts: Facts, number: str, first: dt.date, received: dt.date, codes: tuple[str, ...]) -> PriorClaim:
    return PriorClaim(number, facts.registration.plan, facts.patient.mrn, facts.encounter.provider.npi, first, received,
                      codes, deductible=0, out_of_pocket=0, visits=0)


def _send_twice(facts: Facts, stream: Stream) -> Change:
    received = facts.encounter.last + dt.timedelta(days=1)
    first = _prior(facts, stream.digits(10), facts.encounter.first, received,
                   tuple(charge.code for charge in facts.encounter.charges))
    return Change(replace(facts, prior_claims=(*facts.prior_claims, first)),
                  "The same claim had been sent before, and the payer has processed it.",
                  {"number": first.number, "received": received.isoformat()})


def _mend_prior(facts: Facts, record: DefectRecord) -> Facts:
    """What would be had the payer never had the earlier claim."""
    return replace(facts, prior_claims=tuple(
        prior for prior in facts.prior_claims if prior.number != record.values["number"]))


def _limited(facts: Facts) -> list[Charge]:
    """Return charges of services that are covered once in so many days, with coverage long enough to have had one."""
    row = registered_coverage(facts)
    return [charge for charge in facts.encounter.charges if row is not None
            and services()[charge.service].repeat_days and row.effective < charge.on - dt.timedelta(days=30)]


def _repeat(facts: Facts, stream: Stream) -> Change:
    charge = stream.one(_limited(facts))
    row = registered_coverage(facts)
    assert row is not None
    most = min(services()[charge.service].repeat_days - 5, (charge.on - row.effective).days)
    first = charge.on - dt.timedelta(days=stream.whole(min(25, most), most))
    before = _prior(facts, stream.digits(10), first, first + dt.timedelta(days=6), (charge.code,))
    return Change(replace(facts, prior_claims=(*facts.prior_claims, before)),
                  f"{charge.title} had been given on {first.isoformat()}, too short a time before.",
                  {"number": before.number, "service": charge.service, "before": first.isoformat()})


# Procedures whose payment contains visits for some days after: the payer's table is `app/payer/rules/globals.yaml`.
GLOBAL_DAYS = {"laceration_repair": 10, "fracture_care_ankle": 90}


def _visits(facts: Facts) -> list[Charge]:
    """Return office visits without a modifier that parts them, under coverage that is old enough."""
    row = registered_coverage(facts)
    return [charge for charge in facts.encounter.charges if row is not None and not charge.modifiers
            and row.effective < charge.on - dt.timedelta(days=max(GLOBAL_DAYS.values()))
            and category_for(charge.service, facts.encounter.specialty) in ("office_primary", "office_specialist")]


def _had_procedure(facts: Facts, stream: Stream) -> Change:
    visit = stream.one(_visits(facts))
    name = stream.one(tuple(GLOBAL_DAYS))
    first = visit.on - dt.timedelta(days=stream.whole(3, GLOBAL_DAYS[name]))
    before = _prior(facts, stream.digits(10), first, first + dt.timedelta(days=2), (services()[name].code,))
    return Change(replace(facts, prior_claims=(*facts.prior_claims, before)),
                  f"The same clinician did this on {first.isoformat()}: {services()[name].title.lower()}. Its payment "
                  "contains the visit.", {"number": before.number, "service": name, "before": first.isoformat()})


def _was_sent(facts: Facts) -> bool:
    return registered_coverage(facts) is not None and facts.filed - facts.encounter.last > dt.timedelta(days=1)


DEFECTS = (
    Defect("late_filing", "Filed after the limit", "filed, today",
           "Count the days from the date of service to the payer's receipt, and look up the payer's limit.",
           lambda facts: _room(facts) >= 1 and facts.today > facts.encounter.last, _file_late, _mend_filing, "filing"),
    Defect("duplicate_claim", "Sent a second time", "prior_claims",
           "The account shows an earlier claim with the same date, provider and codes.",
           _was_sent, _send_twice, _mend_prior, "filing"),
    Defect("repeated_too_soon", "Repeated too soon", "prior_claims",
           "The patient's history has the same service within the time in which the plan covers it once.",
           lambda facts: bool(_limited(facts)), _repeat, _mend_prior, "charging"),
    Defect("visit_in_global_period", "A visit within a procedure's global period", "prior_claims",
           "The account shows a procedure of the same clinician some days before, whose payment contains visits.",
           lambda facts: bool(_visits(facts)), _had_procedure, _mend_prior, "charging"),
)
