"""What this office and its payers write is read without loss: every segment, every claim, every amount and name."""

from functools import cache

import pytest

from app.billing.x12.reading import as_text, read
from app.billing.x12.reading_payments import provider_level
from app.billing.x12.remittances import payments
from app.billing.x12.segments import clean
from tests.billing.x12_writing.files import files

pytestmark = pytest.mark.xdist_group("x12")  # the files are made once
KINDS = ("837P", "837I", "835", "277CA", "999", "270", "271", "276", "277")


@cache
def own(kind):
    return read(files().texts[kind])


def rejoined(file):
    return file.before + "".join(segment.raw + segment.end for segment in file.segments)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_and_nothing_is_strange(kind):
    text = files().texts[kind]
    file = own(kind)
    assert rejoined(file) == text
    assert {transaction.kind for transaction in file.transactions} == {kind}
    assert file.notes == ()
    said = as_text(file)
    assert "not in our table" not in said
    assert "no amount" not in said
    assert "no date" not in said
    assert sum(line.startswith("  ") and line.endswith("~") for line in said.splitlines()) == len(file.segments)


def test_every_segment_stands_in_a_loop():
    for kind in KINDS:
        assert [segment.id for segment in own(kind).segments if not segment.loop] == []


@pytest.mark.parametrize(("kind", "form"), [("837P", "professional"), ("837I", "institutional")])
def test_every_claim_is_read_with_its_charge_lines_and_names(kind, form):
    sent = [row for row in files().rows if row.claim.form == form and row.claim.plan]
    found = [claim for transaction in own(kind).transactions for claim in transaction.claims]
    assert [(claim.number, claim.charge, claim.member, len(claim.lines), claim.payer_number) for claim in found] == [
        (row.claim.number, row.claim.charge, clean(row.claim.member_id), len(row.claim.lines),
         row.claim.original_reference) for row in sent]
    for claim, row in zip(found, sent, strict=True):
        assert claim.balances, claim.wrong
        assert claim.patient.startswith(clean(row.claim.patient_given))
        assert claim.patient.endswith(clean(row.claim.patient_family))
        assert claim.payer == clean(row.parties.payer.name)
        assert [(line.charge, line.units) for line in claim.lines] == [
            (line.charge, str(line.units)) for line in row.claim.lines]
        assert set(claim.diagnoses) <= set(row.claim.diagnoses)


def test_what_another_payer_paid_is_read():
    paid = {claim.number: claim.paid for claim in own("837P").transactions[0].claims}
    before = {row.claim.number: sum(row.claim.other_payment.paid) for row in files().rows
              if row.claim.other_payment and row.claim.form == "professional"}
    assert {number: paid[number] for number in before} == before
    assert len(before) > 20


def test_every_payment_is_read_to_the_cent_and_balances():
    file = own("835")
    answered = [row for group in payments(files().rows) for row in group]
    found = [claim for transaction in file.transactions for claim in transaction.claims]
    assert [(claim.number, claim.charge, claim.paid, claim.patient_owes, claim.payer_number) for claim in found] == [
        (row.claim.number, sum(line.charge for line in row.answer.remittance.lines), row.answer.remittance.paid,
         row.answer.remittance.patient_responsibility, row.answer.remittance.payer_reference) for row in answered]
    assert all(claim.balances for claim in found)
    assert all(transaction.wrong == () for transaction in file.transactions)
    for claim, row in zip(found, answered, strict=True):
        assert [sorted((a.group, a.reason, a.amount) for a in line.adjustments) for line in claim.lines] == [
            sorted((a.group, a.reason, a.amount) for a in line.adjustments) for line in row.answer.remittance.lines]


def test_what_a_payer_took_from_its_payments_is_read():
    file = own("835")
    taken = [cents for cents, _ in provider_level(file.segments)]
    assert sum(taken) == sum(row.amount for answered in files().rows
                             for row in answered.answer.remittance.provider_adjustments)
    assert taken
