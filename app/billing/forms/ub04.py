"""UB-04 (CMS-1450): what an institutional claim writes into which form locator.

Form locators and what belongs in them: Medicare Claims Processing Manual (CMS Pub. 100-04), chapter 25, sections 75.1
to 75.6, as of 2026-01-01. Rows A and B of locators 50 to 65 are the payers in order of payment. Value codes: 80 covered
days, 12 what a payer before Medicare paid for a working aged patient, A1 and A2 deductible and coinsurance of payer A
(Noridian, Medicare Part A value codes, as of 2026-01-01). Revenue code 0001 on line 23 is the total. Like the
electronic claim, the form names no operating clinician (77). Labels are our own; no text of the form or of its manuals
is copied.
"""

import datetime as dt

from app.billing.forms.model import OtherCover, Row, Values
from app.billing.forms.writing import (
    Other,
    amount,
    initial,
    left_over,
    other_of,
    place,
    plain,
    service_title,
    subscriber_name,
)
from app.billing.x12.claims import is_room
from app.billing.x12.parties import RELATION, ClaimParties
from app.payer.model import Claim, Line

LINES = 22  # a page; line 23 is the total
_OTHERS = "ABCDEFGHIJKLMNOPQ"
_EXTERNAL = ("V", "W", "X", "Y")  # ICD-10-CM chapter 20: external causes
_OCCURRENCE = {"employment": "04", "auto": "01"}


def pages(claim: Claim, parties: ClaimParties, on_file: OtherCover | None) -> list[Values]:
    """Return what is written on each page. The total stands on the last."""
    other = other_of(claim, parties, on_file)
    boxes = {**_bill(claim, parties), **_stay(claim), **_codes(claim), **_clinicians(claim, parties)}
    tables = {**_payers(claim, parties, other), "values": _values(claim, parties),
              "occurrences": _occurrences(claim)}
    groups = [claim.lines[start:start + LINES] for start in range(0, len(claim.lines), LINES)] or [()]
    return [Values(dict(boxes), {**tables, "lines": _lines(claim, group, number, len(groups))})
            for number, group in enumerate(groups, start=1)]


def _bill(claim: Claim, parties: ClaimParties) -> dict[str, str]:
    person, home = parties.patient, parties.patient.address
    family, given = subscriber_name(claim, parties)
    return {
        "1": place(claim.billing, phone=True), "3a": claim.number, "3b": claim.patient_mrn,
        "4": f"{claim.bill_type}{claim.frequency}", "5": claim.billing.tax_id, "6.from": _day(claim.first),
        "6.through": _day(claim.last),
        "8b": " ".join(filter(None, (claim.patient_family, claim.patient_given, initial(person.middle)))),
        "9a": home.street, "9b": home.city, "9c": home.state, "9d": home.zip,
        "10": f"{claim.patient_birth_date:%m%d%Y}",
        "11": claim.patient_sex, "38": f"{given} {family}\n{home.street}\n{home.city} {home.state} {home.zip}",
        "56": claim.billing.npi,
    }


def _stay(claim: Claim) -> dict[str, str]:
    """Admission and discharge: the hours are those of the electronic claim."""
    stay = claim.setting == "inpatient"
    sudden = claim.setting == "observation" or (stay and not claim.authorization_number)
    return {
        "12": _day(claim.first) if stay else "", "13": "09" if stay else "", "14": "1" if sudden else "3", "15": "1",
        "16": "11" if stay else "", "17": claim.discharge_status or "01",
        "29": claim.billing.address.state if claim.accident == "auto" else "",
    }


def _occurrences(claim: Claim) -> tuple[Row, ...]:
    told = f"{_OCCURRENCE[claim.accident]} {_day(claim.accident_on)}" if claim.accident and claim.accident_on else ""
    return Row("a", (told, *("",) * 6)), Row("b", ("",) * 7)


def _values(claim: Claim, parties: ClaimParties) -> tuple[Row, ...]:
    """Locators 39 to 41, filled 39a, 40a, 41a, 39b and so on."""
    found: list[tuple[str, str]] = []
    before = claim.other_payment
    if before is not None and parties.payer.kind == "medicare":
        found.append(("12", amount(sum(before.paid))))
    if claim.setting == "inpatient":
        found.append(("80", str(max((claim.last - claim.first).days, 1))))
    if before is not None:
        deductible = sum(before.deductible)
        shares = (("A1", deductible), ("A2", sum(before.patient_responsibility) - deductible))
        found += [(code, amount(cents)) for code, cents in shares if cents]
    cells = [part for pair in found for part in pair] + [""] * (24 - 2 * len(found))
    return tuple(Row(letter, tuple(cells[6 * i:6 * i + 6])) for i, letter in enumerate("abcd"))


