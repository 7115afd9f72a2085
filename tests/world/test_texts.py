"""A text with slots becomes a function that draws from left to right, and knows the singular."""

import pytest

from app.world.charts.texts import sentence, slots_in, written
from app.world.charts.words import Words, banks_of
from app.world.seed import Seed


def words(number: int = 0, **slots) -> Words:
    return Words(Seed("t").child(number).long_stream(), {"he": "she"}, banks_of(slots))


def said(text: str, number: int = 0, **slots) -> str:
    return words(number, **slots).fill(text, "here")


def test_a_text_without_slots_stays_as_it_is() -> None:
    assert written("No fever.") == "No fever."


@pytest.mark.parametrize("text", ['He said "no"', "a back\\slash", "two\nlines", "100 % of it", "it's"])
def test_marks_come_through(text: str) -> None:
    assert said(text + " {1-1}") == f"{text} 1"


def test_a_number_lies_in_its_range() -> None:
    assert {said("{3-5}", number) for number in range(60)} == {"3", "4", "5"}


@pytest.mark.parametrize(("text", "told"), [
    ("{1-1} days", "1 day"), ("for {1-1} days.", "for 1 day."), ("0-{1-1} days", "0-1 days"), ("{2-2} days", "2 days"),
    ("{1-1} wet diapers", "1 wet diaper"), ("type {1-1} diabetes", "type 1 diabetes"), ("{1.1-1.1} units", "1.1 units"),
    ("{many} days", "1 day"), ("{1-1} {what}", "1 day"), ("{1-1} dayshift", "1 dayshift"),
])
def test_a_one_takes_the_singular(text: str, told: str) -> None:
    assert said(text, many="{1-1}", what="days") == told


def test_a_capital_and_sentences() -> None:
    assert said("{he^} is well; {he} says so.") == "She is well; she says so."
    assert said("{own/2;}", own=("eats", "eats")) == "Eats. Eats."
    assert said("{own/1;}", own=("{who} eats",), who="nobody") == "Nobody eats."
    assert said("{own/2^}", own=("eats", "eats")) == "Eats, eats"


def test_several_are_different() -> None:
    for number in range(40):
        found = said("{own/3}", number, own=("a", "b", "c", "d")).split(", ")
        assert len(set(found)) == 3


def test_a_sentence_keeps_its_number_in_front() -> None:
    text = sentence("{2-2} calls.")
    assert callable(text)
    assert text(words(), words()._bits) == "2 calls."


def test_what_goes_on_from_day_to_day_does_not_repeat_itself() -> None:
    filled = words(own=("a", "b", "c"))
    assert len({filled.fill("{own*}", "here", day) for day in range(3)}) == 3


def test_slots_are_read_in_order() -> None:
    assert [slot.name or slot.low for slot in slots_in("{3-5} {he^} {own/3;}")] == [3, "he", "own"]
