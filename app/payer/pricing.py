"""P10, P11: what the contract allows on each line, before anybody's share is taken from it."""

from functools import cache, lru_cache

from msgspec import Struct

from app.payer import rulebook
from app.payer.benefits import outside_network, service_called, service_of
from app.payer.model import Adjustment, Citation, Claim, Context, DrgTerms, Line, TraceStep
from app.payer.stays import stay_payment
from app.world.money import BasisPoints, Cents, dollars, share
from app.world.plans import plans


class Priced(Struct, frozen=True, gc=False):
    """A line with its allowed amount, the contractual adjustments that lead to it, and the steps that say why."""

    line: Line
    allowed: Cents
    contractual: tuple[Adjustment, ...]
    steps: tuple[TraceStep, ...]


def step(edit: str, line: int | None, said: str, **amounts: Cents) -> TraceStep:
    """Return a trace step of a pricing stage, with the title and citation of the rule book."""
    title, citation = _rule(edit)
    return TraceStep(edit, title, line, "price", said, citation, amounts)


@cache
def _rule(edit: str) -> tuple[str, Citation]:
    rule = rulebook.edit_rules()[edit]
    return rule.title, rule.citation


def price(claim: Claim, context: Context, lines: tuple[Line, ...]) -> tuple[Priced, ...]:
    """Return the allowed amount of each of `lines`: by DRG for a stay, else by the fee schedule."""
    terms = drg_terms(claim, context)
    if claim.setting == "inpatient" and terms is not None and lines:
        return _by_drg(claim, terms, lines)
    outside = outside_network(claim, context)
    percent = outside.allowed_percent if outside else plans()[claim.plan].allowed_percent
    return _second_procedures(claim, tuple([
        Priced(line, *_by_fee(line.number, line.service, line.code, line.units, line.charge, percent, bool(outside)))
        for line in lines]))


@lru_cache(16_384)
def _by_fee(number: int, name: str, code: str, units: int, charge: Cents, percent: BasisPoints, outside: bool
            ) -> tuple[Cents, tuple[Adjustment, ...], tuple[TraceStep, ...]]:
    """Fee schedule × the contract's percentage × units, or the charge where that is lower.

    Return allowed amount, adjustments and steps of a line, which many claims have in common.
    """
    service = service_called(name, code)
    fee = share(service.base_fee, percent) * units if service else 0
    allowed = min(max(fee, 1), charge)
    whose = "a rental network's contract (outside the plan's own network)" if outside else "the contract"
    said = (f"Line {number}: {whose} allows {dollars(fee)} for {units} unit(s); the charge is {dollars(charge)}; the "
            f"lower, {dollars(allowed)}, is allowed.")
    return (allowed, contractual(charge - allowed),
            (step("P10", number, said, charge=charge, fee=fee, allowed=allowed),))


def contractual(amount: Cents, reason: str = "45") -> tuple[Adjustment, ...]:
    """Return the write-off of `amount` cents under group CO, or nothing for 0."""
    return (Adjustment("CO", reason, (), amount),) if amount > 0 else ()


def drg_terms(claim: Claim, context: Context) -> DrgTerms | None:
    """Return the terms of the claim's DRG, or None when the payer pays none for it."""
    found = context.drg_terms.get(claim.drg)
    weight = context.drg_weights.get(claim.drg)
    return found or (DrgTerms(weight) if weight else None)


def _by_drg(claim: Claim, terms: DrgTerms, lines: tuple[Line, ...]) -> tuple[Priced, ...]:
    """The payment of the stay (`app/payer/stays.py`), spread over the lines by charge.

    The contracts of this world never pay more than was charged (a real DRG payment can).
    """
    charge = sum(line.charge for line in lines)
    stay = stay_payment(claim, terms, charge)
    allowed = min(stay.payment, charge)
    said = (f"{' '.join(stay.said)} Charged {dollars(charge)}; allowed {dollars(allowed)}, spread over the lines by "
            f"charge.")
    first = step("P10", None, said, **stay.amounts, allowed=allowed)
    parts = spread(allowed, tuple(line.charge for line in lines))
    return tuple(
        Priced(line, part, contractual(line.charge - part),
               (*((first,) if i == 0 else ()), step("P10", line.number, f"Line {line.number}: its part of the DRG "
                                                    f"payment is {dollars(part)}.", charge=line.charge, allowed=part)))
        for i, (line, part) in enumerate(zip(lines, parts, strict=True)))


def spread(total: Cents, weights: tuple[int, ...]) -> tuple[Cents, ...]:
    """Return `total` cents divided in proportion to `weights` (their sum over 0), whole cents that sum to `total`."""
    whole, running, given = sum(weights), 0, 0
    parts: list[Cents] = []
    for weight in weights:
        running += weight
        upto = total * running // whole
        parts.append(upto - given)
        given = upto
    return tuple(parts)


def _second_procedures(claim: Claim, priced: tuple[Priced, ...]) -> tuple[Priced, ...]:
    """Of several larger procedures on one date all but the dearest are allowed in part (CO-59)."""
    least = rulebook.value("second_procedure_threshold", claim.first)
    seen: dict[object, list[Priced]] = {}
    for row in priced if len(priced) > 1 else ():
        service = service_of(row.line)
        if service and service.category == "procedure" and service.base_fee >= least:
            seen.setdefault(row.line.on, []).append(row)
    if len(seen) == len([row for rows in seen.values() for row in rows]):
        return priced
    reduced = {row.line.number for rows in seen.values() if len(rows) > 1
               for row in sorted(rows, key=lambda r: (-r.allowed, r.line.number))[1:]}
    return tuple(_reduced(row, claim) if row.line.number in reduced else row for row in priced)


def _reduced(row: Priced, claim: Claim) -> Priced:
    percent = rulebook.value("second_procedure", claim.first)
    allowed = max(1, share(row.allowed, percent))
    said = (f"Line {row.line.number}: a further procedure of the same day is allowed at {percent // 100} %: "
            f"{dollars(allowed)} of {dollars(row.allowed)}.")
    return Priced(row.line, allowed, row.contractual + contractual(row.allowed - allowed, "59"),
                  (*row.steps, step("P11", row.line.number, said, allowed=allowed, reduced=row.allowed - allowed)))
