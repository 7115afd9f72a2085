"""X12 of an export: every claim is sent, answered at the front door, and paid or denied to the cent."""

import io
import re

import pytest
from pyx12 import params, x12n_document

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


def test_no_payment_has_the_number_of_another(folder):
    checks = [row[2] for row in segments(folder, "835") if row[0] == "TRN"]
    assert len(set(checks)) == len(checks) > 1


def test_interchanges_are_tests_and_numbered_by_chunk(folder):
    for ending in ("837p", "277ca", "835"):
        assert [(int(row[13]), row[15]) for row in segments(folder, ending) if row[0] == "ISA"] == [
            (1, "T"), (2, "T"), (3, "T"), (4, "T")]


@pytest.mark.parametrize("ending", ["837p", "837i", "277ca"])
def test_an_independent_reader_finds_no_fault(folder, ending):
    for path in sorted(folder.glob(f"*.{ending}.x12")):
        answer = io.StringIO()
        with path.open() as file:
            assert x12n_document.x12n_document(params.params(), file, answer, None, None), answer.getvalue()
        assert re.findall(r"IK5\*(\w)", answer.getvalue()) != []


def test_two_workers_write_the_same_bytes(folder, tmp_path):
    write(tmp_path, "x12", workers=2)
    assert contents(tmp_path) == contents(folder)
