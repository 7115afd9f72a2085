"""How values are written on paper forms: names, dates, money, codes; and who else covers the patient."""

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct

from app.billing.forms.model import OtherCover
from app.billing.x12.parties import ClaimParties
from app.payer.model import Claim, Line
from app.world.model import Facility, Person, Relationship
from app.world.money import Cents
from app.world.plans import payer_of, plans
from app.world.services import services


class Other(Struct, frozen=True):
    """The other payer of a claim. `holder` is None when only a name is known; `paid` None when it has not decided."""

    payer: str
    payer_id: str
    plan: str
    medigap: bool
    family: str
    given: str
    member_id: str
    group_number: str
    relationship: Relationship
    holder: Person | None
    paid: Cents | None


def other_of(claim: Claim, parties: ClaimParties, on_file: OtherCover | None) -> Other | None:
    """Return the payer that paid before; else the coverage on file beside the one that is billed."""
    before = claim.other_payment
    if before is not None:
        row = parties.other
        holder = row.subscriber if row else parties.patient
        return _other(before.plan, holder.family, holder.given, row.member_id if row else "",
                      row.group_number if row else "", row.relationship if row else "self", holder, sum(before.paid))
    if on_file is None or on_file.plan not in plans() or on_file.plan == claim.plan:
        return None
    family, given = split_name(on_file.subscriber)
    return _other(on_file.plan, family, given, on_file.member_id, on_file.group_number, on_file.relationship,
                  holder=None, paid=None)


def _other(plan_id: str, family: str, given: str, member_id: str, group_number: str, relationship: Relationship,
           holder: Person | None, paid: Cents | None) -> Other:
    plan = plans()[plan_id]
    payer = payer_of(plan)
    return Other(payer.name, payer.edi_id, plan.name, plan.kind == "medigap", family, given, member_id, group_number,
                 relationship, holder, paid)


def subscriber_name(claim: Claim, parties: ClaimParties) -> tuple[str, str]:
    """Return family and given name of the subscriber as the office wrote them."""
    holder = parties.subscriber
    if claim.subscriber_name == holder.name:
        return holder.family, holder.given
    return split_name(claim.subscriber_name)


def split_name(name: str) -> tuple[str, str]:
    """Return family and given name of `Given Family`."""
    given, _, family = name.rpartition(" ")
    return family, given


def holder_of(claim: Claim, parties: ClaimParties) -> Person | None:
    """Return the subscriber of a dependent as a person, None when the office knows only the name it wrote down."""
    holder = parties.subscriber
    known = claim.relationship != "self" and holder.name == claim.subscriber_name
    return holder if known else None


def initial(middle: str) -> str:
    """Return the first letter of a middle name."""
    return middle[:1]


def short(day: dt.date | None) -> str:
    """Return `06 18 26`, as on a CMS-1500."""
    return f"{day:%m %d %y}" if day else ""


def amount(cents: Cents) -> str:
    """Return `1234.56`: the forms have no dollar sign and no comma. `cents` is 0 or more."""
    return f"{cents // 100}.{cents % 100:02d}"


def plain(code: str) -> str:
    """Return an ICD-10 code as forms take it, without its dot."""
    return code.replace(".", "")


def place(facility: Facility, *, phone: bool) -> str:
    """Return name and address of a facility, a line each."""
    home = facility.address
    lines = [facility.name, home.street, f"{home.city} {home.state} {home.zip}", *([facility.phone] if phone else [])]
    return "\n".join(lines)


def service_title(line: Line) -> str:
    """Return the service in our words; a training code is called one."""
    service = services()[line.service]
    return f"{service.title} (training code)" if service.system == "training" else service.title


def left_over(kept: int, found: Sequence[str], what: str) -> list[str]:
    """Return the remark about codes that a paper form has no box for; empty when all have one."""
    more = len(found) - kept
    return [f"{more} more {what} on the electronic claim"] if more > 0 else []
