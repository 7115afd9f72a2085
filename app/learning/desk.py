"""Lay the papers of a case on the desk: what the front desk, the coder or the biller would have before her."""

from collections.abc import Sequence

from app.billing.forms.sheets import sheets_of
from app.learning.papers import (
    CardPaper,
    ChartPaper,
    ClaimPaper,
    FormPaper,
    Paper,
    Part,
    RemittanceCode,
    RemittanceLine,
    RemittancePaper,
    Row,
    TablePaper,
)
from app.learning.reading import show_date
from app.payer.codes import plain_words
from app.payer.model import Claim, EligibilityAnswer, Remittance
from app.world.model import ChartDocument, Facts, InsuranceCard
from app.world.money import dollars
from app.world.plans import Category, Cost, payer_of, plans
from app.world.services import services

_TABS = {
    "registration": "Registration", "history_and_physical": "H&P", "office_note": "Office note",
    "emergency_note": "ED note", "nursing_note": "Nursing", "progress_note": "Progress", "order": "Order",
    "laboratory": "Lab", "imaging": "Imaging", "consult": "Consult", "operative_report": "Operation",
    "medication_list": "Medications", "discharge_summary": "Discharge", "problem_list": "Problem list",
    "referral_letter": "Referral",
}
_STATUS = {
    "rejected": "Rejected before adjudication", "paid": "Paid", "denied": "Denied", "reversed": "Reversed",
}


def chart(facts: Facts) -> tuple[Paper, ...]:
    """Every document of the chart, in order of time."""
    documents = sorted(facts.encounter.chart, key=lambda document: document.at)
    plain = [_TABS[document.kind] for document in documents]
    dated = [f"{tab} {document.at.month}/{document.at.day}" for tab, document in zip(plain, documents, strict=True)]
    # The plainest name that tells a document from the others: its kind, the day with it, or its own title.
    return tuple(_document(document, plain[i] if plain.count(plain[i]) == 1 else
                           dated[i] if dated.count(dated[i]) == 1 else document.title)
                 for i, document in enumerate(documents))


def registration(facts: Facts) -> FormPaper:
    """What the front desk wrote down."""
    desk, person = facts.registration, facts.patient
    return FormPaper("registration", "Registration", "Registration record", (
        ("Patient", (
            Row("Medical record number", person.mrn, code=True), Row("Name", f"{desk.family}, {desk.given}"),
            Row("Sex", {"F": "Female", "M": "Male"}[desk.sex]), Row("Birth date", show_date(desk.birth_date)),
            Row("Address", f"{person.address.street}, {person.address.city}, {person.address.state} "
                           f"{person.address.zip}"),
            Row("Telephone", person.phone), Row("Language", person.language),
        )),
        ("Insurance on file", (
            Row("Plan", plan_name(desk.plan)), Row("Member number", desk.member_id, code=True),
            Row("Group number", desk.group_number or "none", code=True), Row("Subscriber", desk.subscriber_name),
            Row("Patient is the subscriber's", "self" if desk.relationship == "self" else desk.relationship),
            Row("Other coverage on file", plan_name(desk.other_coverage) if desk.other_coverage else "none"),
            Row("Registered on", show_date(desk.registered_on)),
        )),
    ))


def cards(facts: Facts) -> tuple[Paper, ...]:
    """The insurance cards the patient handed over."""
    return tuple(_card(i, card) for i, card in enumerate(facts.cards, start=1))


def visit(facts: Facts) -> FormPaper:
    """The appointment: who, when, what is ordered."""
    encounter = facts.encounter
    wanted = tuple(Row(services()[charge.service].title, _code(charge.code), code=True)
                   for charge in encounter.charges)
    referring = (Row("Referred by", encounter.referring.name),) if encounter.referring else ()
    return FormPaper("visit", "Visit", "Visit", (
        ("Visit", (
            Row("Date of service", show_date(encounter.first)), Row("With", encounter.provider.name),
            Row("NPI (training)", encounter.provider.npi, code=True), Row("Specialty", encounter.specialty),
            Row("At", encounter.facility.name), Row("Reason", encounter.reason), *referring,
        )),
        ("Services", wanted),
    ), note="Codes of a Z and four digits are training codes: they stand where a licensed code set would.")


