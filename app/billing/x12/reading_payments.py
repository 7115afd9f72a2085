"""Sum up the payments of an 835: what was paid on each claim, why not the rest, and whether it balances.

Balancing as 45 CFR 162.1602 asks for through ASC X12N 005010X221A1: a line's charge less its adjustments is what was
paid on it; so for the claim, and the payment is the sum of the claims paid less the provider-level adjustments.
"""

from collections.abc import Iterator

from app.billing.x12.reading_claims import adjustments, name, parts
from app.billing.x12.reading_model import AdjustmentRow, ClaimRow, LineRow, Segment
from app.billing.x12.words_values import amount, date, meaning, money, procedure, provider_adjustment, remark
from app.world.money import Cents, dollars

_TAKEN_BACK = "22"  # CLP02: amounts are those of the claim that is reversed, with the opposite sign


def payments(segments: tuple[Segment, ...]) -> tuple[ClaimRow, ...]:
    """Return a row for each claim of one 835."""
    payer = next((s.at(2) for s in segments if s.id == "N1" and s.code(1) == "PR"), "")
    rows = parts([s for s in segments if s.id not in ("LX", "TS3", "TS2", "PLB", "SE")], "CLP")
    return tuple(_claim(row, payer, payee) for row, payee in zip(rows, _payees(segments), strict=True))


def _payees(segments: tuple[Segment, ...]) -> Iterator[str]:
    """Yield for each claim who is paid: the payee named last before it, because some senders name one a claim."""
    payee = ""
    for segment in segments:
        if segment.id == "N1" and segment.code(1) == "PE":
            payee = segment.at(2)
        elif segment.id == "CLP":
            yield payee


def payment(segments: tuple[Segment, ...]) -> str:
    """Return `$1,204.50 by bank transfer on Mar 4, 2026, number E123, from Fernwood to Northmoor Practice`."""
    bpr = next((s for s in segments if s.id == "BPR"), None)
    if bpr is None:
        return ""
    trace = next((s.at(2) for s in segments if s.id == "TRN"), "")
    names = {s.code(1): s.at(2) for s in reversed(segments) if s.id == "N1"}  # the header's come first
    pieces = (
        money(bpr.at(2), bpr.marks) if bpr.at(2) else "no amount",
        meaning("payment_ways", bpr.at(4)) if bpr.at(4) else "",
        f"on {date(bpr.at(16), bpr.marks)}," if bpr.at(16) else "", f"number {trace}," if trace else "",
        f"from {names['PR']}" if names.get("PR") else "", f"to {names['PE']}" if names.get("PE") else "",
    )
    return " ".join(piece for piece in pieces if piece).rstrip(",")


def provider_level(segments: tuple[Segment, ...]) -> Iterator[tuple[Cents, str]]:
    """Yield what a PLB takes (negative: gives), in cents and in words."""
    for segment in segments:
        if segment.id != "PLB":
            continue
        for place in range(3, len(segment.elements), 2):
            cents = amount(segment.at(place + 1))
            if segment.at(place) and cents is not None:
                way = "taken from" if cents >= 0 else "added to"
                yield cents, (f"{provider_adjustment(segment.at(place), segment.marks)}: {dollars(abs(cents))} {way} "
                              "the payment")


def balance(segments: tuple[Segment, ...], rows: tuple[ClaimRow, ...]) -> tuple[str, ...]:
    """Return what is wrong with the whole payment, in sentences."""
    bpr = next((s for s in segments if s.id == "BPR"), None)
    if bpr is None:
        return ("BPR is missing: the file does not say what is paid",)
    total = amount(bpr.at(2))
    if total is None:
        return (f"BPR02 “{bpr.at(2)}” is no amount",)
    if bpr.code(3) == "D":
        total = -total
    claims_paid = sum(row.paid or 0 for row in rows)
    taken = sum(cents for cents, _ in provider_level(segments))
    if total == claims_paid - taken:
        return ()
    less = f" less {dollars(taken)} of provider-level adjustments" if taken else ""
    return (f"BPR says {dollars(total)}; the claims' payments are {dollars(claims_paid)}{less}, which makes "
            f"{dollars(claims_paid - taken)}",)


