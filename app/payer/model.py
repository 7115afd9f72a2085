"""What passes between an office and a payer: inquiries, claims, remittances, appeals, and the trace of every decision.

Amounts are whole cents and dates `datetime.date`. A remittance is the payer's answer; a trace says why.
"""

import datetime as dt
from typing import Literal

from msgspec import Struct

from app.world.model import (
    AccidentKind,
    Authorization,
    Coverage,
    Election,
    Facility,
    PriorClaim,
    Provider,
    Referral,
    Relationship,
    Setting,
    Sex,
)
from app.world.money import Cents

Group = Literal["CO", "PR", "OA"]
Action = Literal["appeal", "corrected_claim", "rebill", "bill_patient", "close"]
Outcome = Literal["pass", "reject", "deny", "price", "also"]
Refusal = Literal["", "payer", "number", "name", "birth_date", "person"]
Liable = Literal["provider", "patient", "other_payer"]


class Line(Struct, frozen=True, gc=False):
    """A service line. `charge` is for all its units."""

    number: int  # 1-based
    service: str
    code: str
    modifiers: tuple[str, ...]
    units: int
    charge: Cents
    on: dt.date
    pointers: tuple[int, ...]
    revenue: str


class OtherPayment(Struct, frozen=True, gc=False):
    """What a primary payer already decided, line by line, for a claim to a secondary payer."""

    plan: str
    paid: tuple[Cents, ...]
    patient_responsibility: tuple[Cents, ...]
    allowed: tuple[Cents, ...]
    deductible: tuple[Cents, ...] = ()  # the part of the patient's responsibility that is deductible; empty: none


class Claim(Struct, frozen=True, gc=False):
    """A claim as the payer receives it. Everything here was written by the office, right or wrong."""

    number: str  # the office's own claim number
    form: Literal["professional", "institutional"]
    frequency: Literal["1", "7", "8"]
    original_reference: str  # the payer's number of the claim that is replaced or voided
    plan: str
    patient_given: str
    patient_family: str
    patient_sex: Sex
    patient_birth_date: dt.date
    patient_mrn: str
    member_id: str
    group_number: str
    subscriber_name: str
    relationship: Relationship
    billing: Facility
    rendering: Provider  # as known to the office
    rendering_npi: str  # as typed
    referring_npi: str
    specialty: str
    setting: Setting
    place_of_service: str
    first: dt.date
    last: dt.date
    received: dt.date
    diagnoses: tuple[str, ...]
    poa: tuple[str | None, ...]
    procedures: tuple[str, ...]
    drg: str  # institutional inpatient claims, "" otherwise
    lines: tuple[Line, ...]
    authorization_number: str
    referral_number: str
    advance_notice: Literal["", "GA", "GZ", "GY"]
    other_payment: OtherPayment | None
    evidence: dict[str, tuple[str, ...]]  # diagnosis code to words of the chart, sent when records are wanted
    bill_type: str = ""  # institutional: the first three digits of the type of bill; the frequency is the fourth
    discharge_status: str = ""  # inpatient: the two-digit patient discharge status
    accident: AccidentKind = ""
    accident_on: dt.date | None = None

    @property
    def charge(self) -> Cents:
        """Total charge in cents."""
        return sum([line.charge for line in self.lines])


class DrgTerms(Struct, frozen=True, gc=False):
    """How a DRG is paid: weight in ten-thousandths, mean stay in tenths of a day (0: none), which transfer rules hold.
    """

    weight: int
    geometric_stay: int = 0
    post_acute: bool = False
    special_pay: bool = False


class Context(Struct, frozen=True, gc=False):
    """What the payer knows by itself: its enrollment, its authorizations, what it processed before."""

    coverages: tuple[Coverage, ...]
    authorizations: tuple[Authorization, ...]
    referrals: tuple[Referral, ...]
    prior_claims: tuple[PriorClaim, ...]
    drg_weights: dict[str, int] = {}  # ten-thousandths; cases stored before `drg_terms` have only these
    providers: tuple[Provider, ...] = ()  # the payer's provider file: who is enrolled, from when to when
    invalid_diagnoses: tuple[str, ...] = ()  # codes near the case's own that the code edition does not accept
    elections: tuple[Election, ...] = ()
    deceased_on: dt.date | None = None
    drg_terms: dict[str, DrgTerms] = {}  # only the DRGs a case needs; they come before `drg_weights`
    decided_late: int = 0  # days beyond the usual ones that the payer took
    papers: dict[str, str] = {}  # id to kind of every document that an appeal can enclose
    documented_units: dict[str, int] = {}  # units of each code that the chart shows, as records would
    carried: dict[str, Cents] = {}  # by payer: what an earlier remittance carried forward, still owed back


class Citation(Struct, frozen=True, gc=False):
    text: str  # "42 CFR 424.44(a)"
    as_of: dt.date


