"""Assign and sequence ICD-10-CM codes from a chart, with the present-on-admission indicator where it is asked."""

import datetime as dt
from itertools import zip_longest

from msgspec import Struct

from app.coding.compare import CodedDiagnosis, Compared, Comparison, compare
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
from app.learning.drg_effect import Effect, effect_of, key_effect
from app.learning.drg_effect import told as effect_told
from app.learning.query_answer import answered
from app.payer.model import Citation
from app.world.model import Diagnosis
from app.world.money import dollars
from app.world.templates import TOLERATED_EVERYWHERE, templates

NAME = "assign_codes"
_GUIDE = Citation("ICD-10-CM Official Guidelines for Coding and Reporting FY 2026", dt.date(2026, 4, 1))
_DRG = Citation("42 CFR 412.60 (DRG assignment); MS-DRG definitions, version 43.1", dt.date(2026, 4, 1))
_NEAR = 50  # percent earned by a code that is near


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """`poa`: ask for the present-on-admission indicator; `drg`: also mark the MS-DRG (both for inpatient stays).

    `strict`: what is coded beyond the chart lowers the accuracy too, as some auditors count.
    """

    poa: bool = False
    drg: bool = False
    strict: bool = False
    most: int = 12


def applies(case: Case, options: Options, earlier: Earlier) -> str:
    """There is always a chart to code."""
    return ""


def ask(case: Case, options: Options, earlier: Earlier) -> View:
    """Show the chart."""
    told = (" Give each its present-on-admission indicator; leave exempt codes at “exempt”." if options.poa else "")
    return View("Read the chart and enter the diagnosis codes in their order, the principal or first-listed one first."
                + told, (*answered(case, earlier), *desk.chart(case.facts)), fields(case, options),
                action="Hand in the codes")


def fields(case: Case, options: Options) -> tuple[Field, ...]:
    """The list of codes."""
    return (Field("codes", "Diagnosis codes, in order", "codes", most=options.most, poa=options.poa),)


def key(case: Case, options: Options, earlier: Earlier) -> Key:
    """The diagnoses that the chart supports, in their order, each with the words and the guideline."""
    diagnoses = case.clean.encounter.diagnoses
    codes = tuple(d.code for d in diagnoses)
    lines = [KeyLine("codes", "Diagnosis codes", (codes,), ", ".join(codes), "", len(codes), _GUIDE)]
    if options.poa:
        poa = tuple(d.poa or "1" for d in diagnoses)
        lines.append(KeyLine("codes_poa", "Present on admission", (poa,), ", ".join(poa), "", 1, _GUIDE))
    slips = []
    if len(codes) > 1:
        slips.append(Slip("principal-not-first", "codes", (codes[1], codes[0], *codes[2:]),
                          "The right codes, but another one comes first: the principal diagnosis decides the payment."))
        slips.append(Slip("only-the-first", "codes", codes[:1],
                          "You stopped at the first diagnosis. What else was treated or changed the care is coded."))
    return Key(tuple(lines), tuple(slips), (), {"tolerated": " ".join(_tolerated(case))})


def mark(case: Case, options: Options, key: Key, response: Response, earlier: Earlier) -> StepMark:
    """Mark as reviewers do: code over code, over-coding, the first-listed code, and POA where asked."""
    given, poa = response.get("codes", []), response.get("codes_poa", [])
    diagnoses = case.clean.encounter.diagnoses
    if not given:
        return StepMark(tuple(_line(d, "No answer", "unanswered", 0, "") for d in diagnoses))
    own = [CodedDiagnosis(code, title, _indicator(poa, i))
           for i, (code, title) in enumerate(zip_longest(given, response.get("codes_title", [])[:len(given)],
                                                         fillvalue=""))]
    told = compare([CodedDiagnosis(d.code, d.title, d.poa) for d in diagnoses], own)
    by_code = {d.code: d for d in diagnoses}
    lines = [_compared(by_code[row.key], row) for row in told.lines if row.outcome != "extra"]
    lines.append(_first(diagnoses[0], given[0], told.first_right))
    tolerated = key.extra.get("tolerated", "").split()
    extras = [row.given for row in told.lines if row.outcome == "extra" and row.given not in tolerated]
    lines.append(_extra(extras))
    if options.poa:
        lines += _poa_lines(diagnoses, told.lines)
    findings = [Finding(slip.id, slip.explanation) for slip in key.slips if list(slip.value) == given]
    findings += _unknown(response)
    story = [_accuracy(told, options.strict)]
    if options.drg:
        mine, right = effect_of(case, own, [p.code for p in case.clean.encounter.procedures]), key_effect(case)
        lines.append(_drg(mine, right))
    return StepMark(tuple(lines), tuple(findings), tuple(story))


