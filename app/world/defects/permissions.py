"""What should have been asked for first: authorization, referral, network, enrollment."""

import datetime as dt

from msgspec.structs import replace

from app.world.coverage import authorizations_for, referrals_for
from app.world.defects.contract import Change, Defect
from app.world.defects.identity import registered_coverage
from app.world.digits import exchanges, is_npi
from app.world.model import DefectRecord, Facts
from app.world.plans import plans
from app.world.providers import providers
from app.world.seed import Seed, Stream
from app.world.settings import settings

_NUMBER = "[A-Z]{2}[0-9]{8}"


def _authorized(facts: Facts) -> bool:
    return bool(facts.authorizations) and facts.authorization_on_file == facts.authorizations[0].number


def _drop_authorization(facts: Facts, stream: Stream) -> Change:
    gone = facts.authorizations[0]
    return Change(replace(facts, authorizations=(), authorization_on_file=""),
                  "Nobody asked the plan for the prior authorization that the service needs.",
                  {"service": gone.service, "plan": gone.plan})


def _mend_authorization(facts: Facts, record: DefectRecord) -> Facts:
    plan = plans()[record.values["plan"]]
    granted = authorizations_for(Seed(facts.seed), plan, facts.patient, facts.encounter)
    return replace(facts, authorizations=granted, authorization_on_file=granted[0].number)


def _mistype_authorization(facts: Facts, stream: Stream) -> Change:
    wrong = stream.one(exchanges(facts.authorization_on_file, _NUMBER))
    return Change(replace(facts, entry=replace(facts.entry, authorization_number=wrong)),
                  "The authorization number was typed onto the claim with two digits exchanged.",
                  {"right": facts.authorization_on_file, "wrong": wrong})


def _mend_typed(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, entry=replace(facts.entry, authorization_number=None))


def _expire(facts: Facts, stream: Stream) -> Change:
    last = facts.encounter.first - dt.timedelta(days=stream.whole(4, 20))
    first = last - dt.timedelta(days=60)
    old = facts.authorizations[0]
    expired = tuple(replace(a, first=first, last=last) for a in facts.authorizations)
    return Change(replace(facts, authorizations=expired),
                  "The authorization had run out before the service.",
                  {"plan": old.plan, "last": last.isoformat(), "number": old.number})


def _drop_referral(facts: Facts, stream: Stream) -> Change:
    gone = facts.referrals[0]
    return Change(replace(facts, referrals=(), referral_on_file=""),
                  "No primary care clinician had entered the referral that the plan wants.",
                  {"specialty": gone.specialty, "plan": gone.plan})


def _mend_referral(facts: Facts, record: DefectRecord) -> Facts:
    plan = plans()[record.values["plan"]]
    entered = referrals_for(Seed(facts.seed), plan, facts.patient, facts.encounter)
    return replace(facts, referrals=entered, referral_on_file=entered[0].number)


def _network_matters(facts: Facts) -> bool:
    row = registered_coverage(facts)
    return (row is not None and plans()[row.plan].network_required and settings()[facts.encounter.setting].planned
            and row.plan in facts.encounter.provider.networks)


def _leave_network(facts: Facts, stream: Stream) -> Change:
    provider, plan = facts.encounter.provider, facts.registration.plan
    left = replace(provider, networks=tuple(name for name in provider.networks if name != plan))
    return Change(replace(facts, encounter=replace(facts.encounter, provider=left)),
                  f"{provider.name} is not in the network of {plans()[plan].name}.",
                  {"npi": provider.npi, "plan": plan})


def _enroll_later(facts: Facts, stream: Stream) -> Change:
    provider = facts.encounter.provider
    later = facts.encounter.last + dt.timedelta(days=stream.whole(9, 40))
    return Change(replace(facts, encounter=replace(facts.encounter, provider=replace(provider, enrolled_from=later))),
                  f"{provider.name} saw the patient before the payer's enrollment took effect.",
                  {"npi": provider.npi, "enrolled_from": later.isoformat()})


def _mend_provider(facts: Facts, record: DefectRecord) -> Facts:
    """What would be had enrollment and contract been in order on the day."""
    right = next(p for p in providers() if p.npi == record.values["npi"])
    return replace(facts, encounter=replace(facts.encounter, provider=right))


def _wrong_npis(facts: Facts) -> list[str]:
    return [npi for npi in exchanges(facts.encounter.provider.npi, "[12][0-9]{9}") if not is_npi(npi)]


def _mistype_npi(facts: Facts, stream: Stream) -> Change:
    wrong = stream.one(_wrong_npis(facts))
    return Change(replace(facts, entry=replace(facts.entry, rendering_npi=wrong)),
                  "The rendering provider's NPI was typed with two digits exchanged.",
                  {"right": facts.encounter.provider.npi, "wrong": wrong})


def _mend_npi(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, entry=replace(facts.entry, rendering_npi=None))


def _to_payer(facts: Facts) -> bool:
    return registered_coverage(facts) is not None


DEFECTS = (
    Defect("missing_authorization", "No prior authorization", "authorizations, authorization_on_file",
           "The plan's list asks for authorization of this service, and the office file has no number.",
           _authorized, _drop_authorization, _mend_authorization, "authorization"),
    Defect("authorization_number_mistyped", "Authorization number mistyped", "entry.authorization_number",
           "The number on the claim differs from the one on the plan's letter.",
           lambda facts: _authorized(facts) and bool(exchanges(facts.authorization_on_file, _NUMBER)),
           _mistype_authorization, _mend_typed, "authorization"),
    Defect("authorization_expired", "Authorization had run out", "authorizations",
           "The plan's letter gives a last day before the date of service.",
           _authorized, _expire, _mend_authorization, "authorization"),
    Defect("missing_referral", "No referral", "referrals, referral_on_file",
           "The plan wants a referral for a specialist's visit, and the office file has none.",
           lambda facts: bool(facts.referrals), _drop_referral, _mend_referral, "authorization"),
    Defect("out_of_network", "Provider out of network", "encounter.provider.networks",
           "The plan's directory does not list the provider.", _network_matters, _leave_network, _mend_provider,
           "eligibility"),
    Defect("provider_not_enrolled", "Provider not yet enrolled", "encounter.provider.enrolled_from",
           "The payer's letter gives an enrollment date after the visit.", _to_payer, _enroll_later, _mend_provider,
           "filing"),
    Defect("wrong_rendering_npi", "Rendering NPI mistyped", "entry.rendering_npi",
           "The NPI on the claim is not the one in the visit, and its check digit is wrong.",
           lambda facts: _to_payer(facts) and bool(_wrong_npis(facts)), _mistype_npi, _mend_npi, "filing"),
)
