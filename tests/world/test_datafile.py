import datetime as dt

import pytest
from msgspec import Struct

from app.world.datafile import DataFileError, load, loads


class Row(Struct, forbid_unknown_fields=True):
    name: str
    amount: int = 0
    on: dt.date | None = None


def test_a_file_becomes_typed_values():
    rows = loads("- {name: a, amount: 12510, on: 2026-05-01}\n", tuple[Row, ...], shown_as="x.yaml")
    assert rows == (Row("a", 12510, dt.date(2026, 5, 1)),)


@pytest.mark.parametrize(("text", "line", "said"), [
    ("- name: a\n- name: b\n  amount: 125.10\n", 3, "whole cents"),
    ("- name: a\n  amount: many\n", 2, "amount"),
    ("- name: a\n- nme: b\n", 2, "nme"),
    ("- name: a\n  name: b\n", 2, "written twice"),
    ("- name: [a\n", 2, "not YAML"),
    ("- {name: a, on: 2026-02-30}\n", 1, "cannot be read"),
])
def test_an_error_names_the_file_the_line_and_what_is_wrong(text, line, said):
    with pytest.raises(DataFileError) as raised:
        loads(text, tuple[Row, ...], shown_as="rows.yaml")
    assert str(raised.value).startswith(f"rows.yaml:{line}: ")
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_missing_file_is_one_line(tmp_path):
    with pytest.raises(DataFileError, match=r"none\.yaml:1: cannot be read"):
        load(tmp_path / "none.yaml", Row)


def test_words_that_old_yaml_took_for_booleans_stay_words():
    assert loads("{on: no, off: Yes}\n", dict[str, str], shown_as="x.yaml") == {"on": "no", "off": "Yes"}
    assert loads("{plan: true}\n", dict[str, bool], shown_as="x.yaml") == {"plan": True}
