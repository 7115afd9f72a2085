"""A coder finds procedures and items by what people call them."""

import datetime as dt

import pytest

from app.coding.hcpcs import modifiers, subset
from app.coding.items import of_systems
from app.coding.model import Hit
from app.coding.query import procedure_terms
from app.world.services import services


def _found(index, system, query, limit=5, on=None):
    return [hit.code for hit in index.search_in((system,), query, limit, on)]


@pytest.mark.parametrize(("query", "code"), [
    ("excision of left kidney", "0TB10ZZ"), ("left kidney EXCISION", "0TB10ZZ"), ("appendectomy", "0DTJ4ZZ"),
    ("apendectomy", "0DTJ4ZZ"), ("lap chole", "0FT44ZZ"), ("0dtj", "0DTJ0ZZ"), ("0DTJ4ZZ", "0DTJ4ZZ"),
    ("chest x-ray", "BW03ZZZ"), ("excision abdominal esophagus", "0DB30ZZ"), ("ventilator", "5A1945Z"),
    ("c section", "10D00Z1"), ("colonoscopy", "0DJD8ZZ"), ("tka", "0SRC0J9"), ("bed mobility", "F07Z5ZZ"),
])
def test_a_procedure_is_found_among_the_first(index, query, code):
    assert code in _found(index, "icd10pcs", query, 12)


@pytest.mark.parametrize(("query", "code"), [
    ("walker", "E0156"), ("morphine", "J2270"), ("e0143", "E0143"), ("glucose strips", "A4253"), ("cpap", "E0601"),
    ("als ambulance emergency", "A0427"), ("wheelchiar standard", "K0001"), ("G046", "G0463"),
])
def test_an_item_is_found_among_the_first(index, query, code):
    assert code in _found(index, "hcpcs", query, 6)


def test_several_systems_are_searched_together_and_say_which(index):
    found = index.search_in(("icd10cm", "icd10pcs", "hcpcs"), "knee", 9)
    assert {hit.system for hit in found} == {"icd10cm", "icd10pcs", "hcpcs"}
    assert len(found) == 9


def test_a_code_asked_for_comes_before_words_of_other_systems():
    word, code = Hit("E11.9", "a", True, "title"), Hit("E1100", "b", True, "code", "hcpcs")
    assert of_systems([[word], [code]], 5) == (code, word)


def test_the_date_of_service_leaves_out_what_was_not_in_force(index):
    assert "0DTJ4ZG" in _found(index, "icd10pcs", "0dtj4", on=dt.date(2026, 5, 1))
    assert "0DTJ4ZG" not in _found(index, "icd10pcs", "0dtj4", on=dt.date(2023, 5, 1))
    assert "A4295" not in _found(index, "hcpcs", "a4295", on=dt.date(2025, 12, 31))


def test_a_site_without_a_license_finds_no_cpt(index):
    assert _found(index, "cpt", "00001") == []
    assert index.item("cpt", "00001") is None


@pytest.mark.parametrize("query", ["", "  ", '"', "* OR", "NEAR(", "()", "é" * 80, "0" * 80, "'; DROP TABLE pcs"])
@pytest.mark.parametrize("system", ["icd10pcs", "hcpcs", "cpt"])
def test_nonsense_never_fails(index, system, query):
    assert isinstance(index.search_in((system,), query, 5), tuple)


def test_every_term_leads_to_codes_in_force(index):
    for said, entry in procedure_terms().items():
        for beginning in entry.first:
            assert index.search_in(("icd10pcs",), beginning, 1, dt.date(2026, 5, 1)), (said, beginning)


def test_the_subset_is_large_and_says_where_each_code_was_seen(index):
    codes = [code.code for file in subset() for code in file.codes]
    assert len(codes) == len(set(codes)) >= 400
    assert all(file.source.cite and file.source.as_of for file in subset())
    assert all(code[0] in "ABCEGHJKLMPQRSTUV" and code[1:].isdigit() and len(code) == 5 for code in codes)
    assert index.item("hcpcs", "e0143").title == "Folding walker with wheels"


def test_the_services_of_the_world_are_in_it(index):
    used = {service.code for service in services().values() if service.system == "hcpcs"}
    assert [code for code in sorted(used) if index.item("hcpcs", code) is None] == []


def test_modifiers_are_told_in_words():
    assert "assist" in modifiers()["AS"].means
    assert all(len(code) == 2 for code in modifiers())
