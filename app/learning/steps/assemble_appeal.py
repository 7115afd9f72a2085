"""Assemble an appeal: level, ground, proof. The payer decides on what is in the envelope."""

import itertools

from msgspec import Struct

from app.learning import desk
from app.learning.case import Case
from app.learning.consequences import appeal_context, appealed, denials, standing
from app.learning.contract import Choice, Earlier, Field, Key, KeyLine, LineMark, Response, Slip, StepMark, View
from app.learning.marking import mark_lines
from app.learning.papers import Paper
from app.learning.reading import show_date
from app.learning.steps.choose_action import payer_rules
from app.payer import rulebook
from app.payer.story import story
from app.world.money import dollars
from app.world.plans import payer_of, plans

NAME = "assemble_appeal"
_ENOUGH = 3  # more papers than this go beyond the minimum necessary (45 CFR 164.502(b))


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to choose."""


def applies(case: Case, options: Options, earlier: Earlier) -> str:
    """Only a decision that an appeal can change is appealed."""
    found = denials(case, standing(case, earlier))
    if not found:
        return "The claim was paid as expected; there is nothing to appeal."
    if found[0].action != "appeal":
        return "This denial is not one to appeal."
    return "" if _winning(case, earlier) else "No appeal can win this one."


def ask(case: Case, options: Options, earlier: Earlier) -> View:
    """Show the file, the payer's rules and what has arrived since."""
    now = standing(case, earlier)
    papers: tuple[Paper, ...] = (
        desk.remittance(now.claim, now.adjudication.remittance, words=True), payer_rules(now.claim),
        *desk.late_papers(case.facts, case.clean), *desk.office_file(case.facts), desk.claim(now.claim, case.facts),
        *desk.chart(case.facts),
    )
    return View("Assemble the appeal. One ground, and the papers that prove it: what the payer needs, and no more of "
                "the chart than that.", papers, fields(case, earlier), opens="remittance", action="Send the appeal")


def fields(case: Case, earlier: Earlier) -> tuple[Field, ...]:
    """Level, ground, enclosures."""
    now = standing(case, earlier)
    payer = payer_of(plans()[now.claim.plan])
    levels = tuple(Choice(str(i), f"Level {i}: {level.name}") for i, level in enumerate(payer.appeals, start=1))
    grounds = tuple(Choice(a.id, a.title) for a in rulebook.arguments().values())
    return (
        Field("level", "To which level?", "choice", levels),
        Field("argument", "On what ground?", "choice", grounds),
        Field("evidence", "What do you enclose?", "choices", _enclosures(case), most=30),
    )


def key(case: Case, options: Options, earlier: Earlier) -> Key:
    """Found by asking the payer: the ground and the fewest papers with which it takes the denial back."""
    argument, papers = _winning(case, earlier)[0]
    denial = denials(case, standing(case, earlier))[0]
    asked = {field.name: field for field in fields(case, earlier)}
    labels = {c.value: c.label for field in asked.values() for c in field.choices}
    grounds = rulebook.arguments()
    singles = tuple(dict.fromkeys(p for a, p in _winning(case, earlier) if a == argument))
    lines = (
        KeyLine("level", asked["level"].label, (("1",),), labels["1"], "Appeals begin at the first level.", 1,
                denial.citation),
        KeyLine("argument", asked["argument"].label, ((argument,),), labels[argument], grounds[argument].says_won, 2,
                denial.citation, f"{dollars(denial.at_stake)} stays unpaid."),
        KeyLine("evidence", asked["evidence"].label, singles, " or ".join(labels[p] for p in papers),
                "An appeal without its proof is an opinion; the whole chart tells the payer more than it needs.",
                2, denial.citation, any_order=True),
    )
    slips = (Slip("pleaded-hardship", "argument", ("hardship",), grounds["hardship"].says_lost),
             Slip("argued-the-contract", "argument", ("contract_rate",), grounds["contract_rate"].says_lost))
    return Key(lines, slips, (), {"argument": argument})


def mark(case: Case, options: Options, key: Key, response: Response, earlier: Earlier) -> StepMark:
    """Mark the envelope, and let the payer decide on it."""
    asked = fields(case, earlier)
    told = mark_lines(key, response, asked)
    if told.outcome == "unanswered":
        return told
    now = standing(case, earlier)
    decision = appealed(case, now, response)
    won = decision.outcome == "overturned" and decision.adjudication is not None
    sent = response.get("evidence", [])
    lines = tuple(_evidence(line, won, len(sent)) if line.field == "evidence" else line for line in told.lines)
    result = LineMark("", "The payer's decision", decision.outcome, "overturned", "right" if won else "wrong",
                      200 if won else 0, 2, decision.said, decision.citation)
    if not won or decision.adjudication is None:
        return StepMark((*lines, result), told.findings, (decision.said,))
    paper = desk.remittance(now.claim, decision.adjudication.remittance, words=True, id_="new-answer",
                            tab="New answer", title="The payer's new remittance")
    return StepMark((*lines, result), told.findings, (decision.said, *story(decision.adjudication)), (paper,))


def summary(response: Response) -> str:
    """Return the ground."""
    ground = rulebook.arguments().get((response.get("argument") or [""])[0])
    return f"Appealed: {ground.title}" if ground else "No ground named"


def _evidence(line: LineMark, won: bool, sent: int) -> LineMark:
    """What proves the case is right, with one or two papers more; more than that is beyond the minimum."""
    if line.outcome == "right" or not sent:
        return line
    earned, outcome = (0, "wrong")
    if won:
        earned, outcome = (100, "right") if sent <= _ENOUGH else (50, "partly")
    said = line.why if outcome != "partly" else f"It proves the case, and sends more than the payer needs. {line.why}"
    return LineMark(line.field, line.label, line.given, line.expected, outcome,  # type: ignore[arg-type]
                    earned * line.weight, line.weight, said, line.citation)


def _enclosures(case: Case) -> tuple[Choice, ...]:
    chart = [Choice(d.id, f"{d.title}, {show_date(d.at.date())}")
             for d in sorted(case.facts.encounter.chart, key=lambda d: d.at)]
    known = appeal_context(case).papers
    letters = [Choice(id_, f"The plan's letter: {kind} {id_.partition('-')[2]}") for id_, kind in known.items()
               if kind in ("authorization", "referral")]
    return (*letters, *chart)


def _winning(case: Case, earlier: Earlier) -> list[tuple[str, tuple[str, ...]]]:
    """Every ground with the smallest sets of papers by which the payer takes the denial back."""
    now = standing(case, earlier)
    choices = [choice.value for choice in _enclosures(case)]
    for size in (1, 2):
        won = [(argument, papers) for argument in rulebook.arguments()
               for papers in itertools.combinations(choices, size)
               if appealed(case, now, {"level": ["1"], "argument": [argument], "evidence": list(papers)}
                           ).outcome == "overturned"]
        if won:
            return won
    return []
