"""Do the codes of a case agree with the edition, with each other and with the Medicare Code Editor?"""

import re
from collections.abc import Iterator

from app.coding.grouping import mce_edits, stay_from
from app.learning.world_check.book import Book
from app.world.model import Diagnosis, Facts
from app.world.templates import titles

# An outpatient claim is not the Code Editor's business. Of its edits these hold for every claim (the outpatient code
# editor has them too). What may stand first, and whether an admission is questionable, is asked of stays only.
EVERYWHERE = ("INVALID_", "AGE_CONFLICT", "E_CODE_AS_PDX", "MANIFESTATION_AS_PDX", "DUPLICATE_OF_PDX", "DX_INVALID")
# Off for stays: coverage and payment questions of Medicare, not errors of coding; a payer asks them by its own rules.
# The sex conflicts are off in the editor itself since October 2024 (FY 2025 IPPS final rule): see `person.sex`.
OFF = ("LIMITED_COVERAGE", "NON_COVERED", "MEDICARE_IS_SECONDARY_PAYER")

# Exempt from the present-on-admission indicator, of the codes that this world's stays lead to. Excerpt of the CMS POA
# exempt list, FY 2026; a fall's W01 is not on it. A code of chapter 21 that is not here must be looked up first.
# I69.35, Z68 and Z90.5 were looked up in the list of FY 2025.
EXEMPT = ("I69.35", "O80", "Y92", "Z23", "Z30.2", "Z37", "Z38", "Z3A", "Z51.11", "Z53.31", "Z68", "Z79", "Z87.891",
          "Z90.5", "Z91.12", "Z91.13", "Z91.51", "Z99.81")


def edition(facts: Facts, book: Book) -> Iterator[str]:
    """Every diagnosis is complete, bears its title and was valid on its date; every procedure was too."""
    visit = facts.encounter
    for row in visit.diagnoses:
        found = book.look_up(row.code)
        if found is None or not found.billable:
            yield f"{row.code} is not a complete code of {book.edition}"
        elif found.first_valid and found.first_valid > visit.last:
            yield f"{row.code} is valid from {found.first_valid} on only"
        elif row.title != found.title:
            yield f"{row.code} bears another title than the edition's"
    for procedure in visit.procedures:
        if titles().get(procedure.code) != procedure.title:
            yield f"{procedure.code} bears another title than the edition's"
    if len({row.code for row in visit.diagnoses}) < len(visit.diagnoses):
        yield "a diagnosis is coded twice"
    if [row.role for row in visit.diagnoses] != ["principal", *["secondary"] * (len(visit.diagnoses) - 1)]:
        yield "one principal diagnosis should come first"


def code_editor(facts: Facts, book: Book) -> Iterator[str]:
    """The Medicare Code Editor has nothing to say: all of its edits for a stay, those of `EVERYWHERE` elsewhere."""
    stays = facts.encounter.setting == "inpatient"
    for edit in mce_edits(stay_from(facts.encounter, facts.patient)):
        if (not edit.name.startswith(OFF)) if stays else edit.name.startswith(EVERYWHERE):
            yield f"the Medicare Code Editor says {edit.name}: {edit.words}"


def excludes(facts: Facts, book: Book) -> Iterator[str]:
    """No two codes that an Excludes1 note keeps apart (I.A.12.a)."""
    rows = facts.encounter.diagnoses
    for row in rows:
        for other in rows:
            if other is not row and book.names(row.code, "Excludes 1", other.code):
                yield f"{row.code} has an Excludes1 note for {other.code}"


def sequence(facts: Facts, book: Book) -> Iterator[str]:
    """What a note says to code first stands before it (I.A.13 and I.A.17)."""
    rows = facts.encounter.diagnoses
    for place, row in enumerate(rows):
        for later in rows[place + 1:]:
            if book.names(row.code, "Code first", later.code):
                yield f"{later.code} should come before {row.code}: its note says to code it first"


def present_on_admission(facts: Facts, book: Book) -> Iterator[str]:
    """An inpatient diagnosis has an indicator unless it is exempt; no other diagnosis has one."""
    stays = facts.encounter.setting == "inpatient"
    for row in facts.encounter.diagnoses:
        wanted = stays and not row.code.startswith(EXEMPT)
        if wanted != (row.poa is not None):
            yield f"{row.code} should have {'an' if wanted else 'no'} indicator of presence on admission"
        elif row.poa not in (None, "Y", "N", "U", "W"):
            yield f"{row.code} has the indicator {row.poa}, which does not exist"
    first = facts.encounter.diagnoses[0]
    if first.poa == "N" and not first.code.startswith("O"):  # a delivery's complication can be all there is to code
        yield f"the principal diagnosis {first.code} cannot have arisen after admission"


def sides(facts: Facts, book: Book) -> Iterator[str]:
    """A line's LT or RT agrees with the side in the titles of the diagnoses it points to."""
    visit = facts.encounter
    for charge in visit.charges:
        for side, modifier, other in (("right", "RT", "LT"), ("left", "LT", "RT")):
            pointed = [visit.diagnoses[place - 1] for place in charge.pointers]
            if other in charge.modifiers and any(_only(row, side) for row in pointed):
                yield f"{charge.code} has {other}, its diagnosis is on the {side}: {modifier}"


def _only(row: Diagnosis, side: str) -> bool:
    words = re.findall(r"\b(?:left|right)\b", row.title)
    return words == [side]

