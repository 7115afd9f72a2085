"""Add up a file: what does not balance, and what judges of syntax do not see.

Reads 837P, 837I and 835 text of any origin, by the delimiters of its own ISA. Every finding names the segment by its
place in the file, from 1.
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from app.payer.codes import needs_remark

_OLD_DIAGNOSES = ("BK", "BF", "BJ", "PR", "BN")  # ICD-9 qualifiers


class Finding(Struct, frozen=True):
    """`segment` is the place in the file, from 1; `said` names both amounts."""

    segment: int
    said: str


class _Segment(Struct, frozen=True):
    place: int
    elements: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.elements[0]

    def at(self, place: int) -> str:
        return self.elements[place] if place < len(self.elements) else ""

    def amount(self, place: int) -> Decimal:
        try:
            return Decimal(self.at(place) or "0")
        except InvalidOperation:
            return Decimal("NaN")

    @property
    def adjusted(self) -> Decimal:
        """The amounts of a CAS."""
        return sum((self.amount(i) for i in range(3, len(self.elements), 3)), Decimal(0))


def findings(text: str) -> tuple[Finding, ...]:
    """Return what is off in a file of claims or payments, in the order of its segments; empty when all adds up.

    Raises ValueError when the text does not begin with an ISA of 106 characters.
    """
    segments = _segments(text)
    told = [*_claims(segments), *_payments(segments)]
    return tuple(sorted(told, key=lambda found: found.segment))


def _segments(text: str) -> list[_Segment]:
    text = text.lstrip("\ufeff \r\n")
    if not text.startswith("ISA") or len(text) < 106:
        raise ValueError("the file does not begin with an ISA of 106 characters")
    separator, end = text[3], text[105]
    rows = (row.strip("\r\n ") for row in text.split(end))
    return [_Segment(place, tuple(row.split(separator))) for place, row in enumerate((r for r in rows if r), start=1)]


def _claims(segments: list[_Segment]) -> Iterator[Finding]:
    """837: a claim's charge is the sum of its lines; diagnoses are ICD-10; a payer before balances on each line."""
    claim: _Segment | None = None
    lines = Decimal(0)
    for row in segments:
        if row.name in ("CLM", "HL", "SE") and claim is not None:
            if lines != claim.amount(2):
                yield Finding(claim.place, f"CLM02 is {claim.amount(2)}; its lines come to {lines}")
            claim = None
        if row.name == "CLM":
            claim, lines = row, Decimal(0)
        elif row.name in _CHARGE:
            lines += row.amount(_CHARGE[row.name])
    yield from _old_qualifiers(segments)
    yield from _payers_before(segments)


_CHARGE = {"SV1": 2, "SV2": 3}  # where a service line says its charge


def _old_qualifiers(segments: list[_Segment]) -> Iterator[Finding]:
    for row in segments:
        for element in row.elements[1:] if row.name == "HI" else ():
            qualifier = element.replace(">", ":").split(":")[0]
            if qualifier in _OLD_DIAGNOSES:
                yield Finding(row.place, f"HI has the qualifier {qualifier}, which is ICD-9's")


def _payers_before(segments: list[_Segment]) -> Iterator[Finding]:
    charge = Decimal(0)
    for index, row in enumerate(segments):
        if row.name in _CHARGE:
            charge = row.amount(_CHARGE[row.name])
        elif row.name == "SVD":
            before = row.amount(2)
            for after in segments[index + 1:]:
                if after.name != "CAS":
                    break
                before += after.adjusted
            if before != charge:
                yield Finding(row.place, f"the payer before disposed of {before} of a line of {charge}")


def _payments(segments: list[_Segment]) -> Iterator[Finding]:
    """835: BPR02 = Σ CLP04 − Σ PLB; and each claim adds up."""
    payment: _Segment | None = None
    paid = level = Decimal(0)
    for index, row in enumerate(segments):
        if row.name == "BPR":
            payment, paid, level = row, Decimal(0), Decimal(0)
        elif row.name == "CLP":
            paid += row.amount(4)
            yield from _answered(segments, index)
        elif row.name == "PLB":
            level += sum((row.amount(i) for i in range(4, len(row.elements), 2)), Decimal(0))
        elif row.name == "SE" and payment is not None:
            if payment.amount(2) != paid - level:
                yield Finding(payment.place, f"BPR02 is {payment.amount(2)}; claims paid {paid} less provider "
                                             f"adjustments {level} is {paid - level}")
            payment = None


class _Line(Struct):
    """A service line of an 835 while its segments are read."""

    service: _Segment
    adjusted: Decimal = Decimal(0)
    reasons: tuple[str, ...] = ()
    remark: bool = False


def _answered(segments: list[_Segment], index: int) -> Iterator[Finding]:
    """A claim of an 835: a line = paid + Σ CAS; the claim = its lines; CLP05 = Σ PR; remarks where they must be."""
    claim, lines = segments[index], list[_Line]()
    own = patient = Decimal(0)
    for row in segments[index + 1:]:
        if row.name in ("CLP", "LX", "PLB", "SE"):
            break
        if row.name == "SVC":
            lines.append(_Line(row))
        elif row.name == "CAS":
            patient += row.adjusted if row.at(1) == "PR" else 0
            if lines:
                lines[-1].adjusted += row.adjusted
                lines[-1].reasons += row.elements[2::3]
            else:
                own += row.adjusted
        elif row.name == "LQ" and lines:
            lines[-1].remark = True
    yield from (found for line in lines for found in _added_up(line))
    yield from _whole(claim, lines, own, patient)


def _added_up(line: _Line) -> Iterator[Finding]:
    row, given = line.service, line.service.amount(3) + line.adjusted
    if row.amount(2) != given:
        yield Finding(row.place, f"SVC02 is {row.amount(2)}; paid {row.amount(3)} and adjusted {line.adjusted} is "
                                 f"{given}")
    wanting = sorted(reason for reason in line.reasons if needs_remark(reason))
    if wanting and not line.remark:
        yield Finding(row.place, f"reason {wanting[0]} needs a remark code, and the line has none")


def _whole(claim: _Segment, lines: list[_Line], own: Decimal, patient: Decimal) -> Iterator[Finding]:
    charge = sum((line.service.amount(2) for line in lines), Decimal(0))
    paid = sum((line.service.amount(3) for line in lines), Decimal(0)) - own
    if lines and (claim.amount(3) != charge or claim.amount(4) != paid):
        yield Finding(claim.place, f"CLP03 and CLP04 are {claim.amount(3)} and {claim.amount(4)}; the lines come to "
                                   f"{charge} and {paid}")
    if not claim.at(5) and patient:
        yield Finding(claim.place, f"CLP05 is blank; group PR comes to {patient}")
    elif claim.at(5) and claim.amount(5) != patient:
        yield Finding(claim.place, f"CLP05 is {claim.amount(5)}; group PR comes to {patient}")