def _payers(claim: Claim, parties: ClaimParties, other: Other | None) -> dict[str, tuple[Row, ...]]:
    """Who pays first is row A. The payer this claim goes to has the authorization and its own reference."""
    family, given = subscriber_name(claim, parties)
    number = claim.authorization_number.strip() or claim.referral_number.strip()
    ours = ((parties.payer.name, parties.payer.edi_id, "Y", "Y", "", ""),
            (f"{family} {given}", RELATION[claim.relationship], claim.member_id, parties.plan_name, claim.group_number),
            (number, claim.original_reference, ""))
    theirs = None if other is None else (
        (other.payer, other.payer_id, "Y", "Y", "" if other.paid is None else amount(other.paid), ""),
        (f"{other.family} {other.given}", RELATION[other.relationship], other.member_id, other.plan,
         other.group_number), ("", "", ""))
    rows = [ours] if theirs is None else [theirs, ours] if parties.order == 2 else [ours, theirs]
    return {name: tuple(Row(letter, rows[i][part] if i < len(rows) else ("",) * len(ours[part]))
                        for i, letter in enumerate("ABC"))
            for part, name in enumerate(("payers", "subscribers", "authorizations"))}


def _codes(claim: Claim) -> dict[str, str]:
    """Diagnoses with their present-on-admission indicators, external causes apart, DRG and procedures."""
    stay = claim.setting == "inpatient"
    marks = claim.poa if stay and len(claim.poa) == len(claim.diagnoses) else (None,) * len(claim.diagnoses)
    first, *rest = [f"{plain(code)} {mark or ''}".rstrip() for code, mark in zip(claim.diagnoses, marks, strict=True)
                    ] or [""]
    causes = [row for row in rest if row.startswith(_EXTERNAL)][:3]
    others = [row for row in rest if row not in causes]
    admitting = plain(claim.diagnoses[0]) if claim.diagnoses else ""
    procedures = [f"{plain(code)} {_day(claim.first)}" for code in claim.procedures] if stay else []
    told = left_over(len(_OTHERS), others, "diagnoses") + left_over(6, procedures, "procedures")
    if claim.authorization_number.strip() and claim.referral_number.strip():
        told.append(f"Referral {claim.referral_number.strip()}")
    return {
        "66": "0", "67": first, **{f"67{letter}": row for letter, row in zip(_OTHERS, others, strict=False)},
        "69": admitting if stay else "", "70a": admitting if claim.bill_type == "013" else "", "71": claim.drg,
        **{f"72{letter}": row for letter, row in zip("abc", causes, strict=False)},
        **{f"74{letter}": row for letter, row in zip(("", *"abcde"), procedures, strict=False)}, "80": "; ".join(told),
    }


def _clinicians(claim: Claim, parties: ClaimParties) -> dict[str, str]:
    who, sent = parties.clinician, parties.referring if claim.referring_npi else None
    return {
        "76": f"{who.family} {who.given}", "76.npi": claim.rendering_npi,
        **({"78": f"DN {sent.family} {sent.given}", "78.npi": claim.referring_npi} if sent else {}),
    }


def _lines(claim: Claim, group: tuple[Line, ...], page: int, of: int) -> tuple[Row, ...]:
    rows = [Row(str(line.number), _line(line)) for line in group]
    rows += [Row("", ("",) * 8)] * (LINES - len(rows))
    total = (amount(claim.charge), "0.00") if page == of else ("continued", "")
    return (*rows, Row("23", ("0001", f"Page {page} of {of}", "Made on", _day(claim.received), "", *total, "")))


def _line(line: Line) -> tuple[str, ...]:
    """A room has its daily rate in locator 44, everything else its code and modifiers."""
    code = amount(line.charge // max(line.units, 1)) if is_room(line) else " ".join((line.code, *line.modifiers))
    return (line.revenue, service_title(line), code, _day(line.on), str(line.units), amount(line.charge), "", "")


def _day(day: dt.date | None) -> str:
    """Return `061826`."""
    return f"{day:%m%d%y}" if day else ""
