"""Bundles as the job knows the cases: a stay, a denial, a child, two payers, a rejection, a newborn."""

import datetime as dt
from base64 import b64decode
from decimal import Decimal

import pytest
from msgspec.structs import replace

from app.billing.fhir.checking import problems
from app.billing.fhir.documents import text_of
from app.billing.fhir.elements import money
from app.billing.fhir.times import instant
from app.payer.model import ProviderAdjustment
from app.world.generate import Wish
from tests.billing.fhir.cases import made, of, one, population, read, second

STAY = Wish(templates=("knee_replacement",), plan_kinds=("ppo",))
OFFICE = Wish(templates=("asthma_office",), plan_kinds=("ppo",))


def code(concept, place=0):
    return concept["coding"][place]["code"]


def dollars(cents):
    return Decimal(cents) / 100


def amounts(rows):
    """Amounts by the code of their category, summed."""
    told = {}
    for row in rows:
        told[code(row["category"])] = told.get(code(row["category"]), 0) + row["amount"]["value"]
    return told


def test_an_inpatient_stay():
    facts, sent = made(STAY)
    found = read(facts, sent)
    visit, claim = one(found, "Encounter"), one(found, "Claim")
    assert visit["class"]["code"] == "IMP"
    assert visit["period"] == {"start": facts.encounter.first.isoformat(), "end": facts.encounter.last.isoformat()}
    assert code(visit["hospitalization"]["dischargeDisposition"], 1) == facts.encounter.discharge_status
    assert [row["rank"] for row in visit["diagnosis"]] == list(range(1, len(facts.encounter.diagnoses) + 1))
    assert [code(row["code"]) for row in of(found, "Procedure")] == [row.code for row in facts.encounter.procedures]
    assert code(claim["type"]) == "institutional"
    assert code(claim["subType"]) == "0111"
    assert code(claim["diagnosis"][0]["packageCode"]) == sent.claim.drg
    assert [code(row["revenue"]) for row in claim["item"]] == [line.revenue for line in sent.claim.lines]


def test_present_on_admission_is_told_code_by_code():
    seen = set()
    for facts, rows in population():
        for told, sent in zip(of(read(facts, *rows), "Claim"), rows, strict=True):
            marks = [code(row["onAdmission"]).upper() if "onAdmission" in row else None for row in told["diagnosis"]]
            assert marks == [*(sent.claim.poa or (None,) * len(marks))]
            seen |= set(marks)
    assert seen >= {"Y", "N", None}


def test_an_authorization_number_is_where_a_payer_looks_for_it():
    facts, sent = made(replace(STAY, needs_authorization=True))
    claim = one(read(facts, sent), "Claim")
    assert claim["insurance"][0]["preAuthRef"] == [sent.claim.authorization_number]


def test_an_office_visit_has_training_codes_and_never_licensed_ones():
    facts, sent = made(OFFICE)
    found = read(facts, sent)
    services = [row["productOrService"] for row in one(found, "Claim")["item"]]
    assert [code(row) for row in services] == [line.code for line in sent.claim.lines]
    for row in services:
        assert ("training-code" in row["coding"][0]["system"]) == code(row).startswith("Z")
    assert code(one(found, "Claim")["item"][0]["locationCodeableConcept"]) == "11"
    assert "ama-assn" not in str(found)


def test_a_denied_claim():
    facts, sent = made(OFFICE, "provider_not_enrolled")
    answer = one(read(facts, sent), "ExplanationOfBenefit")
    assert sent.answer.remittance.status == "denied"
    assert answer["outcome"] == "complete"
    assert answer["disposition"].startswith("Denied: ")
    reasons = [row for item in answer["item"] for row in item["adjudication"] if "reason" in row]
    assert {(row["category"]["coding"][1]["code"], code(row["reason"])) for row in reasons} == {("CO", "B7")}
    assert all(row["reason"]["text"].startswith("The provider was not enrolled") for row in reasons)
    assert answer["payment"]["amount"]["value"] == 0


def test_a_rejected_claim_has_no_explanation_of_benefits():
    facts, sent = made(OFFICE, "wrong_rendering_npi")
    found = read(facts, sent)
    assert of(found, "ExplanationOfBenefit") == []
    answer = one(found, "ClaimResponse")
    assert answer["outcome"] == "error"
    assert [answer["disposition"], *(row["code"]["text"] for row in answer["error"])] == [
        *sent.answer.remittance.rejection]
    assert answer["request"]["reference"] == f"Claim/{one(found, 'Claim')['id']}"


def test_a_number_that_nobody_has_is_told_without_an_address():
    facts, sent = made(OFFICE, "wrong_rendering_npi")
    provider = one(read(facts, sent), "Claim")["careTeam"][0]["provider"]
    assert provider["identifier"]["value"] == facts.entry.rendering_npi
    assert "reference" not in provider


