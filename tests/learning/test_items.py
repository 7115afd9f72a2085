"""A question: what is seen of it, and how an answer is marked."""

import datetime as dt

import msgspec
import pytest

from app.learning.item_marking import mark, unreadable
from app.learning.items import Item, Option, Source, domain_of, view

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


STEPS = Item("refund-steps-01", ("4.9",), "application", "In what order?", SOURCE, DAY, kind="ordering", options=tuple(
    Option(text, "because") for text in ("find", "confirm", "refund", "report")))
PAIRS = Item("groups-01", ("4.4",), "application", "Who pays?", SOURCE, DAY, kind="matching", others=("nobody",),
             options=(Option("contract", "w", match="provider"), Option("deductible", "w", match="patient"),
                      Option("copayment", "w", match="patient")))
CODE = Item("asthma-01", ("4.1",), "application", "Which code?", SOURCE, DAY, kind="code", options=(
    Option("J45.901", "so", correct=True), Option("J45.909", "no exacerbation in it")))


def places(order, *texts):
    """The place of each line as shown, when a learner orders the lines as in `texts`."""
    return [str(texts.index(option.text) + 1) for option in view(STEPS, order).options]


@pytest.mark.parametrize(("texts", "score"), [
    (("find", "confirm", "refund", "report"), 100), (("find", "refund", "confirm", "report"), 66),
    (("confirm", "find", "report", "refund"), 33), (("report", "refund", "confirm", "find"), 0)])
def test_an_order_counts_right_pairs_less_wrong_ones(texts, score):
    for order in "stuvw":
        assert mark(STEPS, order, places(order, *texts)).score == score


def test_the_right_order_is_shown_with_the_places_given():
    marked = mark(STEPS, "s", places("s", "confirm", "find", "refund", "report"))
    assert [(o.text, o.right, o.given) for o in marked.options[:2]] == [("find", "1", "2"), ("confirm", "2", "1")]


def matched(order, **wanted):
    shown = view(PAIRS, order)
    letter = {match.text: match.letter for match in shown.matches}
    return [letter[wanted[option.text]] for option in shown.options]


def test_each_right_match_counts_and_two_lines_may_share_one():
    for order in "stuvw":
        right = matched(order, contract="provider", deductible="patient", copayment="patient")
        assert mark(PAIRS, order, right).score == 100
        one_off = matched(order, contract="provider", deductible="nobody", copayment="patient")
        assert mark(PAIRS, order, one_off).score == 66


def test_the_other_matches_are_shown_without_telling_which_they_are():
    assert {match.text for match in view(PAIRS, "s").matches} == {"provider", "patient", "nobody"}


@pytest.mark.parametrize(("typed", "score"), [
    ("J45.901", 100), ("j45901", 100), (" J45.901 ", 100), ("J45.909", 50), ("J44.9", 0)])
def test_a_code_counts_whole_and_its_category_half(typed, score):
    assert mark(CODE, "s", [typed]).score == score


def test_the_codes_of_a_code_item_are_not_shown():
    assert view(CODE, "s").options == ()


def test_a_foreseen_wrong_code_is_explained_and_others_are_not():
    assert [o.text for o in mark(CODE, "s", ["J45.909"]).options] == ["J45.901", "J45.909"]
    assert [o.text for o in mark(CODE, "s", ["I10"]).options] == ["J45.901"]


@pytest.mark.parametrize(("item", "response", "said"), [
    (STEPS, ["1", "2", "2", "4"], "place of its own, from 1 to 4"), (STEPS, ["1", "2", "", "4"], "place of its own"),
    (STEPS, ["1", "2", "3", "4", "5"], "place of its own"), (PAIRS, ["a", "", "b"], "Choose a match for every line"),
    (PAIRS, ["a", "b"], "Choose a match"), (CODE, ["asthma"], "Write one code"), (CODE, ["I10"], "")])
def test_what_cannot_be_read_is_told(item, response, said):
    assert said in unreadable(item, response)
    assert bool(said) == bool(unreadable(item, response))
