"""Two hundred bundles before two judges: the models of fhir.resources, and our own checker of codes and references."""

import re
from collections import Counter
from functools import cache

import pytest
from fhir.resources.R4B.bundle import Bundle
from msgspec.structs import replace

from app.billing.fhir.bundle import bundle, encode
from app.billing.fhir.checking import problems
from app.billing.fhir.value_sets import binding_of, tables, value_sets
from app.world.generate import Wish
from tests.billing.fhir.cases import SEEDS, bundles, made, population, read


@cache
def models():
    return [Bundle.model_validate_json(encode(bundle(facts, sent))) for facts, sent in population()]


def walked(model, path):
    """Every element of a model with its field, by the path without positions."""
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        for part in value if isinstance(value, list) else [value]:
            if part is None or name == "resource_type":
                continue
            where = f"{path}.{field.alias or name}"
            yield where, field.json_schema_extra or {}, part
            if hasattr(type(part), "model_fields"):
                yield from walked(part, where)


def elements():
    return ((where, extra, value) for model in models() for entry in model.entry
            for where, extra, value in walked(entry.resource, entry.resource.get_resource_type()))


def test_the_models_accept_every_bundle():
    assert len(models()) == SEEDS
    assert sum(len(model.entry) for model in models()) == sum(len(found["entry"]) for found in bundles())


def test_no_code_and_no_reference_is_wrong():
    assert [problem for found in bundles() for problem in problems(found)] == []


def test_every_listed_code_element_is_bound_and_to_the_codes_of_the_models():
    """The models know R4B's codes and do not enforce them: they judge our table."""
    known = {(where, tuple(extra["enum_values"])) for where, extra, value in elements() if "enum_values" in extra}
    assert len(known) > 25
    for where, allowed in sorted(known):
        binding = binding_of(where)
        assert binding is not None, where
        assert binding.strength == "required", where
        codes = set(value_sets()[binding.set].codes)
        # The models shorten a long list and end it with a plus.
        assert codes > set(allowed) - {"+"} if "+" in allowed else codes == set(allowed), where


def test_references_lead_to_a_kind_of_resource_that_the_element_takes():
    seen = Counter()
    for where, extra, value in elements():
        kinds, target = extra.get("enum_reference_types"), getattr(value, "reference", None)
        if kinds and isinstance(target, str) and kinds != ["Resource"]:
            assert target.split("/")[0] in kinds, (where, target)
            seen[where] += 1
    assert len(seen) > 30


def test_every_kind_of_resource_and_answer_is_among_them():
    kinds = Counter(row["resource"]["resourceType"] for found in bundles() for row in found["entry"])
    assert set(kinds) == {
        "Patient", "RelatedPerson", "Organization", "Location", "Practitioner", "PractitionerRole", "Coverage",
        "Encounter", "Condition", "Procedure", "DocumentReference", "Claim", "ClaimResponse", "ExplanationOfBenefit",
        "AuditEvent"}
    assert {sent.answer.remittance.status for _, rows in population() for sent in rows} == {
        "paid", "denied", "rejected", "reversed"}


def test_the_same_case_gives_the_same_bytes():
    facts, sent = population()[0]
    assert encode(bundle(facts, sent)) == encode(bundle(facts, sent))
    assert len({found["id"] for found in bundles()}) == SEEDS


def test_no_resource_of_a_case_has_the_id_of_another_cases():
    shared = ("Organization", "Location", "Practitioner", "PractitionerRole")
    urls = [row["fullUrl"] for found in bundles() for row in found["entry"]
            if row["resource"]["resourceType"] not in shared]
    assert len(set(urls)) == len(urls)


def test_what_is_shared_is_the_same_in_every_bundle():
    rows = {}
    for found in bundles():
        for row in found["entry"]:
            if row["resource"]["resourceType"] in ("Organization", "Location", "Practitioner", "PractitionerRole"):
                assert rows.setdefault(row["fullUrl"], row["resource"]) == row["resource"]


def test_every_resource_says_that_it_is_fictional():
    for found in bundles():
        for row in [found, *(entry["resource"] for entry in found["entry"])]:
            assert {"HTEST", "fictional"} <= {tag["code"] for tag in row["meta"]["tag"]}


def test_no_social_security_number_and_no_planted_defect_is_told():
    for (facts, _), found in zip(population(), bundles(), strict=True):
        text = str(found)
        assert facts.patient.ssn not in text
        assert not [defect.id for defect in facts.defects if defect.id in text]


@cache
def systems_written():
    facts, sent = made(Wish())
    unpaid = read(facts, replace(sent, claim=replace(sent.claim, plan="self-pay"), answer=None))
    return set(re.findall(r'"system":"([^"]+)"', encode({"all": [*bundles(), unpaid]}).decode()))


@pytest.mark.parametrize("row", tables().sets, ids=lambda row: row.id)
def test_every_value_set_has_its_source_and_is_used(row):
    assert row.source
    assert len(set(row.codes)) == len(row.codes)
    assert row.id in {binding.set for binding in tables().bindings} or row.system in systems_written()
