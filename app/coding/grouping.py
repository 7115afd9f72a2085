"""The MS-DRG of a stay and what the Medicare Code Editor says of its codes, for discharges since October 2022.

Both come from `msdrg`, which ports the grouper and the editor that CMS publishes. Its conventions are met here: codes
without dots, sex 0 for male and 1 for female, no POA indicator at all where a code is exempt.
"""

import atexit
import datetime as dt
import threading
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from msgspec import Struct

from app.coding.code_editor import CodeEdit, plain_words
from app.coding.drg_table import drg_rows
from app.coding.model import CodedDiagnosis, bare, dotted
from app.world.model import Encounter, Person, Sex

Severity = Literal["MCC", "CC", ""]
_SEX = {"M": 0, "F": 1}
_LAST = dt.date(2027, 3, 31)
# The first discharge date of each version (CMS, MS-DRG Classifications and Software, yearly and April updates).
_VERSIONS = (
    (dt.date(2022, 10, 1), 400, "V40"), (dt.date(2023, 4, 1), 401, "V40.1"), (dt.date(2023, 10, 1), 410, "V41"),
    (dt.date(2024, 4, 1), 411, "V41.1"), (dt.date(2024, 10, 1), 420, "V42"), (dt.date(2025, 4, 1), 421, "V42.1"),
    (dt.date(2025, 10, 1), 430, "V43"), (dt.date(2026, 4, 1), 431, "V43.1"), (dt.date(2026, 10, 1), 440, "V44"),
)
_loading = threading.Lock()


class Stay(Struct, frozen=True):
    """What the grouper looks at. `age` is whole years at admission; the first diagnosis is the principal one."""

    age: int
    sex: Sex
    discharged: dt.date
    discharge_status: str  # two digits: 01 home, 20 died
    diagnoses: tuple[CodedDiagnosis, ...]
    procedures: tuple[str, ...] = ()  # ICD-10-PCS


class DiagnosisEffect(Struct, frozen=True):
    """What one diagnosis did. `severity` is its level in the tables; `counted` whether it may count in this stay.

    `decided` is true when the grouper used it to reach the DRG: of several at one level it names only the first.
    """

    code: str
    role: Literal["principal", "secondary"]
    severity: Severity
    counted: bool
    decided: bool
    why: str  # in words, "" when there is nothing to say
    hospital_acquired: str  # the category of hospital-acquired condition that took its weight away, or ""


class ProcedureEffect(Struct, frozen=True):
    """What one procedure did. `operating_room`: it makes a stay surgical, or moves a medical one."""

    code: str
    operating_room: bool
    decided: bool


class Grouping(Struct, frozen=True):
    """Where a stay was grouped. `drg` is three digits; 999 with a `problem` when it could not be grouped."""

    drg: str
    title: str
    mdc: str  # two digits, "00" for the DRGs before any MDC
    mdc_title: str
    type: Literal["medical", "surgical", ""]
    severity: Severity  # that the secondary diagnoses reached
    version: str  # of the grouper, as V43.1
    drg_before_hospital_acquired: str  # another number than `drg` when such a condition lowered it
    diagnoses: tuple[DiagnosisEffect, ...]
    procedures: tuple[ProcedureEffect, ...]
    edits: tuple[CodeEdit, ...]
    problem: str


def grouper_version(discharged: dt.date) -> tuple[int, str]:
    """Return the grouper's number and name. Raises ValueError outside October 2022 to March 2027."""
    found = [(number, name) for first, number, name in _VERSIONS if first <= discharged <= _LAST]
    if not found:
        raise ValueError(f"no MS-DRG grouper is at hand for a discharge on {discharged.isoformat()}")
    return found[-1]


def group(stay: Stay) -> Grouping:
    """Return the MS-DRG of `stay` with its reasons. Raises ValueError without a diagnosis or outside the versions."""
    number, name = grouper_version(stay.discharged)
    told = _grouper().group({"version": number, **_claim(stay)})
    return Grouping(
        drg=f"{told['final_drg']:03d}", title=told["final_drg_description"] or "Ungroupable",
        mdc=f"{told['final_mdc'] or 0:02d}", mdc_title=told["final_mdc_description"] or "",
        type=_types().get(f"{told['final_drg']:03d}", ""), severity=_severity(told["final_severity"]), version=name,
        drg_before_hospital_acquired=f"{told['initial_drg']:03d}",
        diagnoses=_diagnoses(stay, told), edits=mce_edits(stay),
        procedures=tuple(_procedure(row) for row in told["proc_output"]),
        problem="" if told["return_code"] == "OK" else plain_words(told["return_code"]),
    )


