"""What an encoder says about codes while they are entered: live edits. They know the code sets, never the chart.

Each finding names its rule and where it stands, so that a coder can look it up. What the Medicare Code Editor and the
grouper say of a stay is added where the codes are good enough to group.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from app.coding.editions import CodeSets
from app.coding.grouping import Grouping, Stay, group, grouper_version
from app.coding.guided.facets import facets
from app.coding.guided.seventh import seventh_table
from app.coding.model import Code, CodedDiagnosis, DrgRow, bare, dotted
from app.coding.notes.companions import companions_missing
from app.coding.notes.excludes import conflicts
from app.coding.poa import poa_exempt

Rule = Literal["unreadable", "no such code", "not in force", "incomplete", "duplicate", "excludes 1", "companion",
               "manifestation first", "external cause first", "unspecified", "present on admission", "code editor"]
Weight = Literal["stop", "check", "remind"]
_CM = "ICD-10-CM Official Guidelines FY 2026, section "
_ON_THE_DAY = "45 CFR 162.1000(a): code sets valid when the care was furnished"
_CITES: dict[str, str] = {
    "incomplete": _CM + "I.B.2", "duplicate": _CM + "I.B.12", "excludes 1": _CM + "I.A.12.a",
    "companion": _CM + "I.A.13 and I.A.17", "manifestation first": _CM + "I.A.13",
    "external cause first": _CM + "I.C.20.a", "unspecified": _CM + "I.B.13 and I.B.18",
    "present on admission": "ICD-10-CM Official Guidelines FY 2026, Appendix I",
}
_CM_SHAPE = re.compile(r"[A-Z]\d[0-9A-Z][0-9A-Z]{0,4}")
_PCS_SHAPE = re.compile(r"[0-9A-HJ-NP-Z]{7}")
# "Stage 1 through stage 4, or unspecified" is one of several things a code covers: no gap of its own.
_VAGUE = re.compile(r"(?<!\bor )\b(?:unspecified|not specified)\b", re.IGNORECASE)
_MANIFESTATION = re.compile(r"\bclassified elsewhere\b", re.IGNORECASE)
_EXTERNAL = "VWXY"  # the letters of chapter 20
_OPEN = {"laterality": "the side", "trimester": "the trimester", "stage": "the stage", "severity": "the severity"}
# What our own findings say of single codes already; the editor counts the same again.
_TOLD_BY: dict[str, tuple[str, ...]] = {
    "E_CODE_AS_PDX": ("external cause first",), "MANIFESTATION_AS_PDX": ("manifestation first",),
    "DUPLICATE_OF_PDX": ("duplicate",), "UNSPECIFIED": ("unspecified",),
    "INVALID_CODE": ("no such code", "not in force", "incomplete"),
}


class Worked(Struct, frozen=True):
    """What somebody entered so far, as typed. `on`: date of service, or of discharge. `stay` is None for a visit;
    its codes are not looked at. `poa`: indicators are asked for."""

    diagnoses: tuple[CodedDiagnosis, ...]
    procedures: tuple[str, ...]
    on: dt.date
    stay: Stay | None = None
    poa: bool = False
    whole: bool = True  # all codes of the encounter, so that pairs, order and companions can be judged


class EditFinding(Struct, frozen=True):
    """`codes` are the ones it is about. stop: cannot go out like this; check: look again; remind: a note says so."""

    rule: Rule
    weight: Weight
    codes: tuple[str, ...]
    text: str
    cite: str


class LiveEdits(Struct, frozen=True):
    """`grouping` is None for a visit, or while the codes cannot be grouped: then `no_group` says why, if it is a stay.
    """

    findings: tuple[EditFinding, ...]
    entered: int
    grouping: Grouping | None = None
    drg: DrgRow | None = None
    no_group: str = ""


def live_edits(index: CodeSets, worked: Worked) -> LiveEdits:
    """Return what can be said about the codes entered. Never raises for what was typed."""
    good = tuple(d for d in worked.diagnoses if not _of_diagnosis(index, d.code, worked.on))
    built = tuple(code for code in worked.procedures if not _of_procedure(index, code, worked.on))
    found = [f for d in worked.diagnoses for f in _of_diagnosis(index, d.code, worked.on)]
    found += [f for code in worked.procedures for f in _of_procedure(index, code, worked.on)]
    if worked.whole:
        found += _together(index, worked, good)
    found += _open_ends(index, good)
    grouping, why = _grouped(worked, good, built)
    found += _editor(grouping, found)
    order = ("stop", "check", "remind")
    return LiveEdits(tuple(sorted(found, key=lambda f: order.index(f.weight))),
                     len(worked.diagnoses) + len(worked.procedures), grouping,
                     index.drg(grouping.drg) if grouping else None, why)


def _finding(rule: Rule, weight: Weight, codes: Sequence[str], text: str, cite: str = "") -> EditFinding:
    return EditFinding(rule, weight, tuple(codes), text, cite or _CITES.get(rule, ""))


def _of_diagnosis(index: CodeSets, typed: str, on: dt.date) -> tuple[EditFinding, ...]:
    code = dotted(typed)
    if not _CM_SHAPE.fullmatch(bare(typed)):
        return (_finding("unreadable", "stop", [typed[:12]], "This does not look like an ICD-10-CM code. Write it as "
                         "in J45.909."),)
    found = index.look_up(code)
    if found is not None and not found.billable:
        return (_finding("incomplete", "stop", [code], _characters(index, found)),)
    return _dated(index, code, on, "ICD-10-CM")


def _of_procedure(index: CodeSets, typed: str, on: dt.date) -> tuple[EditFinding, ...]:
    code = bare(typed)
    if 0 < len(code) < 7 and index.pcs_next(code, on).choices:
        return (_finding("incomplete", "stop", [code], f"{len(code)} of seven characters: the next one says the "
                         f"{index.pcs_next(code, on).axis.lower()}.", "ICD-10-PCS Official Guidelines FY 2026, A1"),)
    if not _PCS_SHAPE.fullmatch(code):
        return (_finding("unreadable", "stop", [typed[:12]], "No table of ICD-10-PCS leads here. A code has seven "
                         "characters, as in 0DTJ4ZZ, and never the letters I and O."),)
    return _dated(index, code, on, "ICD-10-PCS")


def _dated(index: CodeSets, code: str, on: dt.date, name: str) -> tuple[EditFinding, ...]:
    stretches = index.in_force(code)
    if not stretches:
        return (_finding("no such code", "stop", [code], f"There is no such code in {name}.", _ON_THE_DAY),)
    if any(first <= on <= last for first, last in stretches):
        return ()
    first, last = stretches[0][0], stretches[-1][1]
    when = f"only from {_day(first)}" if on < first else f"until {_day(last)}" if on > last else "before and after"
    return (_finding("not in force", "stop", [code], f"Not in force on {_day(on)}: {when}.", _ON_THE_DAY),)


def _characters(index: CodeSets, heading: Code) -> str:
    lengths = sorted(_lengths(index, heading.code))  # type: ignore[arg-type]  # an index is hashable as any object
    if not lengths:
        return "This is a heading, not a code."
    wanted = f"{lengths[0]}" if len(lengths) == 1 else f"{lengths[0]} to {lengths[-1]}"
    table = seventh_table(index, heading.code) if lengths[-1] == 7 else None
    filled = " The seventh says which encounter or what else its table asks; X fills empty places before it."
    return f"Not complete: a code under it has {wanted} characters, this one {len(bare(heading.code))}." + (
        filled if table else "")


@lru_cache(maxsize=512)
def _lengths(index: CodeSets, code: str) -> frozenset[int]:
    found: set[int] = set()
    for child in index.children(code):
        below = _lengths(index, child.code)  # type: ignore[arg-type]
        found |= {len(bare(child.code))} if child.billable else below
    return frozenset(found)


def _together(index: CodeSets, worked: Worked, good: tuple[CodedDiagnosis, ...]) -> Iterator[EditFinding]:
    codes = [bare(d.code) for d in good]
    for code in dict.fromkeys(c for i, c in enumerate(codes) if c in codes[:i]):
        yield _finding("duplicate", "stop", [dotted(code)], "Entered twice. A diagnosis is reported once.")
    yield from _first(index, codes)
    for pair in conflicts(index, codes):
        yield _finding("excludes 1", "stop", [dotted(pair.code), dotted(pair.other)],
                       f"An Excludes 1 note at {pair.level} names the other: “{pair.text}”. The two are not coded "
                       "together, unless the conditions have nothing to do with each other.")
    yield from _companions(index, codes)
    if worked.poa:
        left = [dotted(d.code) for d in good if d.poa in ("", "-") and poa_exempt(d.code) == "not exempt"]
        if left:
            yield _finding("present on admission", "remind", left, "No present-on-admission indicator yet.")


def _first(index: CodeSets, codes: Sequence[str]) -> Iterator[EditFinding]:
    found = index.look_up(codes[0]) if codes else None
    if found is not None and found.code[0] in _EXTERNAL:
        yield _finding("external cause first", "stop", [found.code], "An external cause never stands first: the injury "
                       "or illness does.")
    if found is not None and _MANIFESTATION.search(found.title):
        yield _finding("manifestation first", "stop", [found.code], "A manifestation never stands first: the disease "
                       "that causes it does.")


def _companions(index: CodeSets, codes: Sequence[str]) -> Iterator[EditFinding]:
    for missing in companions_missing(index, list(dict.fromkeys(codes))):
        weight: Weight = "remind" if missing.strength == "if documented" else "check"
        lead = "is here, but stands behind it" if missing.out_of_order else "nothing here answers it"
        yield _finding("companion", weight, [dotted(missing.code)],
                       f"{missing.kind} (note at {missing.level}): “{missing.text}”; {lead}."
                       + (" Only where the record says so." if weight == "remind" else ""))


def _open_ends(index: CodeSets, good: Sequence[CodedDiagnosis]) -> Iterator[EditFinding]:
    for code in dict.fromkeys(dotted(d.code) for d in good):
        left = _left_open(index, code)
        if left:
            what, level = left
            yield _finding("unspecified", "check", [code], f"This code leaves {what} open; others under {level} say "
                           "it. Does the chart?" if what else
                           f"Its title leaves something unspecified; others under {level} say more. Does the chart?")


def _left_open(index: CodeSets, code: str) -> tuple[str, str] | None:
    """Return what `code` leaves unsaid and the level where its neighbors say it: a property of the list alone."""
    found = index.look_up(code)
    while found is not None and found.kind in ("category", "subcategory") and _VAGUE.search(found.title):
        beside = index.children(found.parent) if found.kind == "subcategory" else ()
        titles = [row.title for row in beside]
        told = dict(zip((row.code for row in beside), facets(titles), strict=True)) if len(beside) > 1 else {}
        for axis, value in told.get(found.code, {}).items():
            if axis in _OPEN and value in ("not specified", "unspecified"):
                return _OPEN[axis], found.parent
        if any(not _VAGUE.search(title) for title in titles):
            return "", found.parent
        found = index.look_up(found.parent)
    return None


def _grouped(worked: Worked, good: tuple[CodedDiagnosis, ...], built: tuple[str, ...]) -> tuple[Grouping | None, str]:
    if worked.stay is None:
        return None, ""
    first = worked.diagnoses[0] if worked.diagnoses else None
    if first is None or first not in good:
        return None, "The MS-DRG stands here once the principal diagnosis is a valid code."
    try:
        grouper_version(worked.stay.discharged)
    except ValueError as error:
        return None, f"{str(error)[:1].upper()}{str(error)[1:]}."
    read = tuple(d if d.poa in ("Y", "N", "U", "W") else replace(d, poa=None) for d in good)
    return group(replace(worked.stay, diagnoses=read, procedures=built)), ""


def _editor(grouping: Grouping | None, told: Sequence[EditFinding]) -> Iterator[EditFinding]:
    rules = {finding.rule for finding in told}
    for edit in grouping.edits if grouping else ():
        if not any(rule in rules for rule in _TOLD_BY.get(edit.name, ())):
            yield _finding("code editor", "check", (), edit.words,
                           f"Medicare Code Editor, {grouping.version if grouping else ''}: "
                           f"{edit.name.replace('_', ' ').lower()}")


def _day(day: dt.date) -> str:
    return f"{day:%b} {day.day}, {day.year}"


