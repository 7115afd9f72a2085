"""Find the cause of a denial in the file: what is wrong, and on which paper it shows."""

from msgspec import Struct

from app.learning import desk
from app.learning.case import Case
from app.learning.consequences import denials, standing
from app.learning.contract import Choice, Earlier, Field, Key, KeyLine, Response, StepMark, View
from app.learning.marking import mark_lines
from app.learning.papers import Paper
from app.payer.story import story
from app.world.defects import defects
from app.world.seed import Seed

NAME = "find_cause"


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """`choices`: how many causes to choose among."""

    choices: int = 6


def applies(case: Case, options: Options, earlier: Earlier) -> str:
    """Only a denial has a cause."""
    return "" if denials(case, standing(case, earlier)) else "The claim was paid as expected: no cause to find."


def ask(case: Case, options: Options, earlier: Earlier) -> View:
    """Show the whole file."""
    now = standing(case, earlier)
    papers: tuple[Paper, ...] = (
        desk.remittance(now.claim, now.adjudication.remittance, words=True), desk.claim(now.claim, case.facts),
        *desk.cards(case.facts), desk.registration(case.facts), desk.visit(case.facts), *desk.office_file(case.facts),
        *desk.chart(case.facts),
    )
    return View("Somewhere in this file is the reason. Compare the papers until you have it.", papers,
                fields(case, options), opens="remittance", action="Name the cause")


def fields(case: Case, options: Options) -> tuple[Field, ...]:
    """The planted cause among others that could have been."""
    return (Field("cause", "What went wrong?", "choice", _causes(case, options)),)


def key(case: Case, options: Options, earlier: Earlier) -> Key:
    """The defect that stands in the case; the engine has confirmed that it is what the payer stopped."""
    known = defects()
    planted = tuple(record.id for record in case.facts.defects)
    lines = (KeyLine("cause", "What went wrong?", tuple((name,) for name in planted),
                     " ".join(known[name].title for name in planted[:1]),
                     " ".join(f"{record.what} {record.notice}" for record in case.facts.defects), 2,
                     denials(case, standing(case, earlier))[0].citation,
                     "Correcting the wrong thing brings the same denial back, thirty days later."),)
    return Key(lines, (), tuple(story(standing(case, earlier).adjudication)))


def mark(case: Case, options: Options, key: Key, response: Response, earlier: Earlier) -> StepMark:
    """Mark the choice."""
    return mark_lines(key, response, fields(case, options))


def summary(response: Response) -> str:
    """Return the cause named."""
    known = defects()
    name = (response.get("cause") or [""])[0]
    return known[name].title if name in known else "No cause named"


def _causes(case: Case, options: Options) -> tuple[Choice, ...]:
    known = defects()
    planted = [record.id for record in case.facts.defects]
    others = [name for name in known if name not in planted and known[name].meets == "payer"
              and known[name].applies(case.clean)]
    drawn = Seed(case.seed).child("causes").stream().some(others, max(0, options.choices - len(planted)))
    return tuple(sorted((Choice(name, known[name].title) for name in [*planted, *drawn]), key=lambda c: c.label))
