"""Correct the claim and send it again; the payer answers the claim the learner made."""

import datetime as dt

from msgspec import Struct

from app.learning import desk
from app.learning.case import Case
from app.learning.consequences import Standing, denials, standing
from app.learning.contract import Choice, Earlier, Field, Key, KeyLine, LineMark, Response, Slip, StepMark, View
from app.learning.marking import mark_lines
from app.learning.papers import Paper
from app.learning.reading import readable, show_date
from app.payer.model import Citation, Claim
from app.payer.story import story
from app.world.money import dollars
from app.world.plans import plans
from app.world.services import services

NAME = "correct_claim"
_RULE = Citation("Payer's rules for corrected claims; ASC X12N 837 claim frequency code", dt.date(2026, 1, 1))


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to choose."""


def applies(case: Case, options: Options, earlier: Earlier) -> str:
    """Only a claim that did not pay as it should is corrected."""
    found = denials(case, standing(case, earlier))
    if not found:
        return "Clean claim. There is nothing to correct."
    if found[0].action not in ("corrected_claim", "rebill"):
        return "This denial is not one that a corrected claim puts right."
    return ""


def ask(case: Case, options: Options, earlier: Earlier) -> View:
    """Show the file and the claim as a form that can be changed."""
    now = standing(case, earlier)
    papers: tuple[Paper, ...] = (
        desk.claim(now.claim, case.facts), desk.remittance(now.claim, now.adjudication.remittance, words=True),
        *desk.cards(case.facts), desk.registration(case.facts), desk.visit(case.facts),
        *desk.office_file(case.facts), *desk.late_papers(case.facts, case.clean), *desk.chart(case.facts),
    )
    return View("Put the claim right and send it. Change what is wrong and leave the rest as it is.", papers,
                fields(case, now), opens="claim", action="Send the claim")


def fields(case: Case, now: Standing) -> tuple[Field, ...]:
    """The claim's fields, filled in as it was sent."""
    sent = now.claim
    known = tuple(Choice(plan.id, desk.plan_name(plan.id)) for plan in plans().values() if plan.kind != "self_pay")
    lines = tuple(Choice(str(line.number), f"{line.code} {services()[line.service].title}, {line.units} × "
                                           f"{show_date(line.on)}, {dollars(line.charge)}") for line in sent.lines)
    return (
        Field("frequency", "Kind of claim", "choice", (
            Choice("1", "New claim (1)"), Choice("7", "Replacement of the payer's claim (7)"),
            Choice("8", "Void of the payer's claim (8)")), group="Claim"),
        Field("original", "Payer's original reference", "identifier", group="Claim", most=30,
              hint="Leave blank on a new claim."),
        Field("plan", "Payer and plan", "choice", known, group="Insured", initial=(sent.plan,)),
        Field("member_id", "Member number", "identifier", group="Insured", most=30, initial=(sent.member_id,)),
        Field("given", "Patient's first name", "text", group="Insured", most=40, initial=(sent.patient_given,)),
        Field("family", "Patient's last name", "text", group="Insured", most=40, initial=(sent.patient_family,)),
        Field("birth_date", "Birth date", "date", group="Insured", initial=(sent.patient_birth_date.isoformat(),)),
        Field("sex", "Sex", "choice", (Choice("F", "Female"), Choice("M", "Male")), group="Insured",
              initial=(sent.patient_sex,)),
        Field("rendering_npi", "Rendering NPI (training)", "identifier", group="Service", most=10,
              initial=(sent.rendering_npi,)),
        Field("authorization_number", "Prior authorization number", "identifier", group="Service", most=30,
              initial=_one(sent.authorization_number)),
        Field("referral_number", "Referral number", "identifier", group="Service", most=30,
              initial=_one(sent.referral_number)),
        Field("diagnoses", "Diagnosis codes, in order", "codes", group="Service", most=12, initial=sent.diagnoses),
        Field("lines", "Lines to bill", "choices", lines, group="Service",
              initial=tuple(str(line.number) for line in sent.lines)),
    )


def key(case: Case, options: Options, earlier: Earlier) -> Key:
    """What differs between the claim as it stands and the repaired claim, and how the correction must be marked."""
    now = standing(case, earlier)
    asked = {field.name: field for field in fields(case, now)}
    was, right = _values(now.claim), _values(case.clean_claim)
    right["lines"] = _kept_lines(now.claim, case.clean_claim)
    changed = [name for name in was if was[name] != right[name]]
    lines = [KeyLine(name, asked[name].label, (right[name],), _shown(asked[name], right[name]),
                     _why(case, now, name), 3, denials(case, now)[0].citation) for name in changed]
    lines += _kind_of_claim(case, now, asked)
    answer = case.clean_adjudication
    kept = tuple(Slip(f"left-{name}", name, was[name], "This is what was sent before. It is what the payer stopped.")
                 for name in changed if was[name])
    return Key(tuple(lines), kept, tuple(story(answer)), {"changed": " ".join(changed)})