def test_a_child_on_a_parents_plan():
    facts, sent = made(Wish(templates=("otitis_media",), plan_kinds=("ppo",), dependent=True))
    found = read(facts, sent)
    cover, holder = one(found, "Coverage"), one(found, "RelatedPerson")
    assert code(cover["relationship"]) == "child"
    assert cover["subscriber"]["reference"] == f"RelatedPerson/{holder['id']}"
    assert code(holder["relationship"][0]) == "PRN"
    assert holder["name"][0]["family"] == facts.coverages[0].subscriber.family
    assert cover["beneficiary"]["reference"] == f"Patient/{one(found, 'Patient')['id']}"


def test_a_newborn():
    facts, sent = made(Wish(templates=("newborn",)))
    found = read(facts, sent)
    assert one(found, "Patient")["birthDate"] == one(found, "Encounter")["period"]["start"]
    assert code(of(found, "Condition")[0]["code"]).startswith("Z38")
    assert of(found, "RelatedPerson") or code(of(found, "Coverage")[0]["relationship"]) == "self"


def medigap():
    wish = Wish(secondary=True, plan_kinds=("medicare_b",), settings=("office",))
    for seed in range(40):
        facts, first = made(wish, seed=f"medigap-{seed}")
        later = second(facts, first)
        if later and later.claim.plan == "granite-supplement-g":
            return facts, first, later
    raise AssertionError("no case with Medigap")


def test_medicare_and_then_medigap():
    facts, first, later = medigap()
    found = read(facts, first, later)
    assert [row["order"] for row in of(found, "Coverage")] == [1, 2]
    medicare, supplement = of(found, "Claim")
    assert [(row["sequence"], row["focal"]) for row in medicare["insurance"]] == [(1, True), (2, False)]
    assert [(row["sequence"], row["focal"]) for row in supplement["insurance"]] == [(1, False), (2, True)]
    assert [row["coverage"] for row in medicare["insurance"]] == [row["coverage"] for row in supplement["insurance"]]
    assert [row["insurer"]["reference"] for row in of(found, "ExplanationOfBenefit")] == [
        "Organization/payer-medicare", "Organization/payer-granite"]


def test_the_second_payer_tells_what_the_first_disposed_of():
    facts, first, later = medigap()
    answer = of(read(facts, first, later), "ExplanationOfBenefit")[1]
    assert {code(row["reason"]) for item in answer["item"] for row in item["adjudication"]
            if "reason" in row and row["category"]["coding"][1]["code"] == "OA"} == {"23"}


def test_a_coverage_that_the_desk_wrote_down_wrong_stands_beside_the_payers():
    facts, sent = made(OFFICE, "wrong_member_number")
    found = read(facts, sent)
    right, wrong = of(found, "Coverage")
    assert (right["subscriberId"], wrong["subscriberId"]) == (facts.coverages[0].member_id, sent.claim.member_id)
    assert [tag["code"] for tag in wrong["meta"]["tag"]][-1] == "as-registered"
    assert one(found, "Claim")["insurance"][0]["coverage"]["reference"] == f"Coverage/{wrong['id']}"


@pytest.mark.parametrize("defect", ["name_mismatch", "wrong_birth_date", "wrong_sex_on_registration"])
def test_the_patient_is_as_the_office_registered_her(defect):
    facts, sent = made(Wish(templates=("gestational_diabetes",), plan_kinds=("ppo",)), defect)
    who, desk = one(read(facts, sent), "Patient"), facts.registration
    assert (who["name"][0]["given"][0], who["name"][0]["family"], who["birthDate"], who["gender"]) == (
        desk.given, desk.family, desk.birth_date.isoformat(), {"F": "female", "M": "male"}[desk.sex])


def test_the_chart_is_there_word_for_word():
    facts, sent = made(STAY)
    rows = of(read(facts, sent), "DocumentReference")
    assert [b64decode(row["content"][0]["attachment"]["data"]).decode() for row in rows] == [
        text_of(document) for document in facts.encounter.chart]
    assert [row["docStatus"] for row in rows] == [
        "final" if document.signed else "preliminary" for document in facts.encounter.chart]


def test_a_diagnosis_has_the_words_of_the_chart_that_support_it():
    facts, sent = made(STAY)
    for row, fact in zip(of(read(facts, sent), "Condition"), facts.encounter.diagnoses, strict=True):
        assert code(row["code"]) == fact.code
        assert all(said in row["note"][0]["text"] for said in fact.evidence)


def test_who_opened_the_chart_is_told_snooping_too():
    facts, sent = made(OFFICE, "snooping_in_access_log")
    rows = of(read(facts, sent), "AuditEvent")
    assert [(row["recorded"][:19], row["agent"][0]["altId"]) for row in rows] == [
        (entry.at.isoformat(), entry.user) for entry in facts.access_log]


