"""Hand-made claims and what the payer knows: clean unless a test says otherwise. Also reads worked examples."""

import datetime as dt
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.payer.benefits import category_for, needs_authorization
from app.payer.model import Claim, Context, DrgTerms, Line, OtherPayment
from app.world.model import Address, Authorization, Coverage, Election, Facility, Person, PriorClaim, Provider, Referral
from app.world.plans import ACCIDENT_KINDS, payer_of, plans
from app.world.services import services
from app.world.settings import settings

HOME = Address("12 Mill Road", "Northmoor", "WI", "53990")
PRACTICE = Facility("2053703296", "Northmoor Practice", "practice", "00-4471930", HOME, "608-555-0101", False)
NPI = "2883602825"


class GivenLine(Struct, frozen=True, forbid_unknown_fields=True):
    service: str
    units: int = 1
    charge: int | None = None
    modifiers: tuple[str, ...] = ()
    on: dt.date | None = None
    points_to: tuple[int, ...] = (1,)
    code: str | None = None
    revenue: str | None = None


class GivenCover(Struct, frozen=True, forbid_unknown_fields=True):
    plan: str
    first: dt.date = dt.date(2025, 1, 1)
    last: dt.date | None = None
    order: int = 2


class GivenAuthorization(Struct, frozen=True, forbid_unknown_fields=True):
    service: str
    first: dt.date
    last: dt.date
    number: str = "PA11112222"
    units: int = 1


class Earlier(Struct, frozen=True, forbid_unknown_fields=True):
    """A claim the payer has processed. `person`: patient, or anyone else of the family."""

    number: str
    first: dt.date
    codes: tuple[str, ...] = ()
    person: str = "patient"
    deductible: int = 0
    out_of_pocket: int = 0
    visits: int = 1
    paid: int = 0
    received: dt.date | None = None
    reverses: str = ""
    last: dt.date | None = None


class Primary(Struct, frozen=True, forbid_unknown_fields=True):
    plan: str
    paid: tuple[int, ...]
    patient: tuple[int, ...]
    allowed: tuple[int, ...]
    deductible: tuple[int, ...] = ()


class Given(Struct, frozen=True, forbid_unknown_fields=True):
    """A situation, clean but for what it says. Amounts in cents."""

    plan: str = "fernwood-ppo"
    first: dt.date = dt.date(2026, 5, 4)
    last: dt.date | None = None
    received: dt.date | None = None
    setting: str = "office"
    specialty: str = "family medicine"
    diagnoses: tuple[str, ...] = ("E11.9",)
    lines: tuple[GivenLine, ...] = (GivenLine("office_established_4"),)
    born: dt.date = dt.date(1980, 3, 9)
    sex: str = "F"
    covered_from: dt.date = dt.date(2025, 1, 1)
    covered_to: dt.date | None = None
    order: int = 1
    other_coverage: tuple[GivenCover, ...] = ()
    member_id: str | None = None  # as on the claim
    family: str = "Brook"  # as on the claim
    npi: str = NPI
    enrolled_from: dt.date = dt.date(2015, 1, 1)
    out_of_network: bool = False
    authorization: GivenAuthorization | None = None
    authorization_number: str | None = None
    referral: bool = True  # on file, and its number on the claim
    referral_number: str | None = None
    notice: str = ""
    frequency: str = "1"
    original: str = ""
    primary: Primary | None = None
    earlier: tuple[Earlier, ...] = ()
    drg: str = ""
    weight: int = 0
    unsupported: tuple[str, ...] = ()  # billed codes of which the chart says nothing
    not_billable: tuple[str, ...] = ()
    advantage_from: dt.date | None = None
    died: dt.date | None = None
    place: str | None = None
    accident: str | None = None  # None: the one that the plan answers for, if it answers for accidents only
    discharge_status: str = ""
    post_acute: bool = False
    mean_stay: int = 0  # tenths of a day
    family_contract: bool = False
    decided_late: int = 0
    procedures: tuple[str, ...] = ()
    bill_type: str | None = None
    poa: bool = True  # the stay's present-on-admission entries were sent
    carried: int = 0  # what an earlier remittance of this payer carried forward
    documented_units: dict[str, int] = {}


def build(given: Given) -> tuple[Claim, Context]:
    """Return the claim and what the payer knows."""
    patient = person("M-100", "Mara", "Brook", given.sex, given.born)
    own = replace(cover(given.plan, patient, given.covered_from, given.covered_to, given.order),
                  family=given.family_contract)
    others = tuple(cover(c.plan, patient, c.first, c.last, c.order) for c in given.other_coverage)
    provider = Provider(NPI, "Elena", "Marquez", "MD", given.specialty,
                        () if given.out_of_network else tuple(plans()), given.enrolled_from, None)
    granted = _authorizations(given)
    claim = _claim(given, own, provider, granted)
    referrals = (Referral("RF11112222", given.plan, "M-100", given.specialty, dt.date(2026, 1, 1),
                          dt.date(2026, 12, 31), 3),) if given.referral else ()
    return claim, Context(
        coverages=(own, *others), authorizations=granted, referrals=referrals, prior_claims=_prior(given),
        drg_terms={given.drg: DrgTerms(given.weight, given.mean_stay, given.post_acute)} if given.drg else {},
        providers=(provider,),
        invalid_diagnoses=given.not_billable, deceased_on=given.died,
        elections=(Election("medicare_advantage", "Lakeview Advantage", given.advantage_from, None),)
        if given.advantage_from else (),
        decided_late=given.decided_late, documented_units=given.documented_units,
        carried={plans()[given.plan].payer: given.carried},
        papers={"note-1": "office_note", "note-2": "discharge_summary", "letter-1": "authorization",
                "slip-1": "referral", "plan-1": "order"})


