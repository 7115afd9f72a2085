"""The PDF: pypdf reads every value back; long ones stay in their boxes; the same bytes each time."""

import io

import pytest
from pypdf import PdfReader

from app.billing.forms import sheets as laying
from app.billing.forms.model import STEP, TRAINING, WIDTH, Values
from app.billing.forms.pdf import pdf
from tests.billing.forms.filed import after, boxes, line, pages, parties, professional, stay, table

SITUATIONS = {
    "professional": (professional(), None), "institutional": (stay(), None), "second": after(professional()),
    "second of a stay": after(stay()), "corrected": (professional(frequency="7", original_reference="896424"), None),
    "seven lines": (professional(lines=tuple(line(n, charge=1_000 * n) for n in range(1, 8))), None),
}


def read(document):
    return PdfReader(io.BytesIO(document))


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_value_is_read_back(name):
    found = pages(*SITUATIONS[name])
    document = read(pdf(found, "Claim"))
    assert len(document.pages) == len(found)
    for sheet, page in zip(found, document.pages, strict=True):
        text = page.extract_text()
        values = [part for value in boxes(sheet).values() for part in value.split("\n")]
        values += [cell for row in table(sheet, "lines").values() for cell in row.values()]
        if sheet.form == "ub04":
            values += [cell for part in ("payers", "subscribers", "authorizations", "values", "occurrences")
                       for row in table(sheet, part).values() for cell in row.values()]
        assert [value for value in values if value not in text] == []
        assert text.count(TRAINING) == 2


def test_number_label_and_value_are_read_together():
    text = read(pdf(pages(professional()), "Claim")).pages[0].extract_text()
    assert "\n1a\nMember number\nFWM123456789\n2\nPatient's name\nBrook, Mara, J\n" in text
    assert "\n3\nSex\nM\nX\nF\n" in text
    assert "\n10b\nAuto accident\nYes\nX\nNo\n" in text


def test_the_document_has_a_title_and_a_language():
    document = read(pdf(pages(stay()), "Claim as sent (UB-04)"))
    assert document.metadata.title == "Claim as sent (UB-04)"
    assert document.trailer["/Root"]["/Lang"] == "en-US"
    assert document.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_same_claim_has_the_same_bytes():
    assert pdf(pages(stay()), "Claim") == pdf(pages(stay()), "Claim")


def edges(page):
    """Right edge of every typed text on a page: Courier characters are 0.6 of their size wide."""
    found = []

    def see(text, _, matrix, font, size):
        if font and "Courier" in font["/BaseFont"] and text.strip():
            found.append((matrix[4] + 0.6 * size * len(text.strip()), text.strip()))

    page.extract_text(visitor_text=see)
    return found


def test_long_values_stay_in_their_boxes():
    claim = professional(patient_family="Featherstonehaugh-Cholmondeley-Vanderbilt " * 3, member_id="9" * 60)
    page = read(pdf(pages(claim), "Claim")).pages[0]
    member = [row for row in edges(page) if row[1].startswith("999")]
    assert member[0][1].endswith("…")
    assert member[0][0] <= 18 + WIDTH
    name = next(row for row in edges(page) if row[1].startswith("Featherstonehaugh"))
    assert name[0] <= 18 + 204


def test_a_name_in_other_letters_is_drawn():
    assert read(pdf(pages(professional(patient_given="Zoë Łucja 莉")), "Claim")).pages[0].extract_text()


@pytest.mark.parametrize("form", ["cms1500", "ub04"])
def test_the_layout_fills_a_page_and_no_more(form):
    sheet = pages(professional() if form == "cms1500" else stay())[0]
    bands = [band for section in sheet.sections for band in section.bands]
    assert sum(band.height for band in bands) <= 792 - 2 * 18 - 42
    assert all(sum(box.w for box in band.boxes) in (0, WIDTH) for band in bands)
    assert all(box.w % STEP == 0 for band in bands for box in band.boxes)


@pytest.mark.parametrize(("form", "numbers"), [
    ("cms1500", ["1", "1a", *map(str, range(2, 10)), "9a", "9b", "9c", "9d", "10a", "10b", "10c", "10d", "11", "11a",
                 "11b", "11c", "11d", *map(str, range(12, 18)), "17a", "17b", *map(str, range(18, 24)),
                 *(f"21{letter}" for letter in "ABCDEFGHIJKL"), *(f"24{letter}" for letter in "ABCDEFGHIJ"),
                 *map(str, range(25, 34)), "32a", "32b", "33a", "33b"]),
    ("ub04", ["1", "2", "3a", "3b", *map(str, range(4, 8)), "8a", "8b", "9a", "9b", "9c", "9d", "9e",
              *map(str, range(10, 68)), *(f"67{letter}" for letter in "ABCDEFGHIJKLMNOPQ"), "68", "69", "70a", "70b",
              "70c", "71", "72a", "72b", "72c", *map(str, range(73, 81)), *(f"74{letter}" for letter in "abcde"), "81a",
              "81b", "81c", "81d"]),
])
def test_every_box_of_the_form_is_there(form, numbers):
    drawn = [box.number for section in laying.layout(form).sections for band in section.bands
             for box in (*band.boxes, *(band.table.columns if band.table else ()))]
    assert sorted(set(drawn)) == sorted(numbers)


def test_a_value_without_a_box_is_refused():
    with pytest.raises(ValueError, match="CMS-1500 has no box 99"):
        laying.filled(laying.layout("cms1500"), Values({"99": "x"}, {}))
    with pytest.raises(ValueError, match="box 6 has no choice 'Cousin'"):
        laying.filled(laying.layout("cms1500"), Values({"6": "Cousin"}, {}))


def test_nothing_is_written_about_people_the_claim_does_not_name():
    claim = professional()
    assert "Jan" not in read(pdf(pages(claim, parties(claim)), "Claim")).pages[0].extract_text()
