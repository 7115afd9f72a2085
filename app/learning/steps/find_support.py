"""Find the words: which document of the chart supports each code."""

import datetime as dt

from msgspec import Struct

from app.learning import desk
from app.learning.case import Case
from app.learning.contract import Choice, Earlier, Field, Key, KeyLine, Response, Slip, StepMark, View
from app.learning.marking import mark_lines
from app.learning.papers import ChartPaper
from app.learning.reading import show_date
from app.payer.model import Citation
from app.world.model import ChartDocument, Diagnosis

NAME = "find_support"
_RULE = Citation("ICD-10-CM Official Guidelines FY 2026, Section I.A.19 and Section IV", dt.date(2026, 4, 1))


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """`most`: of how many diagnoses the support is asked."""

    most: int = 3


def applies(case: Case, options: Options, earlier: Earlier) -> str:
    """Every chart has its words."""
    return ""


def ask(case: Case, options: Options, earlier: Earlier) -> View:
    """Show the chart; ask for the document by each diagnosis."""
    return View("An auditor will ask where each code comes from. Name a document whose words support it.",
                desk.chart(case.facts), fields(case, options), action="Show the support")


def fields(case: Case, options: Options) -> tuple[Field, ...]:
    """One choice of document for each diagnosis asked about."""
    documents = tuple(Choice(paper.id, f"{paper.title}, {show_date(paper.at.date())}")
                      for paper in desk.chart(case.facts) if isinstance(paper, ChartPaper))
    return tuple(Field(f"support_{i}", f"{d.code} {d.title}", "choice", documents)
                 for i, d in enumerate(_asked(case, options), start=1))


def key(case: Case, options: Options, earlier: Earlier) -> Key:
    """The documents in which the evidence stands, letter for letter."""
    lines, slips = [], []
    for i, diagnosis in enumerate(_asked(case, options), start=1):
        good = [d for d in case.facts.encounter.chart if any(words in _text(d) for words in diagnosis.evidence)]
        words = "; ".join(f"“{w}”" for w in diagnosis.evidence)
        lines.append(KeyLine(
            f"support_{i}", f"{diagnosis.code} {diagnosis.title}", tuple((d.id,) for d in good),
            " or ".join(d.title for d in good), f"It says {words}. {diagnosis.why}", 1, _RULE,
            "A code without words behind it is taken back in an audit.",
        ))
        slips += [Slip(f"problem-list-{i}", f"support_{i}", (d.id,), "A problem list tells what was once so. A code "
                       "for this encounter needs the provider's words of this encounter.")
                  for d in case.facts.encounter.chart if d.kind == "problem_list" and d not in good]
    return Key(tuple(lines), tuple(slips))


def mark(case: Case, options: Options, key: Key, response: Response, earlier: Earlier) -> StepMark:
    """Mark each choice."""
    return mark_lines(key, response, fields(case, options))


def summary(response: Response) -> str:
    """Return how many were supported."""
    return f"Named support for {len(response)} codes"


def _asked(case: Case, options: Options) -> tuple[Diagnosis, ...]:
    return case.clean.encounter.diagnoses[: options.most]


def _text(document: ChartDocument) -> str:
    return "\n".join(section.text for section in document.sections)