def mark(case: Case, options: Options, key: Key, response: Response, earlier: Earlier) -> StepMark:
    """Mark what had to change, what was disturbed, and show the payer's new answer."""
    now = standing(case, earlier)
    asked = fields(case, now)
    told = mark_lines(key, response, asked)
    if not response:
        return told
    after = standing(case, Earlier((*earlier.steps, ("now", NAME, response))))
    answer = after.adjudication.remittance
    paper = desk.remittance(after.claim, answer, words=True, id_="new-answer", tab="New answer",
                            title="The payer's new answer")
    paid_right = not denials(case, after)
    right = case.clean_adjudication.remittance.paid
    result = LineMark("", "The payer's new answer", f"pays {dollars(answer.paid)}", f"pays {dollars(right)}",
                      "right" if paid_right else "wrong", 200 if paid_right else 0, 2,
                      "The payer decided on the claim as you sent it.",
                      cost="" if paid_right else f"{dollars(max(0, right - answer.paid))} is still not collected.")
    return StepMark((*told.lines, *_disturbed(key, response, asked), result), told.findings,
                    tuple(story(after.adjudication)), (paper,))


def summary(response: Response) -> str:
    """Return how the correction went out."""
    kind = {"1": "a new claim", "7": "a replacement", "8": "a void"}
    return f"Sent as {kind.get((response.get('frequency') or [''])[0], 'nothing')}"


def _why(case: Case, now: Standing, name: str) -> str:
    """What went wrong with a field: what was planted there, or what the learner's own work made of it."""
    if _values(now.claim)[name] == _values(case.claim)[name]:
        return " ".join(f"{record.what} {record.notice}" for record in case.facts.defects)
    return "This came from your own work in an earlier step. The papers on the desk say otherwise."


def _values(claim: Claim) -> dict[str, tuple[str, ...]]:
    return {
        "plan": (claim.plan,), "member_id": _one(_bare(claim.member_id)), "given": (claim.patient_given,),
        "family": (claim.patient_family,), "birth_date": (claim.patient_birth_date.isoformat(),),
        "sex": (claim.patient_sex,), "rendering_npi": (claim.rendering_npi,),
        "authorization_number": _one(_bare(claim.authorization_number)),
        "referral_number": _one(_bare(claim.referral_number)), "diagnoses": claim.diagnoses,
        "lines": tuple(str(line.number) for line in claim.lines),
    }


def _kept_lines(sent: Claim, right: Claim) -> tuple[str, ...]:
    """The numbers of the lines of `sent` that the repaired claim also has."""
    wanted = [(line.code, line.units) for line in right.lines]
    return tuple(str(line.number) for line in sent.lines if (line.code, line.units) in wanted)


def _kind_of_claim(case: Case, now: Standing, asked: dict[str, Field]) -> list[KeyLine]:
    """A claim that was never processed is sent anew; one that was decided is replaced, with the payer's number."""
    answer = now.adjudication.remittance
    replacing = answer.status != "rejected" and not unprocessable(now) and now.claim.plan == case.clean_claim.plan
    kind = "7" if replacing else "1"
    labels = {choice.value: choice.label for choice in asked["frequency"].choices}
    why = ("The payer decided the first claim: a replacement names it, or the new one is a duplicate." if replacing
           else "The payer has no decision on this claim: there is nothing to replace, so it goes as a new one.")
    lines = [KeyLine("frequency", asked["frequency"].label, ((kind,),), labels[kind], why, 1, _RULE,
                     "Sent the wrong way it is turned away as a duplicate, or for want of the original.")]
    if replacing:
        lines.append(KeyLine("original", asked["original"].label, ((_bare(answer.payer_reference),),),
                             answer.payer_reference, "The payer's number of the first claim stands on its remittance.",
                             1, _RULE))
    return lines


def unprocessable(now: Standing) -> bool:
    """Whether the payer returned the claim as unprocessable (remark MA130): no decision, so no replacement."""
    return any("MA130" in a.remarks for line in now.adjudication.remittance.lines for a in line.adjustments)


def _disturbed(key: Key, response: Response, asked: tuple[Field, ...]) -> list[LineMark]:
    keyed = {line.field for line in key.lines} | {"original"}
    touched = [field for field in asked if field.name not in keyed
               and [v.casefold() for v in response.get(field.name, [])] != [_bare(v).casefold() if
                   field.type == "identifier" else v.casefold() for v in field.initial]]
    names = ", ".join(field.label for field in touched)
    return [LineMark(field.name, field.label, "changed", "left as it was", "wrong", 0, 1,
                     f"{names}: this was right and is now wrong.") for field in touched[:1]]


def _shown(field: Field, values: tuple[str, ...]) -> str:
    return readable(field, list(values)) if values else "blank"


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def _bare(text: str) -> str:
    """An identifier as `reading` normalises it."""
    return "".join(ch for ch in text.upper() if ch.isalnum())
