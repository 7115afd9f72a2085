"""Files of claims and answers, as the office and its payers would write them, for judges to read."""

import datetime as dt
from functools import cache
from itertools import count

from msgspec import Struct
from msgspec.structs import replace

from app.billing.claims import claim_from, context_from
from app.billing.coordination import next_coverage, to_next_payer
from app.billing.x12 import acknowledgments, claim_status, claims, eligibility, eligibility_answers, remittances
from app.billing.x12.envelope import interchange
from app.billing.x12.parties import ClaimParties, parties_from
from app.billing.x12.remittances import Answered
from app.coding.editions import SqliteCodeIndex
from app.learning.population import Billed, billed
from app.payer.claim_status import status_of
from app.payer.eligibility import answer
from app.payer.history import remember
from app.payer.pipeline import adjudicate
from app.world.defects import plant
from app.world.generate import Wish, clean_world
from app.world.seed import Seed
from tests.codes import built_index

MADE = dt.datetime(2026, 9, 1, 9, 30)
SEEDS = 500


class Files(Struct):
    rows: list[Answered]
    texts: dict[str, str]
    coverage: list[eligibility.Asked]
    statuses: list[claim_status.Asked]


@cache
def codes() -> SqliteCodeIndex:
    return SqliteCodeIndex(built_index())


@cache
def files() -> Files:
    """500 cases: every fifth with a second payer, who is billed; every seventh corrected, every eleventh voided.

    One more is turned away.
    """
    rows: list[Answered] = []
    coverage: list[eligibility.Asked] = []
    for index in range(SEEDS):
        case = billed("x12", index, codes(), Wish(secondary=True) if index % 5 == 0 else Wish())
        rows.append(_row(case, case))
        rows += _afterwards(case, index)
        inquiry = eligibility.inquiry_of(case.facts)
        told = answer(inquiry, case.context, case.facts.encounter.provider)
        if told.refusal != "payer":
            coverage.append(eligibility.asked(case.facts, inquiry, told, trace=f"Q{index}"))
    rows.append(_turned_away())
    statuses = [_status(row, index) for index, row in enumerate(rows) if claim_status.can_ask(row.claim)]
    return Files(rows, written(rows) | asked(coverage, statuses), coverage, statuses)


def _status(row: Answered, index: int) -> claim_status.Asked:
    """Asked from the day before receipt to long after the decision."""
    day = row.claim.received + dt.timedelta(days=index % 50 - 1)
    return claim_status.Asked(f"S{index}", row.claim, row.parties, status_of(row.claim, row.answer, day))


def asked(coverage: list[eligibility.Asked], statuses: list[claim_status.Asked]) -> dict[str, str]:
    """Return the text of questions and answers, a transaction set for each payer and provider."""
    about: dict[tuple[str, str], list[eligibility.Asked]] = {}
    for one in coverage:
        about.setdefault((one.payer.id, one.receiver.npi), []).append(one)
    where: dict[tuple[str, str], list[claim_status.Asked]] = {}
    for other in statuses:
        where.setdefault((other.parties.payer.id, other.claim.billing.npi), []).append(other)
    bodies = {
        "270": [eligibility.inquiries(rows, batch="B1", made=MADE) for rows in about.values()],
        "271": [eligibility_answers.answers(rows, batch="B1", made=MADE) for rows in about.values()],
        "276": [claim_status.inquiries(rows, batch="B1", made=MADE) for rows in where.values()],
        "277": [claim_status.answers(rows, batch="B1", made=MADE) for rows in where.values()],
    }
    return {kind: interchange(kind, sets, control=1, made=MADE)  # type: ignore[arg-type]
            for kind, sets in bodies.items()}


def _row(case: Billed, answered: Billed) -> Answered:
    return Answered(answered.claim, parties_from(case.facts, answered.claim), answered.answer)


def _turned_away() -> Answered:
    """A claim that the front door rejects: too rare among the drawn ones to count on."""
    seed = Seed("x12").child("turned away")
    facts = plant(clean_world(seed, Wish()), "member_number_short", seed)
    claim = claim_from(facts)
    return Answered(claim, parties_from(facts, claim), adjudicate(claim, context_from(facts)))


def _afterwards(case: Billed, index: int) -> list[Answered]:
    if case.answer.remittance.status != "paid":
        return []
    claim, context = case.claim, case.context
    coverage = next_coverage(claim, context) if index % 5 == 0 else None
    if coverage is not None:
        second = to_next_payer(claim, case.answer, coverage)
        return [Answered(second, parties_from(case.facts, second), adjudicate(second, context))]
    if index % 7 and index % 11:
        return []
    known = remember(context, claim, case.answer)
    again = replace(claim, frequency="7" if index % 7 == 0 else "8", number=f"{claim.number}R",
                    original_reference=case.answer.remittance.payer_reference,
                    received=case.answer.remittance.decided + dt.timedelta(days=5))
    return [Answered(again, parties_from(case.facts, again), adjudicate(again, known))]


def written(rows: list[Answered]) -> dict[str, str]:
    """Return the text of one file of each kind, with several transaction sets where the rules ask for them."""
    control, texts = count(1), {}
    for form, kind in (("professional", "837P"), ("institutional", "837I")):
        own = [(row.claim, row.parties) for row in rows if row.claim.form == form and row.claim.plan]
        body = claims.transaction(form, own, batch="B1", made=MADE)
        texts[kind] = interchange(kind, [body], control=next(control), made=MADE)  # type: ignore[arg-type]
    paid = [remittances.transaction(group, check=f"CK{number:05d}")
            for number, group in enumerate(remittances.payments(rows))]
    texts["835"] = interchange("835", paid, control=next(control), made=MADE)
    groups: dict[tuple[str, str], list[tuple[object, ClaimParties, object]]] = {}
    for row in rows:
        to = (row.parties.payer.id, row.claim.billing.npi)
        groups.setdefault(to, []).append((row.claim, row.parties, row.answer))
    told = [acknowledgments.claims(group, batch=f"B{number}", made=MADE)  # type: ignore[arg-type]
            for number, group in enumerate(groups.values())]
    texts["277CA"] = interchange("277CA", told, control=next(control), made=MADE)
    fault = acknowledgments.SyntaxFault("CLM", 22, "8", 2, "1")
    texts["999"] = interchange("999", [acknowledgments.functional("837", "005010X222A1", "1", [("0001", ()), ("0002", (
        fault,))])], control=next(control), made=MADE)
    return texts
