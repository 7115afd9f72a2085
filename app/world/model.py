"""What exists in the practice office: people, coverage, encounters, charts, and what was written down about them.

Two sides are kept apart on purpose. *Truth* is what is so (the payer's enrollment file, what happened in the room);
*the record* is what somebody wrote (the registration, the chart, the charges). A defect changes one side; the payer
decides from the claim and its own truth; a learner sees only what her job would show her.

None of these values can hold a reference to itself, so Python's collector need not follow them (`gc=False`).

Amounts are whole cents, dates are `datetime.date`, ids are natural keys. No value knows
today's date: see `Facts.today`.
"""

import datetime as dt
from typing import Literal

from msgspec import Struct

from app.world.money import Cents

Sex = Literal["F", "M"]
PayerKind = Literal[
    "medicare", "medigap", "medicare_advantage", "medicaid", "commercial", "tricare", "workers_comp", "auto",
    "self_pay",
]
PlanKind = Literal[
    "medicare_b", "medigap", "medicare_advantage", "medicaid", "ppo", "hmo", "hdhp", "epo", "tricare", "workers_comp",
    "auto_no_fault", "self_pay",
]
Setting = Literal[
    "office", "health_center", "emergency", "observation", "outpatient_surgery", "inpatient", "equipment",
]
FacilityKind = Literal["practice", "health_center", "hospital", "supplier"]
AccidentKind = Literal["", "employment", "auto"]
Relationship = Literal["self", "spouse", "child"]
DocumentKind = Literal[
    "registration", "history_and_physical", "office_note", "emergency_note", "nursing_note", "progress_note",
    "order", "laboratory", "imaging", "consult", "operative_report", "medication_list", "discharge_summary",
    "problem_list", "referral_letter",
]


class Address(Struct, frozen=True, cache_hash=True, gc=False):
    street: str
    city: str
    state: str  # two letters
    zip: str

    @property
    def line(self) -> str:
        """`12 Mill Road, Northmoor, WI 53990`."""
        return f"{self.street}, {self.city}, {self.state} {self.zip}"


class PersonChange(Struct, frozen=True, gc=False):
    """A name or an address that a person had until the day before `on`."""

    what: Literal["name", "address"]
    before: str
    on: dt.date


class Person(Struct, frozen=True, gc=False):
    """A fictional person. `ssn` is from a range never issued; the telephone is a 555-01xx number."""

    mrn: str  # medical record number at this office
    given: str
    middle: str
    family: str
    sex: Sex
    birth_date: dt.date
    address: Address
    phone: str
    email: str
    ssn: str
    language: str
    changes: tuple[PersonChange, ...] = ()  # in order of date

    @property
    def name(self) -> str:
        """`Given Family`."""
        return f"{self.given} {self.family}"


class Household(Struct, frozen=True, gc=False):
    """Who lives together, and on what: `income` is whole cents a year, before tax."""

    members: tuple[Person, ...]
    income: Cents
    state: str

    @property
    def size(self) -> int:
        """Number of people."""
        return len(self.members)


class Coverage(Struct, frozen=True, gc=False):
    """One row of a payer's enrollment file: the truth about who is covered, and when."""

    plan: str  # Plan id in app/world/data/plans.yaml
    member_id: str
    group_number: str
    subscriber: Person
    relationship: Relationship  # of the patient to the subscriber
    patient: Person
    effective: dt.date
    ended: dt.date | None  # last day in force
    order: int  # 1 primary, 2 secondary
    family: bool = False  # the contract covers a family, not one person


class InsuranceCard(Struct, frozen=True, gc=False):
    """What is printed on the card in the patient's hand (it can be an old one)."""

    plan: str
    member_id: str
    group_number: str
    subscriber_name: str
    patient_name: str
    issued: dt.date


class Registration(Struct, frozen=True, gc=False):
    """What the front desk wrote down. It is what the claim will say, right or wrong."""

    given: str
    family: str
    sex: Sex
    birth_date: dt.date
    plan: str
    member_id: str
    group_number: str
    subscriber_name: str
    relationship: Relationship
    other_coverage: str  # plan id of a further coverage the desk knows of, "" when none is on file
    registered_on: dt.date


