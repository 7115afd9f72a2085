"""The patient index, looked up again from what is shown."""

import re
from itertools import combinations

import pytest

from question_bank.templates import TEMPLATES
from tests.learning.templates.reading import SEEDS, agrees, find, shown

NUMBER = r"\d\d-\d\d-\d\d"


def rows(text):
    return [[cell.strip() for cell in line.split("|")] for line in text.split("\n") if "|" in line][1:]


def index_lookup(text):
    given, surname, born, street = re.search(r"^(\w+) (\w+), born (\S+), of ([^.]*), is at", text).groups()
    (number,) = [number for number, *person in rows(text) if person == [surname, given, born, street]]
    return number


def duplicate_pair(text):
    (pair,) = [f"{a[0]} and {b[0]}" for a, b in combinations(sorted(rows(text)), 2)
               if a[3:] == b[3:] and a[2][0] == b[2][0]]
    return pair


def index_error(text):
    numbers = len(set(re.findall(NUMBER, text)))
    if "sister hospital" in text:
        return "Overlap"
    return "Duplicate" if numbers == 2 else "Overlay" if "laboratory results of" in text else "No error"


def merge_survivor(text):
    rule = re.search(r"the record (with the most visits|made first|made last) is kept", text)[1]
    free = [(number, int(year), int(visits)) for number, year, visits, hold in rows(text) if hold == "no"]
    order = {"with the most visits": lambda row: -row[2], "made first": lambda row: row[1],
             "made last": lambda row: -row[1]}
    return sorted(free, key=order[rule])[0][0]


def index_search(text):
    begins = re.search(r"sure of (\w+) as", text)[1]
    year, span = (int(n) for n in find(text, "of # as the year of birth, give or take #"))
    years = {str(y) for y in range(year - span, year + span + 1)}
    return sum(name[:3] == begins and born.split("-")[0] in years for _, name, _, born in rows(text))


def check_digit_fails(number, weights):
    *digits, last = (int(d) for d in number if d != "-")
    total = 0
    for digit, weight in zip(digits, weights, strict=True):
        total += digit * weight
    return str(total)[-1] != str(last)


APART = {"index-lookup": (index_lookup, None), "duplicate-pair": (duplicate_pair, None),
         "index-error": (index_error, None), "merge-survivor": (merge_survivor, None),
         "index-search": (index_search, 0), "check-digit": (None, None)}


@pytest.mark.parametrize("name", [name for name in APART if name != "check-digit"])
def test_the_key_agrees_with_a_calculation_made_apart(name):
    agrees(name, *APART[name])


def test_just_the_key_fails_its_check_digit():
    for i in range(SEEDS):
        item = TEMPLATES["check-digit"](f"class-{i}")
        weights = [int(n) for n in re.search(r"first five by ([\d, ]+) in turn", shown(item))[1].split(", ")]
        assert [option.correct for option in item.options] == [check_digit_fails(option.text, weights)
                                                               for option in item.options]
