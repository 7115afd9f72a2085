"""The UB-04, form locator by form locator."""

import datetime as dt

from app.billing.forms.model import OtherCover
from tests.billing.forms.filed import REFERRER, after, boxes, line, pages, parties, stay, table


def page_of(claim, named=None, other=None):
    (page,) = pages(claim, named, other)
    return page


def test_a_stay():
    found = boxes(page_of(stay()))
    assert found == {
        "1": "Northmoor Practice\n12 Mill Road\nNorthmoor WI 53990\n608-555-0101", "3a": "C000000001", "3b": "M-100",
        "4": "0111", "5": "00-4471930", "6.from": "050426", "6.through": "050826", "8b": "Brook Mara J",
        "9a": "12 Mill Road", "9b": "Northmoor", "9c": "WI", "9d": "53990", "10": "03091980", "11": "F",
        "12": "050426", "13": "09", "14": "3", "15": "1", "16": "11", "17": "06",
        "38": "Mara Brook\n12 Mill Road\nNorthmoor WI 53990", "56": "2053703296", "66": "0", "67": "J441 Y",
        "67A": "J189 N", "67B": "Z9981", "69": "J441", "71": "190", "72a": "W19XXXA Y", "74": "0W9B3ZZ 050426",
        "76": "Holm Iris", "76.npi": "2883602825",
    }


def test_its_lines_and_the_total_on_line_23():
    lines = table(page_of(stay()), "lines")
    assert lines["1"] | {"43": ""} == {"42": "0120", "43": "", "44": "2650.00", "45": "050426", "46": "4",
                                       "47": "10600.00"}
    assert lines["2"]["44"] == "Z7025"
    assert lines["23"] == {"42": "0001", "43": "Page 1 of 1", "44": "Made on", "45": "052026", "47": "13700.50",
                           "48": "0.00"}


def test_its_payer_and_covered_days():
    page = page_of(stay())
    assert table(page, "payers") == {"A": {"50": "Fernwood Mutual Health", "51": "TRFWD", "52": "Y", "53": "Y"}}
    assert table(page, "subscribers") == {"A": {"58": "Brook Mara", "59": "18", "60": "FWM123456789",
                                                "61": "Fernwood Choice PPO", "62": "543966"}}
    assert table(page, "authorizations") == {"A": {"63": "PA11112222"}}
    assert table(page, "values") == {"a": {"39": "80", "39.amount": "4"}}


def test_a_second_payer_stands_in_row_b():
    page = page_of(*after(stay(plan="copperline-ppo", group_number="", original_reference="89", frequency="7")))
    payers, holders = table(page, "payers"), table(page, "subscribers")
    assert (payers["A"]["50"], payers["A"]["54"]) == ("Fernwood Mutual Health", "125.00")
    assert payers["B"]["50"] == "Copperline Benefit Trust"
    assert "54" not in payers["B"]
    assert (holders["A"]["58"], holders["A"]["59"], holders["B"]["58"]) == ("Brook Jan", "01", "Brook Mara")
    assert table(page, "authorizations") == {"B": {"63": "PA11112222", "64": "89"}}
    assert boxes(page)["4"] == "0117"
    assert table(page, "values") == {"a": {"39": "80", "39.amount": "4", "40": "A1", "40.amount": "25.00", "41": "A2",
                                           "41.amount": "20.00"}}


def test_medicare_second_is_told_what_was_paid_in_value_code_12():
    page = page_of(*after(stay(plan="medicare-b", group_number="")))
    assert table(page, "values")["a"] | {"41": "", "41.amount": ""} == {
        "39": "12", "39.amount": "125.00", "40": "80", "40.amount": "4", "41": "", "41.amount": ""}


def test_other_coverage_on_file_comes_after_the_payer_that_is_billed():
    page = page_of(stay(), None, OtherCover("copperline-ppo", "CB1", "", "Jan Brook", "spouse"))
    payers = [row["50"] for row in table(page, "payers").values()]
    assert payers == ["Fernwood Mutual Health", "Copperline Benefit Trust"]
    assert table(page, "subscribers")["B"]["60"] == "CB1"


def test_an_outpatient_claim_has_a_reason_for_the_visit_and_no_admission():
    claim = stay(setting="outpatient_surgery", bill_type="013", poa=(), drg="", discharge_status="",
                 referring_npi=REFERRER.npi)
    page = page_of(claim, parties(claim, referring=REFERRER))
    found = boxes(page)
    assert (found["4"], found["70a"], found["17"], found["67"]) == ("0131", "J441", "01", "J441")
    assert not {"12", "13", "16", "69", "74"} & set(found)
    assert (found["78"], found["78.npi"]) == ("DN Bjornstad Paul", "2356232753")
    assert table(page, "values") == {}


def test_an_accident_at_work_is_an_occurrence():
    page = page_of(stay(accident="employment", accident_on=dt.date(2026, 5, 3)))
    assert table(page, "occurrences") == {"a": {"31": "04 050326"}}
    assert boxes(page_of(stay(accident="auto", accident_on=dt.date(2026, 5, 3))))["29"] == "WI"


def test_more_than_22_lines_take_two_pages():
    claim = stay(lines=tuple(line(number, charge=100, revenue="0250") for number in range(1, 25)))
    first, second = pages(claim)
    assert len(table(first, "lines")) == 23
    assert table(first, "lines")["23"]["47"] == "continued"
    assert table(second, "lines")["24"]["47"] == "1.00"
    assert table(second, "lines")["23"]["47"] == "24.00"  # the last row, after lines 23 and 24


def test_every_code_has_a_place_or_is_told():
    codes = tuple(f"E11.{number:03d}" for number in range(20))
    found = boxes(page_of(stay(diagnoses=codes, poa=("Y",) * 20, procedures=tuple(f"0W9B3Z{n}" for n in range(8)))))
    assert found["67Q"] == "E11017 Y"
    assert found["74e"] == "0W9B3Z5 050426"
    assert found["80"] == "2 more diagnoses on the electronic claim; 2 more procedures on the electronic claim"
