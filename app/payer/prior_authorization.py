"""Decide a request for prior authorization: the diagnoses, the papers, the units, and by when."""

import datetime as dt
from functools import cache
from typing import Literal

from msgspec import Struct

from app.payer.benefits import needs_authorization
from app.payer.model import Citation
from app.payer.rulebook import RULES
from app.payer.words import several, show
from app.world.datafile import load
from app.world.model import Authorization, Setting
from app.world.plans import Cost, payer_of, plans
from app.world.seed import Seed
from app.world.services import services

Outcome = Literal["not needed", "approved", "partly approved", "pended", "denied"]


class Policy(Struct, frozen=True, forbid_unknown_fields=True):
    """What a plan wants to see before it agrees. `papers`: one of each group of kinds of documents."""

    service: str
    diagnoses: tuple[str, ...]
    papers: tuple[tuple[str, ...], ...]
    units: int
    days: int
    why: str


class Clock(Struct, frozen=True, forbid_unknown_fields=True):
    """By when a payer of one of `payers` (kinds; empty: every other) answers."""

    payers: tuple[str, ...]
    standard_days: int
    expedited_hours: int
    citation: Citation


class Policies(Struct, frozen=True, forbid_unknown_fields=True):
    policies: tuple[Policy, ...]
    clocks: tuple[Clock, ...]


class Request(Struct, frozen=True):
    """A request as the office sends it (278 or a form). `papers` are the kinds of the documents enclosed."""

    number: str
    plan: str
    patient_mrn: str
    service: str
    setting: Setting
    specialty: str
    diagnoses: tuple[str, ...]
    units: int
    wanted_on: dt.date
    received: dt.date
    papers: tuple[str, ...]
    urgent: bool = False


class Decision(Struct, frozen=True):
    """The payer's answer, by the last day its clock allows. `authorization` when something was approved."""

    outcome: Outcome
    said: str
    decided: dt.date
    authorization: Authorization | None
    citation: Citation | None


@cache
def _policies() -> Policies:
    return load(RULES / "prior_authorization.yaml", Policies, shown_as="app/payer/rules/prior_authorization.yaml")


def decide(request: Request) -> Decision:
    """Return the decision on `request`.

    In the order in which a reviewer reads: is it needed at all; is the service for this diagnosis; are the papers
    there (if not, the request is pended for them); are the units within the policy. Raises KeyError for an unknown
    plan or service.
    """
    plan, service = plans()[request.plan], services()[request.service]
    clock = clock_of(request.plan)
    due = request.received + dt.timedelta(days=clock.expedited_hours // 24 if request.urgent else clock.standard_days)
    benefits = plan.on(request.wanted_on)
    cost = benefits.costs.get(service.category, Cost()) if benefits else Cost()
    if not needs_authorization(service, cost, plan.id, request.setting):
        said = f"{plan.name} asks for no prior authorization of {service.title}."
        return Decision("not needed", said, request.received, None, None)
    policy = next((p for p in _policies().policies if p.service == service.id), None)
    if policy is None:
        return _approved(request, request.units, 60, due, clock)
    if policy.diagnoses and not any(code.startswith(policy.diagnoses) for code in request.diagnoses):
        return Decision("denied", f"The policy for {service.title} accepts none of {several(list(request.diagnoses))}: "
                        f"it wants {policy.why}.", due, None, clock.citation)
    missing = [group for group in policy.papers if not set(group) & set(request.papers)]
    if missing:
        wanted = "; ".join(" or ".join(kind.replace("_", " ") for kind in group) for group in missing)
        said = f"Wanted before a decision: {wanted}. The papers should show {policy.why}."
        return Decision("pended", said, due, None, clock.citation)
    return _approved(request, min(request.units, policy.units), policy.days, due, clock)


def clock_of(plan: str) -> Clock:
    """Return by when the plan's payer must answer."""
    kind = payer_of(plans()[plan]).kind
    clocks = _policies().clocks
    return next(clock for clock in clocks if kind in clock.payers or not clock.payers)


def _approved(request: Request, units: int, days: int, due: dt.date, clock: Clock) -> Decision:
    last = request.wanted_on + dt.timedelta(days=days)
    number = f"PA{Seed('authorization').child(request.number).number() % 10**8:08d}"
    granted = Authorization(number, request.plan, request.patient_mrn, request.service, request.wanted_on, last, units)
    less = units < request.units
    of = f"{units} of {request.units} units" if less else f"{units} unit(s)"
    return Decision("partly approved" if less else "approved",
                    f"{of} from {show(request.wanted_on)} to {show(last)}, number {number}.", due, granted,
                    clock.citation)
