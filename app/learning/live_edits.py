"""Live edits of a step: the learner's own codes as they are typed, on the day and the patient of the case.

The key is never asked: what stands here follows from what was typed, the code sets, and facts on the desk.
"""

import datetime as dt
import re

from msgspec.structs import replace

from app.coding.editions import CodeSets
from app.coding.grouping import stay_from
from app.coding.live_edits import LiveEdits, Worked, live_edits
from app.coding.model import CodedDiagnosis
from app.learning.case import Case
from app.learning.contract import Earlier, Field, Raw

# In these steps the codes entered are those of the whole encounter; in others (an audit, a repair) only some of them.
_WHOLE = frozenset({"assign_codes", "assign_procedures"})
_PARTED = re.compile(r"[\s,;]+")  # several codes in one box, as they are read when handed in
_LONGEST = 120  # characters read of one box


def code_fields(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Return the fields that take codes."""
    return tuple(field for field in fields if field.type == "codes")


def edits_of(case: Case, kind: str, fields: tuple[Field, ...], raw: Raw, earlier: Earlier,
             index: CodeSets) -> LiveEdits:
    """Return what can be said about the codes typed into `fields`. Diagnoses handed in earlier count with procedures
    typed now, as the stay will be grouped by both."""
    asked = code_fields(fields)
    diagnoses = tuple(d for field in asked if field.system == "icd10cm" for d in _diagnoses(field, raw))
    procedures = tuple(code for field in asked if field.system == "icd10pcs" for code in _codes(field, raw))
    before = _before(earlier) if kind == "assign_procedures" else ()
    visit = case.facts.encounter
    stay = visit.setting == "inpatient" and kind in _WHOLE
    told = live_edits(index, Worked(
        diagnoses or before, procedures, service_day(case),
        stay_from(visit, case.facts.patient) if stay else None,
        any(field.poa for field in asked), kind in _WHOLE))
    return told if diagnoses or not before else _of_procedures(told, procedures)


def service_day(case: Case) -> dt.date:
    """Return the day whose code sets govern: of the visit, or of the discharge from a stay."""
    visit = case.facts.encounter
    return visit.last if visit.setting == "inpatient" else visit.first


def _before(earlier: Earlier) -> tuple[CodedDiagnosis, ...]:
    """The learner's own diagnoses of the step before."""
    given = earlier.of("assign_codes") or {}
    poa = given.get("codes_poa", [])
    return tuple(CodedDiagnosis(code, "", poa[i] if i < len(poa) else None)
                 for i, code in enumerate(given.get("codes", [])))


def _of_procedures(told: LiveEdits, procedures: tuple[str, ...]) -> LiveEdits:
    """Leave out what is about diagnoses that were handed in: they cannot be changed any more."""
    typed = {code.upper() for code in procedures}
    kept = tuple(f for f in told.findings if not f.codes or typed & set(f.codes))
    return replace(told, findings=kept, entered=len(procedures))


def _codes(field: Field, raw: Raw) -> list[str]:
    entries = raw.get(field.name, [])[:field.most]
    return [text[:12] for entry in entries for text in _PARTED.split(entry[:_LONGEST]) if text][:field.most]


def _diagnoses(field: Field, raw: Raw) -> list[CodedDiagnosis]:
    poa = [*raw.get(f"{field.name}_poa", []), *[""] * field.most]
    rows = zip(raw.get(field.name, [])[:field.most], poa, strict=False)
    return [CodedDiagnosis(text[:12], "", given)
            for entry, given in rows for text in _PARTED.split(entry[:_LONGEST]) if text][:field.most]
