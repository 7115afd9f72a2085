"""Read the payer's answer: covered or not, what is left of the deductible, what must be in hand before the visit."""

import datetime as dt

from msgspec import Struct

from app.learning import desk
from app.learning.case import Case
from app.learning.contract import Choice, Earlier, Field, Key, KeyLine, Response, Slip, StepMark, View
from app.learning.marking import mark_lines
from app.learning.papers import Paper
from app.payer.eligibility import answer
from app.payer.model import Citation, Context, EligibilityAnswer, Inquiry
from app.world.money import dollars

NAME = "read_benefits"
_RULE = Citation("45 CFR 162.1202 (eligibility for a health plan, ASC X12N 270/271)", dt.date(2026, 1, 1))


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to choose."""


def applies(case: Case, options: Options, earlier: Earlier) -> str:
    """There is always an answer to read."""
    return ""


def ask(case: Case, options: Options, earlier: Earlier) -> View:
    """Show the answer to the learner's own inquiry; where it found nobody, also to the one sent again."""
    own = earlier.of("build_inquiry")
    right = right_answer(case)
    papers: tuple[Paper, ...] = (desk.eligibility(right),)
    told = ""
    if own is not None:
        mine = answer(_inquiry_of(case, own), _context(case), case.facts.encounter.provider)
        if not (mine.found and mine.active) and right.found and mine != right:
            papers = (desk.eligibility(right, title="Answer to the inquiry sent again"),
                      desk.eligibility(mine, id_="own-answer", tab="Your inquiry", title="Answer to your inquiry"))
            told = " Your inquiry did not find an active member; a colleague put it right and sent it again."
    return View(
        "Read the payer's answer and tell the front desk what it means for this visit." + told,
        (*papers, desk.visit(case.facts), *desk.cards(case.facts)), fields(case), opens="eligibility",
        action="Tell the front desk",
    )


def fields(case: Case) -> tuple[Field, ...]:
    """What the front desk needs to know."""
    return (
        Field("active", "Is the patient covered on the date of service?", "choice",
              (Choice("yes", "Yes, by this plan"), Choice("no", "No"),
               Choice("second", "Yes, but another payer pays first"))),
        Field("deductible_left", "Deductible still to be met this year", "money",
              hint="For the patient alone, before this visit."),
        Field("in_hand", "What must the office obtain before the visit?", "choices",
              (Choice("authorization", "A prior authorization from the plan"),
               Choice("referral", "A referral from primary care"),
               Choice("notice", "A signed notice that the service is not covered"),
               Choice("nothing", "Nothing more"))),
    )


def key(case: Case, options: Options, earlier: Earlier) -> Key:
    """Derived from the payer's own answer to the right inquiry."""
    told = right_answer(case)
    left = max(0, told.deductible - told.deductible_met)
    wanted = in_hand(told)
    covered = "second" if told.other_payer else "yes" if told.active else "no"
    field = {f.name: f for f in fields(case)}
    shown = {c.value: c.label for f in field.values() for c in f.choices}
    asked = any(b.authorization == "needed" for b in told.benefits)
    lines = (
        KeyLine("active", field["active"].label, ((covered,),), shown[covered],
                "The date of service must lie inside the dates of coverage, and no other payer may come first.",
                citation=_RULE, cost="A visit given without coverage is billed to a patient who was not warned."),
        KeyLine("deductible_left", field["deductible_left"].label, ((str(left),),), dollars(left),
                f"{dollars(told.deductible)} for the year less {dollars(told.deductible_met)} met.",
                citation=_RULE),
        KeyLine("in_hand", field["in_hand"].label, (wanted,), ", ".join(shown[w] for w in wanted),
                _why_in_hand(told), 2, _RULE, any_order=True,
                cost="The plan denies the service; the office writes it off." if asked else ""),
    )
    slips = (
        Slip("whole-deductible", "deductible_left", (str(told.deductible),),
             "That is the whole year's deductible. What was met already counts."),
        Slip("met-for-left", "deductible_left", (str(told.deductible_met),),
             "That is what was met. The question is what is left."),
        Slip("no-authorization", "in_hand", ("nothing",),
             "The answer says that something is needed. A service given without it is denied, and the contract "
             "does not let the office bill the patient."),
    )
    return Key(lines, tuple(s for s in slips if (s.value,) != line_accepted(lines, s.field)))


def line_accepted(lines: tuple[KeyLine, ...], field: str) -> tuple[tuple[str, ...], ...]:
    """Return what is accepted for `field`."""
    return next(line.accepted for line in lines if line.field == field)


def mark(case: Case, options: Options, key: Key, response: Response, earlier: Earlier) -> StepMark:
    """Mark field by field."""
    return mark_lines(key, response, fields(case))


def summary(response: Response) -> str:
    """Return what the front desk was told to obtain."""
    return f"To obtain: {', '.join(response.get('in_hand', [])) or 'no answer'}"


def right_answer(case: Case) -> EligibilityAnswer:
    """Return the payer's answer to the inquiry as it should have been asked."""
    cover = case.clean.coverages[0]
    encounter = case.facts.encounter
    asked = Inquiry(cover.plan, cover.member_id, cover.patient.family, cover.patient.given,
                    cover.patient.birth_date, encounter.first, tuple(c.service for c in encounter.charges))
    return answer(asked, _context(case), encounter.provider)


def in_hand(told: EligibilityAnswer) -> tuple[str, ...]:
    """Return what the answer says must be obtained."""
    wanted = [name for name in ("authorization", "referral")
              if any(getattr(benefit, name) == "needed" for benefit in told.benefits)]
    if any(not benefit.covered for benefit in told.benefits):
        wanted.append("notice")
    return tuple(wanted) or ("nothing",)


def _why_in_hand(told: EligibilityAnswer) -> str:
    named = [name for name in ("authorization", "referral")
             if any(getattr(benefit, name) == "needed" for benefit in told.benefits)]
    if named:
        return f"The answer says “needed” beside: {' and '.join(named)}. “On file” would mean that it is there."
    return "Every service is covered, and nothing is marked “needed”."


def _context(case: Case) -> Context:
    """Before the visit the payer knows of no authorization that the office did not ask for."""
    return case.context


def _inquiry_of(case: Case, own: Response) -> Inquiry:
    def first(name: str) -> str:
        return (own.get(name) or [""])[0]

    born = dt.date.fromisoformat(first("birth_date") or "1900-01-01")
    on = dt.date.fromisoformat(first("on") or case.facts.encounter.first.isoformat())
    services = tuple(c.service for c in case.facts.encounter.charges)
    return Inquiry(first("plan") or case.facts.registration.plan, first("member_id"), first("family"),
                   first("given"), born, on, services)