class Provider(Struct, frozen=True, cache_hash=True, gc=False):
    """A clinician who treats and signs. `networks` are plan ids; enrolled with each payer from `enrolled_from`."""

    npi: str
    given: str
    family: str
    credential: str
    specialty: str
    networks: tuple[str, ...]
    enrolled_from: dt.date
    enrolled_to: dt.date | None

    @property
    def name(self) -> str:
        """`Given Family, Credential`."""
        return f"{self.given} {self.family}, {self.credential}"


class Facility(Struct, frozen=True, cache_hash=True, gc=False):
    npi: str
    name: str
    kind: FacilityKind
    tax_id: str
    address: Address
    phone: str
    nonprofit: bool


class Authorization(Struct, frozen=True, gc=False):
    """A payer's prior authorization, as the payer has it. `units` is how many it allows."""

    number: str
    plan: str
    patient_mrn: str
    service: str  # a Charge.service id
    first: dt.date
    last: dt.date
    units: int


class Referral(Struct, frozen=True, gc=False):
    """A primary care physician's referral to a specialist, as the plan has it."""

    number: str
    plan: str
    patient_mrn: str
    specialty: str
    first: dt.date
    last: dt.date
    visits: int


class Diagnosis(Struct, frozen=True, gc=False):
    """A diagnosis the chart supports. `evidence` are words that stand in the chart, letter for letter."""

    code: str  # ICD-10-CM with its dot
    title: str
    evidence: tuple[str, ...]
    poa: str | None  # inpatient only: Y N U W, or None when exempt
    role: Literal["principal", "secondary"]  # principal, or first-listed in an outpatient setting
    why: str  # the guideline, in our words, with its section number


class Charge(Struct, frozen=True, gc=False):
    """A charge as posted: `amount` is the whole line in cents, for `units`."""

    service: str  # id in app/world/data/services.yaml
    code: str  # HCPCS Level II, a revenue code's companion, or a training code (Z and four digits)
    title: str
    units: int
    amount: Cents
    on: dt.date
    modifiers: tuple[str, ...]
    pointers: tuple[int, ...]  # 1-based positions in the claim's diagnoses
    revenue: str  # institutional revenue code, "" on professional charges


class Procedure(Struct, frozen=True, gc=False):
    """An inpatient procedure: an ICD-10-PCS code with the words of the chart that support it."""

    code: str
    title: str
    on: dt.date
    evidence: tuple[str, ...]
    why: str = ""  # the guideline, in our words


class Section(Struct, frozen=True, gc=False):
    heading: str
    text: str


class ChartDocument(Struct, frozen=True, gc=False):
    """One document of the chart, as its author left it. `signed` is None when nobody signed."""

    id: str
    kind: DocumentKind
    title: str
    author: str
    at: dt.datetime  # naive local time of the office
    signed: dt.datetime | None
    sections: tuple[Section, ...]


class Encounter(Struct, frozen=True, gc=False):
    """What happened. `diagnoses` are what the chart supports, in right order: the truth a coder must find."""

    id: str
    template: str
    setting: Setting
    reason: str
    first: dt.date  # admission or visit
    last: dt.date  # discharge or visit
    provider: Provider
    facility: Facility
    referring: Provider | None
    specialty: str
    diagnoses: tuple[Diagnosis, ...]
    procedures: tuple[Procedure, ...]
    charges: tuple[Charge, ...]
    discharge_status: str  # two digits, inpatient only; "" otherwise
    chart: tuple[ChartDocument, ...]
    accident: AccidentKind = ""  # what the injury came from, as the chart says
    accident_on: dt.date | None = None


class AccessEntry(Struct, frozen=True, gc=False):
    """A row of the chart's access log."""

    at: dt.datetime
    user: str
    role: str
    action: str
    reason: str


class PriorClaim(Struct, frozen=True, gc=False):
    """A claim the payer has already processed for this family in the benefit year.

    It moves accumulators and finds duplicates.

    `deductible` and `out_of_pocket` are cents that this claim counted toward each. `codes` are its service codes.
    """

    number: str
    plan: str
    patient_mrn: str
    rendering_npi: str
    first: dt.date
    received: dt.date
    codes: tuple[str, ...]
    deductible: Cents
    out_of_pocket: Cents
    visits: int
    paid: Cents = 0
    reverses: str = ""  # number of the claim whose amounts this row takes back (its own amounts are negative)
    last: dt.date | None = None  # day of discharge; None: as `first`


