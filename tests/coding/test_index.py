"""What the built index holds, and the traps of the package it comes from."""

import datetime as dt
import sqlite3
import threading
from pathlib import Path

import pytest

from app.coding import index_build
from app.coding.editions import SqliteCodeIndex
from app.coding.tabular import clean


def _one(path: Path, statement: str) -> int:
    with sqlite3.connect(path) as connection:
        return int(connection.execute(statement).fetchone()[0])


def test_it_has_the_billable_codes_of_the_edition(built):
    assert _one(built, "SELECT count(*) FROM code WHERE billable") == 74_719


def test_no_code_stands_twice_except_blocks_of_one_category(built):
    assert _one(built, "SELECT count(*) - count(DISTINCT bare) FROM code WHERE kind != 'block'") == 0


def test_edition_and_counts_are_told(index):
    assert index.edition == "ICD-10-CM FY 2026 (April 2026)"
    assert (index.about["billable"], index.about["drgs"]) == ("74719", "772")


@pytest.mark.parametrize("asked", ["E11.9", "e11.9", "E119", "e119", " e11.9 "])
def test_case_and_dot_do_not_matter(index, asked):
    found = index.look_up(asked)
    assert found.code == "E11.9"
    assert index.is_billable(asked)


@pytest.mark.parametrize("block", ["C00-C96", "C00-C75", "M00-M25", "T07-T88", "V00-X58", "A00-A09", "B99-B99", "9"])
def test_blocks_and_chapters_are_not_billable(index, block):
    assert not index.is_billable(block)


@pytest.mark.parametrize(("code", "billable"), [
    ("B20", True), ("R99", True), ("T07", False), ("T07.XXXA", True), ("C50", False), ("Z66", True), ("E11", False),
    ("S72.001", False), ("S72.001A", True), ("I10", True), ("I10.0", False), ("", False), ("%", False),
])
def test_a_block_of_one_category_does_not_hide_its_category(index, code, billable):
    assert index.is_billable(code) is billable


def test_titles_hold_no_tabs(built):
    assert _one(built, "SELECT count(*) FROM code WHERE title LIKE '%' || char(9) || '%' OR title LIKE '%  %'") == 0


def test_a_slash_and_tab_become_a_slash():
    assert clean("without subfoveal involvement/\tadvanced") == "without subfoveal involvement/advanced"


def test_a_code_knows_where_it_stands(index):
    found = index.look_up("C34.11")
    assert (found.parent, found.block, found.chapter, found.kind) == ("C34.1", "C30-C39", "2", "subcategory")


def test_blocks_stand_within_the_blocks_that_hold_them(index):
    for block, outer in (("C30-C39", "C00-C75"), ("C00-C75", "C00-C96"), ("C00-C96", "2"), ("T20-T25", "T20-T32")):
        assert index.look_up(block).parent == outer


def test_children_come_in_tabular_order(index):
    assert [c.code for c in index.children("j45")] == ["J45.2", "J45.3", "J45.4", "J45.5", "J45.9"]
    assert [c.code for c in index.children("T07")] == ["T07.XXXA", "T07.XXXD", "T07.XXXS"]


def test_excludes_are_inherited_and_say_from_where(index):
    levels = [note.level for note in index.notes("J45.909") if note.kind == "Excludes 1"]
    assert "J45" in levels
    assert "J45.909" not in levels
    assert any("gas, fumes" in text or "detergent asthma" in text
               for note in index.notes("J45.909") if note.level == "J45" for text in note.texts)


def test_notes_of_a_block_of_blocks_reach_its_codes(index):
    assert "T20-T32" in {note.level for note in index.notes("T20.011A")}


def test_notes_of_the_code_itself_come_first(index):
    levels = [note.level for note in index.notes("E11.22")]
    assert levels[0] == "E11.22"
    assert levels.index("E11.22") < levels.index("E11")


def test_code_first_and_use_additional_are_there(index):
    kinds = {(note.kind, note.level) for note in index.notes("I50.9")}
    assert ("Code first", "I50") in kinds
    assert ("Use additional code", "E11") in {(n.kind, n.level) for n in index.notes("E11.9")}


def test_a_note_loses_the_comma_that_followed_its_heading(index):
    texts = [text for note in index.notes("A41.9") if note.kind == "Code first" for text in note.texts]
    assert texts
    assert not any(text.startswith(",") for text in texts)


def test_seventh_characters_are_defined(index):
    notes = [note for note in index.notes("S72.001A") if note.kind == "Seventh character"]
    assert notes[0].level == "S72"
    assert "A: initial encounter for closed fracture" in notes[0].texts


@pytest.mark.parametrize(("code", "first"), [
    ("I10", dt.date(2015, 10, 1)), ("U07.1", dt.date(2020, 4, 1)), ("I1A.0", dt.date(2023, 10, 1)), ("E11", None)])
def test_since_when_a_code_is_valid(index, code, first):
    assert index.look_up(code).first_valid == first


def test_every_billable_code_is_valid_for_the_medicare_code_editor(built):
    assert _one(built, "SELECT count(*) FROM code WHERE billable AND first_valid IS NULL") == 0


def test_drg_weights_are_whole_numbers(index):
    row = index.drg("1")
    assert (row.drg, row.weight, row.geometric_stay, row.arithmetic_stay) == ("001", 280_239, 258, 362)
    assert row.type == "surgical"


def test_the_weight_paid_is_the_one_after_the_cap(index):
    assert (index.drg("010").weight, index.drg("010").weight_before_cap) == (71_757, 30_699)


def test_ungroupable_has_no_weight_and_an_unknown_drg_no_row(index):
    assert index.drg("999").weight == 0
    assert index.drg("888") is None


def test_threads_share_one_index(index):
    found: list[bool] = []
    threads = [threading.Thread(target=lambda: found.append(index.is_billable("I10"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 8


def test_a_missing_index_says_how_to_build_it(tmp_path):
    with pytest.raises(FileNotFoundError, match="codes build"):
        SqliteCodeIndex(tmp_path / "codes.sqlite")


def test_a_build_that_stops_leaves_the_old_index(tmp_path, monkeypatch):
    def stop() -> None:
        raise KeyboardInterrupt

    target = tmp_path / "codes.sqlite"
    target.write_text("the old one")
    monkeypatch.setattr(index_build, "drg_rows", stop)
    monkeypatch.setattr(index_build, "tabular", tuple)
    with pytest.raises(KeyboardInterrupt):
        index_build.build(target, lambda done, all_: None)
    assert [path.name for path in tmp_path.iterdir()] == ["codes.sqlite"]
    assert target.read_text() == "the old one"
