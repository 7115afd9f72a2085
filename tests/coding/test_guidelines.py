"""The register of guideline sections: whatever is cited anywhere stands in it."""

import pytest

from app.coding.guidelines import cited, guideline, register
from app.coding.pcs_nearness import confused
from app.config import ROOT
from app.world.templates import templates

PLACES = ("app/learning/**/*.py", "app/coding/*.py", "app/world/data/**/*.yaml", "scenarios/**/*.yaml",
          "question_bank/**/*.yaml")


def texts() -> list[tuple[str, str]]:
    return [(str(path.relative_to(ROOT)), path.read_text()) for place in PLACES for path in sorted(ROOT.glob(place))]


def test_every_section_that_is_cited_is_in_the_register() -> None:
    missing = [(place, section) for place, text in texts() for section in cited(text) if guideline(section) is None]
    assert not missing


def test_the_templates_cite_enough_to_be_worth_checking() -> None:
    whys = [row.why for template in templates().values() for row in (*template.diagnoses, *template.procedures)]
    assert sum(bool(cited(why)) for why in whys) > 200


def test_confused_root_operations_cite_sections_of_the_register() -> None:
    assert not [row.guideline for row in confused().values() if guideline(row.guideline) is None]


@pytest.mark.parametrize(("text", "sections"), [
    ("I.C.9.a.3: one combination code.", ("I.C.9.a.3",)),
    ("IV.D and IV.H: the symptom (I.B.5).", ("IV.D", "IV.H", "I.B.5")),
    ("Sections II, III and Appendix I", ("II", "III", "Appendix I")), ("Section II and I.C.2.a", ("II", "I.C.2.a")),
    ("PCS table 0DT (B3.8); guideline B3.2d", ("B3.8", "B3.2d")),
    ("Sections I.A.19, I.B.14 and III", ("I.A.19", "I.B.14")),
    ("ICD-10-PCS guideline C1", ("C1",)), ("code B20, factor I.V., Z79.4", ()),
])
def test_sections_are_found_in_a_sentence(text, sections) -> None:
    assert cited(text) == sections


def test_a_page_can_show_what_a_section_says() -> None:
    found = guideline("Section II")
    assert found is not None
    assert found.says.startswith("The condition that, after study")
    assert "FY 2026" in found.source
    assert guideline("B3.8").source != found.source
    assert guideline("I.C.99.z") is None


def test_every_row_is_a_sentence_of_ours() -> None:
    for row in register().values():
        assert row.says.endswith("."), row.section
        assert 4 <= len(row.says.split()) <= 40, row.section
        assert not row.title.endswith("."), row.section


def test_how_many_numbers_were_checked_is_told() -> None:
    seen = [row.seen for row in register().values()]
    assert seen.count("") <= 88  # fewer as they are checked; the bank cites a dozen sections that nothing else does
    assert all(row.seen == "text" for row in register().values() if row.system == "pcs")