def _claim(segments: list[Segment], payer: str, payee: str) -> ClaimRow:
    clp = segments[0]
    services = parts(segments, "SVC")
    head = segments[:len(segments) - sum(len(part) for part in services)]
    charge, paid, owes = (amount(clp.at(place)) for place in (3, 4, 5))
    whole = tuple(row for s in head if s.id == "CAS" for row in adjustments(s))
    lines = tuple(_line(str(number), part) for number, part in enumerate(services, start=1))
    who = next((s for s in head if s.id == "NM1" and s.code(1) == "QC"), None)
    member = next((s.at(9) for kind in ("IL", "QC") for s in head
                   if s.id == "NM1" and s.code(1) == kind and s.at(9)), "")
    responsible = sum(row.amount for row in _all(whole, lines) if row.group == "PR")
    wrong = tuple(_wrong(clp, charge, paid, owes, whole, lines, responsible))
    return ClaimRow(
        segment=clp.number, number=clp.at(1), payer_number=clp.at(7), status=meaning("claim_results", clp.at(2)),
        patient=name(who) if who else "", member=member, payer=payer, provider=payee, dates=_dates(head, services),
        diagnoses=(), charge=charge, paid=paid, patient_owes=responsible if owes is None else owes,
        adjustments=whole, remarks=tuple(_remarks(head)), lines=lines, wrong=wrong,
    )


def _all(whole: tuple[AdjustmentRow, ...], lines: tuple[LineRow, ...]) -> Iterator[AdjustmentRow]:
    yield from whole
    for line in lines:
        yield from line.adjustments


def _wrong(clp: Segment, charge: Cents | None, paid: Cents | None, owes: Cents | None,
           whole: tuple[AdjustmentRow, ...], lines: tuple[LineRow, ...], responsible: Cents) -> Iterator[str]:
    if charge is None or paid is None:
        yield f"CLP03 “{clp.at(3)}” and CLP04 “{clp.at(4)}” should both be amounts"
        return
    for line in lines:
        yield from _wrong_line(line)
    adjusted = sum(row.amount for row in _all(whole, lines))
    if charge - adjusted != paid:
        yield (f"charge {dollars(charge)} less adjustments {dollars(adjusted)} makes {dollars(charge - adjusted)}; "
               f"CLP04 says {dollars(paid)} was paid")
    total = sum(line.charge or 0 for line in lines)
    if lines and total != charge:
        yield f"the lines' charges add up to {dollars(total)}; CLP03 says {dollars(charge)}"
    if clp.at(2) != _TAKEN_BACK and owes is not None and owes != responsible:
        yield f"CLP05 says the patient owes {dollars(owes)}; the PR adjustments add up to {dollars(responsible)}"


def _wrong_line(line: LineRow) -> Iterator[str]:
    if line.charge is None or line.paid is None:
        yield f"line {line.number} should have a charge and a payment"
        return
    adjusted = sum(row.amount for row in line.adjustments)
    if line.charge - adjusted != line.paid:
        yield (f"line {line.number}: charge {dollars(line.charge)} less adjustments {dollars(adjusted)} makes "
               f"{dollars(line.charge - adjusted)}; SVC03 says {dollars(line.paid)} was paid")


def _line(number: str, segments: list[Segment]) -> LineRow:
    svc = segments[0]
    on = next((date(s.at(2), s.marks) for s in segments if s.id == "DTM" and s.at(1) in ("472", "150")), "")
    paid = amount(svc.at(3)) if svc.at(3) else 0
    return LineRow(
        number=number, service=procedure(svc.at(1), svc.marks) if svc.at(1) else "", on=on, units=svc.at(5),
        charge=amount(svc.at(2)), paid=paid,
        adjustments=tuple(row for s in segments if s.id == "CAS" for row in adjustments(s)),
        remarks=tuple(remark(s.at(2), s.marks) for s in segments if s.id == "LQ" and s.at(2)),
    )


def _remarks(head: list[Segment]) -> Iterator[str]:
    places = {"MOA": (3, 4, 5, 6, 7), "MIA": (5, 20, 21, 22, 23)}
    for segment in head:
        for place in places.get(segment.id, ()):
            if segment.at(place):
                yield remark(segment.at(place), segment.marks)


def _dates(head: list[Segment], services: list[list[Segment]]) -> str:
    inside = [s for part in services for s in part]
    for segments, kinds in ((head, ("232", "233")), (inside, ("472", "150", "151"))):
        found = sorted(s.at(2) for s in segments if s.id == "DTM" and s.at(1) in kinds and s.at(2))
        if found:
            return date(f"{found[0]}-{found[-1]}", head[0].marks)
    return ""