def mce_edits(stay: Stay) -> tuple[CodeEdit, ...]:
    """Return what the Medicare Code Editor finds on `stay`: the edit, how many codes, what it means.

    Its sex-conflict edits have been off since October 2024 (FY 2025 IPPS final rule): a payer may still have its own.
    """
    claim = {"discharge_date": int(f"{stay.discharged:%Y%m%d}"), **_claim(stay)}
    return tuple(CodeEdit(edit["name"], edit["count"], plain_words(edit["name"]))
                 for edit in _editor().edit(claim)["edits"])


def drg_of(encounter: Encounter, patient: Person) -> str:
    """Return the MS-DRG (three digits) of an inpatient encounter as its chart supports it."""
    stay = stay_from(encounter, patient)
    number, _ = grouper_version(stay.discharged)
    return f"{_grouper().group({'version': number, **_claim(stay)})['final_drg']:03d}"


def stay_from(encounter: Encounter, patient: Person) -> Stay:
    """Return what the grouper needs of an encounter."""
    born, admitted = patient.birth_date, encounter.first
    return Stay(
        age=admitted.year - born.year - ((admitted.month, admitted.day) < (born.month, born.day)), sex=patient.sex,
        discharged=encounter.last, discharge_status=encounter.discharge_status,
        diagnoses=tuple(CodedDiagnosis(d.code, d.title, d.poa) for d in encounter.diagnoses),
        procedures=tuple(p.code for p in encounter.procedures),
    )


def _claim(stay: Stay) -> dict[str, Any]:
    if not stay.diagnoses:
        raise ValueError("a stay has a principal diagnosis")
    diagnoses: list[dict[str, str]] = [
        {"code": bare(d.code), **({"poa": d.poa} if d.poa else {})} for d in stay.diagnoses]
    return {"age": stay.age, "sex": _SEX[stay.sex], "discharge_status": int(stay.discharge_status or "1"),
            "pdx": diagnoses[0], "sdx": diagnoses[1:], "procedures": [{"code": bare(c)} for c in stay.procedures]}


def _diagnoses(stay: Stay, told: Mapping[str, Any]) -> tuple[DiagnosisEffect, ...]:
    """Return the effects in the order of the stay: the grouper gives them sorted by severity."""
    rows = {row["code"]: row for row in told["sdx_output"]}
    first = _effect(stay.diagnoses[0].code, "principal", told["pdx_output"] or {})
    return (first, *(_effect(d.code, "secondary", rows.get(bare(d.code), {})) for d in stay.diagnoses[1:]))


def _effect(code: str, role: Literal["principal", "secondary"], row: Mapping[str, Any]) -> DiagnosisEffect:
    flags, severity = row.get("flags", []), _severity(row.get("severity", "NONE"))
    acquired = next((h["description"] for h in row.get("hacs", []) if h["hac_status"] == "HAC_CRITERIA_MET"), "")
    stopped = next((flag for flag in ("EXCLUDED", "DEATH_EXCLUSION") if flag in flags), "")
    why = (f"Not present on admission: {acquired}" if acquired else plain_words(stopped) if stopped
           else "" if "VALID" in flags else plain_words("DX_INVALID"))
    return DiagnosisEffect(
        code=dotted(code), role=role, severity=severity, why=why, hospital_acquired=acquired,
        counted=bool(severity) and role == "secondary" and not stopped and not acquired,
        decided="MARKED_FOR_FINAL" in flags and not acquired,
    )


def _procedure(row: Mapping[str, Any]) -> ProcedureEffect:
    return ProcedureEffect(row["code"], row["is_or"], "MARKED_FOR_FINAL" in row["flags"])


def _severity(word: str) -> Severity:
    return "MCC" if word == "MCC" else "CC" if word == "CC" else ""


@cache
def _types() -> dict[str, Literal["medical", "surgical", ""]]:
    """Medical or surgical as table 5 says: a delivery counts as an operation, yet its DRG is a medical one."""
    return {row.drg: row.type for row in drg_rows()}


@cache
def _opened(kind: str) -> Any:
    # Loaded at the first stay, not at start: most pages group nothing. One serves every thread of the process.
    import msdrg

    opened = msdrg.MsdrgGrouper() if kind == "grouper" else msdrg.MceEditor()
    atexit.register(opened.close)
    return opened


def _grouper() -> Any:
    with _loading:
        return _opened("grouper")


def _editor() -> Any:
    with _loading:
        return _opened("editor")
