"""What people type, and how it is read."""

import pytest

from app.learning.contract import Choice, Field, Problems
from app.learning.reading import parse, readable

MONEY = Field("amount", "Amount", "money")
DATE = Field("on", "On", "date")
CODES = Field("codes", "Codes", "codes", most=3)
PICK = Field("pick", "Pick", "choices", (Choice("a", "First"), Choice("b", "Second")))


@pytest.mark.parametrize(("typed", "cents"), [("12", "1200"), ("$1,234.5", "123450"), (" 0.07 ", "7"), ("0", "0")])
def test_money_is_read_as_people_write_it(typed, cents):
    assert parse({"amount": [typed]}, (MONEY,)) == {"amount": [cents]}


@pytest.mark.parametrize("typed", ["twelve", "1.234", "-5", "1.2.3", "²", "."])
def test_what_is_not_money_is_told_beside_the_field(typed):
    read = parse({"amount": [typed]}, (MONEY,))
    assert isinstance(read, Problems)
    assert "1234.56" in read.by_field["amount"]


@pytest.mark.parametrize("typed", ["2026-06-12", "06/12/2026", "Jun 12, 2026"])
def test_a_date_is_read_in_three_forms(typed):
    assert parse({"on": [typed]}, (DATE,)) == {"on": ["2026-06-12"]}


def test_an_impossible_date_is_a_problem():
    assert isinstance(parse({"on": ["2026-02-30"]}, (DATE,)), Problems)


def test_codes_get_their_dot_and_capitals():
    assert parse({"codes": ["j45909", "E11.22", ""]}, (CODES,)) == {"codes": ["J45.909", "E11.22"]}


def test_a_code_entered_twice_is_told():
    read = parse({"codes": ["J45.909", "j45909"]}, (CODES,))
    assert isinstance(read, Problems)
    assert "twice" in read.by_field["codes"]


def test_too_many_codes_are_told():
    assert isinstance(parse({"codes": ["I10", "E11.9", "J45.909", "R05.1"]}, (CODES,)), Problems)


def test_what_was_not_offered_cannot_be_chosen():
    assert isinstance(parse({"pick": ["c"]}, (PICK,)), Problems)


def test_choices_come_back_in_the_order_of_the_list():
    assert parse({"pick": ["b", "a"]}, (PICK,)) == {"pick": ["a", "b"]}


def test_only_named_fields_are_read():
    assert parse({"amount": ["1"], "score": ["100"]}, (MONEY,)) == {"amount": ["100"]}


def test_blank_is_left_out_rather_than_wrong():
    assert parse({"amount": ["  "]}, (MONEY,)) == {}


def test_poa_stands_beside_the_codes_that_were_filled_in():
    field = Field("codes", "Codes", "codes", most=5, poa=True)
    read = parse({"codes": ["A41.9", "", "N39.0"], "codes_poa": ["Y", "", "N"]}, (field,))
    assert read == {"codes": ["A41.9", "N39.0"], "codes_poa": ["Y", "N"]}


def test_answers_are_shown_as_a_person_reads_them():
    assert readable(MONEY, ["123450"]) == "$1,234.50"
    assert readable(DATE, ["2026-03-04"]) == "Mar 4, 2026"
    assert readable(PICK, ["a", "b"]) == "First, Second"
    assert readable(MONEY, []) == "No answer"
