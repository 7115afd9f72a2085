"""A census of cases: who they are, what was billed, and how the payers answered, in whole numbers and basis points.

It describes the world of this site and no other. How often claims are denied, and why, is illustrative: one claim in
eight gets a defect, all kinds alike, because no public source counts denials by reason.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from msgspec import Struct

from app.learning.population import Billed
from app.payer.codes import plain_words
from app.payer.model import Adjustment, TraceStep
from app.world.model import Facts
from app.world.money import BasisPoints, Cents
from app.world.names import poverty_guideline
from app.world.people import age_on
from app.world.plans import payer_of, plans
from app.world.settings import settings
from app.world.templates import templates

_Name = TypeVar("_Name", str, tuple[str, str, str])

AGES = ((0, 4), (5, 17), (18, 34), (35, 49), (50, 64), (65, 74), (75, 84), (85, 120))  # years, both included
INCOMES = ((0, 99), (100, 137), (138, 199), (200, 299), (300, 399), (400, 100_000))  # percent, both included
LARGEST_HOUSEHOLD = 6  # this many or more are one row
TOP_TEMPLATES = 15
# What the edits of the payer ask about, by the letter and the first digit of their id.
CATEGORIES = {
    "E1": "Member and provider", "E2": "Codes, modifiers and dates", "E3": "Duplicate",
    "E4": "Coverage and right payer", "E5": "Filing limit", "E6": "Benefit, network and referral",
    "E7": "Prior authorization", "E8": "Code pairs and units", "E9": "Medical necessity and records",
}


class Share(Struct, frozen=True):
    """A group, how many cases it has, and their share of all in basis points."""

    name: str
    count: int
    share: BasisPoints


class AgeBand(Struct, frozen=True):
    """Cases by the patient's age in years on the first day of the encounter; `last` 120 means no upper end."""

    first: int
    last: int
    female: int
    male: int


class DenialReason(Struct, frozen=True):
    """`count` is claims in which this reason denied the claim or a line; `share` is of all such rows."""

    category: str
    group: str
    reason: str
    words: str
    count: int
    share: BasisPoints


class PlanMoney(Struct, frozen=True):
    """Claims that were paid, by the kind of plan billed: cents, and shares in basis points.

    `allowed_share` and `paid_share` are of the charge, `patient_share` of what was allowed.
    """

    kind: str
    claims: int
    charge: Cents
    allowed: Cents
    paid: Cents
    patient: Cents
    allowed_share: BasisPoints
    paid_share: BasisPoints
    patient_share: BasisPoints


class Days(Struct, frozen=True):
    """Claims that were paid so many days after the payer had them."""

    days: int
    count: int


class Census(Struct, frozen=True):
    """The counts. Groups that nobody belongs to are left out, except for bands of age and income."""

    cases: int
    ages: tuple[AgeBand, ...]
    settings: tuple[Share, ...]
    payer_kinds: tuple[Share, ...]
    languages: tuple[Share, ...]
    household_sizes: tuple[Share, ...]
    incomes: tuple[Share, ...]
    answers: tuple[Share, ...]
    claims_with_a_denial: int  # denied, or paid with a line denied
    denials: tuple[DenialReason, ...]
    rejections: tuple[Share, ...]
    money: tuple[PlanMoney, ...]
    days_to_payment: tuple[Days, ...]
    templates: tuple[Share, ...]
    templates_seen: int
    lines: int
    lines_a_claim: int  # hundredths
    lines_by_claim: tuple[Share, ...]
    documents_a_chart: int  # hundredths


class Version(Struct, frozen=True):
    """What a kept census was made from: ids of templates and plans, in order."""

    templates: tuple[str, ...]
    plans: tuple[str, ...]


class KeptCensus(Struct, frozen=True):
    """A census that was kept, with the population it counted."""

    seed: str
    version: Version
    census: Census


def version() -> Version:
    """Return what a census taken now would be made from."""
    return Version(tuple(sorted(templates())), tuple(sorted(plans())))


def outdated(kept: Version, now: Version) -> str:
    """Return what has changed since `kept`, in one line; empty when nothing has."""
    said = []
    for noun, was, is_ in (("templates", kept.templates, now.templates), ("plans", kept.plans, now.plans)):
        new, gone = sorted(set(is_) - set(was)), sorted(set(was) - set(is_))
        said += [f"{word} {noun}: {', '.join(names)}" for word, names in (("new", new), ("gone", gone)) if names]
    return "; ".join(said)


class _Tally:
    """Counts under way."""

    def __init__(self) -> None:
        self.by: dict[str, Counter[str]] = {name: Counter() for name in (
            "settings", "payer_kinds", "languages", "household_sizes", "incomes", "answers", "rejections", "templates",
            "lines")}
        self.ages: Counter[tuple[int, str]] = Counter()
        self.reasons: Counter[tuple[str, str, str]] = Counter()
        self.money: Counter[tuple[str, str]] = Counter()
        self.days: Counter[int] = Counter()
        self.cases = self.denied = self.lines = self.documents = 0


def census(cases: Iterable[Billed]) -> Census:
    """Count `cases`, one at a time: an iterator of any length is never held in memory."""
    tally = _Tally()
    for case in cases:
        tally.cases += 1
        _count_people(tally, case.facts)
        _count_claim(tally, case)
    return _told(tally)


