"""What a set of codes does to the payment of a stay: its MS-DRG, the relative weight, and the dollars."""

from collections.abc import Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from app.coding.drg_table import drg_rows
from app.coding.grouping import group, stay_from
from app.coding.model import CodedDiagnosis, DrgRow
from app.learning.case import Case
from app.payer.model import DrgTerms
from app.payer.stays import stay_payment
from app.world.money import Cents, dollars


class Effect(Struct, frozen=True):
    """`weight` is in ten-thousandths (0: the table has none), `payment` in cents under the plan of the case."""

    drg: str
    title: str
    weight: int
    payment: Cents
    problem: str = ""  # why it could not be grouped


def effect_of(case: Case, diagnoses: Sequence[CodedDiagnosis], procedures: Sequence[str]) -> Effect:
    """Return what `diagnoses` (the principal first, never empty) and ICD-10-PCS `procedures` lead to.

    Weights: table 5 of the IPPS final rule of the case's own fiscal year.
    """
    visit = case.clean.encounter
    read = tuple(d if d.poa in ("Y", "N", "U", "W") else replace(d, poa=None) for d in diagnoses)  # one left out: none
    stay = replace(stay_from(visit, case.clean.patient), diagnoses=read, procedures=tuple(procedures))
    told = group(stay)
    row = _rows().get(told.drg)
    if row is None or not row.weight:
        return Effect(told.drg, told.title, 0, 0, told.problem or "This MS-DRG has no weight: nothing is paid.")
    terms = DrgTerms(row.weight, row.geometric_stay, row.post_acute, row.special_pay)
    claim = replace(case.clean_claim, drg=told.drg)
    return Effect(told.drg, told.title, row.weight, stay_payment(claim, terms, claim.charge).payment)


def key_effect(case: Case) -> Effect:
    """Return the effect of the codes that the chart supports."""
    visit = case.clean.encounter
    return effect_of(case, [CodedDiagnosis(d.code, d.title, d.poa) for d in visit.diagnoses],
                     [p.code for p in visit.procedures])


def told(own: Effect, right: Effect) -> str:
    """Return the difference in one sentence: weight, payment, and what it does to the case-mix index."""
    if own.problem:
        return f"Your codes group to MS-DRG {own.drg}: {own.problem}"
    if own.drg == right.drg:
        return (f"Your codes group to MS-DRG {own.drg} ({own.title}), weight {weight(own.weight)}, as the reviewer's: "
                f"the plan pays {dollars(own.payment)}. A right DRG can still hide wrong codes.")
    change = own.weight - right.weight
    return (f"Your codes group to MS-DRG {own.drg}, weight {weight(own.weight)}; the chart supports MS-DRG "
            f"{right.drg}, weight {weight(right.weight)}. The payment would be {dollars(own.payment)} instead of "
            f"{dollars(right.payment)}, and this stay would move the case-mix index of 100 like it by "
            f"{'+' if change > 0 else '−'}{weight(abs(change) // 100)}.")


def weight(ten_thousandths: int) -> str:
    """`1.2345` of 12345."""
    return f"{ten_thousandths // 10_000}.{ten_thousandths % 10_000:04d}"


@cache
def _rows() -> dict[str, DrgRow]:
    return {row.drg: row for row in drg_rows()}
