"""Read what was posted: only the named fields, each normalised by its type, problems told beside the field."""

import datetime as dt
import re
from collections.abc import Callable

from app.learning.contract import Field, Problems, Raw, Response
from app.world.money import cents, dollars

_CODE = re.compile(r"[A-Z0-9]{3,7}")
_PCS = re.compile(r"[0-9A-HJ-NP-Z]{7}")  # never the letters I and O
_LONGEST_QUOTE = 25  # words: the words that matter, not the page
_DATE_FORMATS = ("%Y-%m-%d", "%m/%d/%Y", "%b %d, %Y", "%B %d, %Y")


def parse(raw: Raw, fields: tuple[Field, ...], title_of: Callable[[str], str] | None = None) -> Response | Problems:
    """Return the normalised response, or what cannot be read. Blank fields are left out.

    `title_of` looks a diagnosis code up in the edition of the site ("" when it has none): the titles are kept beside
    the codes, so that marking, which reads only what was stored, knows what each code means.
    """
    response: Response = {}
    problems: dict[str, str] = {}
    for field in fields:
        given = [text.strip() for text in raw.get(field.name, []) if text.strip()]
        try:
            values = _READERS[field.type](field, given)
        except ValueError as error:
            problems[field.name] = str(error)
            continue
        if values:
            response[field.name] = values
        if values and title_of and field.type == "codes" and field.system == "icd10cm":
            response[f"{field.name}_title"] = [title_of(code) for code in values]
        if field.poa and values:
            response[f"{field.name}_poa"] = _poa(raw.get(f"{field.name}_poa", []), raw.get(field.name, []))
        if field.dated and values:
            try:
                response[f"{field.name}_date"] = _dates(raw.get(f"{field.name}_date", []), raw.get(field.name, []))
            except ValueError as error:
                problems[field.name] = str(error)
    return Problems(problems) if problems else response


def readable(field: Field, values: list[str]) -> str:
    """Return a normalised answer as a person reads it: `$12.00`, `Mar 4, 2026`, the chosen words."""
    if not values:
        return "No answer"
    labels = {choice.value: choice.label for choice in field.choices}
    return ", ".join(_shown(field, value, labels) for value in values)


def as_typed(field: Field, values: list[str]) -> list[str]:
    """Return a normalised answer as somebody would type it, so that `parse` reads the same answer back."""
    if field.type == "money":
        return [dollars(int(value)) for value in values]
    return values


def show_date(day: dt.date) -> str:
    """Return `Mar 4, 2026`."""
    return f"{day:%b} {day.day}, {day.year}"


def _shown(field: Field, value: str, labels: dict[str, str]) -> str:
    try:
        if field.type == "money":
            return dollars(int(value))
        if field.type == "date":
            return show_date(dt.date.fromisoformat(value))
    except ValueError:
        return value
    unit = f" {field.unit}" if field.unit else ""
    return labels.get(value, value) + (unit if field.type == "number" else "")


def _text(field: Field, given: list[str]) -> list[str]:
    text = " ".join(" ".join(given).split())
    if len(text) > field.most:
        raise ValueError(f"Use at most {field.most} characters.")
    return [text] if text else []


def _identifier(field: Field, given: list[str]) -> list[str]:
    """Numbers on cards and forms: capitals, without the spaces and hyphens that are only printed for the eye."""
    return ["".join(ch for ch in text.upper() if ch.isalnum()) for text in _text(field, given)]


def _money(_: Field, given: list[str]) -> list[str]:
    return [str(cents(given[0]))] if given else []


def _number(_: Field, given: list[str]) -> list[str]:
    if not given:
        return []
    text = given[0].replace(",", "").removesuffix("%").strip()
    if not (text.isascii() and text.isdigit()) or len(text) > 6:
        raise ValueError("Write a whole number, such as 12.")
    return [str(int(text))]


def _date(_: Field, given: list[str]) -> list[str]:
    return [_one_date(given[0])] if given else []


def _one_date(text: str) -> str:
    for form in _DATE_FORMATS:
        try:
            return dt.datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007  (a date, no clock)
        except ValueError:
            continue
    raise ValueError("Write a date such as 03/04/2026.")


def _choice(field: Field, given: list[str]) -> list[str]:
    if len(given) > 1:
        raise ValueError("Choose one.")
    return _choices(field, given)


def _choices(field: Field, given: list[str]) -> list[str]:
    known = [choice.value for choice in field.choices]
    if any(value not in known for value in given):
        raise ValueError("Choose from the list.")
    return [value for value in known if value in given]


def _codes(field: Field, given: list[str]) -> list[str]:
    read = _one_pcs_code if field.system == "icd10pcs" else _one_code
    entries = [[text for text in re.split(r"[\s,;]+", entry) if text] for entry in given]
    if (field.poa or field.dated) and any(len(entry) > 1 for entry in entries):
        raise ValueError("Write one code in a box: what stands beside it belongs to that code.")
    codes = [read(text) for entry in entries for text in entry]
    if len(codes) > field.most:
        raise ValueError(f"Enter at most {field.most} codes.")
    # A procedure may be done twice (ICD-10-PCS guideline B3.2); a diagnosis is reported once.
    twice = field.system == "icd10pcs"
    repeated = "" if twice else next((code for i, code in enumerate(codes) if code in codes[:i]), "")
    if repeated:
        raise ValueError(f"{repeated} is entered twice.")
    return codes


def _one_code(text: str) -> str:
    code = text.upper().replace(".", "")
    if not _CODE.fullmatch(code):
        raise ValueError(f"“{text[:20]}” does not look like a code. Write it as in J45.909.")
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


def _one_pcs_code(text: str) -> str:
    code = text.upper()
    if not _PCS.fullmatch(code):
        raise ValueError(f"“{text[:20]}” does not look like an ICD-10-PCS code. It has seven characters, as in "
                         "0DTJ4ZZ, and never the letters I and O.")
    return code


def _dates(given: list[str], codes: list[str]) -> list[str]:
    """Dates beside the codes that were filled in; `-` where none was given. Raises ValueError."""
    padded = [text.strip() for text in given] + [""] * len(codes)
    return [_one_date(text) if text else "-" for code, text in zip(codes, padded, strict=False) if code.strip()]


def _quote(field: Field, given: list[str]) -> list[str]:
    """Words copied from the chart. Spaces and capitals may differ; nothing else may."""
    text = " ".join(" ".join(given).split()).strip("“”\"' ")
    if not text:
        return []
    if len(text.split()) > _LONGEST_QUOTE:
        raise ValueError(f"Give the words that matter, at most {_LONGEST_QUOTE}.")
    if not any(text.casefold() in " ".join(other.split()).casefold() for other in field.within):
        raise ValueError("These words do not stand in the chart. Copy them as they are written there.")
    return [text]


def _poa(given: list[str], codes: list[str]) -> list[str]:
    """POA indicators beside the codes that were filled in; `-` where none was chosen."""
    padded = [text.strip().upper() for text in given] + [""] * len(codes)
    return [poa if poa in ("Y", "N", "U", "W", "1") else "-"
            for code, poa in zip(codes, padded, strict=False) if code.strip()]


_READERS: dict[str, Callable[[Field, list[str]], list[str]]] = {
    "text": _text, "identifier": _identifier, "codes": _codes, "money": _money, "date": _date, "number": _number,
    "choice": _choice, "choices": _choices, "quote": _quote,
}
