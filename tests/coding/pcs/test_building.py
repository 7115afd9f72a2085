"""A code of ICD-10-PCS is built character by character from its table."""

import datetime as dt
from itertools import product

import pytest

from app.coding.pcs.labels import from_titles, meaning
from app.coding.pcs.rows import rows
from app.coding.pcs.sections import sections

SPRING = dt.date(2026, 5, 1)


def _choices(index, prefix, on=None):
    return {value.character: value.meaning for value in index.pcs_next(prefix, on).choices}


def test_a_laparoscopic_appendectomy_is_built_in_seven_steps(index):
    wanted = ("Medical and Surgical", "Gastrointestinal System", "Resection", "Appendix", "Percutaneous Endoscopic",
              "No Device", "No Qualifier")
    prefix = ""
    for said in wanted:
        prefix += next(mark for mark, meaning in _choices(index, prefix).items() if meaning == said)
    assert prefix == "0DTJ4ZZ"
    assert index.pcs_look_up(prefix).title == "Resection of Appendix, Percutaneous Endoscopic Approach"


def test_each_step_names_its_axis(index):
    assert [index.pcs_next("0DTJ4ZZ"[:n]).axis for n in range(8)] == [
        "Section", "Body system", "Root operation", "Body part", "Approach", "Device", "Qualifier", ""]


def test_imaging_asks_for_contrast_where_surgery_asks_for_the_approach(index):
    assert index.pcs_next("B21").axis == "Body part"
    assert index.pcs_next("B215").axis == "Contrast"


@pytest.mark.parametrize("prefix", ["0DTJ4ZZ", "0DTJ4ZZZ", "0DTZ", "I", "%", "0DTO"])
def test_nothing_follows_a_complete_or_impossible_beginning(index, prefix):
    assert index.pcs_next(prefix).choices == ()


def test_small_letters_will_do(index):
    assert _choices(index, "0dt") == _choices(index, "0DT")


def test_the_root_operation_comes_with_its_definition(index):
    resection = next(value for value in index.pcs_next("0FT").so_far if value.meaning == "Resection")
    assert resection.definition == "Cutting out or off, without replacement, all of a body part"


def test_the_root_operations_of_surgery_are_thirty_one_and_all_defined(index):
    found = index.root_operations()
    assert len(found) == 31
    assert all(operation.definition[:1].isupper() for operation in found)


def test_no_text_lacks_its_first_letter(index):
    texts = [value.definition for value in (*index.root_operations(), *index.approaches(), *index.root_operations("1"))]
    texts += [name for prefix in ("0", "0D", "0DT", "02", "1") for name in _choices(index, prefix).values()]
    assert [text for text in texts if text[:1].islower()] == []


def test_an_appendix_cannot_be_resected_from_outside(index):
    assert "X" not in _choices(index, "0DTJ")


def test_the_days_of_a_code_decide_what_may_follow(index):
    # The hand-assisted form came with the update of April 2024.
    before, after = _choices(index, "0DTJ4Z", dt.date(2022, 12, 1)), _choices(index, "0DTJ4Z", SPRING)
    assert (set(before), set(after)) == ({"Z"}, {"G", "Z"})


def test_a_table_holds_its_codes_and_no_others(index):
    table = index.pcs_table("0FT", SPRING)
    built = {"0FT" + "".join(v.character for v in values) for row in table.rows
             for values in product(row.fourth, row.fifth, row.sixth, row.seventh)}
    assert "0FT44ZZ" in built
    assert all(index.pcs_look_up(code) for code in built)
    assert (table.operation.meaning, table.axes[0]) == ("Resection", "Body part")
    assert index.pcs_table("0FO") is None


def test_rows_are_few_and_exact():
    assert rows(["AZZZ", "BZZZ", "AYZZ", "BYZZ", "CZZZ"]) == (
        (("A", "B"), ("Y", "Z"), ("Z",), ("Z",)), (("C",), ("Z",), ("Z",), ("Z",)))


def test_a_meaning_is_what_two_titles_do_not_share():
    titles = {"2W40X5Z": "Packing of Head using Packing Material",
              "2W41X5Z": "Packing of Left Hand using Packing Material",
              "2W42X5Z": "Packing of Right Hand using Packing Material"}
    labels = from_titles(titles)
    assert [meaning(labels, code, 3) for code in titles] == ["Head", "Left Hand", "Right Hand"]
    assert meaning(labels, "2W40X5Z", 6) == "None"


def test_meanings_read_from_titles_stand_in_the_titles(index):
    """What a wrong guess would show: the antineoplastic of another body part."""
    for code in ("XW00X27", "3E03305", "B2151ZZ", "F07L0ZZ", "D0011ZZ", "8E0W4CZ", "4A023N7"):
        found = index.pcs_look_up(code)
        for value in found.values[3:]:
            assert value.meaning in ("", "None", "External") or value.meaning.lower() in found.title.lower()


def test_every_section_has_axes_and_every_table_a_name(index):
    assert all(len(section.axes) == 6 for section in sections().values())
    for section in sections():
        for system in index.pcs_next(section).choices:
            assert system.meaning, section + system.character
            for operation in index.pcs_next(section + system.character).choices:
                assert operation.meaning, section + system.character + operation.character


@pytest.mark.parametrize(("text", "leads"), [
    ("Appendectomy", "0DTJ"), ("cholecystectomy", "0FT4"), ("Chest x-ray", "BW03")])
def test_the_index_leads_to_a_table(index, text, leads):
    assert leads in index.pcs_terms(text)[0].beginnings


def test_the_body_part_key_names_the_value_to_use(index):
    found = index.pcs_terms("abdominal esophagus")[0]
    assert (found.kind, found.use) == ("body part", ("Esophagus, Lower",))


def test_a_percent_sign_is_no_wildcard(index):
    assert all("%" in term.term for term in index.pcs_terms("%"))
