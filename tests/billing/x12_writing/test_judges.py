"""Others read what we write: pyx12 (syntax and code lists), x12sdk (values), oxedi (balance), and our own sums."""

import io
import logging
from decimal import Decimal

import oxedi
import pytest
from pyx12.params import params
from pyx12.x12n_document import x12n_document
from x12sdk.io import X12ModelReader

from app.billing.x12.balance import findings
from tests.billing.x12_writing.files import SEEDS, files

pytestmark = pytest.mark.xdist_group("x12")  # the files are made once


def accepted(text):
    """Return pyx12's verdict, with what it said when it is no."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    logger = logging.getLogger("pyx12")
    logger.addHandler(handler)
    try:
        return x12n_document(params(), io.StringIO(text), io.StringIO(), None, None), said.getvalue()[:600]
    except Exception as error:  # it raises on what it cannot even acknowledge
        return False, f"{error}: {said.getvalue()[:600]}"
    finally:
        logger.removeHandler(handler)


@pytest.mark.parametrize("kind", ["837P", "837I", "835", "277CA", "999"])
def test_pyx12_accepts_what_we_write(kind):
    verdict, said = accepted(files().texts[kind])
    assert verdict, said


def test_pyx12_refuses_a_damaged_file():
    assert not accepted(files().texts["837P"].replace("CLM*", "CLN*", 1))[0]


@pytest.mark.parametrize("kind", ["837P", "837I", "835"])
def test_x12sdk_reads_every_claim_with_its_charge(kind):
    with X12ModelReader(files().texts[kind]) as reader:
        models = list(reader.models())
    told = "\n".join(model.x12() for model in models)
    name = "CLP" if kind == "835" else "CLM"
    ours = [segment.split("*") for segment in files().texts[kind].replace("\n", "").split("~")]
    theirs = [segment.split("*") for segment in told.replace("\n", "").split("~")]
    place = 3 if kind == "835" else 2
    assert sum(1 for row in ours if row[0] == name) == sum(1 for row in theirs if row[0] == name) > 50
    assert [(row[1], Decimal(row[place])) for row in ours if row[0] == name] == [
        (row[1], Decimal(row[place])) for row in theirs if row[0] == name]


def test_oxedi_says_that_every_payment_balances():
    read = oxedi.parse(files().texts["835"].encode())
    assert not read.diagnostics, read.diagnostics[0]


def test_our_own_sums_agree():
    for kind in ("837P", "837I", "835"):
        assert findings(files().texts[kind]) == ()


def test_the_files_hold_every_situation():
    rows, texts = files().rows, files().texts
    assert len(rows) > SEEDS
    statuses = {row.answer.remittance.status for row in rows}
    assert statuses == {"paid", "denied", "rejected", "reversed"}
    assert "*22*-" in texts["835"]  # a reversal
    assert "PLB*" in texts["835"]
    assert "PAT*19" in texts["837P"]  # a child of the subscriber
    assert "SVD*" in texts["837P"]
    assert "HI*DR:" in texts["837I"]
    assert "A7:" in texts["277CA"]
    claims = [row.claim for row in rows]
    assert {"1", "7", "8"} == {claim.frequency for claim in claims}
    assert any(claim.other_payment for claim in claims)


def _changed(text, name, element, value):
    """Return the text with another value in the first segment of that name that has an amount there."""
    segment = next(row for row in text.replace("\n", "").split("~")
                   if row.startswith(f"{name}*") and row.split("*")[element] != "0")
    parts = segment.split("*")
    parts[element] = value
    return text.replace(f"\n{segment}~", f"\n{'*'.join(parts)}~", 1)


@pytest.mark.parametrize(("kind", "name", "element", "value", "said"), [
    ("835", "SVC", 3, "7777", "SVC02"), ("835", "BPR", 2, "1", "BPR02"), ("835", "CLP", 5, "", "CLP05"),
    ("835", "CLP", 5, "99999", "CLP05"), ("837P", "CLM", 2, "1", "CLM02"), ("837I", "SV2", 3, "7", "CLM02"),
    ("837P", "SVD", 2, "98765", "payer before")])
def test_our_sums_find_what_is_off(kind, name, element, value, said):
    found = findings(_changed(files().texts[kind], name, element, value))
    assert any(said in row.said for row in found), found


def test_our_sums_find_an_old_qualifier_and_a_missing_remark():
    assert "ICD-9" in findings(files().texts["837P"].replace("HI*ABK", "HI*BK", 1))[0].said
    text = files().texts["835"]
    start = text.index("LQ*HE*M")
    found = findings(text.replace(text[start:text.index("~", start) + 2], "", 1))
    assert all("remark" in row.said for row in found)


def test_oxedi_finds_an_unbalanced_line_too():
    read = oxedi.parse(_changed(files().texts["835"], "SVC", 3, "7777").encode())
    assert read.diagnostics
