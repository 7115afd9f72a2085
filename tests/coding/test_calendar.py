"""A case is coded by its date of service: editions side by side."""

import datetime as dt
from itertools import pairwise

import pytest


@pytest.mark.parametrize(("day", "name"), [
    (dt.date(2026, 9, 30), "ICD-10-CM FY 2026 (April 2026)"),
    (dt.date(2026, 10, 1), "ICD-10-CM FY 2027 (October 2026)"),
    (dt.date(2026, 3, 31), "ICD-10-CM FY 2026 (October 2025)"),
    (dt.date(2022, 10, 1), "ICD-10-CM FY 2023 (October 2022)"),
])
def test_the_date_of_service_chooses_the_edition(index, day, name):
    edition = index.edition_for(day)
    assert edition.name == name
    assert edition.first <= day <= edition.last


@pytest.mark.parametrize("day", [dt.date(2022, 9, 30), dt.date(2027, 4, 1)])
def test_a_date_without_an_edition_is_refused(index, day):
    with pytest.raises(ValueError, match="no edition"):
        index.edition_for(day)


def test_editions_follow_one_another_without_a_gap(index):
    for system in ("icd10cm", "icd10pcs"):
        found = index.editions(system)
        assert len(found) == 9
        assert all((b.first - a.last).days == 1 for a, b in pairwise(found))


def test_the_edition_shown_is_the_one_the_tabular_list_is_of(index):
    assert index.edition_for(dt.date(2026, 5, 1)).name == index.edition
    assert index.edition_for(dt.date(2026, 5, 1)).codes == int(index.about["billable"])


@pytest.mark.parametrize(("code", "day", "valid"), [
    ("G35", dt.date(2025, 9, 30), True), ("G35", dt.date(2025, 10, 1), False), ("g35.d", dt.date(2025, 10, 1), True),
    ("E11.A", dt.date(2024, 10, 1), False), ("E11.A", dt.date(2025, 10, 1), True), ("I10", dt.date(2023, 1, 1), True),
    ("E11", dt.date(2026, 5, 1), False), ("0DTJ4ZZ", dt.date(2024, 1, 1), True),
    ("0dtj4zg", dt.date(2024, 3, 31), False), ("0DTJ4ZG", dt.date(2024, 4, 1), True), ("", dt.date(2026, 5, 1), False),
])
def test_a_code_is_judged_by_the_day_of_service(index, code, day, valid):
    assert index.valid_on(code, day) is valid


def test_a_retired_code_tells_its_days(index):
    assert index.in_force("G35") == ((dt.date(2015, 10, 1), dt.date(2025, 9, 30)),)
    assert index.in_force("nothing") == ()


def test_a_search_leaves_out_what_was_not_in_force(index):
    before = [hit.code for hit in index.search_in(("icd10cm",), "multiple sclerosis", 10, dt.date(2025, 6, 1))]
    after = [hit.code for hit in index.search_in(("icd10cm",), "multiple sclerosis", 10, dt.date(2026, 6, 1))]
    assert "G35.D" in after
    assert "G35.D" not in before
