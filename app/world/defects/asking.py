"""More about authorization and referral: too few units, another service, a number left off, a referral run out."""

import datetime as dt

from msgspec.structs import replace

from app.world.coverage import authorizations_for, referrals_for
from app.world.defects.contract import Change, Defect
from app.world.model import Authorization, DefectRecord, Facts
from app.world.plans import plans
from app.world.seed import Seed, Stream


def _on_file(facts: Facts) -> bool:
    return bool(facts.authorizations) and facts.authorization_on_file == facts.authorizations[0].number


def _several_units(facts: Facts) -> list[Authorization]:
    return [a for a in facts.authorizations if a.units > 1 and facts.encounter.setting != "inpatient"
            and _on_file(facts)]


def _grant_fewer(facts: Facts, stream: Stream) -> Change:
    cut = stream.one(_several_units(facts))
    fewer = replace(cut, units=max(1, cut.units // 2))
    return Change(replace(facts, authorizations=tuple(fewer if a == cut else a for a in facts.authorizations)),
                  "The plan authorized fewer units than were given.",
                  {"plan": cut.plan, "service": cut.service, "given": str(cut.units), "granted": str(fewer.units)})


def _name_other_service(facts: Facts, stream: Stream) -> Change:
    old = facts.authorizations[0]
    other = stream.one([name for name in ("mri_lumbar", "echocardiogram", "home_sleep_test", "ct_abdomen")
                        if name not in {charge.service for charge in facts.encounter.charges}])
    return Change(replace(facts, authorizations=tuple(replace(a, service=other) for a in facts.authorizations)),
                  "The authorization was asked for another service than the one that was given.",
                  {"plan": old.plan, "number": old.number, "authorized": other, "given": old.service})


def _mend_authorization(facts: Facts, record: DefectRecord) -> Facts:
    granted = authorizations_for(Seed(facts.seed), plans()[record.values["plan"]], facts.patient, facts.encounter)
    return replace(facts, authorizations=granted, authorization_on_file=granted[0].number)


def _leave_number_off(facts: Facts, stream: Stream) -> Change:
    return Change(replace(facts, entry=replace(facts.entry, authorization_number="")),
                  "The plan had given a number, and it was not put on the claim.",
                  {"number": facts.authorization_on_file})


def _mend_typed_authorization(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, entry=replace(facts.entry, authorization_number=None))


def _referral_ends(facts: Facts, stream: Stream) -> Change:
    last = facts.encounter.first - dt.timedelta(days=stream.whole(2, 25))
    old = facts.referrals[0]
    ended = tuple(replace(r, first=last - dt.timedelta(days=180), last=last) for r in facts.referrals)
    return Change(replace(facts, referrals=ended), "The referral had run out before the visit.",
                  {"plan": old.plan, "last": last.isoformat()})


def _refer_elsewhere(facts: Facts, stream: Stream) -> Change:
    old = facts.referrals[0]
    other = stream.one([name for name in ("dermatology", "podiatry", "neurology") if name != old.specialty])
    return Change(replace(facts, referrals=tuple(replace(r, specialty=other) for r in facts.referrals)),
                  "The referral was entered for another specialty.",
                  {"plan": old.plan, "right": old.specialty, "wrong": other})


def _mend_referral(facts: Facts, record: DefectRecord) -> Facts:
    entered = referrals_for(Seed(facts.seed), plans()[record.values["plan"]], facts.patient, facts.encounter)
    return replace(facts, referrals=entered, referral_on_file=entered[0].number)


def _leave_referral_off(facts: Facts, stream: Stream) -> Change:
    return Change(replace(facts, entry=replace(facts.entry, referral_number="")),
                  "The referral was on file, and its number was not put on the claim.",
                  {"number": facts.referral_on_file})


def _mend_typed_referral(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, entry=replace(facts.entry, referral_number=None))


DEFECTS = (
    Defect("authorization_units_exceeded", "More units than authorized", "authorizations",
           "The plan's letter gives a number of units; the line has more.",
           lambda facts: bool(_several_units(facts)), _grant_fewer, _mend_authorization, "authorization"),
    Defect("authorization_for_other_service", "Authorization for another service", "authorizations",
           "The plan's letter names a service that was not given.", _on_file, _name_other_service, _mend_authorization,
           "authorization"),
    Defect("authorization_number_left_off", "Authorization number left off the claim", "entry.authorization_number",
           "The letter of the plan is in the file; box 23 of the claim is empty.", _on_file, _leave_number_off,
           _mend_typed_authorization, "authorization"),
    Defect("referral_expired", "Referral had run out", "referrals", "The referral's last day lies before the visit.",
           lambda facts: bool(facts.referrals), _referral_ends, _mend_referral, "authorization"),
    Defect("referral_to_other_specialty", "Referral to another specialty", "referrals",
           "The referral names a specialty that is not the clinician's.",
           lambda facts: bool(facts.referrals), _refer_elsewhere, _mend_referral, "authorization"),
    Defect("referral_number_left_off", "Referral number left off the claim", "entry.referral_number",
           "The referral is in the file; the claim does not carry its number.",
           lambda facts: bool(facts.referral_on_file), _leave_referral_off, _mend_typed_referral, "authorization"),
)
