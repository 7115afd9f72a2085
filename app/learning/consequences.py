"""What the learner's own work leads to: the claim as it now stands, and the payer's answer to it.

A case starts with its defects in place. Each thing the learner handed in before changes the claim: a member number
read from the card, an authorization asked for, codes assigned, a correction sent. The payer then answers that claim,
right or wrong, which is how an early mistake has its real consequence later.
"""

import datetime as dt

from msgspec import Struct
from msgspec.structs import replace

from app.learning.case import Case
from app.learning.contract import Earlier, Response
from app.payer.appeals import decide
from app.payer.denials import explain
from app.payer.history import remember
from app.payer.model import Adjudication, Appeal, AppealDecision, Claim, Context, Denial
from app.payer.pipeline import adjudicate

# Form field → claim field, for what a person types onto a claim.
TYPED = {
    "member_id": "member_id", "given": "patient_given", "family": "patient_family", "plan": "plan",
    "rendering_npi": "rendering_npi", "authorization_number": "authorization_number",
    "referral_number": "referral_number", "sex": "patient_sex",
}


class Standing(Struct, frozen=True):
    """The claim as it stands now, what the payer knows, and its answer."""

    claim: Claim
    context: Context
    adjudication: Adjudication


def standing(case: Case, earlier: Earlier) -> Standing:
    """Return where the claim stands after everything handed in so far."""
    now = Standing(case.claim, case.context, case.adjudication)
    for _, kind, response in earlier.steps:
        if kind == "assemble_appeal":
            decision = appealed(case, now, response)
            if decision.adjudication is not None:
                now = Standing(now.claim, appeal_context(case), decision.adjudication)
        elif kind in _CHANGES:
            claim, context = _CHANGES[kind](case, response, now)
            if (claim, context) != (now.claim, now.context):
                now = Standing(claim, context, adjudicate(claim, context))
    return now


# Until a visit is coded the desk lives before it; from the payer's answer on, after that answer. Words are marked where
# the codes are: at the visit, or in an audit, which comes after the payment.
_BEFORE = ("build_inquiry", "read_benefits", "estimate_cost")
_AT_VISIT = ("assign_codes", "assign_procedures", "write_query", "find_support", "check_claim")


def dated(case: Case, earlier: Earlier, kind: str) -> dt.date:
    """Return the date on which a step of this kind is worked: time goes on within a case."""
    if kind in _BEFORE:
        return case.today
    if kind in _AT_VISIT or (kind == "mark_evidence" and earlier.of("audit_codes") is None):
        return max(case.today, case.facts.encounter.last)
    return answered_on(case, standing(case, earlier))


def answered_on(case: Case, now: Standing) -> dt.date:
    """Return the first day on which the payer's answer can be worked."""
    return max(case.today, now.adjudication.remittance.decided)


def denials(case: Case, now: Standing) -> tuple[Denial, ...]:
    """Return the denials of the claim as it stands, held against the repaired claim."""
    if now.adjudication == case.adjudication:
        return case.denials
    return explain(now.adjudication, case.clean_adjudication, now.claim, now.context,
                   answered_on(case, now))


def appealed(case: Case, now: Standing, response: Response) -> AppealDecision:
    """Let the payer decide the appeal that the learner put together, filed on the case's own date."""
    level = (response.get("level") or ["1"])[0]
    found = denials(case, now)
    sent = Appeal(level=int(level) if level.isdecimal() else 1, filed=answered_on(case, now),
                  amount=max((denial.at_stake for denial in found), default=0),
                  argument=(response.get("argument") or [""])[0], evidence=tuple(response.get("evidence", [])))
    return decide(sent, now.claim, appeal_context(case), now.adjudication)


def appeal_context(case: Case) -> Context:
    """What the payer knows on the day of an appeal: a retrospective authorization or referral is in its file."""
    return replace(case.context, authorizations=case.clean_context.authorizations,
                   referrals=case.clean_context.referrals, papers=case.context.papers | case.clean_context.papers)


