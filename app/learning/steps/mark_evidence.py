"""Mark the words: copy from the chart what supports each code, as an auditor will ask for it."""

import datetime as dt
import re
from collections.abc import Iterator

from msgspec import Struct

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
    StepMark,
    View,
)
from app.payer.model import Citation
from app.world.model import ChartDocument, Diagnosis, Procedure

NAME = "mark_evidence"
_RULE = Citation("ICD-10-CM Official Guidelines FY 2026, Sections I.A.19, I.B.14 and III", dt.date(2026, 4, 1))
_PCS_RULE = Citation("ICD-10-PCS Official Guidelines FY 2026, Section B3; UHDDS definition of a procedure to report",
                     dt.date(2026, 4, 1))
_COST = "A code without words behind it is taken back in an audit."
_SAME_SENTENCE = 50  # percent earned by words beside those that count, or by too few of those that do
# A letter stands in every sentence: what is marked must tell one place of the chart from another.
_ENOUGH = 20  # letters of long evidence that stand for the whole; of shorter evidence, half
_TELLING = 5  # letters of the evidence, or
_WORDS = 3  # words of its sentence, below which nothing is earned
_END = re.compile(r"(?<=[.!?])\s+|\n+")


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """`most`: for how many diagnoses the words are asked; `procedures`: also for the procedures of the stay."""

    most: int = 4
    procedures: bool = False


def applies(case: Case, options: Options, earlier: Earlier) -> str:
    """Every chart has its words."""
    return ""


def ask(case: Case, options: Options, earlier: Earlier) -> View:
    """Show the chart; ask for words by each code."""
    return View("An auditor asks where each code comes from. Mark the words in the chart that support it, as they are "
                "written there.", desk.chart(case.facts), fields(case, options), action="Show the evidence")


def fields(case: Case, options: Options) -> tuple[Field, ...]:
    """One quotation for each code asked about."""
    texts = tuple(_text(document) for document in case.facts.encounter.chart)
    return tuple(Field(f"words_{i}", f"{row.code} {row.title}", "quote", within=texts)
                 for i, row in enumerate(_asked(case, options), start=1))


def key(case: Case, options: Options, earlier: Earlier) -> Key:
    """The words that support each code, letter for letter."""
    return Key(tuple(
        KeyLine(f"words_{i}", f"{row.code} {row.title}", tuple((words,) for words in _found(case, row)),
                " or ".join(f"“{words}”" for words in _found(case, row)), _why(row), 1,
                _PCS_RULE if isinstance(row, Procedure) else _RULE, _COST)
        for i, row in enumerate(_asked(case, options), start=1)))


def mark(case: Case, options: Options, key: Key, response: Response, earlier: Earlier) -> StepMark:
    """Right is half of the evidence or more; half right is less of it, or words of its sentence."""
    lines, findings = [], []
    for line in key.lines:
        given = (response.get(line.field) or [""])[0]
        evidence = [words for (words,) in line.accepted]
        percent = _judged(case, given, evidence)
        outcome: Outcome = ("unanswered" if not given else
                            "right" if percent == 100 else "partly" if percent else "wrong")
        lines.append(LineMark(line.field, line.label, f"“{given}”" if given else "No answer", line.shown, outcome,
                              percent, 1, line.why, line.citation, line.cost if outcome == "wrong" else ""))
        if outcome == "wrong" and _only_in_problem_list(case, given):
            findings.append(Finding("problem-list", f"For {line.label} you quoted the problem list. It tells what was "
                                    "once so; a code for this encounter needs the provider's words of this encounter."))
    return StepMark(tuple(lines), tuple(findings))


def summary(response: Response) -> str:
    """Return how many codes were supported."""
    return f"Marked words for {len(response)} codes"


def _asked(case: Case, options: Options) -> tuple[Diagnosis | Procedure, ...]:
    """What a query had to bring to light has no words in the chart: it is not asked about."""
    visit = case.clean.encounter
    wanted = [row for row in visit.diagnoses if _found(case, row)][: options.most]
    return (*wanted, *(visit.procedures if options.procedures else ()))


def _why(row: Diagnosis | Procedure) -> str:
    return row.why


def _found(case: Case, row: Diagnosis | Procedure) -> tuple[str, ...]:
    """The evidence that stands in the chart as it is."""
    texts = [_flat(_text(document)) for document in case.facts.encounter.chart]
    return tuple(words for words in row.evidence if any(_flat(words) in text for text in texts))


def _judged(case: Case, given: str, evidence: list[str]) -> int:
    """Return the percent that a quotation earns."""
    if not given:
        return 0
    best = 0
    for document in case.facts.encounter.chart:
        text = _flat(_text(document))
        for place in _places(text, _flat(given)):
            spans = [span for words in evidence for span in _places(text, _flat(words))]
            if any(_is_enough(place, span) for span in spans):
                return 100
            if any(_is_near(text, place, span) for span in spans):
                best = _SAME_SENTENCE
    return best


def _is_enough(place: tuple[int, int], span: tuple[int, int]) -> bool:
    shared, whole = _shared(place, span), span[1] - span[0]
    return shared >= min(_ENOUGH, whole // 2) and shared >= min(_TELLING, whole)


def _is_near(text: str, place: tuple[int, int], span: tuple[int, int]) -> bool:
    words = len(text[slice(*place)].split())
    return _shared(place, span) >= _TELLING or (words >= _WORDS and _shared(_sentence(text, place), span) > 0)


def _only_in_problem_list(case: Case, given: str) -> bool:
    kinds = {document.kind for document in case.facts.encounter.chart if _flat(given) in _flat(_text(document))}
    return bool(given) and kinds == {"problem_list"}


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Yield where `words` stand in `text`, as (first, after)."""
    at = text.find(words) if words else -1
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)


def _shared(one: tuple[int, int], two: tuple[int, int]) -> int:
    """Return how many letters two stretches of a text have in common."""
    return max(0, min(one[1], two[1]) - max(one[0], two[0]))


def _sentence(text: str, place: tuple[int, int]) -> tuple[int, int]:
    """Return where the sentence or sentences of `place` begin and end."""
    ends = [0, *(found.end() for found in _END.finditer(text)), len(text)]
    return max(end for end in ends if end <= place[0]), min(end for end in ends if end >= place[1])


def _text(document: ChartDocument) -> str:
    return "\n".join(section.text for section in document.sections)


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()
