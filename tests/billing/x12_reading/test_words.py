"""The words: every segment, loop and code of the tables can be said."""

import pytest

from app.billing.x12.reading_loops import kinds
from app.billing.x12.reading_model import Marks
from app.billing.x12.words import all_words
from app.billing.x12.words_values import amount, date, percent, procedure, table_words, tables, time

MARKS = Marks("*", ":", "^", "~")


def test_every_segment_of_a_loop_has_words():
    named = {name for kind in kinds().values() for loop in kind.loops for name in (loop.starts, *loop.holds)}
    assert named <= set(all_words())


def test_no_table_has_an_empty_word():
    assert [(name, code) for name, table in tables().items()
            for code, words in table.items() if not words.strip()] == []


@pytest.mark.parametrize(("written", "cents"), [("125", 12_500), ("-.5", -50), ("125.50", 12_550), (".07", 7), ("0", 0),
                                                ("1,200", None), ("", None), ("12.345", None), ("١٢", None)])
def test_an_amount_is_cents_or_none(written, cents):
    assert amount(written) == cents


@pytest.mark.parametrize(("written", "said"), [
    ("20260304", "Mar 4, 2026"), ("20260304-20260306", "Mar 4, 2026 to Mar 6, 2026"),
    ("20260304-20260304", "Mar 4, 2026"), ("202603041430", "Mar 4, 2026 at 14:30"), ("260304", "Mar 4, 2026"),
    ("1100", "11:00"), ("20261399", "“20261399” (no date)")])
def test_a_date_is_said(written, said):
    assert date(written, MARKS) == said


@pytest.mark.parametrize(("written", "said"), [
    (".2", "20 %"), ("0", "0 %"), ("1", "100 %"), (".055", "5.5 %"), ("x", "x")])
def test_a_share_is_said(written, said):
    assert percent(written, MARKS) == said


def test_a_procedure_is_said_with_its_modifiers():
    assert procedure("HC:G0466:25:59", MARKS) == "HCPCS G0466 with modifiers 25, 59"
    assert procedure("NU:0120", MARKS) == "revenue code 0120"


def test_an_unknown_code_stands_as_it_is():
    assert table_words("places", "77") == "77 (not in our table)"
    assert time("9999", MARKS) == "9999"