def test_explanations_pay_what_the_remittances_pay():
    """To the cent, over every answer: lines, totals, and the payment with interest and recoupment."""
    for facts, rows in population():
        answers = {row["identifier"][0]["value"]: row for row in of(read(facts, *rows), "ExplanationOfBenefit")}
        for sent in rows:
            remittance = sent.answer.remittance
            if remittance.status == "rejected":
                continue
            told = answers[remittance.payer_reference]
            for item, line in zip(told["item"], remittance.lines, strict=True):
                found = amounts(item["adjudication"])
                assert (found["submitted"], found["eligible"], found["benefit"]) == (
                    dollars(line.charge), dollars(line.allowed), dollars(line.paid))
                adjusted = sum(row["amount"]["value"] for row in item["adjudication"] if "reason" in row)
                assert found["submitted"] == found["benefit"] + adjusted
            total = amounts(told["total"])
            assert total["benefit"] == dollars(remittance.paid)
            assert total["memberliability"] == dollars(remittance.patient_responsibility)
            assert told["payment"]["amount"]["value"] == dollars(
                remittance.paid - sum(row.amount for row in remittance.provider_adjustments))


def test_claims_charge_what_was_charged():
    for facts, rows in population():
        for told, sent in zip(of(read(facts, *rows), "Claim"), rows, strict=True):
            assert told["total"]["value"] == dollars(sent.claim.charge) == sum(
                row["net"]["value"] for row in told["item"])


def test_interest_is_in_the_payment_and_not_in_the_benefit():
    facts, sent = made(OFFICE)
    remittance = sent.answer.remittance
    paid = replace(remittance, provider_adjustments=(ProviderAdjustment("L6", "x", -123),))
    answer = one(read(facts, replace(sent, answer=replace(sent.answer, remittance=paid))), "ExplanationOfBenefit")
    assert answer["payment"]["adjustment"]["value"] == Decimal("1.23")
    assert answer["payment"]["amount"]["value"] == dollars(remittance.paid + 123)
    assert answer["payment"]["adjustmentReason"]["text"] == "L6: interest"


def test_what_is_used_of_the_deductible_is_told():
    facts, sent = made(Wish(templates=("asthma_office",), plan_kinds=("hdhp",), remaining_deductible=True))
    rows = one(read(facts, sent), "ExplanationOfBenefit")["benefitBalance"]
    individual = next(row for row in rows if code(row["unit"]) == "individual")
    deductible = next(row for row in individual["financial"] if code(row["type"]) == "deductible")
    before = sum(row.deductible for row in facts.prior_claims if row.patient_mrn == facts.patient.mrn)
    now = sum(row.amount for row in sent.answer.movements
              if (row.accumulator, row.scope) == ("deductible", "individual"))
    assert deductible["usedMoney"]["value"] == dollars(before + now) > 0
    assert deductible["allowedMoney"]["value"] >= deductible["usedMoney"]["value"]


def test_who_pays_herself_is_her_own_payer():
    facts, sent = made(OFFICE)
    claim = replace(sent.claim, plan="self-pay", member_id="", group_number="", relationship="self")
    found = read(facts, replace(sent, claim=claim, answer=None))
    own = of(found, "Coverage")[-1]
    assert code(own["type"]) == "pay"
    assert own["payor"] == [own["beneficiary"]]
    assert problems(found) == ()


def test_a_replacement_names_the_claim_it_replaces():
    related = [(sent.claim, told) for facts, rows in population() for sent, told in zip(
        rows, of(read(facts, *rows), "Claim"), strict=True)
        if sent.claim.frequency == "7" and sent.claim.original_reference]  # a planted defect can leave it off
    assert related
    for claim, told in related:
        assert told["related"][0]["reference"]["value"] == claim.original_reference


def test_a_claim_that_was_taken_back_is_a_cancelled_explanation_with_negative_amounts():
    told = [row for facts, rows in population() for row in of(read(facts, *rows), "ExplanationOfBenefit")
            if row["status"] == "cancelled"]
    assert told
    assert all(row["payment"]["amount"]["value"] <= 0 for row in told)


@pytest.mark.parametrize(("cents", "written"), [(0, "0.00"), (5, "0.05"), (-1050, "-10.50"),
                                               (12_345_678_901, "123456789.01")])
def test_money_is_exact_to_the_cent(cents, written):
    assert str(money(cents)["value"]) == written


@pytest.mark.parametrize(("local", "written"), [
    (dt.datetime(2026, 1, 15, 8, 0), "2026-01-15T08:00:00-06:00"),
    (dt.datetime(2026, 3, 8, 1, 59), "2026-03-08T01:59:00-06:00"),
    (dt.datetime(2026, 3, 8, 3, 0), "2026-03-08T03:00:00-05:00"),
    (dt.datetime(2026, 10, 31, 23, 0), "2026-10-31T23:00:00-05:00"),
    (dt.datetime(2026, 11, 1, 2, 0), "2026-11-01T02:00:00-06:00"),
])
def test_a_moment_has_the_zone_of_the_office(local, written):
    assert instant(local) == written
