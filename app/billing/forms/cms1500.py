"""CMS-1500 (02/12): what a professional claim writes into which box.

Boxes and what belongs in them: Medicare Claims Processing Manual (CMS Pub. 100-04), chapter 26, section 10, as of
2026-01-01, which claims to Medicare follow: boxes 4 to 7 are blank and 11 is NONE when Medicare is first; the coverage
before Medicare stands in 4 to 11, and what it paid on its remittance, never in 29. For other payers 4 and 11 are the
subscriber, 9 is other coverage, and 29 holds what the payer before paid. Qualifiers: DN referring (17), 431 onset (14),
439 accident (15). Labels are our own; no text of the form or of its manuals is copied.
"""

from app.billing.forms.model import OtherCover, Row, Values
from app.billing.forms.writing import (
    Other,
    amount,
    holder_of,
    initial,
    left_over,
    other_of,
    place,
    plain,
    service_title,
    short,
    subscriber_name,
)
from app.billing.x12.parties import ClaimParties
from app.payer.model import Claim, Line
from app.world.model import PayerKind, Person

LINES = 6  # a page; more lines go on further pages
_LETTERS = "ABCDEFGHIJKL"
_HOME = "12"  # place of service: the patient's home, which needs no address in 32
_COVERAGE: dict[PayerKind, str] = {"medicare": "Medicare", "medicaid": "Medicaid", "tricare": "TRICARE"}
_RELATION = {"self": "Self", "spouse": "Spouse", "child": "Child"}
_ON_FILE = "Signature on file"


def pages(claim: Claim, parties: ClaimParties, on_file: OtherCover | None) -> list[Values]:
    """Return what is written on each page. The total stands on the last."""
    other = other_of(claim, parties, on_file)
    boxes = {
        **_patient(claim, parties), **_covered(claim, parties, other), **_cause(claim), **_references(claim, parties),
        **_provider(claim), "29": _paid(parties, other),
    }
    groups = [claim.lines[start:start + LINES] for start in range(0, len(claim.lines), LINES)] or [()]
    last = len(groups) - 1
    return [Values({**boxes, "28": amount(claim.charge) if number == last else "continued"},
                   {"lines": _lines(claim, group)}) for number, group in enumerate(groups)]


def _paid(parties: ClaimParties, other: Other | None) -> str:
    """What the payer before paid, also when that is nothing; Medicare reads it from the remittance."""
    return "" if other is None or other.paid is None or parties.payer.kind == "medicare" else amount(other.paid)


def _patient(claim: Claim, parties: ClaimParties) -> dict[str, str]:
    person, group = parties.patient, "Group health plan" if claim.group_number else "Other"
    kind = parties.payer.kind
    return {
        "1": _COVERAGE.get(kind, group if kind == "commercial" else "Other"), "1a": claim.member_id,
        "2": _name(claim.patient_family, claim.patient_given, person.middle),
        "3": f"{claim.patient_birth_date:%m %d %Y}", "3.sex": claim.patient_sex, **_home("5", person),
        "12": _ON_FILE, "13": _ON_FILE,
    }


def _covered(claim: Claim, parties: ClaimParties, other: Other | None) -> dict[str, str]:
    """Boxes 4, 6, 7, 9 and 11: who holds the coverage, and what other coverage there is."""
    if parties.payer.kind == "medicare":
        return _medicare(parties, other)
    family, given = subscriber_name(claim, parties)
    own, holder = claim.relationship == "self", holder_of(claim, parties)
    born, sex = (claim.patient_birth_date, claim.patient_sex) if own else (
        (holder.birth_date, holder.sex) if holder else (None, ""))
    lives = parties.patient if own or holder is None else holder
    middle = parties.patient.middle if own else (holder.middle if holder else "")
    return {
        "4": _name(family, given, middle), "6": _RELATION[claim.relationship], **_home("7", lives),
        "11": claim.group_number, "11a": f"{born:%m %d %Y}" if born else "", "11a.sex": sex,
        "11c": parties.plan_name, "11d": "Yes" if other else "No", **(_second(other) if other else {}),
    }


