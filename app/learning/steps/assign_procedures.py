"""Assign ICD-10-PCS codes to the procedures of a stay, each with its date, the principal one first."""

import datetime as dt

from msgspec import Struct

from app.coding.pcs_nearness import confused, percent, remark
from app.learning import desk
from app.learning.case import Case
from app.learning.contract import (
    Earlier,
    Field,
    Finding,
    Key,
    KeyLine,
    LineMark,
    Outcome,
    Response,
    Slip,
    StepMark,
    View,
)
from app.learning.reading import show_date
from app.payer.model import Citation
from app.world.model import Procedure

NAME = "assign_procedures"
_GUIDE = Citation("ICD-10-PCS Official Guidelines for Coding and Reporting FY 2026, Section B3; UHDDS definition of "
                  "the principal procedure", dt.date(2026, 4, 1))


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """`most`: how many codes can be entered."""

    most: int = 6


def applies(case: Case, options: Options, earlier: Earlier) -> str:
    """A stay without a procedure needs no procedure code."""
    return "" if case.clean.encounter.procedures else "Nothing was done in this stay that ICD-10-PCS has to tell."


def ask(case: Case, options: Options, earlier: Earlier) -> View:
    """Show the chart."""
    return View("Code the procedures of this stay in ICD-10-PCS, the principal procedure first, each with its date. "
                "Build each code character by character from its table.", desk.chart(case.facts),
                fields(case, options), action="Hand in the codes")


def fields(case: Case, options: Options) -> tuple[Field, ...]:
    """The list of codes with their dates."""
    return (Field("procedures", "Procedure codes, in order", "codes", most=options.most, system="icd10pcs",
                  dated=True),)


def key(case: Case, options: Options, earlier: Earlier) -> Key:
    """The procedures of the chart in their order, each with its day."""
    rows = case.clean.encounter.procedures
    codes, days = tuple(p.code for p in rows), tuple(p.on.isoformat() for p in rows)
    lines = (KeyLine("procedures", "Procedure codes", (codes,), ", ".join(codes), "", len(codes), _GUIDE),
             KeyLine("procedures_date", "Dates", (days,), ", ".join(days), "", 1, _GUIDE))
    return Key(lines, tuple(_slips(codes)))


def mark(case: Case, options: Options, key: Key, response: Response, earlier: Earlier) -> StepMark:
    """Mark code over code, by how many characters are right, then the dates, the order and what is too much."""
    rows, given = case.clean.encounter.procedures, response.get("procedures", [])
    if not given:
        return StepMark(tuple(_line(row, "No answer", "unanswered", 0, "") for row in rows))
    pairs = _pairs([row.code for row in rows], given)
    lines = [_judged(row, given[pairs[i]] if i in pairs else "") for i, row in enumerate(rows)]
    lines.append(_dates(rows, response.get("procedures_date", []), pairs))
    if len(rows) > 1:
        lines.append(_first(rows[0], given[0]))
    lines.append(_extra([code for j, code in enumerate(given) if j not in pairs.values()]))
    findings = tuple(Finding(slip.id, slip.explanation) for slip in key.slips if list(slip.value) == given)
    return StepMark(tuple(lines), findings)


def summary(response: Response) -> str:
    """Return the codes."""
    return ", ".join(response.get("procedures", [])) or "No codes"


def _slips(codes: tuple[str, ...]) -> list[Slip]:
    """The first code with the root operation that is taken for its own; and the last procedure left out."""
    first, found = codes[0], []
    for pair, row in confused().items():
        others = [third for third in pair if third != first[2]]
        if first[0] in "01" and first[2] in pair and others:
            value = (f"{first[:2]}{others[0]}{first[3:]}", *codes[1:])
            found.append(Slip(f"root-operation-{row.third}", "procedures", value,
                              f"{row.words} (ICD-10-PCS guideline {row.guideline})"))
    if len(codes) > 1:
        found.append(Slip("last-left-out", "procedures", codes[:-1],
                          "A procedure of the chart is missing: read to the last document."))
    return found


def _pairs(key: list[str], given: list[str]) -> dict[int, int]:
    """Return which given code answers which procedure: the nearest first."""
    judged = sorted((-percent(k, g), i, j) for i, k in enumerate(key) for j, g in enumerate(given))
    pairs: dict[int, int] = {}
    for points, i, j in judged:
        if points < 0 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _judged(row: Procedure, given: str) -> LineMark:
    if not given:
        return _line(row, "Not coded", "wrong", 0, "")
    points = percent(row.code, given)
    return _line(row, given, "right" if points == 100 else "partly", points, remark(row.code, given))


def _line(row: Procedure, given: str, outcome: Outcome, points: int, said: str) -> LineMark:
    words = "; ".join(f"“{w}”" for w in row.evidence)
    return LineMark("procedures", row.title, given, row.code, outcome, points * 3, 3,
                    f"{said} The chart says {words}. {row.why}".strip(), _GUIDE)


def _dates(rows: tuple[Procedure, ...], days: list[str], pairs: dict[int, int]) -> LineMark:
    right = [i for i, row in enumerate(rows) if i in pairs and pairs[i] < len(days)
             and days[pairs[i]] == row.on.isoformat()]
    points = 100 * len(right) // len(rows)
    outcome: Outcome = "right" if points == 100 else "partly" if points else "wrong"
    return LineMark("procedures_date", "Dates of the procedures", f"{len(right)} of {len(rows)} right",
                    ", ".join(show_date(row.on) for row in rows), outcome, points, 1,
                    "The day on which it was done, as the report says; not the day of admission or dictation.", _GUIDE)


def _first(row: Procedure, given: str) -> LineMark:
    right = row.code == given
    return LineMark("procedures", "Principal procedure first", given, row.code, "right" if right else "wrong",
                    100 if right else 0, 1, "First stands what was done for definitive treatment and is most related "
                    "to the principal diagnosis.", _GUIDE)


def _extra(extras: list[str]) -> LineMark:
    points = max(0, 100 - 50 * len(extras))
    outcome: Outcome = "right" if not extras else "partly" if points else "wrong"
    return LineMark("procedures", "Nothing coded beyond the chart", ", ".join(extras) or "nothing beyond it",
                    "nothing beyond it", outcome, points, 1, "Steps on the way to an objective, and closing, are not "
                    "coded apart (B3.1b).", _GUIDE)
