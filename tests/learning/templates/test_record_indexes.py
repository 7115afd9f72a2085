"""Filing, Soundex and index look-ups, worked out again from what is shown."""

import re

import pytest

from question_bank.templates import TEMPLATES
from question_bank.templates.record_indexes import NAMES, soundex
from tests.learning.templates.reading import agrees, find, shown

NUMBER = r"\d\d-\d\d-\d\d"


def as_filed(number, places):
    """A record number as one whole number, its pairs of digits put in the order in which they are looked at."""
    pairs = number.split("-")
    return int("".join(pairs[place] for place in places))


def folder_place(text):
    places = (2, 1, 0) if "terminal-digit" in text else (1, 0, 2) if "middle-digit" in text else (0, 1, 2)
    pick = max if "comes last" in text else min
    return pick(re.findall(NUMBER, text), key=lambda number: as_filed(number, places))


def terminal_order(text):
    return " < ".join(sorted(re.findall(NUMBER, text), key=lambda number: as_filed(number, (2, 1, 0))))


def middle_order(text):
    return " < ".join(sorted(re.findall(NUMBER, text), key=lambda number: as_filed(number, (1, 0, 2))))


def file_sections(text):
    shares = re.findall(r"(\w+) (\d\d) to (\d\d)", text)
    return "; ".join(f"{number} = " + next(name for name, a, b in shares if a <= number[6:] <= b)
                     for number in sorted(re.findall(NUMBER, text)))


def alphabetic(text):
    names = re.findall(r"^[A-Z][\w-]+, .*$", text, re.MULTILINE)
    return " < ".join(sorted(names, key=lambda name: [part.replace("-", "") for part in name.replace(",", "").split()]))


def by_rules(name):
    """Soundex by rewriting the name step by step."""
    text = name.lower()
    text = text[0] + re.sub("[hw]", "", text[1:])
    for group, digit in (("bfpv", "1"), ("cgjkqsxz", "2"), ("dt", "3"), ("l", "4"), ("mn", "5"), ("r", "6")):
        text = re.sub(f"[{group}]", digit, text)
    text = re.sub(r"(\d)\1+", r"\1", text)
    text = name[0].upper() + re.sub("[a-z]", "", text[1:])
    return (text + "000")[:4]


def soundex_code(text):
    return by_rules(re.search(r"under (\w+) or", text)[1])


def rows(text):
    return [[cell.strip() for cell in line.split("|")] for line in text.split("\n") if "|" in line][1:]


def disease_index(text):
    low, code = find(text, "aged # or"), re.search(r"with (\S+) as", text)[1]
    anywhere = "as any diagnosis" in text
    return ", ".join(record for record, main, other, age in rows(text)
                     if int(age) >= low and (main == code or (anywhere and other == code)))


def physician_index(text):
    doctor = re.search(r"file (Dr\. \w+)", text)[1]
    return len({patient for patient, attending, _ in rows(text) if attending == doctor})


def numbering(text):
    first, second, third = re.findall(NUMBER, text)
    return first if "keeps it" in text else third if "forward" in text else second


APART = {"folder-place": (folder_place, None), "terminal-order": (terminal_order, None),
         "middle-order": (middle_order, None), "file-sections": (file_sections, None),
         "alphabetic-order": (alphabetic, None), "soundex-code": (soundex_code, None), "soundex-search": (None, None),
         "disease-index": (disease_index, None), "physician-index": (physician_index, 0),
         "record-numbering": (numbering, None)}


@pytest.mark.parametrize("name", [name for name in APART if name != "soundex-search"])
def test_the_key_agrees_with_a_calculation_made_apart(name):
    agrees(name, *APART[name])


def test_of_the_names_found_by_soundex_one_has_the_code():
    for i in range(1_000):
        item = TEMPLATES["soundex-search"](f"class-{i}")
        asked = re.search(r"for (\w+) by Soundex", shown(item))[1]
        assert [option.correct for option in item.options] == [by_rules(option.text) == by_rules(asked)
                                                               for option in item.options]


def test_codes_that_the_national_archives_print():
    known = {"Ashcraft": "A261", "Gutierrez": "G362", "Jackson": "J250", "Pfister": "P236", "Tymczak": "T522",
             "Lee": "L000", "Lloyd": "L300"}
    assert {name: soundex(name) for name in known} == known
    assert {name: soundex(name) for name in NAMES} == {name: by_rules(name) for name in NAMES}
