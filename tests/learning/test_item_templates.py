"""Drawn questions: what holds for every template. Each key is worked out again, topic by topic, in `templates/`."""

import importlib
import pkgutil

import pytest

from app.config import ROOT
from app.learning.bank import Bank
from app.learning.bank_check import check
from app.learning.item_marking import mark
from app.learning.items import flaw, view
from app.learning.outline import load_outline
from app.world.seed import Stream
from question_bank.templates import TEMPLATES
from question_bank.templates.drawing import Choice, Draw, distinct, register, rounded, three
from question_bank.templates.patient_accounts import SHARE
from tests.learning import templates as apart

SEEDS = [f"class-{i}" for i in range(200)]
OURS = sorted(TEMPLATES)


@pytest.fixture(scope="module")
def drawn():
    return {name: [make(seed) for seed in SEEDS] for name, make in TEMPLATES.items()}


def test_every_template_is_worked_out_again_in_one_place():
    modules = [importlib.import_module(f"{apart.__name__}.{module.name}")
               for module in pkgutil.iter_modules(apart.__path__)]
    assert sorted(name for module in modules for name in getattr(module, "APART", {})) == OURS


@pytest.mark.parametrize("name", OURS)
def test_the_form_is_that_of_an_item_that_can_be_marked(drawn, name):
    for item in drawn[name]:
        assert flaw(item) == ""
        assert item.working or item.kind in ("ordering", "matching")
        if item.kind == "single":
            assert len({option.text.lower() for option in item.options}) == 4
            assert all(option.why for option in item.options)


@pytest.mark.parametrize("name", OURS)
def test_the_same_seed_gives_the_same_question_and_another_seed_another(drawn, name):
    assert TEMPLATES[name](SEEDS[0]) == drawn[name][0]
    seen = {(item.stem, item.listing, *sorted(option.text for option in item.options)) for item in drawn[name]}
    assert len(seen) > 190
    assert len({item.id for item in drawn[name]}) == len(SEEDS)


def test_an_editor_finds_nothing_wrong(drawn):
    outline = load_outline(ROOT / "question_bank/outlines/rhit.yaml", shown_as="rhit.yaml")
    for i in range(0, len(SEEDS), 10):
        items = {drawn[name][i].id: drawn[name][i] for name in OURS}
        bank = Bank(outline, items, dict.fromkeys(items, "drawn:1"), (), {})
        assert check(bank).problems == ()


@pytest.mark.parametrize("name", OURS)
def test_the_source_stands_in_the_register_and_holds(drawn, name):
    assert not register().entries[drawn[name][0].source.id].withdrawn


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
    assert not distinct(choices("Yes", "yes", "2", "3"))
    assert not distinct(choices("1", "2", "3"))
    with pytest.raises(ValueError, match="t-patient-share: 40 draws"):
        SHARE.make("s", lambda stream: choices("1", "2", "3", "1"))


def test_the_first_three_mistakes_that_differ_are_taken():
    key, *wrong = (Choice(text, "why") for text in ("1", "2", "1", "2", "3", "4", "5"))
    assert [choice.text for choice in three(key, *wrong)] == ["2", "3", "4"]


def test_the_next_draw_is_taken_after_a_refused_one():
    def often_alike(stream: Stream):
        return choices("1", "2", "3", str(stream.whole(1, 4)))

    assert {SHARE.make(seed, often_alike).options[3].text for seed in SEEDS[:20]} == {"4"}


@pytest.mark.parametrize(("top", "bottom", "places", "reads"), [
    (1, 8, 2, "0.13"), (1234567, 100, 2, "12,345.67"), (19, 20, 1, "1.0"), (1, 3, 1, "0.3")])
def test_halves_are_rounded_up(top, bottom, places, reads):
    assert rounded(top, bottom, places) == reads
