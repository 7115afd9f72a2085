"""271 (005010X279A1): the payer's answers to a 270, as EB segments, or why it cannot answer (AAA).

What a plan shares of the cost is told by service type; whether a service is covered, wants an authorization or lies
outside the network is told by procedure code. Amounts and percentages come from `EligibilityAnswer` as they are.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from app.billing.x12.eligibility import WHOLE_PLAN, Asked, levels, types_of
from app.billing.x12.segments import clean, day, money, trimmed
from app.payer.model import EligibilityAnswer, Refusal, ServiceBenefit
from app.world.model import PlanKind
from app.world.money import BasisPoints
from app.world.plans import payer_of, plans
from app.world.services import Service, services

# AAA03 (facts of ASC X12 element 901) at the subscriber's level and at the dependent's: 72 member number, 73 and 65
# name, 71 birth date, 75 and 67 nobody found. AAA04 C: correct it and send it again.
REFUSALS: dict[Refusal, tuple[str, str]] = {
    "number": ("72", "72"), "name": ("73", "65"), "birth_date": ("71", "71"), "person": ("75", "67"),
}
# EB04 (element 1336) by kind of plan; the others have no code that fits and go without.
_INSURANCE: dict[PlanKind, str] = {
    "medicare_b": "MB", "medicare_advantage": "HN", "medicaid": "MC", "medigap": "SP", "ppo": "PR", "hmo": "HM",
    "hdhp": "C1", "workers_comp": "WC", "auto_no_fault": "AP",
}
_YEAR, _EPISODE, _VISIT, _REMAINING = "23", "26", "27", "29"  # EB06 (element 615)
_STAY = "48"
ON_FILE, REFERRAL, REFERRED = "AUTHORIZATION ON FILE", "REFERRAL NEEDED", "REFERRAL ON FILE"


def answers(rows: Sequence[Asked], *, batch: str, made: dt.datetime) -> list[str]:
    """Return the body of a 271 that answers the inquiries of one 270. Raises ValueError as `inquiries` does."""
    return [f"BHT*0022*11*{clean(batch)}*{made:%Y%m%d}*{made:%H%M}", *levels(rows, "2", _answer)]


def _answer(row: Asked) -> tuple[list[str], list[str]]:
    found = row.answer
    if not found.found:
        code = REFUSALS[found.refusal or "person"][row.relationship != "self"]
        return [f"AAA*N**{code}*C"], []
    return [], [*_dates(found), *_coverage(row), *_year(row), *_other_payer(found), *_services(row)]


def _dates(found: EligibilityAnswer) -> Iterator[str]:
    if found.effective is not None:
        yield f"DTP*346*D8*{day(found.effective)}"
    if found.ended is not None:
        yield f"DTP*347*D8*{day(found.ended)}"


def _coverage(row: Asked) -> Iterator[str]:
    """Whether the plan covers the patient on the day asked about."""
    found = row.answer
    yield trimmed(f"EB*{'1' if found.active else '6'}*IND*{WHOLE_PLAN}*{_insurance(row)}*{clean(found.plan_name)[:50]}")
    yield f"DTP*472*D8*{day(row.inquiry.on)}"


def _insurance(row: Asked) -> str:
    plan = plans()[row.inquiry.plan]
    if plan.name != row.answer.plan_name:  # found under another plan of the payer
        return ""
    return "MA" if _part_a(row) else _INSURANCE.get(plan.kind, "")


def _part_a(row: Asked) -> bool:
    """Whether the deductible told is that of a stay under Medicare: each benefit period has its own."""
    return plans()[row.inquiry.plan].kind == "medicare_b" and list(types_of(row.inquiry)) == [_STAY]


def _year(row: Asked) -> Iterator[str]:
    """Deductible and out-of-pocket maximum: in all, and what is left."""
    found = row.answer
    if not found.active:
        return
    period = _EPISODE if _part_a(row) else _YEAR
    yield _eb("C", WHOLE_PLAN, period, amount=money(found.deductible))
    yield _eb("C", WHOLE_PLAN, _REMAINING, amount=money(found.deductible - found.deductible_met))
    if found.out_of_pocket is not None:
        yield _eb("G", WHOLE_PLAN, _YEAR, amount=money(found.out_of_pocket))
        yield _eb("G", WHOLE_PLAN, _REMAINING, amount=money(max(0, found.out_of_pocket - found.out_of_pocket_met)))


def _other_payer(found: EligibilityAnswer) -> Iterator[str]:
    if found.other_payer:
        payer = payer_of(plans()[found.other_payer])
        yield f"EB*R*IND*{WHOLE_PLAN}"
        yield from ("LS*2120", f"NM1*PRP*2*{clean(payer.name)}*****PI*{payer.edi_id}", "LE*2120")


def _services(row: Asked) -> Iterator[str]:
    told = {benefit.service: benefit for benefit in row.answer.benefits}
    for type_, asked in types_of(row.inquiry).items():
        benefits = [told[service.id] for service in asked if service.id in told]
        if benefits:
            yield from _cost(type_, benefits[0])
            yield from (part for benefit in benefits for part in _permission(type_, benefit))


def _cost(type_: str, benefit: ServiceBenefit) -> Iterator[str]:
    """Copayment, coinsurance, and a deductible of nothing where the plan's does not apply."""
    if not benefit.deductible_applies:
        yield _eb("C", type_, _YEAR, amount="0")
    yield _eb("B", type_, _VISIT, amount=money(benefit.copayment))
    yield _eb("A", type_, share=percent(benefit.coinsurance))


def _permission(type_: str, benefit: ServiceBenefit) -> Iterator[str]:
    service = services()[benefit.service]
    wanted = "N" if benefit.authorization == "not needed" else "Y"
    yield _eb("1" if benefit.covered else "I", type_, wanted=wanted,
              network="Y" if benefit.in_network else "N", procedure=_procedure(service))
    if benefit.authorization == "on file":
        yield f"MSG*{ON_FILE}"
    if benefit.referral != "not needed":
        yield f"MSG*{REFERRED if benefit.referral == 'on file' else REFERRAL}"


def _procedure(service: Service) -> str:
    return f"HC:{service.code}" if service.code else ""


def _eb(fact: str, type_: str, period: str = "", *, amount: str = "", share: str = "", wanted: str = "",
        network: str = "", procedure: str = "") -> str:
    return trimmed(f"EB*{fact}*IND*{type_}***{period}*{amount}*{share}***{wanted}*{network}*{procedure}")


def percent(share: BasisPoints) -> str:
    """Return hundredths of a percent as X12 writes a share: 2000 is `.2`, nothing `0`."""
    whole, part = divmod(share, 10_000)
    written = f"{part:04d}".rstrip("0")
    return f"{whole or ''}.{written}" if written else str(whole)
