"""The tables: what is read back is what was drawn, to the cent."""

import csv
import datetime as dt
import itertools

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from msgspec.structs import replace

from app.export import csv_files
from app.export.tables import TABLES
from tests.export.cases import drawn, write

NAMES = [table.name for table in TABLES]


@pytest.fixture(scope="module")
def cases():
    return drawn()


@pytest.fixture(scope="module")
def sheets(tmp_path_factory):
    """The CSV files, read as a spreadsheet would: a list of dictionaries for each."""
    folder = tmp_path_factory.mktemp("sheets")
    write(folder)
    return {name: list(csv.DictReader((folder / f"{name}.csv").open(encoding="utf-8", newline=""))) for name in NAMES}


@pytest.fixture(scope="module")
def arrow(tmp_path_factory):
    folder = tmp_path_factory.mktemp("arrow")
    write(folder, "parquet")
    return {name: pa.concat_tables(parquet.read_table(path) for path in sorted(folder.glob(f"{name}-*.parquet")))
            for name in NAMES}


def test_every_claim_is_there_to_the_cent(sheets, cases):
    assert [(row["claim"], int(row["charge_cents"]), int(row["paid_cents"]), row["status"])
            for row in sheets["claims"]] == [(case.claim.number, case.claim.charge, case.answer.remittance.paid,
                                              case.answer.remittance.status) for case in cases]


def test_a_line_is_its_payment_and_its_adjustments(sheets):
    adjusted = {}
    for row in sheets["adjustments"]:
        adjusted.setdefault((row["case"], row["line"]), []).append(int(row["amount_cents"]))
    answered = [row for row in sheets["lines"] if row["paid_cents"]]
    assert answered
    for row in answered:
        assert int(row["charge_cents"]) == int(row["paid_cents"]) + sum(adjusted.get((row["case"], row["line"]), []))


def test_chart_text_keeps_its_line_breaks(sheets, cases):
    texts = {row["document"]: row["text"] for row in sheets["chart_documents"]}
    first = cases[0].facts.encounter.chart[0]
    assert texts[first.id].startswith(f"{first.sections[0].heading}\n{first.sections[0].text}")
    assert any("\n" in text for text in texts.values())


def test_a_row_of_every_table_stands_under_its_header(sheets):
    for table in TABLES:
        assert sheets[table.name], table.name
        assert list(sheets[table.name][0]) == [column.name for column in table.columns]
        assert None not in itertools.chain.from_iterable(sheets[table.name])  # no row is longer than the header


def test_csv_is_as_rfc_4180_wants_it(tmp_path):
    write(tmp_path, count=3)
    raw = (tmp_path / "patients.csv").read_bytes()
    assert raw.count(b"\r\n") == 4
    assert raw.endswith(b"\r\n")
    assert not raw.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("given", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_text_is_never_a_formula(tmp_path, cases, given):
    facts = cases[0].facts
    case = replace(cases[0], facts=replace(facts, patient=replace(facts.patient, given=given)))
    csv_files.write([case], tmp_path, 0)
    csv_files.join(tmp_path, tmp_path, 1)
    row = next(csv.DictReader((tmp_path / "patients.csv").open(encoding="utf-8", newline="")))
    assert row["given"] == f"'{given}"


def test_no_cell_of_an_export_begins_as_a_formula(sheets):
    for rows in sheets.values():
        assert not [cell for row in rows for cell in row.values() if cell.startswith(csv_files.FORMULA)]


def test_parquet_has_cents_and_dates(arrow):
    claims = arrow["claims"].schema
    assert claims.field("paid_cents").type == pa.int64()
    assert claims.field("received").type == pa.date32()
    assert arrow["chart_documents"].schema.field("signed").type == pa.timestamp("ms")
    assert claims.field("status").metadata == {b"says": b"paid, denied or rejected"}
    assert all(isinstance(day, dt.date) for day in arrow["claims"]["decided"].to_pylist())


def test_parquet_and_csv_say_the_same(arrow, sheets):
    for table in TABLES:
        read = arrow[table.name].to_pylist()
        assert len(read) == len(sheets[table.name]), table.name
        for one, other in zip(read, sheets[table.name], strict=True):
            assert {name: csv_files._cell(one[name], column) for name, column in zip(one, table.columns, strict=True)
                    } == other


def test_the_readme_tells_every_column(tmp_path):
    write(tmp_path, count=1)
    told = (tmp_path / "README.txt").read_text()
    assert "Nobody in these files exists" in told
    for table in TABLES:
        assert f"{table.name}.csv" in told
        for column in table.columns:
            assert f"    {column.name} " in told
