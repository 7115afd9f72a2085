"""Claims as an office would file them, with who is named in them: plain but for what a test changes."""

import datetime as dt

from msgspec.structs import replace

from app.billing.forms.sheets import sheets
from app.billing.x12.parties import ClaimParties
from app.payer.model import Claim, Line, OtherPayment
from app.world.model import Address, Coverage, Facility, Person, Provider
from app.world.plans import payer_of, plans

HOME = Address("12 Mill Road", "Northmoor", "WI", "53990")
CLINIC = Facility("2053703296", "Northmoor Practice", "practice", "00-4471930", HOME, "608-555-0101", False)
DOCTOR = Provider("2883602825", "Iris", "Holm", "MD", "family medicine", (), dt.date(2020, 1, 1), None)
REFERRER = Provider("2356232753", "Paul", "Bjornstad", "DO", "internal medicine", (), dt.date(2020, 1, 1), None)
DAY = dt.date(2026, 5, 4)


def person(given, mrn="M-100", sex="F", born=dt.date(1980, 3, 9)):
    return Person(mrn, given, "Jo", "Brook", sex, born, HOME, "608-555-0111", "b@example.org", "900-00-0001", "English")


MARA, JAN = person("Mara"), person("Jan", "M-101", "M", dt.date(1978, 11, 2))


def line(number=1, service="office_established_3", code="Z1203", charge=17_500, **changes):
    return replace(Line(number, service, code, (), 1, charge, DAY, (1,), ""), **changes)


def professional(**changes):
    claim = Claim(
        number="C000000001", form="professional", frequency="1", original_reference="", plan="fernwood-ppo",
        patient_given="Mara", patient_family="Brook", patient_sex="F", patient_birth_date=MARA.birth_date,
        patient_mrn="M-100", member_id="FWM123456789", group_number="543966", subscriber_name="Mara Brook",
        relationship="self", billing=CLINIC, rendering=DOCTOR, rendering_npi=DOCTOR.npi, referring_npi="",
        specialty="family medicine", setting="office", place_of_service="11", first=DAY, last=DAY,
        received=dt.date(2026, 5, 11), diagnoses=("J45.909", "I10"), poa=(), procedures=(), drg="",
        lines=(line(modifiers=("25",), pointers=(1, 2)), line(2, "ecg_interpretation", "Z4103", 3_600)),
        authorization_number="", referral_number="", advance_notice="", other_payment=None, evidence={})
    return replace(claim, **changes)


def stay(**changes):
    days = dt.date(2026, 5, 8)
    claim = professional(
        form="institutional", setting="inpatient", place_of_service="21", last=days, received=dt.date(2026, 5, 20),
        diagnoses=("J44.1", "J18.9", "Z99.81", "W19.XXXA"), poa=("Y", "N", None, "Y"), procedures=("0W9B3ZZ",),
        drg="190", bill_type="011", discharge_status="06", authorization_number="PA11112222",
        lines=(line(code="", charge=1_060_000, units=4, revenue="0120"),
               line(2, charge=310_050, units=5, revenue="0250", code="Z7025")))
    return replace(claim, **changes)


def parties(claim, **changes):
    plan = plans()[claim.plan]
    named = ClaimParties(patient=MARA, subscriber=MARA if claim.relationship == "self" else JAN, payer=payer_of(plan),
                         plan_name=plan.name, filing="12", clinician=DOCTOR, referring=None,
                         order=2 if claim.other_payment else 1, other=None)
    return replace(named, **changes)


def after(claim, plan="fernwood-ppo", **changes):
    """The claim with what the payer of `plan` paid before, and the parties with Jan's coverage there."""
    paid = OtherPayment(plan, (10_000, 2_500), (4_000, 500), (14_000, 3_000), (2_500, 0))
    before = Coverage(plan, "FWM000000009", "543966", JAN, "spouse", MARA, dt.date(2025, 1, 1), None, 1)
    second = replace(claim, other_payment=paid, **changes)
    return second, parties(second, other=before)


def pages(claim, named=None, other=None):
    return sheets(claim, named or parties(claim), other)


def boxes(sheet):
    """What is written in the boxes of a page, by box id; blank boxes are left out."""
    found = {box.id: box.value for section in sheet.sections for band in section.bands for box in band.boxes}
    return {name: value for name, value in found.items() if value}


def table(sheet, name):
    """The rows of a table with something in them, by what stands before each: what is written, by column id."""
    found = next(band.table for section in sheet.sections for band in section.bands
                 if band.table and band.table.id == name)
    return {row.label: {column.id: cell for column, cell in zip(found.columns, row.cells, strict=True) if cell}
            for row in found.rows if not row.blank}
