"""FHIR of an export: a bundle a line, a line a case, in order, and none that a judge refuses."""

import json
from decimal import Decimal

import pytest
from fhir.resources.R4B.bundle import Bundle

from app.billing.fhir.checking import problems
from tests.export.cases import contents, drawn, write


@pytest.fixture(scope="module")
def cases():
    return drawn()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("fhir")
    write(made, "fhir")
    return made


def lines(folder):
    return [line for path in sorted(folder.glob("bundles-*.ndjson")) for line in path.read_bytes().splitlines()]


def test_a_case_is_a_line_in_order(folder, cases):
    claims = [[row["resource"]["identifier"][0]["value"] for row in json.loads(line)["entry"]
               if row["resource"]["resourceType"] == "Claim"] for line in lines(folder)]
    assert claims == [[case.claim.number] for case in cases]
    assert [path.name for path in sorted(folder.glob("bundles-*"))] == [f"bundles-0000{n}.ndjson" for n in range(4)]


def test_judges_find_no_fault(folder):
    for line in lines(folder):
        assert problems(json.loads(line)) == ()
        assert Bundle.model_validate_json(line)


def test_benefits_are_the_payments_of_the_remittances(folder, cases):
    paid = [row["resource"]["payment"]["amount"]["value"] for line in lines(folder)
            for row in json.loads(line, parse_float=Decimal)["entry"]
            if row["resource"]["resourceType"] == "ExplanationOfBenefit"]
    assert sum(paid) * 100 == sum(case.answer.remittance.paid - sum(
        row.amount for row in case.answer.remittance.provider_adjustments) for case in cases)


def test_two_workers_write_the_same_bytes(folder, tmp_path):
    write(tmp_path, "fhir", workers=2)
    assert contents(tmp_path) == contents(folder)


def test_the_readme_tells_every_kind_of_resource(folder):
    told = (folder / "README.txt").read_text()
    kinds = {row["resource"]["resourceType"] for line in lines(folder) for row in json.loads(line)["entry"]}
    assert kinds - {kind for kind in kinds if kind in told} == set()
    assert "Nobody in these files exists" in told
