"""Cases of a population, one after another: a patient, a visit, the claim as sent, and the payer's answer.

Case `i` of a population depends on the population's seed and on `i` alone: not on how many are drawn, in which order,
or by how many processes (invariant 16).
"""

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from app.billing.claims import claim_from, context_from
from app.coding.editions import CodeIndex
from app.coding.grouping import drg_of
from app.learning.building import drg_terms
from app.payer.model import Adjudication, Claim, Context
from app.payer.pipeline import adjudicate
from app.world.defects import defects, plant
from app.world.generate import Wish, clean_world
from app.world.model import Facts
from app.world.seed import Seed, Stream

OPEN = Wish()
# One claim in eight has something wrong with it. Illustrative: no public source counts defects by kind.
DEFECTIVE_PERCENT = 12
LATE_PERCENT = 2  # of decisions come so late that interest is due


class Billed(Struct, frozen=True, gc=False):
    """One case with the claim as sent and its answer. `context` is what the payer knew when it decided."""

    index: int
    facts: Facts
    claim: Claim
    context: Context
    answer: Adjudication


def population(seed: str, codes: CodeIndex, start: int, stop: int, wish: Wish = OPEN) -> Iterator[Billed]:
    """Yield the cases `start` to `stop` - 1 of the population `seed`, made one at a time."""
    for index in range(start, stop):
        yield billed(seed, index, codes, wish)


def billed(seed: str, index: int, codes: CodeIndex, wish: Wish = OPEN) -> Billed:
    """Return case `index` of the population `seed`."""
    own = Seed(seed).child("population", index)
    stream = own.stream()
    late = stream.whole(20, 45) if stream.chance(LATE_PERCENT) else 0
    facts = _with_a_defect(own, stream, clean_world(own, wish))
    drg = drg_of(facts.encounter, facts.patient) if facts.encounter.setting == "inpatient" else ""
    claim = claim_from(facts, drg=drg)
    typed = facts.entry.diagnoses  # only what somebody typed can be a code that does not exist
    context = context_from(facts, drg_terms=drg_terms(drg, codes), is_billable=codes.is_billable if typed else None)
    if late:
        context = replace(context, decided_late=late)
    return Billed(index, facts, claim, context, adjudicate(claim, context))


def _with_a_defect(seed: Seed, stream: Stream, facts: Facts) -> Facts:
    if not stream.chance(DEFECTIVE_PERCENT):
        return facts
    for name in stream.some(_claim_defects(), 12):
        if defects()[name].applies(facts):
            return plant(facts, name, seed.child("planted"))
    return facts


@lru_cache(1)
def _claim_defects() -> tuple[str, ...]:
    """Return the defects that a payer meets on an electronic claim, by id."""
    return tuple(name for name, defect in defects().items() if defect.meets == "payer" and defect.electronic)
