"""Do the papers of a case agree with its codes, its stay, its dates and its level of tidiness?"""

import datetime as dt
from collections.abc import Iterator

from app.learning.world_check.book import Book
from app.world.charts.phrases import phrases
from app.world.charts.untidy import ATTENDING, LATE
from app.world.model import ChartDocument, DocumentKind, Facts
from app.world.templates import templates

BEFORE: tuple[DocumentKind, ...] = ("referral_letter", "laboratory", "imaging", "consult")  # may precede a visit
# A word of the discharge summary that each discharge status must show (the code set's facts, our words).
STATUS_WORDS = {
    "01": "home", "02": "hospital", "03": "nursing facility", "06": "home health", "20": "died", "50": "hospice",
    "51": "hospice", "62": "rehabilitation", "63": "long-term", "65": "psychiatric",
}


def evidence(facts: Facts, book: Book) -> Iterator[str]:
    """The words that support each code stand, letter for letter, in a signed note of who treats, at every level."""
    visit = facts.encounter
    signed = [section.text for document in visit.chart if document.signed
              and (document.kind in ATTENDING or document.kind == "operative_report") for section in document.sections]
    for code, words in (*((row.code, row.evidence) for row in visit.diagnoses),
                        *((row.code, row.evidence) for row in visit.procedures)):
        if not words:
            yield f"{code} has no words that support it"
        for support in words:
            if not any(support in text for text in signed):
                yield f"no signed note says {support!r}, which supports {code}"


def stay(facts: Facts, book: Book) -> Iterator[str]:
    """Nights and discharge status are the template's, and the discharge summary says the same."""
    visit = facts.encounter
    template = templates()[visit.template]
    nights = (visit.last - visit.first).days
    low, high = template.stay
    if not low <= nights <= high:
        yield f"{nights} nights, where {visit.template} has {low} to {high}"
    if visit.discharge_status not in (*template.discharge_statuses, template.discharge_status):
        yield f"discharge status {visit.discharge_status!r} is not one of {visit.template}"
    if bool(visit.discharge_status) != (visit.setting == "inpatient"):
        yield "a discharge status belongs to inpatient stays, and to each of them"
    word = STATUS_WORDS.get(visit.discharge_status, "")
    told = _text([document for document in visit.chart if document.kind == "discharge_summary"])
    if word not in told.lower():
        yield f"the discharge summary does not say {word!r}, as status {visit.discharge_status} means"
    for charge in visit.charges:
        if charge.code == "G0378" and f"{charge.units} hours" not in told:
            yield f"the discharge summary does not tell {charge.units} hours of observation"


def dates(facts: Facts, book: Book) -> Iterator[str]:
    """Everything happened in a possible order."""
    visit = facts.encounter
    times = [document.at for document in visit.chart]
    if times != sorted(times):
        yield "the documents are not in order of time"
    for document in visit.chart:
        if document.signed and document.signed < document.at:
            yield f"{document.title} is signed before it was written"
        if document.at.date() < visit.first and visit.setting != "equipment" and document.kind not in BEFORE:
            yield f"{document.title} was written before the visit"
        if document.at.date() > visit.last and not _may_follow(document):
            yield f"{document.title} was written after the last day"
    for what, day in (*((p.code, p.on) for p in visit.procedures), *((c.code, c.on) for c in visit.charges)):
        if not visit.first <= day <= visit.last:
            yield f"{what} is dated outside the stay"
    yield from _after_discharge(facts)
    if facts.filed <= visit.last and facts.today > visit.last:
        yield "the claim was sent before the end of care"
    if not facts.patient.birth_date <= facts.registration.registered_on <= max(visit.first, facts.today):
        yield "the patient was registered at an impossible time"


def _after_discharge(facts: Facts) -> Iterator[str]:
    """Nothing but results and addenda follows the discharge summary, which is of the last day."""
    chart = facts.encounter.chart
    for summary in (document for document in chart if document.kind == "discharge_summary"):
        if summary.title == LATE:
            continue
        if summary.at.date() != facts.encounter.last:
            yield "the discharge summary is not of the last day"
        for later in chart:
            if later.at > summary.at and not _may_follow(later):
                yield f"{later.title} was written after the discharge summary"


def _may_follow(document: ChartDocument) -> bool:
    """Results come in, and are told, after the patient has left."""
    return document.kind in ("laboratory", "imaging") or "ddendum" in document.title or document.title == "Result note"


def tidiness(facts: Facts, book: Book) -> Iterator[str]:
    """Level 1 is clean; 2 has copied text and old problems; 3 has a contradiction, an open signature, an addendum."""
    chart = facts.encounter.chart
    late = [document for document in chart if document.title == LATE]
    unsigned = [document.title for document in chart if document.signed is None]
    if bool(unsigned) != (facts.level == 3):
        yield f"a chart of level {facts.level} has {len(unsigned)} open signatures"
    if bool(late) != (facts.level == 3) or (late and late[-1] is not chart[-1]):
        yield f"a chart of level {facts.level} has {len(late)} late addenda, or not at the end"
    if ("(Cop" in _text(chart) or "carried forward" in _text(chart).lower()) != (facts.level >= 2):
        yield f"text copied forward belongs to levels 2 and 3, not to level {facts.level} alone"
    listed = [document for document in chart if document.kind == "problem_list"]
    if listed and bool(_old_problems(listed)) != (facts.level >= 2):
        yield f"a problem list of level {facts.level} has {len(_old_problems(listed))} old problems"
    if facts.level == 3 and not any(section.heading == "Note" for document in chart
                                    if document.kind == "nursing_note" for section in document.sections):
        yield "no nurse contradicts the attending"
    if late and late[-1].at - max(document.at for document in chart[:-1]) < dt.timedelta(days=1):
        yield "the late addendum is not late"


def _old_problems(documents: list[ChartDocument]) -> list[str]:
    text = _text(documents)
    banks = ("old_problem", "old_problem_child", "old_problem_newborn")
    return [problem for bank in banks for problem in phrases()[bank] if problem in text]


def _text(documents: tuple[ChartDocument, ...] | list[ChartDocument]) -> str:
    return "\n".join(section.text for document in documents for section in document.sections)
