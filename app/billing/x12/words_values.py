"""Read single elements aloud: amounts, dates, codes by table, and the composites of claims and remittances."""

import datetime as dt
import re
from collections.abc import Callable
from functools import cache

from app.billing.x12.reading_loops import DATA
from app.billing.x12.reading_model import Marks
from app.payer import rulebook
from app.payer.claim_status import status_rules
from app.payer.words import show
from app.world.datafile import load
from app.world.money import Cents, dollars

_LICENSED = re.compile(r"\d{4}[0-9A-Za-z]", re.ASCII)  # HCPCS Level I: descriptions of such codes are never printed
_AMOUNT = re.compile(r"([+-]?)(\d{0,12})(?:\.(\d{0,2})0*)?", re.ASCII)


@cache
def tables() -> dict[str, dict[str, str]]:
    """Return our words by table and code."""
    return load(DATA / "codes.yaml", dict[str, dict[str, str]], shown_as="app/billing/x12/words/codes.yaml")


def table_words(table: str, code: str) -> str:
    """Return `office (11)`, or `77 (not in our table)`."""
    found = tables()[table].get(code.upper())
    return f"{found} ({code})" if found else f"{code} (not in our table)"


def meaning(table: str, code: str) -> str:
    """Return the bare words; the code itself when the table does not have it."""
    return tables()[table].get(code.upper(), code)


def amount(text: str) -> Cents | None:
    """Return an X12 decimal (`125`, `-.5`, `125.50`) in cents; None when it is no amount."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None or not (found[2] or found[3]):
        return None
    cents = int(found[2] or 0) * 100 + int((found[3] or "").ljust(2, "0"))
    return -cents if found[1] == "-" else cents


def money(text: str, marks: Marks) -> str:
    """`$125.00`."""
    cents = amount(text)
    return f"“{text}” (no amount)" if cents is None else dollars(cents)


def day(text: str) -> dt.date | None:
    """Return a date written CCYYMMDD (a time after it does not matter) or YYMMDD; None when it is none."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in (6, 8, 12, 14):
        return None
    if len(digits) == 6:  # only in ISA: this century
        digits = f"20{digits}"
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def date(text: str, marks: Marks) -> str:
    """`Mar 4, 2026`, `Mar 4, 2026 at 14:30`, or a range."""
    first, dash, last = text.partition("-")
    if dash and day(first) and day(last):
        begins, ends = date(first, marks), date(last, marks)
        return begins if begins == ends else f"{begins} to {ends}"
    found = day(text)
    if found is None:
        hour = time(text, marks)
        return hour if len(text) == 4 and hour != text else f"“{text}” (no date)"
    return f"{show(found)} at {text[8:10]}:{text[10:12]}" if len(text) >= 12 else show(found)


def time(text: str, marks: Marks) -> str:
    """`14:30`."""
    good = text.isascii() and text.isdigit() and len(text) >= 4 and int(text[:2]) < 24 and int(text[2:4]) < 60
    return f"{text[:2]}:{text[2:4]}" if good else text


def percent(text: str, marks: Marks) -> str:
    """A share written as a fraction: `.2` is `20 %`."""
    found = re.fullmatch(r"(\d?)(?:\.(\d{0,6}))?", text, re.ASCII)
    if found is None or not (found[1] or found[2]):
        return text
    millionths = int(found[1] or 0) * 10**6 + int((found[2] or "").ljust(6, "0"))
    whole, rest = divmod(millionths, 10_000)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".") + " %"


def number(text: str, marks: Marks) -> str:
    """`1,204`."""
    return f"{int(text):,}" if text.isascii() and text.isdigit() and len(text) < 16 else text


def as_it_stands(text: str, marks: Marks) -> str:
    """The text itself."""
    return text


def _parts(text: str, marks: Marks) -> list[str]:
    return [part.strip() for part in text.split(marks.component)]


def procedure(text: str, marks: Marks) -> str:
    """`HCPCS G0466 with modifiers 25, 59`. A sender's own words are told, but not those for a code that is licensed."""
    kind, *rest = _parts(text, marks)
    if not rest or not rest[0]:
        return text
    said = f"{meaning('procedure_kinds', kind)} {rest[0]}"
    modifiers = [m for m in rest[1:5] if m]
    if modifiers:
        said += f" with modifier{'s' if len(modifiers) > 1 else ''} {', '.join(modifiers)}"
    told = len(rest) > 5 and rest[5] and not (kind.upper() == "HC" and _LICENSED.fullmatch(rest[0]))
    return f"{said} ({rest[5]})" if told else said