class Adjustment(Struct, frozen=True, gc=False):
    """An amount not paid: group, reason and remark codes. `line` None means the whole claim."""

    group: Group
    reason: str
    remarks: tuple[str, ...]
    amount: Cents


class TraceStep(Struct, frozen=True, gc=False):
    """One decision. `outcome`: passed, stopped the claim, denied the line, priced, or would also fail."""

    edit: str  # E50
    title: str  # "Filing limit"
    line: int | None
    outcome: Outcome
    said: str  # one sentence with the values compared: "Received Sep 30, 2026; the limit was Jun 12, 2026."
    citation: Citation | None
    amounts: dict[str, Cents]


class LineResult(Struct, frozen=True, gc=False):
    """charge = paid + Σ adjustments. `allowed` is 0 on a denied line."""

    number: int
    charge: Cents
    allowed: Cents
    paid: Cents
    adjustments: tuple[Adjustment, ...]


class ProviderAdjustment(Struct, frozen=True, gc=False):
    """A PLB row of the remittance: positive takes money from the payment."""

    reason: Literal["WO", "L6", "FB"]
    reference: str
    amount: Cents


class Remittance(Struct, frozen=True, gc=False):
    """The payer's answer to one claim. A *rejected* claim never reached adjudication and has no lines."""

    status: Literal["rejected", "paid", "denied", "reversed"]
    payer_reference: str
    claim_number: str
    received: dt.date
    decided: dt.date
    lines: tuple[LineResult, ...]
    rejection: tuple[str, ...]  # 277CA category and status in our words, when rejected
    provider_adjustments: tuple[ProviderAdjustment, ...]

    @property
    def paid(self) -> Cents:
        """What the payer paid on the claim, in cents (before provider-level adjustments)."""
        return sum([line.paid for line in self.lines])

    @property
    def patient_responsibility(self) -> Cents:
        """Σ PR, in cents."""
        return sum([a.amount for line in self.lines for a in line.adjustments if a.group == "PR"])


class Movement(Struct, frozen=True, gc=False):
    """A row of an accumulator's ledger: `amount` cents toward the deductible or the out-of-pocket maximum."""

    accumulator: Literal["deductible", "out_of_pocket", "visits"]
    scope: Literal["individual", "family"]
    amount: int
    claim: str


class Adjudication(Struct, frozen=True, gc=False):
    """A remittance with the story behind it."""

    remittance: Remittance
    trace: tuple[TraceStep, ...]
    movements: tuple[Movement, ...]


class Inquiry(Struct, frozen=True, gc=False):
    """An eligibility inquiry as the office typed it (270)."""

    plan: str
    member_id: str
    family: str
    given: str
    birth_date: dt.date
    on: dt.date
    services: tuple[str, ...]  # Service ids asked about


class ServiceBenefit(Struct, frozen=True, gc=False):
    """What the payer says about one service. Amounts in cents, coinsurance in basis points."""

    service: str
    covered: bool
    authorization: Literal["not needed", "on file", "needed"]
    referral: Literal["not needed", "on file", "needed"]
    in_network: bool
    copayment: Cents
    coinsurance: int
    deductible_applies: bool


class EligibilityAnswer(Struct, frozen=True, gc=False):
    """The payer's answer (271). When `found` is False only `reason` and `refusal` are filled in.

    `refusal` says what of the inquiry matched nobody: the payer itself, the member number, or, under a number that is
    enrolled, the name, the birth date, or both (`person`).
    """

    found: bool
    reason: str
    active: bool
    plan_name: str
    effective: dt.date | None
    ended: dt.date | None
    other_payer: str  # plan id of coverage that pays before this one, "" when none
    deductible: Cents
    deductible_met: Cents
    out_of_pocket: Cents | None
    out_of_pocket_met: Cents
    benefits: tuple[ServiceBenefit, ...]
    refusal: Refusal = ""


class Denial(Struct, frozen=True, gc=False):
    """The key of a denial: `adjudicate(defective)` held against `adjudicate(repaired)`."""

    edit: str
    line: int | None
    cause: str  # in words
    group: Group | None  # None: rejected at the front door
    reason: str
    remarks: tuple[str, ...]
    liable: Liable
    action: Action
    why: str  # why that action
    deadline: dt.date | None  # last day on which the action can be taken
    at_stake: Cents  # what the payer would have paid, less what it pays
    citation: Citation | None


class Appeal(Struct, frozen=True, gc=False):
    """An appeal as the office sends it. `evidence` are ids of chart documents and papers attached.

    `since` is the date of the decision appealed against; None: the remittance's.
    """

    level: int
    filed: dt.date
    amount: Cents
    argument: str  # the id of the argument chosen
    evidence: tuple[str, ...]
    since: dt.date | None = None


class AppealDecision(Struct, frozen=True, gc=False):
    outcome: Literal["upheld", "overturned", "dismissed"]
    said: str
    citation: Citation | None
    adjudication: Adjudication | None  # the new one, when overturned
