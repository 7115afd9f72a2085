"""Every defect stands in the page that lists them, as it is."""

from pathlib import Path

from app.world.defects import defects
from app.world.defects.listing import AREAS, table

PAGE = Path(__file__).parents[2] / "docs" / "defects.md"


def test_the_page_of_defects_is_that_of_the_code():
    assert table() in PAGE.read_text(encoding="utf-8"), "flask --app wsgi world defects prints the tables"


def test_no_row_of_the_page_is_of_a_defect_that_is_gone():
    rows = [line.split("`")[1] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert sorted(rows) == sorted(defects())


def test_each_area_of_the_work_has_several_defects():
    for area in AREAS:
        assert sum(defect.area == area for defect in defects().values()) >= 3, area


def test_each_defect_has_a_title_and_a_sign_of_its_own():
    for part in ("title", "notice"):
        told = [getattr(defect, part) for defect in defects().values()]
        assert len(set(told)) == len(told)
