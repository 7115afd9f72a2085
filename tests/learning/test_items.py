"""A question: what is seen of it, and how an answer is marked."""

import datetime as dt

import msgspec
import pytest

from app.learning.items import Item, Option, Source, domain_of, mark, unreadable, view

SOURCE = Source("45 CFR 164.524", dt.date(2026, 1, 1))
DAY = dt.date(2026, 11, 23)
SINGLE = Item("access-days-01", ("2.2", "2.1"), "recall", "How long?", SOURCE, DAY, options=tuple(
    Option(text, f"because {text}", text == "30 days") for text in ("30 days", "45 days", "60 days", "10 days")))
SEVERAL = Item("needs-01", ("2.1",), "application", "Which?", SOURCE, DAY, kind="several", options=tuple(
    Option(text, "because", text in "ab") for text in "abcd"))
NUMBER = Item("alos-01", ("3.5",), "application", "How many?", SOURCE, DAY, kind="numeric", answer="4.25",
              tolerance="0.01", unit="days", working="17 / 4")


def letters(item, order, *texts):
    return [option.letter for option in view(item, order).options if option.text in texts]


def test_what_is_shown_cannot_hold_the_key():
    shown = msgspec.json.encode(view(SINGLE, "s"))
    assert b"correct" not in shown
    assert b"because" not in shown


def test_the_order_is_drawn_and_stays():
    orders = {tuple(option.text for option in view(SINGLE, str(i)).options) for i in range(40)}
    assert len(orders) > 10
    assert view(SINGLE, "7") == view(SINGLE, "7")


def test_the_key_stands_in_every_place():
    assert {letters(SINGLE, str(i), "30 days")[0] for i in range(60)} == set("abcd")


def test_one_best_answer_is_all_or_nothing():
    assert mark(SINGLE, "s", letters(SINGLE, "s", "30 days")).score == 100
    assert mark(SINGLE, "s", letters(SINGLE, "s", "45 days")).score == 0
    assert mark(SINGLE, "s", ["a", "b", "c", "d"]).score == 0


def test_every_option_is_explained_after_an_answer():
    assert all(option.why for option in mark(SINGLE, "s", ["a"]).options)


@pytest.mark.parametrize(("chosen", "score"), [("ab", 100), ("a", 50), ("abc", 50), ("ac", 0), ("cd", 0)])
def test_several_answers_count_less_the_wrong_ones(chosen, score):
    assert mark(SEVERAL, "s", letters(SEVERAL, "s", *chosen)).score == score


@pytest.mark.parametrize(("typed", "score"), [
    ("4.25", 100), ("4.26", 100), ("4.27", 0), ("$4.25", 100), ("four", 0), ("NaN", 0), ("1e400", 0), ("", 0),
])
def test_a_number_within_its_tolerance(typed, score):
    assert mark(NUMBER, "s", [typed]).score == score


def test_an_item_counts_for_the_domain_of_its_first_task():
    assert domain_of(SINGLE) == "2"


def test_a_number_that_cannot_be_read_is_told_and_costs_nothing():
    assert "Write a number" in unreadable(NUMBER, ["about four"])
    assert unreadable(NUMBER, ["4.25 %"]) == ""
    assert unreadable(SINGLE, ["a"]) == ""
