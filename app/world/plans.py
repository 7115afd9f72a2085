"""Payers and plans: data with the dates they are in force (`data/payers.yaml`, `data/plans.yaml`)."""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import Struct

from app.world.datafile import load
from app.world.model import PayerKind, PlanKind
from app.world.money import BasisPoints, Cents

DATA = Path(__file__).parent / "data"

Category = Literal[
    "office_primary", "office_specialist", "emergency", "inpatient", "laboratory", "imaging", "procedure",
    "preventive", "equipment", "drug", "therapy",
]


class AppealLevel(Struct, frozen=True, forbid_unknown_fields=True):
    """One level of appeal: `days` to file from receipt of the decision (or calendar `months`, where they are given).

    `minimum` are the cents that must be in dispute, by the first day of filing on which they hold; empty: none.
    """

    name: str
    days: int
    decided_in_days: int
    source: str
    minimum: dict[dt.date, Cents] = {}
    months: int = 0

    def minimum_on(self, day: dt.date) -> Cents:
        """Return what must be in dispute for an appeal filed on `day`, in cents; before the first date, the first."""
        started = [first for first in self.minimum if first <= day]
        first = max(started) if started else min(self.minimum, default=None)
        return 0 if first is None else self.minimum[first]

    @property
    def time(self) -> str:
        """`120 days`, or `4 months`."""
        return f"{self.months} months" if self.months else f"{self.days} days"


class Payer(Struct, frozen=True, forbid_unknown_fields=True):
    """`filing_days`: days from the date of service to receipt (None: one calendar year, as Medicare counts it)."""

    id: str
    name: str
    kind: PayerKind
    edi_id: str
    phone: str
    address: str
    member_id_format: str  # a regular expression, whole match
    member_id_example: str
    filing_days: int | None
    filing_from: Literal["service", "discharge"]
    filing_source: str
    corrected_claim_days: int
    appeals: tuple[AppealLevel, ...]


class Cost(Struct, frozen=True, forbid_unknown_fields=True):
    """How one service category shares cost: copayment in cents, coinsurance in basis points, deductible first."""

    copayment: Cents = 0
    coinsurance: BasisPoints = 0
    deductible: bool = True
    covered: bool = True
    authorization: bool = False
    referral: bool = False


class Benefits(Struct, frozen=True, forbid_unknown_fields=True):
    """A benefit year's amounts in cents. `None` for a maximum: the plan has none."""

    deductible_individual: Cents
    deductible_family: Cents | None
    out_of_pocket_individual: Cents | None
    out_of_pocket_family: Cents | None
    costs: dict[Category, Cost]
    visit_limits: dict[Category, int] = {}
    embedded: bool = True  # in a family contract each member also has the individual deductible
    payment_limit: Cents | None = None  # the most the plan pays for one accident (no-fault)
    pays_part_b_deductible: bool = True  # Medigap


class OutOfNetwork(Struct, frozen=True, forbid_unknown_fields=True):
    """How a plan pays outside its network: the share of the patient, and what a rental network's contract allows.

    The clinician accepts that amount in full, so that nothing above it is billed to the patient.
    """

    coinsurance: BasisPoints
    allowed_percent: BasisPoints


class Plan(Struct, frozen=True, forbid_unknown_fields=True):
    """`benefits` maps the first day in force to the amounts from then on (null: no longer in force).

    `ages` (years, both included) and `income_percent` (of the poverty guideline) say whom the plan enrolls.
    """

    id: str
    payer: str
    name: str
    kind: PlanKind
    network_required: bool  # out-of-network services are not covered but for emergencies
    allowed_percent: BasisPoints  # of the base fee schedule that this plan's contracts allow
    coordination: str  # how it stands with other coverage, in words
    services_needing_authorization: tuple[str, ...]
    services_excluded: tuple[str, ...]
    benefits: dict[dt.date, Benefits | None]
    source: str
    ages: tuple[int, int] = (0, 120)
    ages_in_pregnancy: tuple[int, int] | None = None  # where they differ
    income_percent: tuple[int, int] = (0, 100_000)
    share: int = 1  # how often an open wish draws this plan, relative to the others
    services_free: tuple[str, ...] = ()  # without deductible, copayment and coinsurance, whatever their category
    any_provider: bool = False  # every enrolled clinician counts as in the network
    out_of_network: OutOfNetwork | None = None

    def on(self, day: dt.date) -> Benefits | None:
        """Return the benefits in force on `day`, or None."""
        first = self.since(day)
        return self.benefits[first] if first else None

    def since(self, day: dt.date) -> dt.date | None:
        """Return the day on which the benefits in force on `day` began, or None."""
        return max([first for first in self.benefits if first <= day], default=None)


# Kinds of plan that an employer offers, or a family buys: with dependents, and in order by the birthday rule.
GROUP_KINDS: tuple[PlanKind, ...] = ("ppo", "hmo", "hdhp", "epo")
# Kinds that answer for one accident and for nothing else.
ACCIDENT_KINDS: dict[str, PlanKind] = {"employment": "workers_comp", "auto": "auto_no_fault"}


@cache
def payers() -> dict[str, Payer]:
    """Return every payer by id."""
    rows = load(DATA / "payers.yaml", tuple[Payer, ...], shown_as="app/world/data/payers.yaml")
    return {payer.id: payer for payer in rows}


@cache
def plans() -> dict[str, Plan]:
    """Return every plan by id."""
    rows = load(DATA / "plans.yaml", tuple[Plan, ...], shown_as="app/world/data/plans.yaml")
    return {plan.id: plan for plan in rows}


def payer_of(plan: Plan) -> Payer:
    """Return the payer that runs `plan`."""
    return payers()[plan.payer]
