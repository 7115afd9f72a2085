"""The chart itself is not in order: unsigned, late, missing, or saying two things. The claim stays as it was."""

import datetime as dt
import re
from collections.abc import Callable
from functools import cache

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from app.world.datafile import load
from app.world.defects.contract import Change, Defect
from app.world.model import ChartDocument, DefectRecord, DocumentKind, Facts, Section
from app.world.people import age_on, make_person
from app.world.plans import DATA
from app.world.seed import Seed, Stream

# What is one of a pair and can be named with its side.
_PAIRED = ("knee", "leg", "ureter", "ear", "hand", "ankle", "eye", "flank", "arm", "thigh", "hip", "forearm", "foot",
           "breast", "shoulder", "femoral", "wrist", "carpal", "side", "index", "middle")
_HOSPITAL = ("inpatient", "observation", "outpatient_surgery")
_NOTES: tuple[DocumentKind, ...] = ("office_note", "emergency_note", "history_and_physical", "progress_note")


class OtherDocument(Struct, frozen=True, forbid_unknown_fields=True):
    kind: DocumentKind
    title: str
    author: str
    heading: str
    text: str


class OtherPatients(Struct, frozen=True, forbid_unknown_fields=True):
    """Sentences and documents that belong to another patient."""

    copied: tuple[str, ...]
    documents: tuple[OtherDocument, ...]


@cache
def other_patients() -> OtherPatients:
    """Return the table `app/world/data/other_patients.yaml`."""
    return load(DATA / "other_patients.yaml", OtherPatients, shown_as="app/world/data/other_patients.yaml")


def _of_kind(facts: Facts, *kinds: DocumentKind) -> list[ChartDocument]:
    """Return documents of these kinds that the attending clinician wrote and signed."""
    return [document for document in facts.encounter.chart if document.kind in kinds
            and document.author == facts.encounter.provider.name and document.signed is not None]


def _with_chart(facts: Facts, chart: list[ChartDocument]) -> Facts:
    return replace(facts, encounter=replace(facts.encounter, chart=tuple(chart)))


def _changed(facts: Facts, old: ChartDocument, new: ChartDocument | None, what: str) -> Change:
    """Return the chart with `new` in the place of `old` (None: without it). The old one is kept for the repair."""
    chart = list(facts.encounter.chart)
    place = chart.index(old)
    chart[place:place + 1] = [] if new is None else [new]
    return Change(_with_chart(facts, chart), what, {
        "document": old.id, "place": str(place), "was": msgspec.json.encode(old).decode()})


def _mend_document(facts: Facts, record: DefectRecord) -> Facts:
    was = msgspec.json.decode(record.values["was"], type=ChartDocument)
    chart = [document for document in facts.encounter.chart if document.id != was.id]
    chart.insert(int(record.values["place"]), was)
    return _with_chart(facts, chart)


def _unsigned(*kinds: DocumentKind) -> Callable[[Facts, Stream], Change]:
    def change(facts: Facts, stream: Stream) -> Change:
        old = stream.one(_of_kind(facts, *kinds))
        return _changed(facts, old, replace(old, signed=None), f"Nobody signed: {old.title.lower()}.")
    return change


def _has(*kinds: DocumentKind) -> Callable[[Facts], bool]:
    return lambda facts: bool(_of_kind(facts, *kinds))


def _orders_in_hospital(facts: Facts) -> bool:
    """Whether there are signed orders of a hospital patient; an order for an office test may go without signature."""
    return facts.encounter.setting in _HOSPITAL and bool(_of_kind(facts, "order"))


def _stay_of(facts: Facts) -> int:
    """Return the nights of an inpatient stay; 0 elsewhere."""
    return (facts.encounter.last - facts.encounter.first).days if facts.encounter.setting == "inpatient" else 0


def _write_history_late(facts: Facts, stream: Stream) -> Change:
    old = _of_kind(facts, "history_and_physical")[0]
    later = dt.timedelta(hours=stream.whole(26, 24 * _stay_of(facts) - 10))
    assert old.signed is not None
    return _changed(facts, old, replace(old, at=old.at + later, signed=old.signed + later),
                    "The history and physical was written more than 24 hours after admission.")


