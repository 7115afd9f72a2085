"""The bank at the command line: check, sources, coverage, a second look without keys."""

import pytest

from app.learning.items import view
from app.learning.second_look import ORDER


def run(app, *words):
    return app.test_cli_runner().invoke(args=("bank", *words))


def test_the_check_prints_the_tables_and_no_problem(app):
    told = run(app, "check")
    assert told.exit_code == 0, told.stderr
    assert "1 Data Content, Structure, and Information Governance" in told.output
    assert told.output.rstrip().endswith("0 problems")


def test_a_source_lists_what_leans_on_it(app, office):
    item = next(iter(office.bank.items.values()))
    told = run(app, "sources", item.source.id)
    assert item.source.cite in told.output
    assert f": {item.id}" in told.output


def test_what_is_due_on_a_day_is_listed(app):
    assert run(app, "sources", "--on", "2020-01-01").output == "0 sources\n"
    assert "review by 2027-01-01" in run(app, "sources", "--on", "2030-01-01").output


def test_each_outline_tells_how_far_it_is_covered(app):
    told = run(app, "coverage").output
    assert all(f"{outline}: " in told for outline in ("rhit", "rhia", "cca", "ods"))
    assert "No part of it prepares for the coding section." in run(app, "coverage", "ods").output


def test_items_are_printed_without_keys_and_answers_compared(app, office, tmp_path):
    told = run(app, "blind", "--only", "privacy/", "--part", "1/50").output
    ids = [line.split()[1] for line in told.splitlines() if line.startswith("# ")]
    item = next(office.bank.items[item_id] for item_id in ids if office.bank.items[item_id].kind == "single")
    assert not any(option.why in told for option in item.options)
    right = next(o.letter for o in view(item, ORDER).options
                 if o.text == next(option.text for option in item.options if option.correct))
    (tmp_path / "answers.tsv").write_text(f"{item.id}\t{right}\n")
    assert run(app, "compare", str(tmp_path / "answers.tsv")).output == "1 agreed, 0 differ, 0 name no item\n"


def test_figures_are_computed_anew(app):
    assert run(app, "figures").output == "0 items with answers\n"


@pytest.mark.parametrize("words", ["sources nope", "sources --on yesterday", "coverage nope", "blind --part 9/8",
                                   "blind --part x", "compare /no/file"])
def test_bad_input_is_one_line(app, words):
    told = run(app, *words.split())
    assert told.exit_code == 2
    assert len(told.stderr.strip().splitlines()) == 1