def built(**changes: Any) -> tuple[Claim, Context]:
    """Return `build` of a clean office visit with `changes` (fields of Given)."""
    return build(replace(Given(), **changes))


def person(mrn: str, given: str, family: str, sex: Any, born: dt.date) -> Person:
    return Person(mrn, given, "", family, sex, born, HOME, "608-555-0111", "mara@example.org", "900-00-0001", "English")


def cover(plan: str, patient: Person, first: dt.date, last: dt.date | None, order: int) -> Coverage:
    return Coverage(plan, payer_of(plans()[plan]).member_id_example, "", patient, "self", patient, first, last, order)


def _authorizations(given: Given) -> tuple[Authorization, ...]:
    asked = given.authorization
    if asked is not None:
        return (Authorization(asked.number, given.plan, "M-100", asked.service, asked.first, asked.last, asked.units),)
    benefits = plans()[given.plan].on(given.first)
    known = [services()[line.service] for line in given.lines if line.service in services()]
    return tuple(Authorization("PA11112222", given.plan, "M-100", service.id, dt.date(2026, 1, 1),
                               dt.date(2026, 12, 31), 99)
                 for service in known if benefits and needs_authorization(
                     service, benefits.costs[category_for(service, given.specialty)], given.plan, given.setting))


def _claim(given: Given, own: Coverage, provider: Provider, granted: tuple[Authorization, ...]) -> Claim:
    last = given.last or given.first
    inpatient, place = given.setting == "inpatient", settings()[given.setting]
    number = given.authorization_number
    return Claim(
        number="C000000001", form=place.form,
        frequency=given.frequency, original_reference=given.original,  # type: ignore[arg-type]
        plan=given.plan, patient_given="Mara", patient_family=given.family,
        patient_sex=given.sex, patient_birth_date=given.born, patient_mrn="M-100",  # type: ignore[arg-type]
        member_id=own.member_id if given.member_id is None else given.member_id, group_number="",
        subscriber_name="Mara Brook", relationship="self", billing=PRACTICE, rendering=provider,
        rendering_npi=given.npi, referring_npi="", specialty=given.specialty,
        setting=given.setting,  # type: ignore[arg-type]
        place_of_service=place.place if given.place is None else given.place,
        first=given.first, last=last, received=given.received or last + dt.timedelta(days=6),
        diagnoses=given.diagnoses, poa=tuple("Y" for _ in given.diagnoses) if inpatient and given.poa else (),
        procedures=given.procedures, bill_type=place.bill_type if given.bill_type is None else given.bill_type,
        drg=given.drg, lines=tuple(_line(i, line, given) for i, line in enumerate(given.lines, start=1)),
        authorization_number=(granted[0].number if granted else "") if number is None else number,
        referral_number=("RF11112222" if given.referral else "") if given.referral_number is None
        else given.referral_number,
        advance_notice=given.notice,  # type: ignore[arg-type]
        other_payment=None if given.primary is None else OtherPayment(
            given.primary.plan, given.primary.paid, given.primary.patient, given.primary.allowed,
            given.primary.deductible),
        evidence={code: ("seen in the chart",) for code in given.diagnoses if code not in given.unsupported},
        accident=_accident(given), discharge_status=given.discharge_status,  # type: ignore[arg-type]
    )


def _accident(given: Given) -> str:
    kind = plans()[given.plan].kind
    own = next((cause for cause, answers in ACCIDENT_KINDS.items() if answers == kind), "")
    return own if given.accident is None else given.accident


def _line(number: int, line: GivenLine, given: Given) -> Line:
    service = services().get(line.service)
    charge = line.charge if line.charge is not None else (service.charge if service else 10_000) * line.units
    known = service.code if service else line.service
    return Line(number, line.service, known if line.code is None else line.code, line.modifiers, line.units, charge,
                line.on or given.first, line.points_to,
                _revenue(line, given))


def _revenue(line: GivenLine, given: Given) -> str:
    if line.revenue is not None or settings()[given.setting].form == "professional":
        return line.revenue or ""
    service = services().get(line.service)
    return (service.revenue if service else "") or "0250"


def _prior(given: Given) -> tuple[PriorClaim, ...]:
    return tuple(PriorClaim(
        e.number, given.plan, "M-100" if e.person == "patient" else f"M-{e.person}", NPI, e.first,
        e.received or e.first + dt.timedelta(days=5), e.codes, e.deductible, e.out_of_pocket, e.visits, e.paid,
        e.reverses, e.last,
    ) for e in given.earlier)