def _days_since_discharge(facts: Facts) -> int:
    return (facts.today - facts.encounter.last).days


def _write_summary_late(facts: Facts, stream: Stream) -> Change:
    old = _of_kind(facts, "discharge_summary")[0]
    late = dt.timedelta(days=stream.whole(31, _days_since_discharge(facts)))
    assert old.signed is not None
    at = dt.datetime.combine(facts.encounter.last + late, old.at.time())
    return _changed(facts, old, replace(old, at=at, signed=at + (old.signed - old.at)),
                    "The discharge summary was written more than 30 days after discharge.")


def _operative_reports(facts: Facts) -> list[ChartDocument]:
    return [document for document in facts.encounter.chart
            if document.kind == "operative_report" and facts.encounter.setting in _HOSPITAL]


def _lose_operative_report(facts: Facts, stream: Stream) -> Change:
    return _changed(facts, stream.one(_operative_reports(facts)), None,
                    "There was an operation, and no operative report is in the chart.")


def _lose_history(facts: Facts, stream: Stream) -> Change:
    return _changed(facts, _of_kind(facts, "history_and_physical")[0], None,
                    "The patient was in the hospital, and no history and physical is in the chart.")


def _sided(facts: Facts) -> list[tuple[ChartDocument, int, str]]:
    """Return sections that name one side alone, with that side, where another author's document says the same."""
    found = []
    for document in facts.encounter.chart:
        for place, section in enumerate(document.sections):
            sides = _sides(section.text)
            if len(sides) == 1 and any(_says(other, sides) for other in facts.encounter.chart
                                       if other.author != document.author):
                found.append((document, place, min(sides)))
    return found


def _sides(text: str) -> set[str]:
    return {found.group(1).lower() for found in _SIDE.finditer(text)}


_SIDE = re.compile(rf"\b(left|right)(?= (?:{'|'.join(_PAIRED)})\b)", re.IGNORECASE)


def _says(document: ChartDocument, sides: set[str]) -> bool:
    return any(_sides(section.text) == sides for section in document.sections)


def _contradict_side(facts: Facts, stream: Stream) -> Change:
    old, place, side = stream.one(_sided(facts))
    wrong = "right" if side == "left" else "left"
    sections = list(old.sections)
    text = _SIDE.sub(lambda m: wrong.title() if m[1][0].isupper() else wrong, sections[place].text)
    sections[place] = Section(sections[place].heading, text)
    return _changed(facts, old, replace(old, sections=tuple(sections)),
                    f"{old.title} says {wrong} where another author says {side}.")


def _copy_forward(facts: Facts, stream: Stream) -> Change:
    """A sentence about somebody of the other sex and another time of life, pasted into the clinician's note."""
    old = stream.one(_of_kind(facts, *_NOTES))
    age = stream.whole(70, 84) if age_on(facts.patient, facts.encounter.first) < 50 else stream.whole(24, 39)
    person = "man" if facts.patient.sex == "F" else "woman"
    first, *rest = old.sections
    text = f"{first.text} As before: {age}-year-old {person}. {stream.one(other_patients().copied)}"
    return _changed(facts, old, replace(old, sections=(Section(first.heading, text), *rest)),
                    f"{old.title} carries text copied forward from another patient's note.")


def _allergic(facts: Facts) -> list[ChartDocument]:
    """Return the clinician's notes beside a nurse's note that knows of no allergy."""
    denied = any(section.heading == "Allergies" and re.match(r"(No |Denies|None)", section.text)
                 for document in facts.encounter.chart for section in document.sections)
    return _of_kind(facts, *_NOTES) if denied else []


def _contradict_allergies(facts: Facts, stream: Stream) -> Change:
    old = stream.one(_allergic(facts))
    drug = stream.one(("penicillin (hives)", "sulfa drugs (rash)", "codeine (swelling of the lips)"))
    return _changed(facts, old, replace(old, sections=(*old.sections, Section("Allergies", f"Allergic to {drug}."))),
                    f"{old.title} gives an allergy; the nurse wrote that there is none.")


