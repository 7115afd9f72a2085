"""Audit another coder's work: code by code against the chart, what is missing, and what it does to the payment."""

import datetime as dt
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from app.coding.model import CodedDiagnosis
from app.learning import desk
from app.learning.case import Case
from app.learning.contract import (
    Choice,
    Earlier,
    Field,
    Key,
    KeyLine,
    Response,
    Slip,
    StepMark,
    View,
)
from app.learning.drg_effect import Effect, effect_of, key_effect, weight
from app.learning.marking import mark_lines
from app.learning.papers import TablePaper
from app.payer.model import Citation
from app.world.model import Diagnosis
from app.world.money import dollars
from app.world.seed import Seed, Stream
from app.world.templates import templates, titles

NAME = "audit_codes"
_RULE = Citation("ICD-10-CM Official Guidelines FY 2026, Sections II to IV; UHDDS definitions of principal and other "
                 "diagnoses", dt.date(2026, 4, 1))

_TURNS = 12  # sheets drawn until one changes the MS-DRG
Mistake = Literal["missing", "unsupported", "other_code", "order", "poa"]
VERDICTS = (
    Choice("agree", "Agree"), Choice("other_code", "Wrong code for this condition"),
    Choice("unsupported", "Not supported by the chart: take it out"),
    Choice("order", "Right code, wrong place in the order"), Choice("poa", "Right code, wrong POA indicator"),
)
_EFFECTS = (
    Choice("none", "The payment stays as it is"), Choice("over", "The hospital was paid too much"),
    Choice("under", "The hospital was paid too little"),
)


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """`mistakes`: how many are planted; `payment`: ask what the corrections do to a stay's payment.

    `drg_changes`: of several sheets take the first whose MS-DRG is not the one that the chart supports.
    """

    mistakes: int = 3
    payment: bool = False
    drg_changes: bool = False


class Coded(Struct, frozen=True):
    """A code on the coder's sheet, with the verdict that is right and why."""

    diagnosis: CodedDiagnosis
    verdict: str
    why: str


class Sheet(Struct, frozen=True):
    """What the other coder handed in, and the diagnoses that she left out."""

    rows: tuple[Coded, ...]
    missing: tuple[Diagnosis, ...]


def applies(case: Case, options: Options, earlier: Earlier) -> str:
    """There is always a sheet to audit."""
    return ""


def ask(case: Case, options: Options, earlier: Earlier) -> View:
    """Show the chart and the coder's sheet."""
    sheet = coded(case, options)
    stay = case.clean.encounter.setting == "inpatient"
    rows = tuple((str(i), row.diagnosis.code, row.diagnosis.title, *((row.diagnosis.poa or "exempt",) if stay else ()))
                 for i, row in enumerate(sheet.rows, start=1))
    columns = ("Place", "Code", "Title", *(("POA",) if stay else ()))
    own = effect_of(case, [row.diagnosis for row in sheet.rows], _procedures(case)) if options.payment else None
    note = f"Grouped to MS-DRG {own.drg} ({own.title}), weight {weight(own.weight)}." if own else ""
    paper = TablePaper("sheet", "Coder's sheet", "What the coder handed in", columns, rows, note=note)
    return View("Audit this account. Hold every code against the chart, in its place; then enter what was left out.",
                (paper, *desk.chart(case.facts)), fields(case, options), opens="sheet", action="Close the audit")


def fields(case: Case, options: Options) -> tuple[Field, ...]:
    """A verdict for each code, the codes that are missing, and the effect on the payment."""
    sheet = coded(case, options)
    stay = case.clean.encounter.setting == "inpatient"
    verdicts = tuple(choice for choice in VERDICTS if stay or choice.value != "poa")
    asked = [Field(f"verdict_{i}", f"{row.diagnosis.code} {row.diagnosis.title}", "choice", verdicts,
                   group="The coder's codes") for i, row in enumerate(sheet.rows, start=1)]
    asked.append(Field("missing", "Codes that are missing", "codes", most=6, group="What was left out",
                       hint="Also the right code where one is wrong. Leave blank when nothing is missing."))
    if options.payment:
        asked.append(Field("effect", "Once the codes are right", "choice", _EFFECTS, group="The payment"))
    return tuple(asked)


