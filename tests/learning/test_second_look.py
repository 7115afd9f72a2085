"""Items are answered again without their keys; the record tells which agreed."""

import datetime as dt

import pytest

from app.config import ROOT
from app.learning.bank import load_bank
from app.learning.items import view
from app.learning.leaning import leaning
from app.learning.second_look import (
    ORDER,
    Review,
    add_reviews,
    agreed_rows,
    blind,
    compare,
    read_reviews,
    to_answer,
)

DAY = dt.date(2026, 11, 25)


@pytest.fixture(scope="module")
def bank():
    return load_bank(ROOT / "question_bank")


def letter(item, right=True):
    return next(shown.letter for shown in view(item, ORDER).options
                for option in item.options if option.text == shown.text and option.correct is right)


def test_what_the_second_reader_sees_has_no_key_and_no_reason(bank):
    items = [item for item in to_answer(bank, "privacy/", ()) if item.kind == "single"]
    text = "\n".join(blind(items))
    assert len(items) > 40
    assert all(item.stem in text for item in items)
    assert not any(option.why in text for item in items for option in item.options)
    assert {letter(item) for item in items} == set("abcd")  # the key has no place of its own


def test_answers_are_compared_in_the_order_shown(bank):
    a, b = [item for item in bank.items.values() if item.kind == "single"][:2]
    compared = compare(bank, f"{a.id}\t{letter(a).upper()}\n{b.id}\t{letter(b, right=False)}\nno-such-item\ta\n")
    assert compared.agreed == (a.id,)
    assert [item_id for item_id, _ in compared.differing] == [b.id]
    assert compared.lines()[-1] == "1 agreed, 1 differ, 1 name no item"


def test_the_record_keeps_the_version_and_what_is_recorded_is_not_asked_again(bank, tmp_path):
    item = next(item for item in bank.items.values() if item.kind == "single")
    rows = agreed_rows(bank, compare(bank, f"{item.id}\t{letter(item)}"), DAY)
    add_reviews(tmp_path / "reviews.csv", rows)
    add_reviews(tmp_path / "reviews.csv", rows)
    kept = read_reviews(tmp_path / "reviews.csv")
    assert kept == (Review(item.id, bank.version(item.id), "2026-11-25", "agreed", ""),)
    assert item not in to_answer(bank, "", kept)


def test_a_source_lists_the_items_that_lean_on_it(bank):
    item = next(iter(bank.items.values()))
    lines = list(leaning(bank, [bank.register.entries[item.source.id]]))
    assert any(item.id in line and ".yaml:" in line for line in lines)
