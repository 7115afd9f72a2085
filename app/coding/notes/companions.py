"""Which codes a set of ICD-10-CM codes still needs beside them: "code first", "use additional code", "code also".

ICD-10-CM Official Guidelines, sections I.A.13 (etiology and manifestation) and I.A.17 (code also). Whether the chart
supports the companion is for the coder to see: a note that says "if applicable" only reminds.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from app.coding.editions import CodeIndex
from app.coding.model import NoteKind, Notes, bare
from app.coding.notes.references import Reference, references

Strength = Literal["required", "expected", "if documented"]
_KINDS: tuple[NoteKind, ...] = ("Code first", "Use additional code", "Code also")
_IF = re.compile(r"\b(?:if|any|where) (?:applicable|known|desired|associated)\b|\bany (?:associated|causal)\b"
                 r"|\bif (?:any|the)\b|\bany\b", re.IGNORECASE)
_FOR_ADVERSE_EFFECTS = "for adverse effects"
# The note at Z3A lists ranges that pass over complications of labor and normal pregnancies; its words do not.
_OBSTETRIC, _ANY_OBSTETRIC = "obstetric condition", (Reference("O00", "O9A"), Reference("Z34", "Z34"))
_ADVERSE_EFFECT = Reference("T36", "T50", "with fifth or sixth character 5")
_ELSEWHERE = re.compile(r"\bclassified elsewhere\b", re.IGNORECASE)


class Missing(Struct, frozen=True):
    """`code` needs one of `named` beside it. `out_of_order`: it is there, but behind `code` instead of before it."""

    code: str
    kind: NoteKind
    level: str
    text: str  # the words of the note, a list joined to its heading
    named: tuple[Reference, ...]
    strength: Strength
    out_of_order: bool = False


class _Demand(Struct, frozen=True):
    """`open_list`: the note only gives examples, so that another code may answer it as well."""

    text: str
    named: tuple[Reference, ...]
    conditional: bool
    open_list: bool


def companions_missing(index: CodeIndex, codes: Sequence[str]) -> tuple[Missing, ...]:
    """Return what the notes of `codes`, given in their sequence, ask for and do not find, in order of the codes."""
    plain = [bare(code) for code in codes]
    return tuple(missing for i, code in enumerate(plain) for missing in _of_one(index, code, plain[:i], plain[i + 1:]))


def _of_one(index: CodeIndex, code: str, before: Sequence[str], after: Sequence[str]) -> Iterable[Missing]:
    for note in index.notes(code):
        if note.kind not in _KINDS:
            continue
        for demand in _demands(note):
            named = (*demand.named, *_ANY_OBSTETRIC) if demand.text.startswith(_OBSTETRIC) else demand.named
            there, late = _meant(named, before), _meant(named, after)
            if there or (late and note.kind != "Code first") or not _applies(note, demand, code):
                continue
            strength = "required" if late else _strength(index, code, note, demand)
            if demand.open_list and before and strength == "required" and not late:
                strength = "if documented"  # a code before it may be the one that is meant
            yield Missing(code, note.kind, note.level, demand.text, demand.named, strength, out_of_order=late)


def _applies(note: Notes, demand: _Demand, code: str) -> bool:
    if demand.text.startswith(_FOR_ADVERSE_EFFECTS) and not _ADVERSE_EFFECT.means(code):
        return False
    return bool(demand.named) or note.kind == "Code first"


def _meant(named: Iterable[Reference], codes: Iterable[str]) -> bool:
    listed = tuple(codes)
    return any(reference.means(code) for reference in named for code in listed)


def _demands(note: Notes) -> Iterable[_Demand]:
    """Join each heading that ends in a colon with the list under it: one of the list answers it.

    Several things to code first are alternatives, each where it applies ("heart failure due to hypertension").
    """
    groups: list[list[str]] = []
    for text in note.texts:
        if groups and groups[-1][0].endswith(":") and not text.endswith(":"):
            groups[-1].append(text)
        else:
            groups.append([text])
    several = len(groups) > 1 and note.kind == "Code first"
    for group in [[text for one in groups for text in one]] if several else groups:
        named = tuple(dict.fromkeys(reference for text in group for reference in references(text)))
        headed = group[0].endswith(":")
        text = " ".join((group[0], "; ".join(group[1:]))).strip() if headed else "; ".join(group)
        conditional = several or (headed and note.kind != "Code first") or bool(_IF.search(group[0]))
        yield _Demand(text, named, conditional, "such as" in group[0] or not named)


def _strength(index: CodeIndex, code: str, note: Notes, demand: _Demand) -> Strength:
    found = index.look_up(code)
    if note.kind == "Code first" and found is not None and _ELSEWHERE.search(found.title):
        return "required"  # a manifestation never stands alone
    if demand.text.startswith(_FOR_ADVERSE_EFFECTS):
        return "required"  # section I.C.19.e.5.a: the nature of the adverse effect comes first
    of_a_category = note.level[:1].isalpha() and "-" not in note.level
    if demand.conditional or note.kind == "Code also" or not of_a_category:
        return "if documented"
    return "required" if note.kind == "Code first" else "expected"
