"""Drawn questions: over 200 seeds the key agrees with a calculation made apart, from the words of the stem alone."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from app.config import ROOT
from app.learning.bank import Bank
from app.learning.bank_check import check
from app.learning.item_marking import mark
from app.learning.items import flaw, view
from app.learning.outline import load_outline
from app.world.seed import Stream
from question_bank.templates import TEMPLATES
from question_bank.templates.drawing import Choice, Draw, distinct, rounded
from question_bank.templates.patient_accounts import SHARE

SEEDS = [f"class-{i}" for i in range(200)]
OURS = sorted(TEMPLATES)


@pytest.fixture(scope="module")
def drawn():
    return {name: [make(seed) for seed in SEEDS] for name, make in TEMPLATES.items()}


def numbers(text):
    """The numbers of a text in their order, as exact fractions; thousands, dollars and percent signs are dropped."""
    return [Fraction(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


def length_of_stay(n):
    _admitted, discharges, days, *_ = n
    return days / discharges


def occupancy(n):
    length, before, first, after, service = n
    return 100 * service / (before * first + after * (length - first))


def code_accuracy(n):
    _records, auditor, right, *_ = n
    return 100 * right / auditor


def case_mix_index(n):
    pairs = list(zip(n[0::2], n[1::2], strict=True))
    return sum(count * weight for count, weight in pairs) / sum(count for count, _ in pairs)


def days_receivable(n):
    length, receivable, _charges, revenue, _cash = n
    return receivable / (revenue / length)


def patient_share(n):
    _charge, allowed, deductible, rate = n
    return deductible + (allowed - deductible) * rate / 100


APART = {"length-of-stay": (length_of_stay, 1), "occupancy": (occupancy, 1), "code-accuracy": (code_accuracy, 1),
         "case-mix-index": (case_mix_index, 2), "days-receivable": (days_receivable, 1),
         "patient-share": (patient_share, 2)}


def half_up(value, places):
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@pytest.mark.parametrize("name", OURS)
def test_the_key_agrees_with_a_calculation_made_apart(drawn, name):
    calculate, places = APART[name]
    for item in drawn[name]:
        key = next(option.text for option in item.options if option.correct)
        assert half_up(numbers(key)[0], places) == half_up(calculate(numbers(item.stem)), places), item.stem


@pytest.mark.parametrize("name", OURS)
def test_four_different_options_and_one_key(drawn, name):
    for item in drawn[name]:
        assert flaw(item) == ""
        assert len({option.text for option in item.options}) == 4
        assert all(option.why for option in item.options)
        assert item.working


@pytest.mark.parametrize("name", OURS)
def test_the_same_seed_gives_the_same_question_and_another_seed_another(drawn, name):
    assert TEMPLATES[name](SEEDS[0]) == drawn[name][0]
    assert len({item.stem for item in drawn[name]}) > 190
    assert len({item.id for item in drawn[name]}) == len(SEEDS)


def test_an_editor_finds_nothing_wrong(drawn):
    outline = load_outline(ROOT / "question_bank/outlines/rhit.yaml", shown_as="rhit.yaml")
    for i in range(0, len(SEEDS), 5):
        items = {drawn[name][i].id: drawn[name][i] for name in OURS}
        bank = Bank(outline, items, dict.fromkeys(items, "drawn:1"), (), {})
        assert check(bank).problems == ()


def test_occupancy_is_never_beyond_what_a_learner_would_believe(drawn):
    shares = [numbers(option.text)[0] for item in drawn["occupancy"] for option in item.options]
    assert all(40 < share <= 100 for share in shares)


def test_a_drawn_question_is_shown_and_marked_as_any_other(drawn):
    item = drawn["patient-share"][0]
    key = next(option.text for option in item.options if option.correct)
    letter = next(option.letter for option in view(item, "s").options if option.text == key)
    assert mark(item, "s", [letter]).score == 100


def choices(*texts):
    key, *wrong = (Choice(text, "why") for text in texts)
    return Draw("How many?", key, tuple(wrong))


def test_a_draw_in_which_options_coincide_is_refused():
    assert not distinct(choices("1", "2", "2", "3"))
    assert not distinct(choices("1", "1", "2", "3"))
    with pytest.raises(ValueError, match="t-patient-share: 40 draws"):
        SHARE.make("s", lambda stream: choices("1", "2", "3", "1"))


def test_the_next_draw_is_taken_after_a_refused_one():
    def often_alike(stream: Stream):
        return choices("1", "2", "3", str(stream.whole(1, 4)))

    assert {SHARE.make(seed, often_alike).options[3].text for seed in SEEDS[:20]} == {"4"}


@pytest.mark.parametrize(("top", "bottom", "places", "reads"), [
    (1, 8, 2, "0.13"), (1234567, 100, 2, "12,345.67"), (19, 20, 1, "1.0"), (1, 3, 1, "0.3")])
def test_halves_are_rounded_up(top, bottom, places, reads):
    assert rounded(top, bottom, places) == reads