def key(case: Case, options: Options, earlier: Earlier) -> Key:
    """The mistakes that were planted, and what putting them right does."""
    sheet = coded(case, options)
    lines = [_verdict_line(i, row) for i, row in enumerate(sheet.rows, start=1)]
    lost = tuple(d.code for d in sheet.missing)
    if lost:
        why = " ".join(f"{d.code}: the chart says “{d.evidence[0]}”. {d.why}" for d in sheet.missing)
        lines.append(KeyLine("missing", "Codes that are missing", (lost,), ", ".join(lost), why, 2 * len(lost), _RULE,
                             any_order=True))
    slips = [Slip("agreed-with-a-mistake", f"verdict_{i}", ("agree",), "You agreed with a code that the chart does not "
                  "bear out as it stands. An audit reads the chart first and the sheet second.")
             for i, row in enumerate(sheet.rows, start=1) if row.verdict != "agree"][:1]
    story: tuple[str, ...] = ()
    if options.payment:
        was, right = effect_of(case, [row.diagnosis for row in sheet.rows], _procedures(case)), key_effect(case)
        lines.append(_effect_line(was, right))
        story = (f"As handed in: MS-DRG {was.drg}, weight {weight(was.weight)}, {dollars(was.payment)}.",
                 f"As the chart supports: MS-DRG {right.drg}, weight {weight(right.weight)}, {dollars(right.payment)}.")
    return Key(tuple(lines), tuple(slips), story)


def mark(case: Case, options: Options, key: Key, response: Response, earlier: Earlier) -> StepMark:
    """Mark verdict by verdict."""
    return mark_lines(key, response, fields(case, options))


def summary(response: Response) -> str:
    """Return how many codes were challenged."""
    verdicts = [values[0] for name, values in response.items() if name.startswith("verdict_") and values]
    return f"Challenged {sum(v != 'agree' for v in verdicts)} of {len(verdicts)} codes"


def coded(case: Case, options: Options) -> Sheet:
    """Return the sheet of the other coder: the right codes with drawn mistakes in them, the same for one case."""
    sheets = (_sheet(case, options, Seed(case.seed).child("audit", turn).stream())
              for turn in range(_TURNS if options.drg_changes else 1))
    right = key_effect(case).drg if options.drg_changes else ""
    first = next(sheets)
    if not options.drg_changes or _drg(case, first) != right:
        return first
    return next((sheet for sheet in sheets if _drg(case, sheet) != right), first)


def _drg(case: Case, sheet: Sheet) -> str:
    return effect_of(case, [row.diagnosis for row in sheet.rows], _procedures(case)).drg


def _sheet(case: Case, options: Options, stream: Stream) -> Sheet:
    right = case.clean.encounter.diagnoses
    rows = [Coded(CodedDiagnosis(d.code, d.title, d.poa), "agree", f"The chart says “{d.evidence[0]}”. {d.why}")
            for d in right]
    missing: list[Diagnosis] = []
    made = 0
    for mistake in _drawn(case, stream):
        if made == options.mistakes:
            break
        made += _make(mistake, case, rows, missing, stream)
    return Sheet(tuple(rows), tuple(missing))


def _drawn(case: Case, stream: Stream) -> Iterator[Mistake]:
    kinds: list[Mistake] = ["missing", "unsupported", "other_code", "other_code", "order"]
    if case.clean.encounter.setting == "inpatient":
        kinds.append("poa")
    yield from stream.shuffled(kinds)


