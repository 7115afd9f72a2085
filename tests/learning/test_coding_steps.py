"""Coding steps, as a reviewer marks them: procedures, evidence, an audit, and what codes do to a stay's payment."""

from functools import cache

import pytest

from app.coding.editions import SqliteCodeIndex
from app.coding.model import CodedDiagnosis
from app.coding.pcs_nearness import differs, percent, remark
from app.config import ROOT
from app.learning.building import build_case
from app.learning.consequences import dated
from app.learning.contract import Earlier, Field, Problems
from app.learning.drg_effect import effect_of, key_effect
from app.learning.reading import parse
from app.learning.scenario import load_library
from app.learning.steps import assign_codes, assign_procedures, audit_codes, mark_evidence
from tests.codes import built_index

NOTHING = Earlier()


@cache
def codes():
    return SqliteCodeIndex(built_index())


@cache
def case(scenario="code-a-surgical-stay", seed="1"):
    return build_case(load_library(ROOT / "scenarios").scenarios[scenario], seed, codes())


def marked(kind, found, options, response):
    return kind.mark(found, options, kind.key(found, options, NOTHING), response, NOTHING)


def test_a_wrong_approach_is_nearly_right_and_a_wrong_root_operation_hardly():
    assert percent("0DTJ4ZZ", "0DTJ4ZZ") == 100
    assert percent("0DTJ4ZZ", "0DTJ0ZZ") > percent("0DTJ4ZZ", "0DBJ4ZZ") > percent("0DTJ4ZZ", "0FT44ZZ") == 0


def test_the_remark_says_which_characters_differ_and_what_parts_two_root_operations():
    assert differs("0DTJ4ZZ", "0DTJ0ZZ") == ("approach",)
    assert "the whole of it" in remark("0DTJ4ZZ", "0DBJ4ZZ")
    assert "B3.8" in remark("0DTJ4ZZ", "0DBJ4ZZ")


def test_the_right_procedures_with_the_admission_date_lose_only_the_date():
    found = case()
    rows = found.clean.encounter.procedures
    told = marked(assign_procedures, found, assign_procedures.Options(), {
        "procedures": [row.code for row in rows], "procedures_date": ["2026-01-01"] * len(rows)})
    assert [line.label for line in told.lines if line.outcome != "right"] == ["Dates of the procedures"]


def test_a_procedure_beyond_the_chart_costs_half_a_line():
    found = case()
    rows = found.clean.encounter.procedures
    told = marked(assign_procedures, found, assign_procedures.Options(), {
        "procedures": [*(row.code for row in rows), "02703ZZ"],
        "procedures_date": [*(row.on.isoformat() for row in rows), "-"]})
    assert told.lines[-1].outcome == "partly"


@pytest.mark.parametrize(("text", "said"), [("0DTJ4Z", "seven characters"), ("0OTJ4ZZ", "letters I and O")])
def test_what_is_no_procedure_code_is_told_beside_the_field(text, said):
    problems = parse({"p": [text]}, (Field("p", "P", "codes", system="icd10pcs", dated=True),))
    assert isinstance(problems, Problems)
    assert said in problems.by_field["p"]


def test_dates_stand_beside_the_codes_that_were_entered():
    field = Field("p", "P", "codes", system="icd10pcs", dated=True)
    read = parse({"p": ["0DTJ4ZZ", "", "02703ZZ"], "p_date": ["05/04/2026", "", ""]}, (field,))
    assert read == {"p": ["0DTJ4ZZ", "02703ZZ"], "p_date": ["2026-05-04", "-"]}


@pytest.mark.parametrize("field", [Field("c", "C", "codes", poa=True),
                                   Field("c", "C", "codes", system="icd10pcs", dated=True)])
def test_two_codes_in_a_box_would_shift_what_stands_beside_the_next(field):
    two = "0DTJ4ZZ 02703ZZ" if field.dated else "I10 E11.9"
    assert "one code in a box" in parse({"c": [two], "c_poa": ["Y"]}, (field,)).by_field["c"]