def health_code(text: str, marks: Marks) -> str:
    """`Principal diagnosis J45.909`, with its date, amount and present-on-admission indicator."""
    kind, *rest = _parts(text, marks)
    code = rest[0] if rest else ""
    said = f"{table_words('code_kinds', kind)}: {dotted(kind, code)}"
    if len(rest) > 2 and rest[2]:
        said += f" on {date(rest[2], marks)}"
    if len(rest) > 3 and rest[3]:
        said += f", {money(rest[3], marks)}"
    return f"{said}, {meaning('present_on_admission', rest[7])}" if len(rest) > 7 and rest[7] else said


def dotted(kind: str, code: str) -> str:
    """Return an ICD-10-CM code with the dot that X12 leaves out; other codes as they stand."""
    bare = kind.upper() in ("ABK", "ABF", "ABJ", "APR", "ABN") and len(code) > 3 and "." not in code
    return f"{code[:3]}.{code[3:]}" if bare else code


def place_or_bill(text: str, marks: Marks) -> str:
    """CLM05: `place of service office (11), first sending (1)`, or the type of bill."""
    parts = [*_parts(text, marks), "", "", ""][:3]
    facility, qualifier, frequency = parts
    often = f", {table_words('frequencies', frequency)}" if frequency else ""
    if qualifier.upper() == "A":
        bill = facility.zfill(3)
        kind = tables()["bill_types"].get(bill, "kind not in our table")
        return f"type of bill {bill}{frequency} ({kind}){often}"
    return f"place of service {table_words('places', facility)}{often}" if facility else often.removeprefix(", ")


def reason(text: str, marks: Marks) -> str:
    """`reason 45 (Above what the contract allows)`."""
    found = rulebook.codes().reasons.get(text.upper())
    return f"reason {text} ({found.words if found else 'not in our table'})"


def remark(text: str, marks: Marks) -> str:
    """`remark N519 (these modifiers do not go together)`."""
    return f"remark {text} ({rulebook.codes().remarks.get(text.upper(), 'not in our table')})"


def status(text: str, marks: Marks) -> str:
    """A composite of status category, status and entity."""
    parts = [*_parts(text, marks), "", "", ""]
    said = [table_words_of(category_words(), "", parts[0]), table_words_of(status_words(), "status ", parts[1])]
    if parts[2]:
        said.append(f"about: {table_words('entities', parts[2])}")
    return ", ".join(part for part in said if part)


def table_words_of(table: dict[str, str], before: str, code: str) -> str:
    """Words and code from `table`, or that it is not there; "" for a blank code."""
    if not code:
        return ""
    found = table.get(code.upper())
    return f"{found} ({before}{code})" if found else f"{before}{code} (not in our table)"


def category_words() -> dict[str, str]:
    """Return our words for claim status categories."""
    return {code: row.words for code, row in status_rules().categories.items()}


def status_words() -> dict[str, str]:
    """Return our words for claim statuses."""
    return {code: row.words for code, row in status_rules().statuses.items()}


def revenue(text: str, marks: Marks) -> str:
    """A revenue code of four digits."""
    return text.zfill(4) if text.isascii() and text.isdigit() else text


def pointers(text: str, marks: Marks) -> str:
    """`1 and 2`: which diagnoses of the claim a line points to."""
    return ", ".join(part for part in _parts(text, marks) if part)


def provider_adjustment(text: str, marks: Marks) -> str:
    """`Overpayment taken back (WO), reference 123`."""
    code, *rest = _parts(text, marks)
    said = table_words("plb_reasons", code)
    return f"{said}, reference {rest[0]}" if rest and rest[0] else said


Reader = Callable[[str, Marks], str]
READERS: dict[str, Reader] = {
    "money": money, "date": date, "time": time, "percent": percent, "number": number, "": as_it_stands,
    "procedure": procedure, "health_code": health_code, "place_or_bill": place_or_bill, "reason": reason,
    "remark": remark, "line_remark": remark, "status": status, "revenue": revenue, "pointers": pointers,
    "provider_adjustment": provider_adjustment, "taxonomy": as_it_stands,
}


def reader(name: str) -> Reader:
    """Return how to read an element: by name, or by the table of that name. Raises KeyError when there is neither."""
    if name in READERS:
        return READERS[name]
    if name not in tables():
        raise KeyError(name)

    def from_table(text: str, marks: Marks) -> str:
        codes = text.split(marks.repetition) if marks.repetition else [text]
        return ", ".join(table_words(name, code.strip()) for code in codes if code.strip())

    return from_table