def claim(sent: Claim, facts: Facts, *, id_: str = "claim", tab: str = "Claim", title: str = "Claim as sent"
          ) -> ClaimPaper:
    """A claim on its paper form, with what the office of `facts` knows beside it."""
    kind = {"1": "Original (1)", "7": "Replacement (7)", "8": "Void (8)"}[sent.frequency]
    rows = (
        Row("Claim number", sent.number, code=True), Row("Kind", kind), Row("Payer and plan", plan_name(sent.plan)),
        Row("Dates of service", _span(sent)), Row("Received by the payer", show_date(sent.received)),
    )
    return ClaimPaper(id_, tab, title, sent.form, rows, sheets_of(facts, sent))


def remittance(sent: Claim, answer: Remittance, *, words: bool, id_: str = "remittance", tab: str = "Remittance",
               title: str = "Remittance advice") -> RemittancePaper:
    """The payer's answer. `words` adds our plain words to each code; a reading exercise leaves them off."""
    lines = tuple(RemittanceLine(
        result.number, next(line.code for line in sent.lines if line.number == result.number), result.charge,
        result.allowed, result.paid,
        tuple(RemittanceCode(a.group, a.reason, a.remarks, a.amount,
                             plain_words(a.group, a.reason, a.remarks) if words else "")
              for a in result.adjustments),
    ) for result in answer.lines)
    return RemittancePaper(
        id_, tab, title if answer.status != "rejected" else "Claim acknowledgment (277CA)",
        payer_of(plans()[sent.plan]).name, answer.payer_reference, answer.decided, _STATUS[answer.status],
        answer.rejection, lines, sent.charge, answer.paid, answer.patient_responsibility,
    )


def eligibility(answer: EligibilityAnswer, *, id_: str = "eligibility", tab: str = "Payer's answer",
                title: str = "Eligibility and benefits") -> FormPaper:
    """The payer's answer to an inquiry."""
    if not answer.found:
        return FormPaper(id_, tab, title, (("Answer", (Row("Member", "Not found"), Row("Reason", answer.reason))),))
    dates = show_date(answer.effective) if answer.effective else ""
    ended = f" to {show_date(answer.ended)}" if answer.ended else " and open-ended"
    head = (Row("Plan", answer.plan_name), Row("Coverage", f"from {dates}{ended}"),
            Row("Other coverage known", plan_name(answer.other_payer) if answer.other_payer else "none"))
    most = dollars(answer.out_of_pocket) if answer.out_of_pocket is not None else "none"
    year = (Row("Deductible for the year", dollars(answer.deductible)),
            Row("Met so far", dollars(answer.deductible_met)), Row("Out-of-pocket maximum", most),
            Row("Counted toward it so far", dollars(answer.out_of_pocket_met)))
    groups = [("Member", head), ("Benefit year", year)]
    for benefit in answer.benefits:
        title_ = services()[benefit.service].title
        groups.append((title_, (
            Row("Covered", "yes" if benefit.covered else "no"),
            Row("Network", "in network" if benefit.in_network else "out of network"),
            Row("Copayment", dollars(benefit.copayment)), Row("Coinsurance", percent(benefit.coinsurance)),
            Row("Deductible applies", "yes" if benefit.deductible_applies else "no"),
            Row("Prior authorization", benefit.authorization), Row("Referral", benefit.referral),
        )))
    return FormPaper(id_, tab, title, tuple(groups))


def contract(facts: Facts, plan: str, allowed: Sequence[tuple[str, int]]) -> TablePaper:
    """What the plan's contract allows for each service of the visit. `allowed` pairs service ids and cents."""
    charges = {charge.service: charge.amount for charge in facts.encounter.charges}
    return TablePaper(
        "contract", "Contract", f"What {plan_name(plan)} allows", ("Service", "Code", "Our charge", "Allowed"),
        tuple((services()[service].title, services()[service].code, str(charges.get(service, 0)), str(amount))
              for service, amount in allowed),
        money=(2, 3),
    )