def quote(text):
    return parse({"q": [text]}, (Field("q", "Q", "quote", within=("Fever since\nMonday. No cough.",)),))


def test_words_are_found_across_lines_and_in_any_case():
    assert quote("fever  since monday") == {"q": ["fever since monday"]}


def test_words_that_are_not_in_the_chart_are_told_and_cost_nothing():
    assert "do not stand in the chart" in quote("Fever since Sunday").by_field["q"]


def test_the_page_is_no_evidence():
    assert "at most 25" in quote("word " * 26).by_field["q"]


def evidence(given):
    found, options = case("code-an-inpatient-stay"), mark_evidence.Options(most=1)
    return marked(mark_evidence, found, options, {"words_1": [given]}).lines[0].outcome


def test_a_part_of_the_evidence_is_enough_and_words_from_elsewhere_are_not():
    words = case("code-an-inpatient-stay").clean.encounter.diagnoses[0].evidence[0]
    assert evidence(words) == "right"
    assert evidence(words[: len(words) // 2 + 1]) == "right"  # a space at the end would not count
    chart = case("code-an-inpatient-stay").facts.encounter.chart
    order = next(d for d in chart if d.kind in ("order", "nursing_note"))
    assert evidence(order.sections[0].text.split(".")[0]) == "wrong"


@pytest.mark.parametrize("given", ["e", "of", "the", "with a"])
def test_a_letter_that_stands_in_every_sentence_is_no_evidence(given):
    scenario = "code-a-surgical-stay"
    found, options = case(scenario), mark_evidence.Options(most=4, procedures=True)
    asked = mark_evidence.fields(found, options)
    told = marked(mark_evidence, found, options, {field.name: [given] for field in asked})
    assert {line.earned for line in told.lines} == {0}


@pytest.mark.parametrize("seed", ["1", "2", "3", "4", "5"])
def test_an_audit_sheet_has_its_mistakes_and_the_rest_is_right(seed):
    found = case("audit-an-inpatient-account", seed)
    sheet = audit_codes.coded(found, audit_codes.Options(mistakes=3, payment=True))
    right = {d.code for d in found.clean.encounter.diagnoses}
    for row in sheet.rows:
        assert (row.diagnosis.code in right) == (row.verdict in ("agree", "order", "poa")), row
    assert {d.code for d in sheet.missing} == right - {row.diagnosis.code for row in sheet.rows}
    assert any(row.verdict != "agree" for row in sheet.rows) or sheet.missing


def test_a_principal_diagnosis_alone_can_lower_the_drg():
    found = case("code-an-inpatient-stay", "3")
    first = found.clean.encounter.diagnoses[0]
    alone = effect_of(found, [CodedDiagnosis(first.code, first.title, first.poa)], [])
    assert alone.payment <= key_effect(found).payment


def test_a_code_that_does_not_exist_is_named():
    found = case("code-an-inpatient-stay")
    told = marked(assign_codes, found, assign_codes.Options(drg=True), {"codes": ["J99.99"], "codes_title": [""]})
    assert "J99.99 is no code" in told.findings[0].text


def test_the_other_side_is_told_from_the_titles_that_were_kept():
    problems = parse({"c": ["M17.12"]}, (Field("c", "C", "codes"),), lambda code: codes().look_up(code).title)
    assert problems["c_title"] == ["Unilateral primary osteoarthritis, left knee"]


def test_the_calendar_of_a_case_never_goes_back():
    found, visit = case(), dated(case(), NOTHING, "assign_codes")
    assert {dated(found, NOTHING, kind) for kind in ("assign_procedures", "mark_evidence")} == {visit}
    audited = Earlier((("audit", "audit_codes", {}),))
    assert dated(found, audited, "mark_evidence") == dated(found, NOTHING, "audit_codes") > visit


def test_words_behind_a_procedure_cite_the_rules_for_procedures():
    cited = {line.label[:7].strip(): line.citation.text for line in mark_evidence.key(
        case(), mark_evidence.Options(procedures=True), NOTHING).lines}
    for procedure in case().clean.encounter.procedures:
        assert cited[procedure.code].startswith("ICD-10-PCS")
