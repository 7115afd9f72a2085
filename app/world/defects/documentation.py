"""Words that lost their specificity: what the clinician knew and did not write, so that a coder has to ask."""

import re
from collections.abc import Iterator
from functools import cache

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from app.world.datafile import load
from app.world.defects.contract import Change, Defect
from app.world.model import ChartDocument, DefectRecord, Facts, Section
from app.world.plans import DATA
from app.world.seed import Stream

_ENDS = re.compile(r"(?<=[.!?])\s+|\n+")  # a point within a number ends nothing
_SOURCES = ("laboratory", "imaging", "nursing_note", "order", "medication_list", "history_and_physical",
            "progress_note", "emergency_note", "office_note", "consult")
_SHORT = 160  # characters of an indicator


class VagueRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A row of `vague_words.yaml`; what each field means stands at its head."""

    id: str
    code: str
    says: str
    instead: str
    unsaid: str
    vague_code: str
    about: str
    indicators: tuple[str, ...]
    options: tuple[str, ...]
    then: str
    ruled_out: dict[str, str] = {}
    alike: dict[str, str] = {}
    related: str = ""


@cache
def vague_rows() -> dict[str, VagueRow]:
    """Return the rows by id. Raises DataFileError."""
    rows = load(DATA / "vague_words.yaml", tuple[VagueRow, ...], shown_as="app/world/data/vague_words.yaml")
    return {row.id: row for row in rows}


def indicators(row: VagueRow, chart: tuple[ChartDocument, ...]) -> tuple[str, ...]:
    """Return the sentences of the chart that make a query about `row` a fair one, in order of time, each once."""
    found: dict[str, None] = {}
    for document in sorted(chart, key=lambda d: d.at):
        if document.kind in _SOURCES:
            found |= dict.fromkeys(
                sentence for section in document.sections for sentence in sentences(section.text)
                if any(_matches(pattern, sentence) for pattern in row.indicators))
    return tuple(found)


def options_of(row: VagueRow, answer: str) -> tuple[str, ...]:
    """Return what could be offered to the clinician in any chart; her own answer is always among it."""
    own = row.alike.get(answer.lower(), answer)
    return row.options if own.lower() in {text.lower() for text in row.options} else (own, *row.options)


def credible(row: VagueRow, answer: str, chart: tuple[ChartDocument, ...]) -> tuple[str, ...]:
    """Return the options that this chart bears out. Source: compliant query practice (AHIMA and ACDIS, 2022): choices
    are clinically credible and supported by indicators; there may be only one.
    """
    own = row.alike.get(answer.lower(), answer).lower()
    text = " ".join(section.text for document in chart for section in document.sections)
    return tuple(option for option in options_of(row, answer)
                 if option.lower() == own or option not in row.ruled_out
                 or not re.search(row.ruled_out[option], text, re.IGNORECASE | re.DOTALL))


def touches(row: VagueRow, sentence: str) -> bool:
    """Return whether a sentence is near enough to the question that nobody should be faulted for citing it."""
    return any(_matches(pattern, sentence) for pattern in (*row.indicators, row.related) if pattern)


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text that are short enough to be quoted."""
    for part in _ENDS.split(text):
        sentence = " ".join(part.split())
        if 12 <= len(sentence) <= _SHORT:
            yield sentence


def _matches(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


def _vague(facts: Facts, row: VagueRow) -> tuple[ChartDocument, ...]:
    """Return the chart with the vague words."""
    def unspecific(found: re.Match[str]) -> str:
        return row.instead.capitalize() if found.group()[:1].isupper() else row.instead

    def changed(text: str) -> str:
        return re.sub(row.says, unspecific, text, flags=re.IGNORECASE)

    return tuple(replace(document, sections=tuple(Section(s.heading, changed(s.text)) for s in document.sections))
                 for document in facts.encounter.chart)


def said(facts: Facts, row: VagueRow) -> str:
    """Return the words of the chart that a vague one would lose: the clinician's answer to a query. "": none."""
    for diagnosis in facts.encounter.diagnoses:
        if diagnosis.code.startswith(row.code):
            for words in diagnosis.evidence:
                found = re.search(row.says, words, re.IGNORECASE)
                if found:
                    return found.group()
    return ""


def _fits(facts: Facts, row: VagueRow) -> bool:
    if not said(facts, row):
        return False
    chart = _vague(facts, row)
    text = "\n".join(section.text for document in chart for section in document.sections)
    return not _matches(row.unsaid, text) and len(indicators(row, chart)) >= 2


def _rows(facts: Facts) -> list[VagueRow]:
    return [row for row in vague_rows().values() if _fits(facts, row)]


def _lose_specificity(facts: Facts, stream: Stream) -> Change:
    row = stream.one(_rows(facts))
    chart = _vague(facts, row)
    was = [old for old, new in zip(facts.encounter.chart, chart, strict=True) if old != new]
    return Change(replace(facts, encounter=replace(facts.encounter, chart=chart)),
                  f"The chart says “{row.instead}” and no more.",
                  {"row": row.id, "answer": said(facts, row), "was": msgspec.json.encode(was).decode()})


def _mend_words(facts: Facts, record: DefectRecord) -> Facts:
    was = {d.id: d for d in msgspec.json.decode(record.values["was"], type=list[ChartDocument])}
    chart = tuple(was.get(document.id, document) for document in facts.encounter.chart)
    return replace(facts, encounter=replace(facts.encounter, chart=chart))


DEFECTS = (
    Defect("vague_documentation", "Documentation less specific than the care", "encounter.chart",
           "Findings, drugs and results tell more than the diagnosis that is written: the clinician is to be asked.",
           lambda facts: bool(_rows(facts)), _lose_specificity, _mend_words, "records", "record"),
)