def _misfile(facts: Facts, stream: Stream) -> Change:
    """Another patient's report stands in this chart, under this patient's number."""
    row = stream.one(other_patients().documents)
    own = Seed(facts.seed).child("misfiled", stream.digits(6))
    other = make_person(own, sex="M", birth_date=dt.date(stream.whole(1941, 1962), stream.whole(1, 12), 17))
    at = dt.datetime.combine(facts.encounter.first, dt.time(stream.whole(9, 16), stream.whole(0, 59)))
    text = row.text.format(name=other.name, born=other.birth_date.strftime("%m/%d/%Y"), mrn=other.mrn)
    document = ChartDocument(f"{facts.encounter.id}-D{len(facts.encounter.chart) + 1:02d}", row.kind, row.title,
                             row.author, at, at + dt.timedelta(minutes=9), (Section(row.heading, text),))
    return Change(_with_chart(facts, [*facts.encounter.chart, document]),
                  f"A document of {other.name} was filed in this chart.", {"document": document.id, "mrn": other.mrn})


def _take_out(facts: Facts, record: DefectRecord) -> Facts:
    return _with_chart(facts, [d for d in facts.encounter.chart if d.id != record.values["document"]])


DEFECTS = (
    Defect("note_unsigned", "Clinician's note not signed", "encounter.chart",
           "The note has an author and no signature (Medicare Program Integrity Manual, 100-08, chapter 3, section "
           "3.3.2.4).",
           _has("office_note", "emergency_note"), _unsigned("office_note", "emergency_note"), _mend_document,
           "records", "record"),
    Defect("order_unsigned", "Orders not signed", "encounter.chart",
           "Orders of a hospital patient were carried out, and nobody signed them (42 CFR 482.24(c)(2)).",
           _orders_in_hospital, _unsigned("order"), _mend_document, "records", "record"),
    Defect("discharge_summary_unsigned", "Discharge summary not signed", "encounter.chart",
           "The discharge summary has no signature: the chart is incomplete and counts as delinquent after 30 days "
           "(42 CFR 482.24(c)(4)(viii)).",
           _has("discharge_summary"), _unsigned("discharge_summary"), _mend_document, "records", "record"),
    Defect("discharge_summary_late", "Discharge summary later than 30 days", "encounter.chart",
           "Count the days from discharge to the summary: at most 30 (42 CFR 482.24(c)(4)(viii)).",
           lambda facts: bool(_of_kind(facts, "discharge_summary")) and _days_since_discharge(facts) > 31,
           _write_summary_late, _mend_document, "records", "record"),
    Defect("history_late", "History and physical later than 24 hours", "encounter.chart",
           "Count the hours from admission to the history and physical: at most 24 (42 CFR 482.22(c)(5)).",
           lambda facts: bool(_of_kind(facts, "history_and_physical")) and _stay_of(facts) >= 2,
           _write_history_late, _mend_document, "records", "record"),
    Defect("history_missing", "History and physical missing", "encounter.chart",
           "Lay the list of required documents beside the chart: a hospital patient has a history and physical "
           "(42 CFR 482.24(c)(4)(i)).",
           _has("history_and_physical"), _lose_history, _mend_document, "records", "record"),
    Defect("operative_report_missing", "Operative report missing", "encounter.chart",
           "There is an operating room on the charges and no operative report in the chart (42 CFR 482.51(b)(6)).",
           lambda facts: bool(_operative_reports(facts)), _lose_operative_report, _mend_document, "records", "record"),
    Defect("contradictory_side", "Left in one document, right in another", "encounter.chart",
           "Read every document for the side: two authors do not agree.",
           lambda facts: bool(_sided(facts)), _contradict_side, _mend_document, "records", "record"),
    Defect("contradictory_allergies", "An allergy in one document, none in another", "encounter.chart",
           "The nurse's note and the clinician's differ on allergies.",
           lambda facts: bool(_allergic(facts)), _contradict_allergies, _mend_document, "records", "record"),
    Defect("copied_from_other_patient", "Text copied forward from another patient", "encounter.chart",
           "A sentence of the note speaks of another age and the other sex.",
           _has(*_NOTES), _copy_forward, _mend_document, "records", "record"),
    Defect("misfiled_document", "Another patient's document in this chart", "encounter.chart",
           "Name, birth date and number inside a document are not those of the chart.",
           lambda facts: True, _misfile, _take_out, "identity", "record"),
)
