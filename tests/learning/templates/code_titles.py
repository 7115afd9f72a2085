"""The titles of the shipped edition, to find the code that a stem asks for without the template's tables."""

import re
import sqlite3
from functools import cache

from tests.codes import built_index


@cache
def titles():
    """Every complete ICD-10-CM code with its title."""
    with sqlite3.connect(f"file:{built_index()}?mode=ro", uri=True) as index:
        return dict(index.execute("SELECT code, title FROM code WHERE system = 'icd10cm' AND billable"))


@cache
def the_code(begins, *patterns):
    """The one complete code that begins so and whose title has every pattern."""
    (found,) = [code for code, title in titles().items() if code.startswith(begins)
                and all(re.search(pattern, title, re.IGNORECASE) for pattern in patterns)]
    return found


def word(stem, choices):
    """What belongs to the one pattern of `choices` that stands in the stem."""
    (found,) = {value for pattern, value in choices.items() if re.search(pattern, stem, re.IGNORECASE)}
    return found


def options_are_codes(item):
    """Whether every code of the question, also those written by mistake, is a complete code."""
    named = re.findall(r"\b[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?\b",
                       " ".join(option.text for option in item.options))
    return bool(named) and all(code in titles() for code in named)
