"""The tables of an export: what each holds, its columns in plain words, and its rows for one case.

CSV and Parquet write the same tables. Money is whole cents; a column of several codes has them with spaces between.
"""

from collections.abc import Callable, Iterator
from typing import Any, Literal

from msgspec import Struct

from app.learning.population import Billed
from app.payer.codes import plain_words
from app.payer.model import Adjustment
from app.world.model import ChartDocument
from app.world.names import poverty_guideline
from app.world.plans import payer_of, plans

ColumnKind = Literal["text", "whole", "cents", "date", "moment", "yes_no"]
Row = tuple[Any, ...]


class Column(Struct, frozen=True):
    """A column: `moment` is local time without a zone; every kind may be empty."""

    name: str
    kind: ColumnKind
    says: str


class Table(Struct, frozen=True):
    """A table and how one case fills it. The values of a row stand in the order of `columns`."""

    name: str
    says: str
    columns: tuple[Column, ...]
    rows: Callable[[Billed], Iterator[Row]]


def _columns(text: str) -> tuple[Column, ...]:
    """Read `name kind what it says`, one column a line."""
    return tuple(Column(*line.strip().split(" ", 2)) for line in text.strip().splitlines())  # type: ignore[arg-type]


def _patients(case: Billed) -> Iterator[Row]:
    facts, who = case.facts, case.facts.patient
    guideline = poverty_guideline(facts.household.size, facts.encounter.first)
    yield (case.index, who.mrn, who.given, who.middle, who.family, who.sex, who.birth_date, who.address.street,
           who.address.city, who.address.state, who.address.zip, who.phone, who.email, who.ssn, who.language,
           facts.household.size, facts.household.income, 100 * facts.household.income // guideline)


def _coverages(case: Billed) -> Iterator[Row]:
    for row in case.facts.coverages:
        plan = plans()[row.plan]
        payer = payer_of(plan)
        yield (case.index, row.patient.mrn, row.order, row.plan, plan.name, plan.kind, payer.name, payer.kind,
               row.member_id, row.group_number, row.relationship, row.subscriber.given, row.subscriber.family,
               row.effective, row.ended, row.family)


def _encounters(case: Billed) -> Iterator[Row]:
    facts, visit = case.facts, case.facts.encounter
    yield (case.index, visit.id, facts.patient.mrn, visit.template, visit.setting, visit.specialty, visit.reason,
           visit.first, visit.last, visit.provider.npi, visit.provider.name, visit.facility.npi, visit.facility.name,
           visit.referring.npi if visit.referring else "", visit.discharge_status, visit.accident, visit.accident_on)


def _diagnoses(case: Billed) -> Iterator[Row]:
    for position, row in enumerate(case.facts.encounter.diagnoses, start=1):
        yield (case.index, case.facts.encounter.id, position, row.code, row.title, row.role, row.poa or "",
               " / ".join(row.evidence))


def _procedures(case: Billed) -> Iterator[Row]:
    for position, row in enumerate(case.facts.encounter.procedures, start=1):
        yield case.index, case.facts.encounter.id, position, row.code, row.title, row.on


def _charges(case: Billed) -> Iterator[Row]:
    for position, row in enumerate(case.facts.encounter.charges, start=1):
        yield (case.index, case.facts.encounter.id, position, row.code, row.title, " ".join(row.modifiers), row.units,
               row.amount, row.on, " ".join(map(str, row.pointers)), row.revenue)


def _claims(case: Billed) -> Iterator[Row]:
    claim, answer = case.claim, case.answer.remittance
    yield (case.index, claim.number, case.facts.encounter.id, claim.form, claim.frequency, claim.plan,
           claim.place_of_service, claim.bill_type, claim.drg, " ".join(claim.diagnoses), claim.authorization_number,
           claim.referral_number, claim.first, claim.last, claim.received, answer.decided, answer.status,
           answer.payer_reference, claim.charge, sum(line.allowed for line in answer.lines), answer.paid,
           answer.patient_responsibility, " / ".join(answer.rejection),
           " ".join(defect.id for defect in case.facts.defects))


def _lines(case: Billed) -> Iterator[Row]:
    answered = {line.number: line for line in case.answer.remittance.lines}
    for row in case.claim.lines:
        answer = answered.get(row.number)  # a rejected claim has no answered lines
        yield (case.index, case.claim.number, row.number, row.code, " ".join(row.modifiers), row.units, row.on,
               row.revenue, " ".join(map(str, row.pointers)), row.charge, answer.allowed if answer else None,
               answer.paid if answer else None)


def _adjustments(case: Billed) -> Iterator[Row]:
    for line in case.answer.remittance.lines:
        for row in line.adjustments:
            yield (case.index, case.claim.number, line.number, row.group, row.reason, " ".join(row.remarks),
                   row.amount, _said(row))


def _said(row: Adjustment) -> str:
    return plain_words(row.group, row.reason, row.remarks)


def _documents(case: Billed) -> Iterator[Row]:
    for row in case.facts.encounter.chart:
        yield (case.index, case.facts.encounter.id, row.id, row.kind, row.title, row.author, row.at, row.signed,
               _text(row))


def _text(document: ChartDocument) -> str:
    return "\n\n".join(f"{section.heading}\n{section.text}" for section in document.sections)


TABLES = (
    Table("patients", "One row a case: the fictional patient as she is, and her household.", _columns("""
        case whole number of the case, from 0: joins all tables
        mrn text medical record number at this office
        given text given name
        middle text middle name
        family text family name
        sex text F or M
        birth_date date date of birth
        street text street and number
        city text city (fictional)
        state text two letters
        zip text ZIP code
        phone text telephone, in the 555-01xx range kept for fiction
        email text e-mail address at example.org
        ssn text number from a range that is never issued
        language text preferred language
        household_size whole people in the household
        household_income_cents cents income a year before tax
        poverty_percent whole income as a percent of the federal poverty guideline, rounded down
        """), _patients),
    Table("coverages", "The payers' enrollment: one row for each coverage, in order of payment.", _columns("""
        case whole number of the case
        mrn text the patient's medical record number
        payment_order whole 1 pays first
        plan text id of the plan
        plan_name text name of the plan (fictional, or a public program)
        plan_kind text kind of plan
        payer_name text who runs the plan
        payer_kind text kind of payer
        member_id text member number
        group_number text group number
        relationship text of the patient to the subscriber
        subscriber_given text subscriber's given name
        subscriber_family text subscriber's family name
        effective date first day in force
        ended date last day in force; empty when still in force
        family_contract yes_no the contract covers a family
        """), _coverages),
    Table("encounters", "One visit or stay a case.", _columns("""
        case whole number of the case
        encounter text id of the encounter
        mrn text the patient's medical record number
        template text clinical template that the encounter came from
        setting text where care was given
        specialty text specialty of the clinician
        reason text reason for the visit
        first date admission or visit
        last date discharge or visit
        provider_npi text NPI of the clinician (fictional)
        provider text name and credential of the clinician
        facility_npi text NPI of the facility (fictional)
        facility text name of the facility
        referring_npi text NPI of the referring clinician
        discharge_status text two digits, stays only
        accident text employment or auto, when an accident was the cause
        accident_on date day of the accident
        """), _encounters),
    Table("diagnoses", "What the chart supports, in right order. Not always what was billed: see claims.", _columns("""
        case whole number of the case
        encounter text id of the encounter
        position whole 1 is the principal or first-listed diagnosis
        code text ICD-10-CM with its dot
        title text title of the code
        role text principal or secondary
        poa text present on admission, stays only
        evidence text words of the chart that support the code
        """), _diagnoses),
    Table("procedures", "Procedures of inpatient stays.", _columns("""
        case whole number of the case
        encounter text id of the encounter
        position whole order of the procedures
        code text ICD-10-PCS
        title text title of the code
        performed date day of the procedure
        """), _procedures),
    Table("charges", "Charges as posted for the encounter.", _columns("""
        case whole number of the case
        encounter text id of the encounter
        position whole order of the charges
        code text HCPCS Level II, or a training code (Z and four digits) that stands for a licensed one
        title text our words for the service
        modifiers text modifiers
        units whole units
        charge_cents cents the whole line
        service_date date day of the service
        pointers text positions of the diagnoses that the charge points to
        revenue text revenue code, institutional only
        """), _charges),
    Table("claims", "The claim as sent, right or wrong, and the payer's answer. One row a case.", _columns("""
        case whole number of the case
        claim text the office's claim number
        encounter text id of the encounter
        form text professional or institutional
        frequency text 1 original, 7 replacement, 8 void
        plan text id of the plan that was billed
        place_of_service text two digits
        bill_type text first three digits of the type of bill, institutional only
        drg text MS-DRG, stays only
        diagnoses text codes as billed, in order
        authorization_number text as typed
        referral_number text as typed
        first date first date of service
        last date last date of service
        received date day on which the payer got the claim
        decided date day of the payer's answer
        status text paid, denied or rejected
        payer_reference text the payer's own number
        charge_cents cents total charge
        allowed_cents cents what the contract allows
        paid_cents cents what the payer paid
        patient_cents cents what the patient owes (group PR)
        rejection text why the claim never reached adjudication
        planted text the defect that was put into this case, if any: for the instructor
        """), _claims),
    Table("lines", "Service lines as sent, with what was allowed and paid.", _columns("""
        case whole number of the case
        claim text the office's claim number
        line whole number of the line
        code text procedure code
        modifiers text modifiers
        units whole units
        service_date date day of the service
        revenue text revenue code
        pointers text positions of the diagnoses
        charge_cents cents charge of the line
        allowed_cents cents allowed; empty on a rejected claim
        paid_cents cents paid; empty on a rejected claim
        """), _lines),
    Table("adjustments", "What was not paid on a line, and why. Charge = paid + adjustments.", _columns("""
        case whole number of the case
        claim text the office's claim number
        line whole number of the line
        group text CO the provider's, PR the patient's, OA neither's
        reason text claim adjustment reason code
        remarks text remark codes
        amount_cents cents amount not paid
        words text our words for the reason and the remarks
        """), _adjustments),
    Table("chart_documents", "The chart: one row a document, as its author left it.", _columns("""
        case whole number of the case
        encounter text id of the encounter
        document text id of the document
        kind text kind of document
        title text title
        author text author
        written moment when it was written
        signed moment when it was signed; empty when nobody signed
        text text headings and text
        """), _documents),
)
