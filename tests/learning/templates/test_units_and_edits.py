"""Units and edits, worked out again from the stem."""

import pytest

from tests.learning.templates.reading import agrees, find

THERAPY = ((8, 22), (23, 37), (38, 52), (53, 67), (68, 82), (83, 97))  # minutes for 1, 2, 3 ... units


def drug(stem):
    each, dose, vial = find(stem, "defined as # mg", "receives # mg", "vials of # mg")
    opened = 0
    while opened < dose:
        opened += vial
    return (opened - dose if "with JW" in stem else dose) / each


def therapy(stem):
    minutes = sum(find(stem, "has # minutes", ", # minutes of"))
    return next(count for count, (low, high) in enumerate(THERAPY, 1) if low <= minutes <= high)


def edit_pair(stem):
    indicator = find(stem, "indicator is #")
    separate = "different sites" in stem or "two sessions" in stem
    if indicator == 9:
        return "Both, without a modifier"
    return "Both, with a modifier for separate services" if indicator and separate else "Column 1 alone"


def units_limit(stem):
    if find(stem, "edit: # units") != find(stem, "finds # units?"):
        return "Correct the units to what was given"
    if "each claim line" in stem:
        return "Report the extra units on separate lines"
    return ("Nothing more is payable: the limit is absolute" if "by policy" in stem else
            "Appeal with the record: the limit may be exceeded")


def notice_modifier(stem):
    last = "AZ" if "will deny it here" in stem else "XY"
    return "G" + last["No notice was given" in stem]


APART = {"drug-units": (drug, 0), "therapy-units": (therapy, 0), "edit-pair": (edit_pair, None),
         "units-limit": (units_limit, None), "notice-modifier": (notice_modifier, None)}


@pytest.mark.parametrize("name", APART)
def test_the_key_agrees_with_a_calculation_made_apart(name):
    agrees(name, *APART[name])
