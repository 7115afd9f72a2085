"""Sum up the claims of an 837: who, when, for how much, and whether the lines add up."""

from collections.abc import Iterator

from msgspec import Struct

from app.billing.x12.reading_model import AdjustmentRow, ClaimRow, LineRow, Segment
from app.billing.x12.words_values import amount, date, dotted, meaning, money, place_or_bill, procedure, reason
from app.world.money import Cents, dollars

_DIAGNOSES = ("ABK", "ABF", "BK", "BF")


class Around(Struct):
    """What stands above a claim: set as the segments pass by."""

    payer: str = ""
    provider: str = ""
    subscriber: str = ""
    patient: str = ""
    member: str = ""


def claims(segments: tuple[Segment, ...]) -> Iterator[ClaimRow]:
    """Yield a row for each claim of one 837."""
    around, current = Around(), list[Segment]()
    for segment in segments:
        if segment.id in ("CLM", "HL", "SE") and current:
            yield _claim(current, around)
            current = []
        if segment.id == "CLM" or current:
            current.append(segment)
        else:
            _look(segment, around)
    if current:
        yield _claim(current, around)


def name(segment: Segment) -> str:
    """Return `Given Middle Family` of a person, or the organization's name, from an NM1."""
    parts = (segment.at(4), segment.at(5), segment.at(3), segment.at(7))
    return " ".join(part for part in parts if part)


def _look(segment: Segment, around: Around) -> None:
    if segment.id == "HL" and segment.at(3) in ("20", "22"):
        around.patient = ""
        if segment.at(3) == "22":
            around.subscriber = around.member = around.payer = ""
    if segment.id != "NM1":
        return
    who = segment.code(1)
    if who == "85":
        around.provider = name(segment)
    elif who == "PR":
        around.payer = name(segment)
    elif who == "IL":
        around.subscriber, around.member = name(segment), segment.at(9)
    elif who == "QC":
        around.patient = name(segment)
        around.member = segment.at(9) or around.member


def _claim(segments: list[Segment], around: Around) -> ClaimRow:
    clm = segments[0]
    head = [s for s in _before(segments, "LX") if s.loop[:2] != "23" or s.loop == "2300"]
    lines = tuple(_line(part) for part in parts(segments, "LX"))
    charge = amount(clm.at(2))
    wrong = [f"CLM02 “{clm.at(2)}” is no amount"] if charge is None else []
    total = sum(line.charge or 0 for line in lines)
    if charge is not None and lines and total != charge:
        wrong.append(f"the claim's charge is {dollars(charge)}, its lines add up to {dollars(total)}")
    if not lines:
        wrong.append("the claim has no service line")
    wrong += (said for part in parts(segments, "LX") for said in _other_payers(part))
    paid = [cents for s in segments if s.id == "AMT" and s.code(1) == "D" and (cents := amount(s.at(2))) is not None]
    return ClaimRow(
        segment=clm.number, number=clm.at(1), payer_number=_reference(head, "F8"),
        status=meaning("frequencies", clm.at(5, 3)) if clm.at(5, 3) else "",
        patient=around.patient or around.subscriber, member=around.member, payer=around.payer,
        provider=around.provider, dates=_dates(head, segments),
        diagnoses=tuple(_diagnoses(head)), charge=charge, paid=sum(paid) if paid else None,
        patient_owes=None, adjustments=(), remarks=(place_or_bill(clm.at(5), clm.marks),) if clm.at(5) else (),
        lines=lines, wrong=tuple(wrong),
    )


def _before(segments: list[Segment], name: str) -> list[Segment]:
    stop = next((i for i, s in enumerate(segments) if s.id == name), len(segments))
    return segments[:stop]


def parts(segments: list[Segment], name: str) -> list[list[Segment]]:
    """Return the runs of segments that begin with `name`; what stands before the first is left out."""
    found: list[list[Segment]] = []
    for segment in segments:
        if segment.id == name:
            found.append([])
        if found:
            found[-1].append(segment)
    return found


def _reference(segments: list[Segment], kind: str) -> str:
    return next((s.at(2) for s in segments if s.id == "REF" and s.code(1) == kind), "")


def _dates(head: list[Segment], segments: list[Segment]) -> str:
    """The statement's dates of a stay; otherwise those of the lines, first to last."""
    stated = next((s for s in head if s.id == "DTP" and s.at(1) == "434"), None)
    if stated:
        return date(stated.at(3), stated.marks)
    days = sorted(day for s in segments if s.id == "DTP" and s.at(1) == "472" for day in s.at(3).split("-") if day)
    return date(f"{days[0]}-{days[-1]}", segments[0].marks) if days else ""


def _diagnoses(head: list[Segment]) -> Iterator[str]:
    for segment in head:
        if segment.id != "HI":
            continue
        for place in range(1, len(segment.elements)):
            kind = segment.code(place, 1)
            if kind in _DIAGNOSES and segment.at(place, 2):
                yield dotted(kind, segment.at(place, 2))


def _line(segments: list[Segment]) -> LineRow:
    service = next((s for s in segments if s.id in ("SV1", "SV2", "SV3")), None)
    on = next((date(s.at(3), s.marks) for s in segments if s.id == "DTP" and s.at(1) == "472"), "")
    number = segments[0].at(1)
    if service is None:
        return LineRow(number, "", on, "", None, None, (), ())
    said, charge, units = _service(service)
    paid = [cents for s in segments if s.id == "SVD" and (cents := amount(s.at(2))) is not None]
    return LineRow(number, said, on, units, charge, sum(paid) if paid else None, (), ())


def _service(segment: Segment) -> tuple[str, Cents | None, str]:
    if segment.id == "SV2":
        code = procedure(segment.at(2), segment.marks) if segment.at(2) else ""
        said = " ".join(part for part in (f"revenue code {segment.at(1)}" if segment.at(1) else "", code) if part)
        return said, amount(segment.at(3)), segment.at(5)
    units = segment.at(4) if segment.id == "SV1" else segment.at(6)
    return procedure(segment.at(1), segment.marks), amount(segment.at(2)), units


def _other_payers(line: list[Segment]) -> Iterator[str]:
    """What another payer paid and adjusted on a line is the line's charge (005010 guides, balancing in COB)."""
    service = next((s for s in line if s.id in ("SV1", "SV2", "SV3")), None)
    charge = _service(service)[1] if service else None
    for part in parts(line, "SVD"):
        paid = amount(part[0].at(2))
        if paid is None or charge is None:
            continue
        adjusted = sum(row.amount for s in part if s.id == "CAS" for row in adjustments(s))
        if adjusted and paid + adjusted != charge:
            yield (f"line {line[0].at(1)}: payer {part[0].at(1)} paid {dollars(paid)} and adjusted "
                   f"{dollars(adjusted)}, together {dollars(paid + adjusted)} of {dollars(charge)}")


def adjustments(segment: Segment) -> Iterator[AdjustmentRow]:
    """Yield the adjustments of a CAS: up to six of one group."""
    group = segment.code(1)
    for place in range(2, len(segment.elements), 3):
        cents = amount(segment.at(place + 1))
        code = segment.code(place)
        if code and cents is not None:
            words = f"{meaning('groups_of_reasons', group)} ({group}): {money(segment.at(place + 1), segment.marks)} " \
                    f"for {reason(code, segment.marks)}"
            yield AdjustmentRow(group, code, cents, words)
