"""The page that says what code sets the site has, and the look-up in each of them."""

import shutil

import pytest

from app.coding.items import Item
from app.coding.site_codes import import_items
from app.factory import create_app
from tests.codes import built_index
from tests.conftest import settings_for


def test_the_page_says_edition_source_count_and_what_is_missing(cast, browse):
    page = browse("learner").get("/codes/sets").text
    for said in ("ICD-10-CM FY 2026 (April 2026)", "74,719 complete codes", "ICD-10-PCS FY 2026 (April 2026)",
                 "alphabetic index", "whose titles our sources do not have", "codes import hcpcs FILE", "772 groups",
                 "Place of service", "not known", "licensed"):
        assert said in page, said
    assert page.count("<th scope=\"row\">") == 9


@pytest.mark.parametrize(("system", "query", "said"), [
    ("icd10pcs", "appendectomy", "0DTJ0ZZ"), ("hcpcs", "walker", "E0143"), ("icd10cm", "asthma", "J45.909"),
    ("", "asthma", "J45.909"), ("cpt", "asthma", "J45.909"), ("nonsense", "asthma", "J45.909")])
def test_each_code_set_is_searched_without_a_script(cast, browse, system, query, said):
    assert said in browse("learner").get("/codes", query_string={"look_up": query, "system": system}).text


def test_a_licensed_file_is_offered_and_marked_on_its_own_site_only(tmp_path, empty_database):
    shutil.copy(empty_database, tmp_path / "test.sqlite")
    index = tmp_path / "codes.sqlite"
    index.symlink_to(built_index())
    app = create_app(settings_for(tmp_path, codes=index))
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/guest")
    asked = {"look_up": "made-up", "system": "cpt"}
    assert "licensed to this site" not in client.get("/codes", query_string=asked).text
    import_items(tmp_path / "own_codes.sqlite", "cpt", "list.txt", [Item("cpt", "00001", "Made-up service")])
    page = client.get("/codes", query_string=asked).text
    assert "Made-up service" in page
    assert "licensed to this site" in page
    assert "list.txt" in client.get("/codes/sets").text
