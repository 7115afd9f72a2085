"""Check the claim before it goes: the last look at what the office's own work has made of it."""

import datetime as dt

from msgspec import Struct

from app.learning import desk
from app.learning.case import Case
from app.learning.consequences import standing
from app.learning.contract import Earlier, Field, Key, KeyLine, Response, Slip, StepMark, View
from app.learning.marking import mark_lines
from app.learning.papers import FormPaper, Row
from app.payer.model import Citation
from app.world.money import dollars

NAME = "check_claim"
_RULE = Citation("ASC X12N 837 (45 CFR 162.1102): subscriber and prior-authorization data", dt.date(2026, 1, 1))


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to choose."""


def applies(case: Case, options: Options, earlier: Earlier) -> str:
    """The claim is always looked at before it goes."""
    return ""


def ask(case: Case, options: Options, earlier: Earlier) -> View:
    """Show the claim as the learner's own work has made it."""
    now = standing(case, earlier)
    return View(
        "This is the claim your work has made. Fill in the three numbers a payer stops claims for, from the papers, "
        "and send it.",
        (desk.claim(now.claim, case.facts, title="Claim, ready to go"), *desk.cards(case.facts),
         desk.registration(case.facts), desk.visit(case.facts), *_granted(case, earlier)),
        fields(case), opens="claim", action="Send the claim",
    )


def fields(case: Case) -> tuple[Field, ...]:
    """Member number, authorization, total."""
    return (
        Field("member_id", "Member number on the claim", "identifier", most=30),
        Field("authorization_number", "Prior authorization number", "identifier", most=30,
              hint="Write NONE when there is none."),
        Field("total", "Total charge", "money"),
    )


def key(case: Case, options: Options, earlier: Earlier) -> Key:
    """The member number of the enrollment, the authorization that is really on file, the sum of the lines."""
    now = standing(case, earlier)
    member = case.clean.coverages[0].member_id
    number = now.claim.authorization_number or "NONE"
    total = now.claim.charge
    lines = (
        KeyLine("member_id", "Member number on the claim", ((_bare(member),),), member,
                "From the current card. The registration is a copy, and copies go wrong.", 2, _RULE,
                "The payer cannot identify the patient and sends the claim back."),
        KeyLine("authorization_number", "Prior authorization number", ((_bare(number),),), number,
                "Only a number that the plan gave. None was given when none was asked for.", 1, _RULE),
        KeyLine("total", "Total charge", ((str(total),),), dollars(total), "The sum of the lines.", 1, _RULE),
    )
    recorded = _bare(case.facts.registration.member_id)
    copied = (Slip("copied-registration", "member_id", (recorded,),
                   "That is the number in the registration. The card says otherwise."),
              ) if recorded != _bare(member) else ()
    return Key(lines, copied)


def mark(case: Case, options: Options, key: Key, response: Response, earlier: Earlier) -> StepMark:
    """Mark field by field; the claim goes out with the member number that was typed."""
    return mark_lines(key, response, fields(case))


def summary(response: Response) -> str:
    """Return the member number it went out with."""
    return f"Sent for member {(response.get('member_id') or ['as registered'])[0]}"


def _granted(case: Case, earlier: Earlier) -> tuple[FormPaper, ...]:
    number = standing(case, earlier).claim.authorization_number
    if not number:
        return ()
    return (FormPaper("grant", "Authorization", "Answer to your request", (("The plan authorized", (
        Row("Number", number, code=True),)),)),)


def _bare(text: str) -> str:
    return "".join(ch for ch in text.upper() if ch.isalnum())
