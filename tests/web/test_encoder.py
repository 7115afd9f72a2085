"""The encoder's pages: what stands on them, and that links alone lead to a code and keep the date and the case."""

import re

import pytest

from app.coding.items import Item
from app.coding.site_codes import import_items
from app.learning.office import OWN_CODES
from tests.codes import built_index


@pytest.fixture
def read(browse):
    client = browse("guest")

    def page(address, **query):
        answer = client.get(address, query_string=query or None, follow_redirects=True)
        assert answer.status_code == 200, address
        return answer.text.split("<main", 1)[1].split("</main>")[0]
    return page


def codes_in(page):
    return re.findall(r'<a class="code"[^>]*>([0-9A-Z.]+)<', page)


@pytest.mark.parametrize(("system", "query", "found"), [
    ("icd10cm", "chf", "I50.9"), ("icd10cm", "asthmma", "J45.909"), ("icd10pcs", "appendectomy", "0DTJ4ZZ"),
    ("icd10pcs", "0DTJ4", "0DTJ4ZZ"), ("hcpcs", "walker", "E0156"), ("icd10cm", "J45.9", "J45.909")])
def test_each_code_set_is_searched_on_its_own(read, system, query, found):
    assert found in codes_in(read("/codes", look_up=query, system=system))


def test_a_code_page_names_the_level_of_each_inherited_note(read):
    page = read("/codes/E11.22")
    assert "N18.1</a>" in page  # a code that its note names is a link
    assert re.search(r"Excludes 1</h3>\s*<p class=\"note-level\">from <a[^>]*><span class=\"code\">E11</span>", page)
    assert "needs an indicator on a stay" in page


def test_a_cc_says_beside_what_it_does_not_count(read):
    page = read("/codes/J44.1")
    assert re.search(r"<strong>CC</strong>, but not beside \d+ principal diagnoses", page)


@pytest.mark.parametrize(("on", "said"), [("2026-05-04", "in force on May 4, 2026"), ("2015-01-01", "Not in force on")])
def test_the_date_of_service_decides_and_goes_along(read, on, said):
    page = read("/codes/E11.22", on=on)
    assert said in page
    assert all(f"on={on}" in link for link in re.findall(r'href="(/codes[^"]*)"', page))


def test_the_book_leads_from_a_term_to_a_seventh_character(read):
    assert 'href="/codes/book/S72' in read("/codes/book", term="hip fracture")
    assert "Fracture of foot" not in read("/codes/book/S72.04")
    page = read("/codes/book/W19")
    assert codes_in(page)[-3:] == ["W19.XXXA", "W19.XXXD", "W19.XXXS"]
    assert "placeholder" in page


def test_questions_end_at_a_complete_code_and_can_be_taken_back(read):
    address, answers = "/codes/guided/M17", []
    for _ in range(6):
        page = read(address)
        if "lead to this complete code" in page:
            break
        address = re.search(r'<ul class="choices"><li><a href="([^"]+)"', page)[1].replace("&amp;", "&")
        answers.append(address)
    assert "lead to this complete code" in page
    back = re.search(r'<a href="([^"]+)">Back one question', page)[1].replace("&amp;", "&")
    assert back == (answers[-2] if len(answers) > 1 else "/codes/guided/M17")


def test_answers_that_lead_nowhere_are_passed_over(read):
    assert read("/codes/guided/M17.1", laterality="upside down") == read("/codes/guided/M17.1")


def test_a_procedure_code_is_built_by_links_alone(read):
    address = "/codes/pcs"
    for mark in "0DTJ4ZZ":
        address = re.search(rf'<a href="(/codes/pcs\?code=\w*{mark})"><span class="code">{mark}</span> <strong>',
                            read(address))[1]
    page = read(address)
    assert "Resection of Appendix, Percutaneous Endoscopic Approach" in page
    assert "A complete code, in force" in page


def test_a_step_of_a_table_defines_its_values(read):
    page = read("/codes/pcs", code="0D")
    assert "Cutting out or off, without replacement, all of a body part" in page
    assert "Vermiform appendix" in read("/codes/pcs", code="0DT")  # what the body-part key sends to Appendix


def test_an_impossible_character_is_taken_off_and_said(read):
    page = read("/codes/pcs", code="0DTJX")
    assert "No table leads on with" in page
    assert "Character 5" in page


def test_cpt_is_offered_only_where_the_school_imported_it(read, app, monkeypatch, tmp_path):
    assert ">CPT<" not in read("/codes")
    own = tmp_path / OWN_CODES
    import_items(own, "cpt", "ours.csv", [Item("cpt", "12345", "A service in the school's own words")])
    index = app.extensions["office"].codes
    monkeypatch.setattr(index, "_own", type(index)(built_index(), own=own)._own)
    assert ">CPT<" in read("/codes")
    assert "12345" in codes_in(read("/codes", system="cpt", look_up="school service"))
    assert "as this school imported it" in read("/codes/12345", system="cpt")


def test_a_script_gets_the_results_alone(browse):
    answer = browse("guest").get("/codes?look_up=0dt&system=icd10pcs", headers={"X-Requested-With": "look-up"})
    assert "<html" not in answer.text
    assert 'data-text="0DTJ"' in answer.text


def test_only_a_name_of_a_case_goes_along(read):
    assert "bench=abc/codes" in read("/codes/book", bench="abc/codes")
    assert "evil" not in read("/codes/book", bench="https://evil/x/y")


def test_what_a_term_finds_stands_above_the_tables(read):
    page = read("/codes/pcs", term="appendectomy")
    assert page.index("0DTJ4ZZ") < page.index("Character 1: section")
    assert page.count('id="term"') == 1
    assert "Or by a term" in read("/codes/pcs", term="appendectomy", code="0DT")


@pytest.mark.parametrize("code", ["S52.59ZZ", "<b>", "A" * 300])
def test_a_code_that_is_none_can_be_looked_up_where_it_stands(browse, code):
    answer = browse("guest").get(f"/codes/{code}")
    assert answer.status_code == 404
    assert "Nothing found for" in answer.text
    assert 'id="search-box"' in answer.text
    assert "<b>" not in answer.text