class ClaimEntry(Struct, frozen=True, gc=False):
    """What the biller typed onto the claim, where it may differ from what registration and charges say.

    A clean case has none of these: each field None or empty means "as derived".
    """

    diagnoses: tuple[str, ...] = ()  # codes as billed, in order; empty: the encounter's own
    charges: tuple[Charge, ...] = ()  # lines as billed; empty: the encounter's own
    authorization_number: str | None = None  # None: the number on file, if one is
    referral_number: str | None = None
    rendering_npi: str | None = None
    frequency: Literal["1", "7", "8"] = "1"
    original_reference: str = ""
    advance_notice: Literal["", "GA", "GZ", "GY"] = ""
    place_of_service: str = ""  # "": as the setting says
    bill_type: str = ""  # the first three digits; "": as the setting says
    poa_left_off: bool = False  # the stay's present-on-admission entries were not sent
    accident_left_off: bool = False  # the claim does not say what the injury came from
    accident_marked: AccidentKind = ""  # marked on the claim, whatever the chart says; "": as the encounter says
    sent_as_second: bool = False  # sent to a second payer without the answer of `registration.other_coverage`


class IndexRow(Struct, frozen=True, gc=False):
    """A row of the master patient index. `merged_into` is the number that another row was merged into, "" for none."""

    mrn: str
    given: str
    family: str
    sex: Sex
    birth_date: dt.date
    address: str
    ssn: str
    made_on: dt.date
    merged_into: str = ""


class SignedAuthorization(Struct, frozen=True, gc=False):
    """A patient's authorization under HIPAA (45 CFR 164.508(c)): to whom, what, signed when, until when."""

    recipient: str
    covers: tuple[str, ...]  # what may be disclosed, in the words of the form
    signed: dt.date
    expires: dt.date


class Disclosure(Struct, frozen=True, gc=False):
    """A row of the log of disclosures: what left the office, to whom, and on which signature (None: none on file)."""

    at: dt.datetime
    user: str
    recipient: str  # who asked for it
    recipient_fax: str  # the number on the request
    sent_to: str  # the number it went to
    purpose: str
    documents: tuple[str, ...]
    authorization: SignedAuthorization | None


class Election(Struct, frozen=True, gc=False):
    """A Medicare beneficiary's choice that sends claims elsewhere: `payer` names in words who is to be billed."""

    kind: Literal["medicare_advantage", "hospice"]
    payer: str
    first: dt.date
    last: dt.date | None


class DefectRecord(Struct, frozen=True, gc=False):
    """Which defect was planted, with what it changed in words. Never names a reason code."""

    id: str
    what: str  # "The member number was typed with two digits exchanged."
    notice: str  # where an expert would notice it
    values: dict[str, str]


class Facts(Struct, frozen=True, gc=False):
    """Everything a case consists of, at one moment. `clean_world` makes it; a defect returns a changed copy."""

    seed: str
    today: dt.date  # the case's own date
    filed: dt.date  # the day the payer receives the first claim
    level: int  # 1 clean chart, 2 ordinary, 3 untidy
    patient: Person
    household: Household
    coverages: tuple[Coverage, ...]  # the payers' truth, in order of payment
    cards: tuple[InsuranceCard, ...]
    registration: Registration
    primary_care: Provider
    authorizations: tuple[Authorization, ...]  # the payers' truth
    authorization_on_file: str  # the number the office wrote down, "" when none
    referrals: tuple[Referral, ...]
    referral_on_file: str
    encounter: Encounter
    prior_claims: tuple[PriorClaim, ...]
    entry: ClaimEntry
    access_log: tuple[AccessEntry, ...]
    defects: tuple[DefectRecord, ...]
    elections: tuple[Election, ...] = ()  # as Medicare has them
    deceased_on: dt.date | None = None  # as the payers have it
    index: tuple[IndexRow, ...] = ()  # rows that somebody should look at; empty: one row, as the patient is
    disclosures: tuple[Disclosure, ...] = ()  # in order of time
