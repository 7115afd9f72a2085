"""Read a drawn question as a learner would: the numbers in its words, its key. Nothing here knows the templates."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from question_bank.templates import TEMPLATES

SEEDS = 1_000
NUMBER = r"\$?(\d[\d,]*(?:\.\d+)?)"


def number(text):
    return Fraction(text.replace(",", ""))


def numbers(text):
    """The numbers of a text in their order, as exact fractions; thousands, dollars and percent signs are dropped."""
    return [number(found) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


def find(stem, *patterns):
    """The number at # in each pattern, which is a regular expression (of any case) otherwise. One pattern: one "
      "number."""
    found = []
    for pattern in patterns:
        match = re.search(pattern.replace("#", NUMBER), stem, re.IGNORECASE)
        assert match, f"{pattern!r} not in {stem!r}"
        found += map(number, match.groups())
    return found[0] if len(found) == 1 else found


def half_up(value, places):
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def shown(item):
    """All that is shown before an answer, but for the options of a choice."""
    rows = "\n".join(option.text for option in item.options) if item.kind in ("ordering", "matching") else ""
    return f"{item.stem}\n{item.listing}\n{rows}"


def key(item):
    """What is right, as it reads: the text of the key, the number to be written, the lines in order, the matches."""
    if item.kind == "ordering":
        return " < ".join(option.text for option in item.options)
    if item.kind == "matching":
        return "; ".join(f"{option.text} = {option.match}" for option in sorted(item.options,
            key=lambda option: option.text))
    return item.answer or next(option.text for option in item.options if option.correct)


def agrees(name, calculate, places):
    """Assert that over all seeds the key is what `calculate` makes of what is shown. `places` None: compare the "
      "text."""
    for i in range(SEEDS):
        item = TEMPLATES[name](f"class-{i}")
        expected = calculate(shown(item))
        if places is None:
            assert key(item) == expected, shown(item)
        else:
            assert half_up(numbers(key(item))[0], places) == half_up(Fraction(expected), places), shown(item)