def office_file(facts: Facts) -> tuple[Paper, ...]:
    """What else the office has on this visit: authorizations and referrals it wrote down, claims sent before."""
    notes = (Row("Prior authorization written down", facts.authorization_on_file or "none", code=True),
             Row("Referral written down", facts.referral_on_file or "none", code=True))
    letters = tuple(Row(f"Letter: authorization {a.number}", f"{services()[a.service].title}, {a.units} unit(s), "
                        f"{show_date(a.first)} to {show_date(a.last)}") for a in facts.authorizations)
    slips = tuple(Row(f"Referral {r.number}", f"{r.specialty}, {r.visits} visit(s), {show_date(r.first)} to "
                      f"{show_date(r.last)}") for r in facts.referrals)
    sent = tuple((p.number, show_date(p.first), ", ".join(p.codes), show_date(p.received))
                 for p in facts.prior_claims if p.patient_mrn == facts.patient.mrn)
    history = (TablePaper("history", "Claims sent", "Claims the payer already has from us",
                          ("Payer's number", "Date of service", "Codes", "Received"), sent),) if sent else ()
    return (FormPaper("file", "Office file", "Authorizations and referrals", (
        ("Written down at the desk", notes),
        *((("Letters from the plan", letters + slips),) if letters + slips else ()),
    )), *history)


def late_papers(facts: Facts, clean: Facts) -> tuple[Paper, ...]:
    """What arrives once somebody asks: enrollment confirmed by telephone, a retrospective authorization."""
    rows: list[Row] = []
    cover = clean.coverages[0]
    if clean.registration != facts.registration or clean.coverages != facts.coverages:
        rows += [Row("Plan in force on the date of service", plan_name(cover.plan)),
                 Row("Member number", cover.member_id, code=True), Row("Name", f"{cover.patient.family}, "
                     f"{cover.patient.given}"), Row("Birth date", show_date(cover.patient.birth_date))]
    rows += [Row("Authorization granted after the fact", a.number, code=True) for a in clean.authorizations
             if a not in facts.authorizations]
    rows += [Row("Referral entered after the fact", r.number, code=True) for r in clean.referrals
             if r not in facts.referrals]
    if not rows:
        return ()
    return (FormPaper("call", "Call note", "What the payer said on the telephone", (("Noted by the desk",
                      tuple(rows)),)),)


def plan_name(plan: str) -> str:
    """`Name (payer)` of a plan id; the id itself when unknown."""
    found = plans().get(plan)
    return f"{found.name} ({payer_of(found).name})" if found else plan


def percent(basis_points: int) -> str:
    """`20 %` for 2,000."""
    whole, part = divmod(basis_points, 100)
    return f"{whole}.{part:02d} %" if part else f"{whole} %"


def _document(document: ChartDocument, tab: str) -> ChartPaper:
    return ChartPaper(
        document.id, tab, document.title, document.author, document.at, document.signed,
        tuple(Part(section.heading, section.text) for section in document.sections),
    )


def _card(number: int, card: InsuranceCard) -> CardPaper:
    plan = plans()[card.plan]
    payer = payer_of(plan)
    benefits = plan.on(card.issued)
    shown: tuple[tuple[Category, str], ...] = (
        ("office_primary", "Primary care"), ("office_specialist", "Specialist"), ("emergency", "Emergency"),
    )
    rows = tuple(Row(label, _cost(benefits.costs[category])) for category, label in shown
                 if benefits and category in benefits.costs)
    return CardPaper(
        f"card-{number}", "Card" if number == 1 else f"Card {number}", payer.name, plan.name, card.member_id,
        card.group_number, card.subscriber_name, card.patient_name, card.issued,
        (*rows, Row("Providers call", payer.phone), Row("Payer ID", payer.edi_id, code=True)),
    )


def _cost(cost: Cost) -> str:
    if cost.copayment:
        return dollars(cost.copayment)
    return percent(cost.coinsurance) + (" after deductible" if cost.deductible else "")


def _code(code: str) -> str:
    return f"{code} (training code)" if code[:1] == "Z" and code[1:].isdigit() and len(code) == 5 else code


def _span(sent: Claim) -> str:
    return show_date(sent.first) if sent.first == sent.last else f"{show_date(sent.first)} to {show_date(sent.last)}"
