"""Figures of an item in use, and what they say about it."""

import datetime as dt
import statistics

import pytest

from app.learning.item_statistics import Answer, biserial, chosen_texts, figures
from app.learning.items import Item, Option, Source, view

ITEM = Item("access-days-01", ("2.2",), "recall", "How long?", Source("45 CFR 164.524", dt.date(2026, 1, 1)),
            dt.date(2026, 11, 23),
            options=tuple(Option(f"{days} days", "w", days == 30) for days in (30, 45, 60, 10)))


def answers(right, wrong, *, rest_right=80, rest_wrong=50, text="45 days"):
    """So many right answers by people with `rest_right` elsewhere, so many wrong ones, all of the same option."""
    spread = [0, 4, -4, 8]
    return [*(Answer(100, rest_right + spread[i % 4], ("30 days",)) for i in range(right)),
            *(Answer(0, rest_wrong + spread[i % 4], (text,)) for i in range(wrong))]


def test_the_point_biserial_is_the_correlation_with_the_rest_of_the_session():
    given = answers(70, 50)
    apart = statistics.correlation([a.score for a in given], [a.rest for a in given])
    assert figures(ITEM, given).biserial == round(1000 * apart)


def test_an_item_that_the_strong_get_wrong_is_set_aside_after_100_answers():
    assert figures(ITEM, answers(60, 40, rest_right=40, rest_wrong=80)).is_set_aside
    assert not figures(ITEM, answers(60, 39, rest_right=40, rest_wrong=80)).is_set_aside
    assert not figures(ITEM, answers(60, 40)).is_set_aside


@pytest.mark.parametrize(("given", "said"), [
    (answers(29, 71), "under 30 % right"), (answers(91, 9), "over 90 % right"),
    (answers(60, 40, rest_right=40, rest_wrong=80), "negative point-biserial"),
    (answers(60, 40, rest_right=60, rest_wrong=60), "under .20"), (answers(60, 40), "“60 days” does no work")])
def test_what_an_editor_should_look_at(given, said):
    assert any(said in flag for flag in figures(ITEM, given).flags)


def test_nothing_is_judged_on_few_answers():
    assert figures(ITEM, answers(1, 98)).flags == ()
    assert figures(ITEM, []).biserial is None


def test_options_are_counted_and_compared():
    found = figures(ITEM, answers(60, 40)).options
    assert [(option.chosen, option.percent) for option in found] == [(60, 60), (40, 40), (0, 0), (0, 0)]
    assert found[0].biserial > 0 > found[1].biserial
    assert found[2].biserial is None


def test_no_correlation_without_variation():
    assert biserial([1, 1, 1], [2, 3, 4]) is None
    assert biserial([1], [1]) is None


def test_the_chosen_option_is_found_whatever_its_place():
    for order in "stuv":
        letter = next(shown.letter for shown in view(ITEM, order).options if shown.text == "60 days")
        assert chosen_texts(ITEM, order, [letter]) == ("60 days",)
