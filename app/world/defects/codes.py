"""What the coder or biller entered is not what the chart supports: diagnoses."""

from msgspec.structs import replace

from app.world.defects.contract import Change, Defect
from app.world.model import Charge, DefectRecord, Facts
from app.world.seed import Stream
from app.world.services import services

# Symptoms that fit any age and sex and that no template's chart supports: what somebody enters without reading.
_VAGUE = ("R53.83", "R20.2", "R51.9", "R63.0")


def billed(facts: Facts) -> tuple[str, ...]:
    """Return the diagnosis codes as they go on the claim."""
    return facts.entry.diagnoses or tuple(row.code for row in facts.encounter.diagnoses)


def _too_long_to_cut(facts: Facts) -> list[int]:
    """Return places of codes whose category has further characters and is not billed twice when cut."""
    codes = billed(facts)
    return [i for i, code in enumerate(codes) if len(code) > 4 and code[:3] not in codes]


def _truncate(facts: Facts, stream: Stream) -> Change:
    codes, place = list(billed(facts)), stream.one(_too_long_to_cut(facts)[:3])
    right, codes[place] = codes[place], codes[place][:3]
    return Change(replace(facts, entry=replace(facts.entry, diagnoses=tuple(codes))),
                  "A diagnosis was entered as its three-character category.", {"right": right, "wrong": right[:3]})


def _lines_with_policy(facts: Facts) -> list[Charge]:
    return [charge for charge in facts.encounter.charges if services()[charge.service].supports and charge.pointers
            and _supporting(facts, charge) and _fitting_vague(facts, charge)]


def _supporting(facts: Facts, charge: Charge) -> list[int]:
    accepted = services()[charge.service].supports
    return [place - 1 for place in charge.pointers if billed(facts)[place - 1].startswith(accepted)]


def _fitting_vague(facts: Facts, charge: Charge) -> list[str]:
    needed = len(_supporting(facts, charge))
    known = {code[:3] for code in billed(facts)}
    fit = [code for code in _VAGUE if code[:3] not in known
           and not code.startswith(services()[charge.service].supports)]
    return fit if len(fit) >= needed else []


def _replace_support(facts: Facts, stream: Stream) -> Change:
    charge = stream.one(_lines_with_policy(facts))
    codes, places = list(billed(facts)), _supporting(facts, charge)
    right = [codes[place] for place in places]
    wrong = stream.some(_fitting_vague(facts, charge), len(places))
    for place, code in zip(places, wrong, strict=True):
        codes[place] = code
    return Change(replace(facts, entry=replace(facts.entry, diagnoses=tuple(codes))),
                  f"{charge.title} was billed with a diagnosis that the chart does not support.",
                  {"right": ", ".join(right), "wrong": ", ".join(wrong), "service": charge.service})


def _mend_diagnoses(facts: Facts, record: DefectRecord) -> Facts:
    return replace(facts, entry=replace(facts.entry, diagnoses=()))


DEFECTS = (
    Defect("truncated_diagnosis", "Diagnosis not carried to its last character", "entry.diagnoses",
           "A three-character code stands on the claim, and the code set has longer ones under it.",
           lambda facts: bool(_too_long_to_cut(facts)), _truncate, _mend_diagnoses, "coding"),
    Defect("unsupported_diagnosis", "Diagnosis not supported by the chart", "entry.diagnoses",
           "The chart has no words for the code, and the diagnosis it does support is missing from the claim.",
           lambda facts: bool(_lines_with_policy(facts)), _replace_support, _mend_diagnoses, "coding"),
)
