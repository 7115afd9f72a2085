"""The words of an item: its id and tasks, what may not be written, negatives, numbers like CPT codes, reading level."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pyphen

from app.learning.items import Item

HARDEST = 16  # years of schooling; the field's own terms are long
_BANNED = re.compile(r"\b(all|none|both|neither) of (the )?(above|these)\b|\bA and B\b", re.IGNORECASE)
_NEGATIVE = re.compile(r"\b(except|not true|is not|are not|least likely)\b[^.?]*\?", re.IGNORECASE)
_CAPITAL_NEGATIVE = re.compile(r"\b(EXCEPT|NOT|LEAST)\b")
# Five digits that stand alone, without a comma, a currency sign, a hyphen or a decimal around them.
_FIVE_DIGITS = re.compile(r"(?<![\d$#-])(?<!\d[.,])\b\d{4}[\dFTU]\b(?![\d%-]|[,.]\d)")
_ZIP = re.compile(r"\b(ZIP|postal)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.?!](?=\s|$)")
_WORD = re.compile(r"[A-Za-z]+")


def wording_problems(item: Item, tasks: set[str]) -> Iterator[str]:
    """Yield what is wrong with the words of one item; `tasks` are the ids of the outline's tasks."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", item.id):
        yield "an id is lower-case words joined by hyphens"
    yield from (f"{task!r} is no task of the outline" for task in item.tasks if task not in tasks)
    if any(_BANNED.search(option.text) for option in item.options):
        yield "an option may not be “all”, “none” or “both” of the others"
    if _NEGATIVE.search(item.stem) and not _CAPITAL_NEGATIVE.search(item.stem):
        yield "a negative in the stem is written in capitals, or the stem is turned round"
    for text in _texts(item):
        number = _FIVE_DIGITS.search(text)
        if number and not _ZIP.search(text):
            yield f"{number.group()} could be read as a CPT code: write it with a comma or another number"
    grade = reading_grade(item.stem)
    if grade > HARDEST:
        yield f"the stem reads at grade {grade}; {HARDEST} is the hardest: shorter sentences, plainer words"


def _texts(item: Item) -> list[str]:
    cells = [cell for row in item.table for cell in row]
    return [item.stem, item.working, item.listing, *cells, *item.others,
            *(text for option in item.options for text in (option.text, option.why, option.match))]


def reading_grade(text: str) -> int:
    """Return the years of schooling that `text` asks for (Flesch and Kincaid's formula, syllables by hyphenation)."""
    words = _WORD.findall(text)
    if not words:
        return 0
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    syllables = sum(_syllables(word) for word in words)
    return round(0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59)


@cache
def _syllables(word: str) -> int:
    return int(_dictionary().inserted(word).count("-")) + 1


@cache
def _dictionary() -> Any:
    return pyphen.Pyphen(lang="en_US")