def _medicare(parties: ClaimParties, other: Other | None) -> dict[str, str]:
    """Medicare wants the coverage before it in 4 to 11, and a Medigap policy after it in 9."""
    if other is None or other.paid is None:
        return {"11": "NONE", **(_second(other) if other and other.medigap else {})}
    holder, same = other.holder, other.relationship == "self"
    lives = {"7": "SAME"} if same or holder is None or holder.address == parties.patient.address else _home("7", holder)
    return {
        "4": "SAME" if same else _name(other.family, other.given, holder.middle if holder else ""),
        "6": _RELATION[other.relationship], **lives, "11": other.group_number or other.member_id,
        **({"11a": f"{holder.birth_date:%m %d %Y}", "11a.sex": holder.sex} if holder and not same else {}),
        "11c": other.plan,
    }


def _second(other: Other) -> dict[str, str]:
    return {"9": _name(other.family, other.given, other.holder.middle if other.holder else ""),
            "9a": other.group_number or other.member_id, "9d": other.plan}


def _cause(claim: Claim) -> dict[str, str]:
    auto, on = claim.accident == "auto", short(claim.accident_on) if claim.accident else ""
    return {
        "10a": "Yes" if claim.accident == "employment" else "No", "10b": "Yes" if auto else "No", "10c": "No",
        "10b.state": claim.billing.address.state if auto else "",
        "14": f"431 {on}" if on else "", "15": f"439 {on}" if on else "",
    }


def _references(claim: Claim, parties: ClaimParties) -> dict[str, str]:
    """Referral, diagnoses, the payer's original reference and the authorization."""
    sent = parties.referring if claim.referring_npi else None
    numbers = [number for number in (claim.authorization_number.strip(), claim.referral_number.strip()) if number]
    # Box 23 takes one number: the referral moves to 19 when there is an authorization as well.
    told = [f"Referral {number}" for number in numbers[1:]] + left_over(12, claim.diagnoses, "diagnoses")
    return {
        "17": f"DN {sent.name}" if sent else "", "17b": claim.referring_npi if sent else "", "19": "; ".join(told),
        "20": "No", "21": "0",
        **{f"21{letter}": plain(code) for letter, code in zip(_LETTERS, claim.diagnoses, strict=False)},
        "22": claim.frequency if claim.frequency != "1" else "", "22.reference": claim.original_reference,
        "23": numbers[0] if numbers else "",
    }


def _provider(claim: Claim) -> dict[str, str]:
    office, at_home = claim.billing, claim.place_of_service == _HOME
    return {
        "25": office.tax_id, "25.kind": "EIN", "26": claim.number, "27": "Yes",
        "31": f"{claim.rendering.name}\n{_ON_FILE}", "31.date": short(claim.received),
        "32": "" if at_home else place(office, phone=False), "32a": "" if at_home else office.npi,
        "33": place(office, phone=True), "33a": office.npi,
    }


def _lines(claim: Claim, group: tuple[Line, ...]) -> tuple[Row, ...]:
    rows = tuple(_line(claim, line) for line in group)
    return (*rows, *(Row("", ("",) * 12) for _ in range(LINES - len(rows))))


def _line(claim: Claim, line: Line) -> Row:
    pointers = "".join(_LETTERS[number - 1] for number in line.pointers if 1 <= number <= len(_LETTERS))
    return Row(str(line.number), (
        short(line.on), short(line.on), claim.place_of_service, "", line.code, " ".join(line.modifiers), pointers,
        amount(line.charge), str(line.units), "", "NPI", claim.rendering_npi,
    ), service_title(line))


def _name(family: str, given: str, middle: str) -> str:
    return ", ".join(part for part in (family, given, initial(middle)) if part)


def _home(box: str, person: Person) -> dict[str, str]:
    home = person.address
    return {box: home.street, f"{box}.city": home.city, f"{box}.state": home.state, f"{box}.zip": home.zip,
            f"{box}.phone": person.phone}
