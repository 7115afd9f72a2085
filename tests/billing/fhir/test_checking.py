"""Each fault that is planted into a sound bundle is found, and named where it stands."""

from copy import deepcopy

import pytest

from app.billing.fhir.checking import problems
from app.world.generate import Wish
from tests.billing.fhir.cases import made, one, read


@pytest.fixture(scope="module")
def sound():
    return read(*made(Wish(templates=("newborn",), plan_kinds=("ppo",), dependent=True)))


def at(found, kind, *path):
    """The element of the first resource of a kind that holds the last name of `path`."""
    value = next(row["resource"] for row in found["entry"] if row["resource"]["resourceType"] == kind)
    for name in path:
        value = value[name]
    return value


def test_a_sound_bundle_has_no_problem(sound):
    assert problems(sound) == ()


CODES = [
    ("Patient", (), "gender", "banana"),
    ("Patient", ("name", 0), "use", "stage"),
    ("Patient", ("telecom", 0), "system", "pigeon"),
    ("Coverage", (), "status", "lapsed"),
    ("Encounter", (), "status", "done"),
    ("Encounter", ("class",), "code", "INPATIENT"),
    ("Encounter", ("class",), "system", "http://terminology.hl7.org/CodeSystem/v3-ActCodes"),
    ("Condition", ("clinicalStatus", "coding", 0), "code", "chronic"),
    ("Condition", ("verificationStatus", "coding", 0), "system", "http://hl7.org/fhir/condition-ver-status"),
    ("Condition", ("code", "coding", 0), "code", "Z3800"),
    ("Condition", ("code", "coding", 0), "system", "http://hl7.org/fhir/sid/icd-9-cm"),
    ("DocumentReference", (), "docStatus", "signed"),
    ("DocumentReference", ("content", 0, "attachment"), "contentType", "text"),
    ("Claim", (), "use", "bill"),
    ("Claim", ("type", "coding", 0), "code", "hospital"),
    ("Claim", ("diagnosis", 0, "type", 0, "coding", 0), "code", "first"),
    ("Claim", ("item", 0, "net"), "currency", "dollars"),
    ("Claim", ("item", 0, "productOrService", "coding", 0), "system", "http://www.ama-assn.org/go/cpt"),
    ("ExplanationOfBenefit", (), "outcome", "paid"),
    ("ExplanationOfBenefit", ("item", 0, "adjudication", 0, "category", "coding", 0), "code", "charged"),
    ("ExplanationOfBenefit", ("identifier", 0), "system", "https://example.org/elsewhere"),
    ("AuditEvent", (), "action", "look"),
]


@pytest.mark.parametrize(("kind", "path", "name", "value"), CODES, ids=lambda value: str(value)[-30:])
def test_a_wrong_code_is_found(sound, kind, path, name, value):
    found = deepcopy(sound)
    at(found, kind, *path)[name] = value
    told = problems(found)
    assert told
    assert {problem.resource.split("/")[0] for problem in told} == {kind}
    assert any(value in problem.said or "to which the element is bound" in problem.said for problem in told)


def test_a_required_concept_wants_a_code_and_not_words_alone(sound):
    found = deepcopy(sound)
    one_of = at(found, "Condition")
    one_of["clinicalStatus"] = {"text": "Active"}
    assert [problem.path for problem in problems(found)] == ["Condition.clinicalStatus"]


def test_an_extensible_concept_may_be_words_alone(sound):
    found = deepcopy(sound)
    at(found, "Coverage")["relationship"] = {"text": "Foster child"}
    assert problems(found) == ()


def test_a_reference_to_nobody_is_found(sound):
    found = deepcopy(sound)
    at(found, "Encounter")["subject"]["reference"] = "Patient/somebody-else"
    assert [(problem.path, problem.said) for problem in problems(found)] == [
        ("Encounter.subject", "Patient/somebody-else is not in the bundle")]


def test_a_resource_that_was_left_out_is_missed_everywhere(sound):
    found = deepcopy(sound)
    found["entry"] = [row for row in found["entry"] if row["resource"]["resourceType"] != "Coverage"]
    assert {problem.path for problem in problems(found)} == {"Claim.insurance.coverage",
                                                             "ExplanationOfBenefit.insurance.coverage"}


def test_an_entry_under_another_address_is_found(sound):
    found = deepcopy(sound)
    entry = next(row for row in found["entry"] if row["resource"]["resourceType"] == "Claim")
    entry["fullUrl"] += "0"
    assert f"{entry['fullUrl']} does not end with" in problems(found)[0].said


def test_a_resource_that_stands_twice_is_found(sound):
    found = deepcopy(sound)
    found["entry"].append(found["entry"][0])
    assert any("stands twice" in problem.said for problem in problems(found))


def test_a_reference_that_names_another_kind_is_found(sound):
    found = deepcopy(sound)
    at(found, "Encounter")["subject"]["type"] = "Group"
    assert [problem.said.split(" ", 1)[1] for problem in problems(found)] == ["is no Group"]


def test_the_kind_of_bundle_is_checked_too(sound):
    found = deepcopy(sound) | {"type": "heap"}
    assert [(problem.path, problem.said) for problem in problems(found)] == [
        ("Bundle.type", "'heap' is not in bundle-type")]
    assert one(found, "Claim")