def _count_people(tally: _Tally, facts: Facts) -> None:
    visit, home = facts.encounter, facts.household
    age = age_on(facts.patient, visit.first)
    tally.ages[_band(age, AGES), facts.patient.sex] += 1
    tally.by["settings"][settings()[visit.setting].title] += 1
    tally.by["payer_kinds"][payer_of(plans()[facts.coverages[0].plan]).kind if facts.coverages else "self_pay"] += 1
    tally.by["languages"][facts.patient.language] += 1
    tally.by["household_sizes"][str(min(home.size, LARGEST_HOUSEHOLD))] += 1
    percent = 100 * home.income // poverty_guideline(home.size, visit.first)
    tally.by["incomes"][str(_band(percent, INCOMES))] += 1
    tally.by["templates"][templates()[visit.template].title] += 1
    tally.documents += len(visit.chart)


def _count_claim(tally: _Tally, case: Billed) -> None:
    claim, answer = case.claim, case.answer.remittance
    tally.by["answers"][answer.status] += 1
    tally.by["rejections"].update({step.title for step in case.answer.trace if step.outcome == "reject"})
    tally.by["lines"][str(len(claim.lines))] += 1
    tally.lines += len(claim.lines)
    reasons = set(_reasons(case))
    tally.denied += bool(reasons)
    tally.reasons.update(reasons)
    if answer.status != "paid":
        return
    tally.days[(answer.decided - answer.received).days] += 1
    kind = plans()[claim.plan].kind
    tally.money.update({
        (kind, "claims"): 1, (kind, "charge"): claim.charge, (kind, "paid"): answer.paid,
        (kind, "allowed"): sum(line.allowed for line in answer.lines), (kind, "patient"): answer.patient_responsibility,
    })


def _reasons(case: Billed) -> Iterator[tuple[str, str, str]]:
    """Yield category, group and reason of every denial of the claim or of one of its lines."""
    for step in case.answer.trace:
        found = _adjustment(step, case) if step.outcome == "deny" else None
        if found is not None:
            yield CATEGORIES[step.edit[:2]], found.group, found.reason


def _adjustment(step: TraceStep, case: Billed) -> Adjustment | None:
    lines = case.answer.remittance.lines
    line = next((line for line in lines if step.line in (None, line.number) and not line.allowed), None)
    return line.adjustments[0] if line and line.adjustments else None


def _band(value: int, bands: tuple[tuple[int, int], ...]) -> int:
    """Return the place of the band that holds `value`."""
    return next(place for place, (first, last) in enumerate(bands) if first <= value <= last)


def _told(tally: _Tally) -> Census:
    by, cases = tally.by, tally.cases
    denials = sum(tally.reasons.values())
    return Census(
        cases=cases,
        ages=tuple(AgeBand(first, last, tally.ages[place, "F"], tally.ages[place, "M"])
                   for place, (first, last) in enumerate(AGES)),
        settings=_largest_first(by["settings"], cases), payer_kinds=_largest_first(by["payer_kinds"], cases),
        languages=_largest_first(by["languages"], cases), household_sizes=_in_order(by["household_sizes"], cases),
        incomes=tuple(Share(_percents(first, last), by["incomes"][str(place)],
                            share(by["incomes"][str(place)], cases)) for place, (first, last) in enumerate(INCOMES)),
        answers=_largest_first(by["answers"], cases), claims_with_a_denial=tally.denied,
        denials=tuple(DenialReason(category, group, reason, plain_words(group, reason), count, share(count, denials))
                      for (category, group, reason), count in _sorted(tally.reasons)),
        rejections=_largest_first(by["rejections"], sum(by["rejections"].values())),
        money=_money(tally.money),
        days_to_payment=tuple(Days(days, tally.days[days]) for days in sorted(tally.days)),
        templates=_largest_first(by["templates"], cases)[:TOP_TEMPLATES], templates_seen=len(by["templates"]),
        lines=tally.lines, lines_a_claim=_ratio(tally.lines, cases, 100), lines_by_claim=_in_order(by["lines"], cases),
        documents_a_chart=_ratio(tally.documents, cases, 100),
    )


def _percents(first: int, last: int) -> str:
    return f"{first} % or more" if (first, last) == INCOMES[-1] else f"{first}–{last} %"


def _money(counted: Mapping[tuple[str, str], int]) -> tuple[PlanMoney, ...]:
    rows = []
    for kind in dict.fromkeys(kind for kind, _ in counted):
        claims, charge, allowed, paid, patient = (
            counted[kind, name] for name in ("claims", "charge", "allowed", "paid", "patient"))
        rows.append(PlanMoney(kind, claims, charge, allowed, paid, patient, share(allowed, charge), share(paid, charge),
                              share(patient, allowed)))
    return tuple(sorted(rows, key=lambda row: (-row.claims, row.kind)))


def _largest_first(counted: Counter[str], all_: int) -> tuple[Share, ...]:
    return tuple(Share(name, count, share(count, all_)) for name, count in _sorted(counted))


def _in_order(counted: Counter[str], all_: int) -> tuple[Share, ...]:
    """Groups that are whole numbers, smallest number first."""
    return tuple(Share(name, counted[name], share(counted[name], all_)) for name in sorted(counted, key=int))


def _sorted(counted: Counter[_Name]) -> list[tuple[_Name, int]]:
    """Largest first; of equal ones in order of name, so that the order of the cases does not show."""
    return sorted(counted.items(), key=lambda row: (-row[1], row[0]))


def share(part: int, all_: int) -> BasisPoints:
    """Return `part` of `all_` in basis points, rounded half up; 0 of nothing."""
    return _ratio(part, all_, 10_000)


def _ratio(part: int, all_: int, scale: int) -> int:
    return (2 * part * scale + all_) // (2 * all_) if all_ else 0