def _make(mistake: Mistake, case: Case, rows: list[Coded], missing: list[Diagnosis], stream: Stream) -> bool:
    """Make one mistake on the sheet; False when the case has no place for it."""
    by_code = {d.code: d for d in case.clean.encounter.diagnoses}
    untouched = [i for i, row in enumerate(rows) if row.verdict == "agree" and row.diagnosis.code in by_code]
    later = [i for i in untouched if i > 0]
    if mistake == "missing" and len(later) > 1:
        missing.append(by_code[rows.pop(stream.one(later)).diagnosis.code])
        return True
    if mistake == "unsupported":
        return _add_unsupported(case, rows, stream)
    if mistake == "other_code":
        near = [(i, code) for i in untouched for code in _neighbors(rows[i].diagnosis.code, by_code)]
        if not near:
            return False
        place, code = stream.one(near)
        was = by_code[rows[place].diagnosis.code]
        rows[place] = Coded(CodedDiagnosis(code, titles()[code], rows[place].diagnosis.poa), "other_code",
                            f"The right code is {was.code} ({was.title}): the chart says “{was.evidence[0]}”. "
                            f"{was.why}")
        missing.append(was)
        return True
    if mistake == "order":
        return _swap_first(rows, case.clean.encounter.setting == "inpatient")
    exempt = [i for i in untouched if rows[i].diagnosis.poa in ("Y", "N")]
    if mistake == "poa" and exempt:
        place = stream.one(exempt)
        row = rows[place]
        other = "N" if row.diagnosis.poa == "Y" else "Y"
        rows[place] = Coded(replace(row.diagnosis, poa=other), "poa",
                            f"Present on admission is {row.diagnosis.poa}, not {other}. {row.why}")
        return True
    return False


def _swap_first(rows: list[Coded], stay: bool) -> bool:
    """Exchange the first two codes, where both stand as they should."""
    if len(rows) < 2 or rows[0].verdict != "agree" or rows[1].verdict != "agree":
        return False
    reason = ("it is what, after study, occasioned the admission (Section II)" if stay else
              "it is chiefly responsible for the services of this visit (Section IV.G), or a note asks for it first")
    said = f"{rows[0].diagnosis.code} belongs first: {reason}."
    first, second = rows[0], rows[1]
    rows[0], rows[1] = replace(second, verdict="order", why=said), replace(first, verdict="order", why=said)
    return True


def _add_unsupported(case: Case, rows: list[Coded], stream: Stream) -> bool:
    """Add a code of another patient like this one, of a category that the chart does not have at all."""
    own = templates()[case.clean.encounter.template]
    known = {d.code[:3] for d in case.clean.encounter.diagnoses} | {code[:3] for code in own.tolerated}
    others = sorted({row.code for other in templates().values()
                     if other.id != own.id and other.setting == own.setting and other.specialty == own.specialty
                     for row in other.diagnoses if "{" not in row.code and row.code[:3] not in known
                     and row.code[0] not in "VWXYZOP" and row.code in titles()})
    if not others:
        return False
    code = stream.one(others)
    stay = case.clean.encounter.setting == "inpatient"
    rows.append(Coded(CodedDiagnosis(code, titles()[code], "Y" if stay else None), "unsupported",
                      f"No document of this chart speaks of {titles()[code].lower()}: nothing supports the code."))
    return True


def _neighbors(code: str, right: dict[str, Diagnosis]) -> list[str]:
    """Codes of the same category that this world knows: another side, stage, or degree of detail."""
    return [other for other in titles() if other[:3] == code[:3] and other != code and other not in right]


def _procedures(case: Case) -> list[str]:
    return [p.code for p in case.clean.encounter.procedures]


def _verdict_line(place: int, row: Coded) -> KeyLine:
    label = next(choice.label for choice in VERDICTS if choice.value == row.verdict)
    agreed = row.verdict == "agree"
    cost = "" if agreed else "What an audit finds in a sample is repaid, and looked for in every account like it."
    return KeyLine(f"verdict_{place}", f"{row.diagnosis.code} {row.diagnosis.title}", ((row.verdict,),), label, row.why,
                   1 if agreed else 2, _RULE, cost)


def _effect_line(was: Effect, right: Effect) -> KeyLine:
    value = "none" if was.payment == right.payment else "over" if was.payment > right.payment else "under"
    shown = next(choice.label for choice in _EFFECTS if choice.value == value)
    why = (f"The codes as handed in group to MS-DRG {was.drg} ({dollars(was.payment)}), the right ones to MS-DRG "
           f"{right.drg} ({dollars(right.payment)}).")
    cost = {"over": f"{dollars(was.payment - right.payment)} is to be reported and returned within 60 days of finding "
            "it.", "under": f"{dollars(right.payment - was.payment)} can still be billed with an adjusted claim.",
            "none": ""}[value]
    return KeyLine("effect", "Once the codes are right", ((value,),), shown, why, 2,
                   Citation("42 CFR 401.305 (overpayments); 42 CFR 412.60 (DRG assignment)", dt.date(2026, 1, 1)), cost)
