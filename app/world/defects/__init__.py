"""Defects: named changes to a clean case. A scenario plants them; the payer alone decides what follows."""

from functools import cache

from msgspec.structs import replace

from app.world.defects import (
    asking,
    charging,
    codes,
    coordination,
    desk,
    disclosures,
    identity,
    index,
    lines,
    office,
    payers,
    permissions,
    records,
    review,
    submission,
    timing,
)
from app.world.defects.contract import Defect
from app.world.model import DefectRecord, Facts
from app.world.seed import Seed

__all__ = ["Defect", "defects", "plant", "repair"]


@cache
def defects() -> dict[str, Defect]:
    """Return every defect by id, in the order in which an office would meet them."""
    modules = (identity, desk, index, payers, coordination, permissions, asking, codes, review, charging, lines,
               submission, timing, records, office, disclosures)
    return {defect.id: defect for module in modules for defect in module.DEFECTS}


def plant(facts: Facts, defect: str, seed: Seed) -> Facts:
    """Return the facts with the defect in them, and a record of it. Raises ValueError when it does not apply."""
    chosen = defects()[defect]
    if not chosen.applies(facts):
        raise ValueError(f"{defect} does not apply to encounter {facts.encounter.id}")
    change = chosen.change(facts, seed.stream())
    record = DefectRecord(defect, change.what, chosen.notice, change.values)
    return replace(change.facts, defects=(*facts.defects, record))


def repair(facts: Facts) -> Facts:
    """Return the facts with every defect put right, the last one first."""
    for record in reversed(facts.defects):
        facts = defects()[record.id].mend(facts, record)
    return replace(facts, defects=())
