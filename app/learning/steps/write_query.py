"""Ask the clinician where the chart is unclear: what about, on what grounds, and without leading her."""

import datetime as dt

from msgspec import Struct

from app.learning import desk
from app.learning.case import Case
from app.learning.contract import (
    Choice,
    Earlier,
    Field,
    Finding,
    Key,
    KeyLine,
    LineMark,
    Outcome,
    Response,
    Slip,
    StepMark,
    View,
)
from app.learning.marking import mark_lines
from app.learning.query_answer import unclear
from app.payer.model import Citation
from app.world.defects.documentation import (
    VagueRow,
    credible,
    indicators,
    options_of,
    sentences,
    touches,
    vague_rows,
)
from app.world.seed import Seed

NAME = "write_query"
_RULE = Citation("ICD-10-CM Official Guidelines FY 2026, Sections I.A.19 and III.B; practice of compliant queries "
                 "(AHIMA and ACDIS, 2022)", dt.date(2026, 4, 1))
_FORMS = (
    Choice("open", "An open question"), Choice("multiple", "A question with choices"),
    Choice("yes_no", "A question to be answered yes or no"),
)
_ALWAYS = (Choice("other", "Other, please state"), Choice("undetermined", "Cannot be determined clinically"))
_NOTHING = Choice("nothing", "Nothing: the chart says all that coding needs")
_SHOWN = 4  # indicators, and as many sentences that have no bearing


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to choose."""


def applies(case: Case, options: Options, earlier: Earlier) -> str:
    """Only an unclear chart needs a query."""
    return "" if unclear(case) else "The chart says what coding needs. There is nothing to ask."


def ask(case: Case, options: Options, earlier: Earlier) -> View:
    """Show the chart and the parts of a query."""
    return View("Before this chart can be coded, something in it has to be asked. Say what is unclear, name the "
                "clinical indicators that stand in the chart, and build a query that does not lead the clinician.",
                desk.chart(case.facts), fields(case, options), action="Send the query")


def fields(case: Case, options: Options) -> tuple[Field, ...]:
    """What about, on what grounds, in which form, with which choices, in which words."""
    row, values = _unclear(case)
    stream = Seed(case.seed).child("query").stream()
    others = stream.some([other for other in vague_rows().values() if other.id != row.id], 3)
    abouts = stream.shuffled([row, *others])
    foreign = stream.some([text for other in others for text in other.options], 2)
    offered = [*options_of(row, values["answer"]), *foreign]
    return (
        Field("about", "What is unclear", "choice", (*(Choice(r.id, r.about) for r in abouts), _NOTHING)),
        Field("indicators", "Clinical indicators in the chart", "choices",
              tuple(Choice(f"i{i}", f"“{text}”") for i, text in enumerate(_sentences(case)))),
        Field("form", "Form of the question", "choice", _FORMS),
        Field("choices", "Choices to offer, if any", "choices",
              (*(Choice(f"c{i}", text[:1].upper() + text[1:]) for i, text in enumerate(stream.shuffled(offered))),
               *_ALWAYS), hint="Leave blank for an open question."),
        Field("wording", "Words of the question", "choice", tuple(_wordings(case))),
    )


def key(case: Case, options: Options, earlier: Earlier) -> Key:
    """What the chart leaves open, the sentences that bear on it, and a question that leads nowhere."""
    row, _ = _unclear(case)
    asked = {field.name: field for field in fields(case, options)}
    bearing = tuple(choice.value for choice in asked["indicators"].choices
                    if choice.label.strip("“”") in _bearing(case))
    fair = _fair(case, asked["choices"])
    lines = (
        KeyLine("about", "What is unclear", ((row.id,),), row.about,
                f"The chart says “{row.instead}” and no more. {row.then}", 2, _RULE,
                f"Coded as it stands, it is {row.vague_code}."),
        KeyLine("indicators", "Clinical indicators", (bearing,), "; ".join(
            choice.label for choice in asked["indicators"].choices if choice.value in bearing),
            "A query rests on facts of this chart that bear on the question, and on nothing else.", 3, _RULE,
            any_order=True),
        KeyLine("form", "Form of the question", (("multiple",), ("open",)), "With choices, or open",
                "A yes-or-no question is only for what is documented already, such as whether it was present on "
                "admission: never for a new diagnosis.", 1, _RULE),
        KeyLine("choices", "Choices to offer", (fair,), "; ".join(
            choice.label for choice in asked["choices"].choices if choice.value in fair),
            "Every choice is one that the findings of this chart bear out, be it a single one; and the clinician may "
            "always say something else or that it cannot be told.", 3, _RULE, any_order=True),
        KeyLine("wording", "Words of the question", (("neutral",),),
                next(c.label for c in asked["wording"].choices if c.value == "neutral"),
                "The words name no answer and no payment.", 3, _RULE,
                "A leading query makes the answer worthless: an auditor takes back what rests on it."),
    )
    return Key(lines, tuple(_slips()))


def mark(case: Case, options: Options, key: Key, response: Response, earlier: Earlier) -> StepMark:
    """Mark part by part. A fair open question needs no choices."""
    asked = fields(case, options)
    told = mark_lines(key, response, asked)
    if not response:
        return told
    lines = [_choices(case, line, key, response) if line.field == "choices" else line for line in told.lines]
    findings = list(told.findings)
    fair = next(k for k in key.lines if k.field == "choices").accepted[0]
    if _to_the_point(case, _choice_field(asked)) & set(response.get("choices", [])) - set(fair):
        findings.append(Finding("offers-what-is-ruled-out", "The query offers what the findings speak against. Leave "
                                "out of a list what is not clinically credible for this patient."))
    if response.get("about") == ["nothing"]:
        findings.append(Finding("missed-query", "A query was missed: what was treated stays without a code that says "
                                "what it was."))
    return StepMark(tuple(lines), tuple(findings), told.story)


def summary(response: Response) -> str:
    """Return what was asked about, and whether the words lead."""
    row = vague_rows().get((response.get("about") or [""])[0])
    wording = (response.get("wording") or [""])[0]
    leading = "" if wording in ("neutral", "") else ", leading"
    return f"Asked about {row.about.lower() if row else 'nothing'}{leading}"


def _unclear(case: Case) -> tuple[VagueRow, dict[str, str]]:
    found = unclear(case)
    if found is None:
        raise ValueError("the chart of this case leaves nothing unclear")
    return found[0], found[1].values


def _bearing(case: Case) -> tuple[str, ...]:
    row, _ = _unclear(case)
    return indicators(row, case.facts.encounter.chart)[:_SHOWN]


def _sentences(case: Case) -> list[str]:
    """The indicators and as many sentences of the chart that have no bearing, in drawn order."""
    row, _ = _unclear(case)
    bearing = indicators(row, case.facts.encounter.chart)
    stream = Seed(case.seed).child("query-sentences").stream()
    idle = list(dict.fromkeys(
        text for document in case.facts.encounter.chart for section in document.sections
        for text in sentences(section.text) if not touches(row, text) and row.instead.lower() not in text.lower()))
    return stream.shuffled([*bearing[:_SHOWN], *stream.some(idle, _SHOWN)])


def _fair(case: Case, field: Field) -> tuple[str, ...]:
    """The choices that the chart bears out, and the two that are always offered."""
    row, values = _unclear(case)
    borne_out = {text.casefold() for text in credible(row, values["answer"], case.facts.encounter.chart)}
    return tuple(choice.value for choice in field.choices
                 if choice.label.casefold() in borne_out or choice in _ALWAYS)


def _to_the_point(case: Case, field: Field) -> set[str]:
    """The choices that answer the question at all, whether or not this chart bears them out."""
    row, values = _unclear(case)
    known = {text.casefold() for text in options_of(row, values["answer"])}
    return {choice.value for choice in field.choices if choice.label.casefold() in known}


def _wordings(case: Case) -> list[Choice]:
    row, values = _unclear(case)
    answer = values["answer"]
    words = [
        Choice("neutral", f"“The record says {row.instead}. In your clinical judgment, which diagnosis do these "
                          "findings and this treatment reflect? Please document it as specifically as you can.”"),
        Choice("names_answer", f"“Please document {answer}, which the findings show.”"),
        Choice("agree", f"“Do you agree that the patient has {answer}?”"),
        Choice("payment", f"“As documented this account is paid less than it should be. Could you add {answer}, if you "
                          "agree?”"),
    ]
    return Seed(case.seed).child("query-words").stream().shuffled(words)


def _slips() -> list[Slip]:
    return [
        Slip("names-the-answer", "wording", ("names_answer",), "Leading: the query tells the clinician what to write."),
        Slip("asks-for-agreement", "wording", ("agree",), "Leading: a new diagnosis is put before the clinician to be "
             "agreed with, and nothing else."),
        Slip("speaks-of-payment", "wording", ("payment",), "A query never speaks of payment, severity scores or "
             "quality figures."),
    ]


def _choices(case: Case, line: LineMark, key: Key, response: Response) -> LineMark:
    """One credible choice with “other” and “cannot be determined” is enough.

    Half for a list without those two, or with what the chart rules out; nothing for what belongs to another question.
    """
    given, form = response.get("choices", []), response.get("form", [])
    full = line.weight * 100
    if form == ["open"]:
        right = not given
        return _with(line, "right" if right else "partly", full if right else full // 2)
    fair = next(k for k in key.lines if k.field == "choices").accepted[0]
    if not given:
        return line
    unfair = set(given) - set(fair)
    clinical = [value for value in given if value.startswith("c") and value in fair]
    if not unfair and clinical and {"other", "undetermined"} <= set(given):
        return _with(line, "right", full)
    near = unfair <= _to_the_point(case, _choice_field(fields(case, Options())))
    return _with(line, "partly", full // 2) if clinical and near else _with(line, "wrong", 0)


def _choice_field(asked: tuple[Field, ...]) -> Field:
    return next(field for field in asked if field.name == "choices")


def _with(line: LineMark, outcome: Outcome, earned: int) -> LineMark:
    return LineMark(line.field, line.label, line.given, line.expected, outcome, earned, line.weight, line.why,
                    line.citation, line.cost)
