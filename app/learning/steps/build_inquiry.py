"""Build the eligibility inquiry: the right payer, member and date, from the card rather than from an old record."""

import datetime as dt

from msgspec import Struct

from app.learning import desk
from app.learning.case import Case
from app.learning.contract import Choice, Earlier, Field, Key, KeyLine, Response, Slip, StepMark, View
from app.learning.marking import mark_lines
from app.learning.reading import show_date
from app.payer.model import Citation
from app.world.plans import plans

NAME = "build_inquiry"
_RULE = Citation("45 CFR 162.1202 (eligibility for a health plan, ASC X12N 270/271)", dt.date(2026, 1, 1))


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to choose."""


def applies(case: Case, options: Options, earlier: Earlier) -> str:
    """An inquiry is always to be built."""
    return ""


def ask(case: Case, options: Options, earlier: Earlier) -> View:
    """Show the card, the registration and the visit; ask for the fields of a 270."""
    return View(
        "Ask the payer whether this patient is covered for this visit. Fill in the inquiry from what is on the desk.",
        (*desk.cards(case.facts), desk.registration(case.facts), desk.visit(case.facts)),
        fields(case), opens="card-1", action="Ask the payer",
    )


def fields(case: Case) -> tuple[Field, ...]:
    """The fields of the inquiry; every plan the office deals with is in the list."""
    known = tuple(Choice(plan.id, desk.plan_name(plan.id)) for plan in plans().values() if plan.kind != "self_pay")
    return (
        Field("plan", "Plan to ask", "choice", known, group="Payer"),
        Field("member_id", "Member number", "identifier", group="Member", most=30),
        Field("given", "Patient's first name", "text", group="Member", most=40),
        Field("family", "Patient's last name", "text", group="Member", most=40),
        Field("birth_date", "Birth date", "date", group="Member"),
        Field("on", "Date of service", "date", group="Visit"),
    )


def key(case: Case, options: Options, earlier: Earlier) -> Key:
    """The payer's own enrollment decides: what it has on file is what it will find."""
    cover = case.clean.coverages[0]
    person, desk_copy = cover.patient, case.facts.registration
    on = case.facts.encounter.first
    truth = {
        "plan": (cover.plan, desk.plan_name(cover.plan), "The card in force on the date of service names the plan."),
        "member_id": (cover.member_id, cover.member_id,
                      "The payer finds a member by the number on the current card. One wrong digit finds nobody, "
                      "or somebody else."),
        "given": (person.given, person.given, "The name must be the one the payer has enrolled."),
        "family": (person.family, person.family, "The name must be the one the payer has enrolled."),
        "birth_date": (person.birth_date.isoformat(), show_date(person.birth_date),
                       "Number, name and birth date together identify the member."),
        "on": (on.isoformat(), show_date(on), "Coverage is asked for the date of service, not for today."),
    }
    labels = {field.name: field.label for field in fields(case)}
    lines = tuple(KeyLine(name, labels[name], ((value,),), shown, why, 2 if name in ("plan", "member_id") else 1,
                          _RULE, "The claim comes back unpaid, and the work is done twice."
                          if name in ("plan", "member_id") else "")
                  for name, (value, shown, why) in truth.items())
    recorded = {"plan": desk_copy.plan, "member_id": desk_copy.member_id, "given": desk_copy.given,
                "family": desk_copy.family, "birth_date": desk_copy.birth_date.isoformat()}
    copied = tuple(Slip(f"copied-{name}", name, (value,),
                        "You copied the registration. It does not agree with the card: the card in force wins, and "
                        "the registration is put right.")
                   for name, value in recorded.items() if value != truth[name][0])
    today = (Slip("asked-today", "on", (case.today.isoformat(),), "You asked about today. The payer answers for the "
                  "date you give, and that is the date of service."),) if case.today != on else ()
    return Key(lines, copied + today)


def mark(case: Case, options: Options, key: Key, response: Response, earlier: Earlier) -> StepMark:
    """Mark field by field."""
    return mark_lines(key, response, fields(case))


def summary(response: Response) -> str:
    """Return the plan and number asked about."""
    return f"Asked {(response.get('plan') or ['nobody'])[0]} about {(response.get('member_id') or ['—'])[0]}"
