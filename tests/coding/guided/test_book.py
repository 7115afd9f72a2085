"""Book logic: term, category, notes of every level, seventh character."""

import pytest

from app.coding.guided.book import index_lines, walk
from app.coding.guided.seventh import complete, placeholders, seventh_table


def test_a_term_leads_to_its_code(index):
    lines = index_lines(index, "aspiration pneumonia")
    assert "J69.0" in [line.code for line in lines]


def test_an_inclusion_term_is_a_line_of_its_own(index):
    lines = index_lines(index, "broken heart syndrome") + index_lines(index, "Takotsubo syndrome")
    assert any(line.source in ("inclusion term", "title") and line.code == "I51.81" for line in lines)


def test_a_synonym_sends_to_the_title(index):
    line = index_lines(index, "heart attack")[0]
    assert (line.code, line.source) == ("I21.9", "synonym")
    assert line.text.startswith("heart attack: see ")


def test_an_incomplete_code_shows_its_dash(index):
    lines = [line for line in index_lines(index, "fracture of femur") if not line.complete]
    assert lines
    assert all(line.code.endswith("-") for line in lines)


def test_the_way_to_a_code_passes_every_level_with_its_notes(index):
    way = walk(index, "S72.001A")
    assert [level.code.code for level in way] == ["19", "S70-S79", "S72", "S72.0", "S72.00", "S72.001", "S72.001A"]
    assert "Seventh character" in [note.kind for note in way[2].notes]
    assert walk(index, "X99.999") == ()


def test_a_block_of_one_category_does_not_stop_the_way(index):
    assert [level.code.kind for level in walk(index, "B20")][-1] == "category"


def test_the_nearest_table_of_seventh_characters_governs(index):
    table = seventh_table(index, "S72.0")
    assert table.level == "S72"
    assert dict(table.meanings)["A"] == "initial encounter for closed fracture"
    assert seventh_table(index, "I10") is None


@pytest.mark.parametrize(("code", "character", "whole"), [
    ("T07", "A", "T07.XXXA"), ("S01.01", "D", "S01.01XD"), ("T40.2X5", "S", "T40.2X5S"), ("o30.003", "1", "O30.0031")])
def test_x_fills_the_places_before_the_seventh_character(index, code, character, whole):
    assert complete(code, character) == whole
    if code != "o30.003":
        assert index.is_billable(whole)


@pytest.mark.parametrize(("code", "character"), [("T07.XXXA", "A"), ("T0", "A"), ("T07", ""), ("T07", "AB")])
def test_what_cannot_take_a_seventh_character_is_refused(code, character):
    with pytest.raises(ValueError, match="seventh"):
        complete(code, character)


@pytest.mark.parametrize(("code", "n"), [("T07.XXXA", 3), ("S01.01XD", 1), ("T40.2X5A", 0), ("J45.909", 0)])
def test_placeholders_are_counted(code, n):
    assert placeholders(code) == n
