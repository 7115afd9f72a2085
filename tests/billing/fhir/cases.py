"""Cases with their claims and answers, and their bundles as whoever reads the JSON has them."""

import datetime as dt
import json
from decimal import Decimal
from functools import cache

from msgspec.structs import replace

from app.billing.claims import claim_from, context_from
from app.billing.coordination import next_coverage, to_next_payer
from app.billing.fhir.bundle import Submission, bundle, encode
from app.coding.editions import SqliteCodeIndex
from app.coding.grouping import drg_of
from app.learning.building import drg_terms
from app.learning.population import Billed, billed
from app.payer.history import remember
from app.payer.pipeline import adjudicate
from app.world.defects import plant
from app.world.generate import Wish, clean_world
from app.world.model import Facts
from app.world.seed import Seed
from tests.codes import built_index

SEEDS = 200


@cache
def codes() -> SqliteCodeIndex:
    return SqliteCodeIndex(built_index())


def made(wish: Wish, defect: str = "", seed: str = "one") -> tuple[Facts, Submission]:
    """A case as `wish` says, with its claim and answer."""
    facts = clean_world(Seed("fhir").child(seed), wish)
    if defect:
        facts = plant(facts, defect, Seed("planted"))
    drg = drg_of(facts.encounter, facts.patient) if facts.encounter.setting == "inpatient" else ""
    claim = claim_from(facts, drg=drg)
    context = context_from(facts, drg_terms=drg_terms(drg, codes()))
    return facts, Submission(claim, adjudicate(claim, context), context)


def second(facts: Facts, first: Submission) -> Submission | None:
    """The claim to the payer after, with its answer; None when there is no payer after, or nothing to take along."""
    coverage = next_coverage(first.claim, first.context)
    if coverage is None or first.answer is None or first.answer.remittance.status != "paid":
        return None
    claim = to_next_payer(first.claim, first.answer, coverage)
    return Submission(claim, adjudicate(claim, first.context), first.context)


def read(facts: Facts, *sent: Submission) -> dict:
    """The bundle as its JSON says, amounts as decimals."""
    return json.loads(encode(bundle(facts, sent)), parse_float=Decimal)


def of(found: dict, kind: str) -> list[dict]:
    """Every resource of a kind, in order."""
    return [row["resource"] for row in found["entry"] if row["resource"]["resourceType"] == kind]


def one(found: dict, kind: str) -> dict:
    (only,) = of(found, kind)
    return only


@cache
def population() -> tuple[tuple[Facts, tuple[Submission, ...]], ...]:
    """Every fifth case with a second payer, who is billed; every seventh replaced, every eleventh voided."""
    return tuple(_case(index) for index in range(SEEDS))


def _case(index: int) -> tuple[Facts, tuple[Submission, ...]]:
    case = billed("fhir", index, codes(), Wish(secondary=True) if index % 5 == 0 else Wish())
    first = Submission(case.claim, case.answer, case.context)
    later = second(case.facts, first) if index % 5 == 0 else _again(case, index)
    return case.facts, (first, later) if later else (first,)


def _again(case: Billed, index: int) -> Submission | None:
    if case.answer.remittance.status != "paid" or (index % 7 and index % 11):
        return None
    answer = case.answer.remittance
    claim = replace(case.claim, frequency="7" if index % 7 == 0 else "8", number=f"{case.claim.number}R",
                    original_reference=answer.payer_reference, received=answer.decided + dt.timedelta(days=5))
    known = remember(case.context, case.claim, case.answer)
    return Submission(claim, adjudicate(claim, known), known)


@cache
def bundles() -> tuple[dict, ...]:
    return tuple(read(facts, *sent) for facts, sent in population())
