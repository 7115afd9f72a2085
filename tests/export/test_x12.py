"""X12 of an export: every claim is sent, answered at the front door, and paid or denied to the cent."""

import io
import re

import pytest
from pyx12 import params, x12n_document

from app.billing.x12.answered import findings
from tests.export.cases import contents, drawn, write


@pytest.fixture(scope="module")
def cases():
    return drawn()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("x12")
    write(made, "x12")
    return made


def segments(folder, ending):
    """Every segment of the files of a kind, in order, as lists of elements."""
    return [line.rstrip("~").split("*") for path in sorted(folder.glob(f"*.{ending}.x12"))
            for line in path.read_text().splitlines()]


def cents(written):
    whole, _, part = written.partition(".")
    return 100 * int(whole) + int(part.ljust(2, "0"))


def test_every_claim_is_sent_once(folder, cases):
    for form, ending in (("professional", "837p"), ("institutional", "837i")):
        sent = [(row[1], cents(row[2])) for row in segments(folder, ending) if row[0] == "CLM"]
        assert sent == [(case.claim.number, case.claim.charge) for case in cases if case.claim.form == form]
        assert sent


def test_the_front_door_speaks_of_every_claim(folder, cases):
    named = [row[2] for row in segments(folder, "277ca") if row[:2] == ["TRN", "2"] and row[2].startswith("C")]
    assert sorted(named) == sorted(case.claim.number for case in cases)


def test_remittances_pay_what_was_paid(folder, cases):
    answered = {case.claim.number: case.answer.remittance for case in cases
                if case.answer.remittance.status != "rejected"}
    rows = segments(folder, "835")
    assert {row[1]: cents(row[4]) for row in rows if row[0] == "CLP"} == {
        number: answer.paid for number, answer in answered.items()}
    assert sum(cents(row[2]) for row in rows if row[0] == "BPR") == sum(
        answer.paid - sum(row.amount for row in answer.provider_adjustments) for answer in answered.values())


def test_every_file_of_claims_has_its_receipt(folder):
    claims = sorted(path.name for ending in ("837p", "837i") for path in folder.glob(f"claims-*.{ending}.x12"))
    receipts = sorted(path.name for path in folder.glob("acks-*.999.x12"))
    assert [name.replace("claims", "acks").replace(".x12", ".999.x12") for name in claims] == receipts
    assert {row[1] for row in segments(folder, "837p.999") if row[0] == "AK9"} == {"A"}


def test_coverage_was_asked_and_answered_before_every_visit_that_has_a_payer(folder, cases):
    with_payer = [case for case in cases if case.facts.registration.plan != "self-pay"]
    for ending, kind in (("270", "1"), ("271", "2")):
        traces = [row[2] for row in segments(folder, ending) if row[:2] == ["TRN", kind]]
        assert sorted(traces) == [f"Q{case.index:07d}" for case in with_payer]
    for number in range(4):
        question, reply = (next(folder.glob(f"eligibility-{number:05d}.{ending}.x12")).read_text()
                           for ending in ("270", "271"))
        assert findings(question, reply) == ()


def test_where_the_claims_were_agrees_with_the_remittances(folder, cases):
    paid = {row[1]: cents(row[4]) for row in segments(folder, "835") if row[0] == "CLP"}
    checks = {row[2] for row in segments(folder, "835") if row[0] == "TRN"}
    trace, told = "", {}
    for row in segments(folder, "277"):
        if row[:2] == ["TRN", "2"]:
            trace = row[2].removeprefix("S")
        elif row[0] == "STC" and trace not in told:
            told[trace] = row
    assert set(told) <= {case.claim.number for case in cases}
    decided = {number: row for number, row in told.items() if row[1].startswith("F")}
    assert len(told) > len(decided) > 10  # some were still in process
    assert {number: cents(row[5]) for number, row in decided.items()} == {number: paid[number] for number in decided}
    assert {row[9] for row in decided.values() if cents(row[5]) > 0} <= checks


def test_no_payment_has_the_number_of_another(folder):
    checks = [row[2] for row in segments(folder, "835") if row[0] == "TRN"]
    assert len(set(checks)) == len(checks) > 1


def test_interchanges_are_tests_and_numbered_by_chunk(folder):
    for ending in ("837p", "837p.999", "277ca", "835", "270", "271", "276", "277"):
        assert [(int(row[13]), row[15]) for row in segments(folder, ending) if row[0] == "ISA"] == [
            (1, "T"), (2, "T"), (3, "T"), (4, "T")]


@pytest.mark.parametrize("ending", ["837p", "837i", "277ca"])
def test_an_independent_reader_finds_no_fault(folder, ending):
    for path in sorted(folder.glob(f"*.{ending}.x12")):
        answer = io.StringIO()
        with path.open() as file:
            assert x12n_document.x12n_document(params.params(), file, answer, None, None), answer.getvalue()
        assert re.findall(r"IK5\*(\w)", answer.getvalue()) != []


@pytest.mark.parametrize("ending", ["837p", "837i"])
def test_the_receipts_are_those_that_an_independent_clearinghouse_writes(folder, ending):
    for path in sorted(folder.glob(f"claims-*.{ending}.x12")):
        theirs = io.StringIO()
        with path.open() as file:
            x12n_document.x12n_document(params.params(), file, theirs, None, None)
        ours = (folder / path.name.replace("claims", "acks").replace(".x12", ".999.x12")).read_text()
        assert re.findall(r"(?:AK|IK)\d.*~", theirs.getvalue()) == re.findall(r"(?:AK|IK)\d.*~", ours)


def test_two_workers_write_the_same_bytes(folder, tmp_path):
    write(tmp_path, "x12", workers=2)
    assert contents(tmp_path) == contents(folder)