def typed_onto(claim: Claim, response: Response) -> Claim:
    """Return the claim with what the learner typed. Fields that were left blank stay as they are."""
    changes: dict[str, object] = {
        TYPED[name]: values[0] for name, values in response.items() if name in TYPED and values
    }
    if response.get("birth_date"):
        changes["patient_birth_date"] = dt.date.fromisoformat(response["birth_date"][0])
    if response.get("diagnoses"):
        changes["diagnoses"] = tuple(response["diagnoses"])
    if "lines" in response:
        kept = [line for line in claim.lines if str(line.number) in response["lines"]]
        changes["lines"] = tuple(replace(line, number=i) for i, line in enumerate(kept, start=1)) or claim.lines
    return replace(claim, **changes)


def _after_inquiry(case: Case, response: Response, now: Standing) -> tuple[Claim, Context]:
    """Registration is put right by what was read from the card; subscriber and group follow the plan."""
    typed = typed_onto(now.claim, {k: v for k, v in response.items() if k != "authorization_number"})
    return _with_subscriber(case, typed), now.context


def _after_benefits(case: Case, response: Response, now: Standing) -> tuple[Claim, Context]:
    """Who asked for the authorization or the referral has it; who did not, sends the claim without."""
    claim, context = now.claim, now.context
    in_hand = response.get("in_hand", [])
    if "authorization" in in_hand:
        claim = replace(claim, authorization_number=case.clean_claim.authorization_number)
        context = replace(context, authorizations=case.clean_context.authorizations)
    if "referral" in in_hand:
        claim = replace(claim, referral_number=case.clean_claim.referral_number)
        context = replace(context, referrals=case.clean_context.referrals)
    return claim, context


def _after_coding(case: Case, response: Response, now: Standing) -> tuple[Claim, Context]:
    """The claim carries the codes that were assigned; pointers to codes that are not there fall away."""
    codes = tuple(response.get("codes", []))
    if not codes:
        return now.claim, now.context
    lines = tuple(replace(line, pointers=tuple(p for p in line.pointers if p <= len(codes)) or (1,))
                  for line in now.claim.lines)
    poa = tuple(None for _ in codes) if now.claim.poa else ()
    return replace(now.claim, diagnoses=codes, lines=lines, poa=poa), now.context


def _after_correction(case: Case, response: Response, now: Standing) -> tuple[Claim, Context]:
    """A correction goes out as the learner marked it: a new claim, or a replacement of the payer's original."""
    if not response:
        return now.claim, now.context
    fixed = _with_subscriber(case, typed_onto(now.claim, response))
    fixed = replace(fixed, frequency=(response.get("frequency") or ["1"])[0],
                    original_reference=_original(response, now), received=answered_on(case, now))
    # A retrospective authorization or referral that the payer granted is in its file by now.
    seen = remember(now.context, now.claim, now.adjudication)
    known = replace(seen, authorizations=case.clean_context.authorizations,
                    referrals=case.clean_context.referrals)
    return fixed, known


def _original(response: Response, now: Standing) -> str:
    """The payer's reference as the payer writes it, when the learner typed the same characters."""
    typed = (response.get("original") or [""])[0]
    actual = now.adjudication.remittance.payer_reference
    return actual if typed == "".join(ch for ch in actual.upper() if ch.isalnum()) else typed


def _with_subscriber(case: Case, claim: Claim) -> Claim:
    if claim.plan != case.clean_claim.plan:
        return claim
    right = case.clean_claim
    return replace(claim, group_number=right.group_number, subscriber_name=right.subscriber_name,
                   relationship=right.relationship)


_CHANGES = {
    "build_inquiry": _after_inquiry,
    "read_benefits": _after_benefits,
    "assign_codes": _after_coding,
    "check_claim": _after_inquiry,
    "correct_claim": _after_correction,
}
