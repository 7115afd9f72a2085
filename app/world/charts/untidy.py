"""Make a tidy chart ordinary (level 2) or untidy (level 3), and leave every word that supports a code in place."""

import datetime as dt
import re
from collections.abc import Sequence

import msgspec

from app.world.charts.phrases import phrases
from app.world.model import ChartDocument, Section
from app.world.seed import Seed, Stream

ABBREVIATIONS = (
    ("shortness of breath", "SOB"), ("history of", "h/o"), ("complains of", "c/o"), ("years old", "yo"),
    ("-year-old", "yo"), ("three times a day", "TID"), ("twice a day", "BID"), ("as needed", "PRN"),
    ("by mouth", "PO"), ("without", "w/o"), ("blood pressure", "BP"), ("follow-up", "f/u"), ("bilaterally", "bilat"),
    ("patient", "pt"), ("hypertension", "HTN"), ("emergency department", "ED"), ("temperature", "T"),
    ("respirations", "RR"),
)
_ABBREVIATE = re.compile("(?:(?<=\\d)|\\b)(" + "|".join(re.escape(long) for long, _ in ABBREVIATIONS) + r")\b")
_SHORT = dict(ABBREVIATIONS)
INTAKE_ENDS = "Done"  # heading of the last section of the intake note, which every chart has
LATE = "Late addendum"  # title of the addendum of an untidy chart
ATTENDING = ("history_and_physical", "office_note", "emergency_note", "progress_note", "discharge_summary")


def ordinary(seed: Seed, chart: list[ChartDocument], evidence: Sequence[str], age: int) -> list[ChartDocument]:
    """Return the chart with abbreviations, an old problem that no longer matters and a line copied forward.

    `age` in years: what was wrong with an adult in 2012 cannot have been wrong with a child.
    """
    stream = seed.child("ordinary").stream()
    bank = "" if age >= 18 else "_child" if age else "_newborn"
    changed = [_abbreviated(document, evidence) for document in chart]
    changed = [_with_old_problems(document, phrases()[f"old_problem{bank}"], stream) for document in changed]
    return _copied_forward(changed, stream.one(phrases()[f"copied_forward{bank}"]), stream)


def untidy(seed: Seed, chart: list[ChartDocument], attending: str,
           conflict: tuple[str, str], addendum: str) -> list[ChartDocument]:
    """Return the chart with a contradiction of the nurse's, the attending's late addendum, and an unsigned note.

    `addendum` is the id of the last document.
    """
    stream = seed.child("untidy").stream()
    says, settled = conflict
    nursing = next(i for i, document in enumerate(chart) if document.sections[-1].heading == INTAKE_ENDS)
    changed = list(chart)
    changed[nursing] = _added(chart[nursing], "Note", says)
    unsigned = [i for i, document in enumerate(changed) if document.author != attending and not _is_result(document)]
    index = stream.one(unsigned)
    changed[index] = msgspec.structs.replace(changed[index], signed=None)
    return [*changed, _addendum(changed, attending, settled, stream, addendum)]


def _is_result(document: ChartDocument) -> bool:
    return document.kind in ("laboratory", "imaging", "consult", "operative_report")


def _abbreviated(document: ChartDocument, evidence: Sequence[str]) -> ChartDocument:
    if document.kind in ("imaging", "laboratory", "referral_letter"):  # dictated, or printed by a machine
        return document
    sections = tuple(
        section if any(words in section.text for words in evidence)
        else Section(section.heading, _ABBREVIATE.sub(lambda match: _SHORT[match[1]], section.text))
        for section in document.sections)
    return msgspec.structs.replace(document, sections=sections)


def _with_old_problems(document: ChartDocument, bank: Sequence[str], stream: Stream) -> ChartDocument:
    if document.kind != "problem_list":
        return document
    return _added(document, "Inactive", "\n".join(stream.some(bank, stream.whole(1, 2))))


def _copied_forward(chart: list[ChartDocument], line: str, stream: Stream) -> list[ChartDocument]:
    notes = [i for i, document in enumerate(chart)
             if document.kind in ATTENDING and not document.title.startswith(("Addendum", "Discharge"))]
    index = stream.one(notes)
    first, *rest = chart[index].sections
    sections = (Section(first.heading, f"{first.text} {line}"), *rest)
    return [*chart[:index], msgspec.structs.replace(chart[index], sections=sections), *chart[index + 1:]]


def _added(document: ChartDocument, heading: str, text: str) -> ChartDocument:
    return msgspec.structs.replace(document, sections=(*document.sections, Section(heading, text)))


def _addendum(chart: Sequence[ChartDocument], attending: str, text: str, stream: Stream, id_: str) -> ChartDocument:
    notes = [document for document in chart if document.author == attending and document.kind in ATTENDING]
    at = max(document.at for document in chart) + dt.timedelta(days=stream.whole(1, 4), minutes=stream.whole(0, 180))
    return ChartDocument(id_, notes[-1].kind, LATE, attending, at, at, (Section("Addendum", text),))
