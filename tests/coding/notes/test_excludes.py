"""Which codes may not stand together: real notes of the tabular list, inherited ones among them."""

import pytest

from app.coding.notes.excludes import conflicts, excludes1_conflict


@pytest.mark.parametrize(("one", "two", "level"), [
    ("E10.9", "E11.9", "E10"),  # the note stands at the category, not at the code
    ("N39.0", "N30.00", "N39.0"), ("R47.01", "I69.320", "R47.01"), ("F32.A", "F33.1", "F32"), ("R10.9", "N23", "R10"),
    ("Z87.891", "F17.210", "Z87.891"), ("D50.0", "D62", "D50.0"), ("e10.9", "e119", "E10"),
])
def test_a_forbidden_pair_is_found_whichever_comes_first(index, one, two, level):
    for pair in ((one, two), (two, one)):
        found = excludes1_conflict(index, *pair)
        assert found is not None
        assert found.level == level


@pytest.mark.parametrize(("one", "two"), [
    ("J44.1", "J20.9"), ("I50.9", "I11.0"), ("N17.9", "N18.9"), ("R65.21", "A41.9"), ("E11.22", "N18.30"),
    ("Z79.4", "E11.9"), ("I10", "I10"), ("I10", "nothing"), ("", ""),
])
def test_other_pairs_may_stand_together(index, one, two):
    assert excludes1_conflict(index, one, two) is None


def test_excludes_2_forbids_nothing(index):
    """J44 excludes 2 bronchiectasis (J47): "not included here", which may be coded beside it."""
    assert any(n.kind == "Excludes 2" for n in index.notes("J44.9"))
    assert excludes1_conflict(index, "S06.0X0A", "S01.01XA") is None


def test_all_pairs_of_a_case_are_looked_at(index):
    assert [(c.code, c.other) for c in conflicts(index, ["I10", "E10.9", "N39.0", "E11.9", "N30.00"])] == [
        ("E109", "E119"), ("N390", "N3000")]


def test_the_charts_of_the_world_have_no_forbidden_pair(index):
    from app.world.generate import Wish, clean_world
    from app.world.seed import Seed
    found = [conflicts(index, [d.code for d in clean_world(Seed(f"pair-{i}"), Wish()).encounter.diagnoses])
             for i in range(12)]
    assert [pair for pairs in found for pair in pairs] == []