def summary(response: Response) -> str:
    """Return the codes."""
    return ", ".join(response.get("codes", [])) or "No codes"


def _accuracy(told: Comparison, strict: bool) -> str:
    share = told.strict_accuracy if strict else told.accuracy
    counted = "; codes beyond the chart count against it" if strict else ""
    return f"Code-over-code accuracy {share // 100} %; the bar in the field is 95 %{counted}."


def _unknown(response: Response) -> list[Finding]:
    """Codes that the code set does not have: their titles, looked up when they were handed in, are blank."""
    pairs = zip(response.get("codes", []), response.get("codes_title", []), strict=False)
    return [Finding("not-a-code", f"{code} is no code of the edition in force on the date of service.")
            for code, title in pairs if not title]


def _drg(mine: Effect, right: Effect) -> LineMark:
    """Case over case: the stay's DRG is right or it is not."""
    same = mine.drg == right.drg
    return LineMark("codes", "MS-DRG (case over case)", mine.drg, right.drg, "right" if same else "wrong",
                    200 if same else 0, 2, effect_told(mine, right), _DRG,
                    "" if same or mine.payment == right.payment else
                    f"{dollars(abs(mine.payment - right.payment))} too "
                    f"{'much' if mine.payment > right.payment else 'little'} for this stay.")


def _tolerated(case: Case) -> list[str]:
    """Codes that a careful coder may add and need not: neither asked for nor counted against."""
    template = templates()[case.clean.encounter.template]
    return sorted({*TOLERATED_EVERYWHERE, *template.tolerated})


def _indicator(poa: list[str], i: int) -> str | None:
    """Exempt is no indicator at all; `-` is one that was left out."""
    value = poa[i] if i < len(poa) else "-"
    return None if value == "1" else value


def _compared(diagnosis: Diagnosis, row: Compared) -> LineMark:
    if row.outcome == "exact":
        return _line(diagnosis, row.given, "right", 100, "")
    if row.outcome == "near":
        return _line(diagnosis, row.given, "partly", _NEAR, row.remark)
    return _line(diagnosis, "Not coded", "wrong", 0, "")


def _line(diagnosis: Diagnosis, given: str, outcome: Outcome, percent: int, remark: str) -> LineMark:
    words = "; ".join(f"“{w}”" for w in diagnosis.evidence)
    return LineMark("codes", diagnosis.title, given, diagnosis.code, outcome, percent * 2, 2,
                    f"{remark} The chart says {words}. {diagnosis.why}".strip(), _GUIDE)


def _first(first: Diagnosis, given: str, right: bool) -> LineMark:
    return LineMark("codes", "First-listed or principal diagnosis", given, first.code, "right" if right else "wrong",
                    100 * 2 if right else 0, 2, first.why, _GUIDE,
                    "" if right else "A wrong first diagnosis changes what the payer covers, and the DRG of a stay.")


def _extra(extras: list[str]) -> LineMark:
    percent = max(0, 100 - 50 * len(extras))
    outcome: Outcome = "right" if not extras else "partly" if percent else "wrong"
    return LineMark("codes", "Nothing coded beyond the chart", ", ".join(extras) or "nothing beyond it",
                    "nothing beyond it", outcome, percent, 1,
                    "What is ruled out, integral to a coded disease, or only history without bearing is not coded.",
                    _GUIDE, "Over-coding is repaid in an audit, with penalties for a pattern." if extras else "")


def _poa_lines(diagnoses: tuple[Diagnosis, ...], rows: tuple[Compared, ...]) -> list[LineMark]:
    wrong = [row.key for row in rows if row.outcome == "exact" and row.poa == "wrong"]
    coded = [row.key for row in rows if row.outcome == "exact"]
    right = len(coded) - len(wrong)
    percent = 100 * right // len(diagnoses)
    outcome: Outcome = "right" if percent == 100 else "partly" if percent else "wrong"
    shown = ", ".join(f"{d.code} {d.poa or 'exempt'}" for d in diagnoses)
    return [LineMark("codes_poa", "Present on admission", f"{right} of {len(diagnoses)} right", shown, outcome,
                     percent * 2, 2, ("Look again at " + ", ".join(wrong) + "." if wrong else "") +
                     " Present on admission is what was there at the order to admit, also if it was found later.",
                     Citation("ICD-10-CM Official Guidelines FY 2026, Appendix I", dt.date(2026, 4, 1)))]
