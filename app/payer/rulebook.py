"""Read the payer's rules: amounts by date, titles and citations of edits, code tables (`rules/*.yaml`).

Everything a decision compares against stands in those files with its source; the code holds no figure.
"""

import datetime as dt
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from msgspec import Struct

from app.payer.model import Action, Citation
from app.world.datafile import load
from app.world.model import Setting, Sex
from app.world.plans import DATA, Category

T = TypeVar("T")
RULES = Path(__file__).parent / "rules"


class Amount(Struct, frozen=True, forbid_unknown_fields=True):
    """A figure by the first day in force."""

    id: str
    unit: Literal["cents", "basis_points", "thousandths_percent", "days"]
    says: str
    values: dict[dt.date, int | None]
    citation: Citation

    def on(self, day: dt.date) -> int:
        """Return the value in force on `day`. Raises KeyError when none is."""
        started = [first for first in self.values if first <= day]
        value = self.values[max(started)] if started else None
        if value is None:
            raise KeyError(f"{self.id} has no value on {day}")
        return value


class EditRule(Struct, frozen=True, forbid_unknown_fields=True):
    """What an edit asks, in words; the codes it can give (`CO-16 M76 MA130`); whether they can be appealed; its source.
    """

    title: str
    asks: str
    level: Literal["file", "front door", "claim", "line"]
    codes: tuple[str, ...]
    appealable: str
    citation: Citation


class ReasonWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Our words for a reason code. `remark`: a remark code must stand beside it."""

    words: str
    first: str
    remark: bool = False


class Codes(Struct, frozen=True, forbid_unknown_fields=True):
    """Our words for group, reason and remark codes."""

    groups: dict[str, str]
    reasons: dict[str, ReasonWords]
    remarks: dict[str, str]


class Place(Struct, frozen=True, forbid_unknown_fields=True):
    """A place of service and the setting it stands for."""

    code: str
    setting: Setting
    title: str


class Modifier(Struct, frozen=True, forbid_unknown_fields=True):
    """A modifier, where it may stand and what it cannot stand beside."""

    code: str
    title: str
    categories: tuple[Category, ...] = ()
    excludes: tuple[str, ...] = ()


class LifeRule(Struct, frozen=True, forbid_unknown_fields=True):
    """Diagnoses of one sex, or of an age in years (both included)."""

    prefix: str
    sex: Sex | None = None
    age: tuple[int, int] | None = None


class CodePair(Struct, frozen=True, forbid_unknown_fields=True):
    """`pays` (column one) contains `contained` (column two), service ids, from `effective` to `deleted`.

    Indicator 0: never both; 1: with a modifier; 9: not applicable.
    """

    pays: str
    contained: str
    indicator: Literal["0", "1", "9"]
    why: str
    effective: dt.date
    deleted: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether the pair is an edit on `day`."""
        ended = self.deleted is not None and self.deleted < day
        return self.indicator != "9" and self.effective <= day and not ended


class Incidental(Struct, frozen=True, forbid_unknown_fields=True):
    """A service that is never paid by itself."""

    service: str
    why: str


class GlobalPeriod(Struct, frozen=True, forbid_unknown_fields=True):
    """Visits within `days` after `procedure` are paid with it."""

    procedure: str
    days: int
    contains: tuple[Category, ...]


class National(Struct, frozen=True, forbid_unknown_fields=True):
    """A service under a national coverage determination."""

    service: str
    citation: Citation


class Retired(Struct, frozen=True, forbid_unknown_fields=True):
    """A procedure code that was deleted, with its last valid day."""

    code: str
    last: dt.date
    says: str


class Review(Struct, frozen=True, forbid_unknown_fields=True):
    """Diagnosis prefixes for which records are wanted on inpatient claims."""

    inpatient: tuple[str, ...]
    remark: str


class Screening(Struct, frozen=True, forbid_unknown_fields=True):
    """Services that began as a screening when one of these diagnoses (prefixes) stands first on the claim."""

    services: tuple[str, ...]
    first_diagnosis: tuple[str, ...]


class Policies(Struct, frozen=True, forbid_unknown_fields=True):
    """Coverage policies and review lists."""

    national: tuple[National, ...]
    screening: Screening
    retired_codes: tuple[Retired, ...]
    review: Review


class ActionRule(Struct, frozen=True, forbid_unknown_fields=True):
    """The first rule whose conditions all hold decides the action. An empty condition holds always.

    `needs` names conditions of `app/payer/denials.py`; `deadline` says which clock runs.
    """

    action: Action
    why: str
    deadline: Literal["none", "filing", "other_filing", "corrected", "appeal"]
    edits: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    citation: Citation | None = None


class Argument(Struct, frozen=True, forbid_unknown_fields=True):
    """An argument of an appeal: what it says, which edits it answers, which kinds of paper prove it."""

    id: str
    title: str
    answers: tuple[str, ...]  # edits
    reasons: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]  # one of each group of kinds must be enclosed
    proved_by: str  # a condition of app/payer/appeals.py that must be so
    says_won: str
    says_lost: str


def _read(name: str, type_: type[T]) -> T:
    return load(RULES / name, type_, shown_as=f"app/payer/rules/{name}")


@cache
def amounts() -> dict[str, Amount]:
    """Return every amount by id."""
    return {row.id: row for row in _read("amounts.yaml", tuple[Amount, ...])}


@lru_cache(4096)
def value(name: str, day: dt.date) -> int:
    """Return the value of amount `name` on `day`, in the unit its row states. Raises KeyError when none is in force."""
    return amounts()[name].on(day)


@cache
def edit_rules() -> dict[str, EditRule]:
    """Return title, question and citation of every edit and pricing stage by id."""
    return _read("edits.yaml", dict[str, EditRule])


@cache
def codes() -> Codes:
    """Return our words for remittance codes."""
    return _read("codes.yaml", Codes)


@cache
def places() -> dict[str, Place]:
    """Return places of service by code."""
    return {row.code: row for row in _read("places.yaml", tuple[Place, ...])}


@cache
def modifiers() -> dict[str, Modifier]:
    """Return modifiers by code."""
    return {row.code: row for row in _read("modifiers.yaml", tuple[Modifier, ...])}


@cache
def life_rules() -> tuple[LifeRule, ...]:
    """Return which diagnoses belong to a sex or an age."""
    return _read("life.yaml", tuple[LifeRule, ...])


@cache
def code_pairs() -> tuple[CodePair, ...]:
    """Return the pairs of services of which one contains the other."""
    return load(DATA / "code_pairs.yaml", tuple[CodePair, ...], shown_as="app/world/data/code_pairs.yaml")


@cache
def global_periods() -> tuple[GlobalPeriod, ...]:
    """Return procedures whose payment contains later visits."""
    return _read("globals.yaml", tuple[GlobalPeriod, ...])


@cache
def incidental() -> dict[str, Incidental]:
    """Return the services that are never paid by themselves, by id."""
    return {row.service: row for row in _read("incidental.yaml", tuple[Incidental, ...])}


@cache
def policies() -> Policies:
    """Return coverage policies, retired codes and the review list."""
    return _read("policies.yaml", Policies)


@cache
def retired_codes() -> dict[str, Retired]:
    """Return deleted procedure codes by code."""
    return {row.code: row for row in policies().retired_codes}


@lru_cache(8192)
def life_rules_for(code: str) -> tuple[LifeRule, ...]:
    """Return what sex and ages a diagnosis code belongs to; nothing for most codes."""
    return tuple(rule for rule in life_rules() if code.startswith(rule.prefix))


@cache
def contained_services() -> frozenset[str]:
    """Return the services that some other service contains, by id."""
    return frozenset(pair.contained for pair in code_pairs())


@cache
def global_periods_of(category: Category | None) -> tuple[GlobalPeriod, ...]:
    """Return the procedures whose payment contains services of a category."""
    return tuple(row for row in global_periods() if category in row.contains)


@cache
def action_rules() -> tuple[ActionRule, ...]:
    """Return the rules of the denial desk, in order."""
    return _read("actions.yaml", tuple[ActionRule, ...])


@cache
def arguments() -> dict[str, Argument]:
    """Return the arguments of appeals by id."""
    return {row.id: row for row in _read("arguments.yaml", tuple[Argument, ...])}
