"""Keep two notes of one template from being the same.

A text whose slots leave fewer than `ENOUGH` ways to say it gets a few sentences of no clinical weight from the banks
`woven_…` (`data/phrases/woven.yaml`), as many as it takes. A text with enough ways of its own is left alone.
"""

import math
from collections.abc import Mapping
from functools import cache

from app.world.charts.phrases import phrases
from app.world.charts.texts import slots_in
from app.world.model import DocumentKind
from app.world.templates import Choice, DocumentRow, Template, templates

ENOUGH = 5 * 10**9  # ways; among a thousand notes two alike are then expected once in ten thousand sections
MOST = 4  # sentences
SHORT = 12  # words: what is shorter is an entry, not a narrative; fixed words can double a text
# Ways in which the fixed words of an encounter differ from one patient to the next, cautiously.
_FIXED = {"vitals": 10**5, "name": 200, "age": 25, "first": 100, "last": 100, "bp": 200, "pulse": 15, "weight": 60,
          "hours": 7}
_PRINTED: tuple[DocumentKind, ...] = ("laboratory", "imaging", "medication_list", "problem_list", "order",
                                      "registration")
# Headings under which a statement stands that is coded word by word, not a narrative.
STATEMENTS = ("final diagnoses", "final diagnosis", "diagnoses", "diagnosis", "principal diagnosis")
# Which bank fits a section: the first whose words stand in its heading.
_HEADINGS = (
    ("woven_addendum", ("addendum",)),
    ("woven_letter", ("letter",)),
    ("woven_history", ("mental status",)),  # a talk: nothing is draped or wiped down
    ("woven_examination", ("exam", "physical", "vital", "appearance")),
    ("woven_assessment", ("assessment", "impression", "opinion", "diagnos", "conclusion")),
    ("woven_plan", ("plan", "disposition", "discharge", "instruction", "recommend", "follow")),
    ("woven_operation", ("operation", "procedure", "technique", "anesth")),
    ("woven_course", ("course", "progress", "interval", "hospital", "events")),
    ("woven_results", ("tests", "results", "imaging", "given", "screening", "ultrasound")),
    ("woven_history", ("history", "background", "social", "reason", "note", "story")),
)


@cache
def woven(template: str) -> dict[tuple[int, str], tuple[str, int]]:
    """Return, by document number and heading, the bank and how many of its sentences a section gets."""
    found = templates()[template]
    told = {}
    for number, row in enumerate(found.documents):
        for heading, text in row.sections.items():
            count = _wanted(found, row, heading, text)
            if count:
                told[number, heading] = (bank_for(row.kind, heading), count)
    return told


def bank_for(kind: DocumentKind, heading: str) -> str:
    """Return the phrase bank whose sentences fit a section."""
    if kind == "nursing_note":
        return "woven_nursing"
    small = heading.lower()
    return next((bank for bank, words in _HEADINGS if any(word in small for word in words)), "woven_results")


def _wanted(template: Template, row: DocumentRow, heading: str, text: Choice) -> int:
    if row.kind in _PRINTED or heading.lower() in STATEMENTS or _words_of(text, _all_words(template)) < SHORT // 2:
        return 0
    ways = ways_to_say(text, template.slots)
    bank = bank_for(row.kind, heading)
    for count in range(MOST + 1):
        if ways >= ENOUGH:
            return count
        ways *= _ways_of_bank(bank)
    return MOST


def _all_words(template: Template) -> dict[str, Choice]:
    """Return what a slot can become: the phrase banks, the template's slots, the words of every option."""
    found: dict[str, Choice] = {**phrases(), **template.slots}
    for options in template.variants.values():
        for option in options:
            for name, choice in option.words.items():
                known = found.get(name, ())
                found[name] = (*((known,) if isinstance(known, str) else known),
                               *((choice,) if isinstance(choice, str) else choice))
    return found


def _words_of(text: Choice, slots: Mapping[str, Choice]) -> int:
    """Return how many words the longest way to say a text has."""
    def longest(part: str) -> int:
        inner = [_words_of(slots[slot.name], slots) * max(1, slot.several)
                 for slot in slots_in(part) if slot.name in slots]
        return len(part.split()) + sum(inner)

    return max(longest(part) for part in ((text,) if isinstance(text, str) else text))


@cache
def _ways_of_bank(bank: str) -> int:
    """The ways of one drawn sentence, as if all its fellows were as poor as the poorest."""
    texts = phrases()[bank]
    return len(texts) * min(ways_to_say(text, {}) for text in texts)


def ways_to_say(text: Choice, slots: Mapping[str, Choice]) -> int:
    """Return in how many ways a text can come out, as far as its slots tell; options of the axes count once."""
    texts = (text,) if isinstance(text, str) else text
    # The rarest text decides: each of n texts is drawn once in n, so two of one kind meet that often.
    return len(texts) * min(_ways_of_text(part, slots) for part in texts)


def _ways_of_text(text: str, slots: Mapping[str, Choice]) -> int:
    ways, seen = 1, set[str]()
    for slot in slots_in(text):
        if slot.name in seen and not slot.several:
            continue  # the same word wherever it stands
        if slot.name:
            seen.add(slot.name)
        if slot.span:
            ways *= slot.span
        elif slot.name in _FIXED:
            ways *= _FIXED[slot.name]
        elif slot.name in slots or slot.name in phrases():
            choice = slots[slot.name] if slot.name in slots else phrases()[slot.name]
            entries = (choice,) if isinstance(choice, str) else choice
            inner = min(_ways_of_text(part, slots) for part in entries)
            if slot.several:
                ways *= math.perm(len(entries), slot.several) * inner**slot.several
            else:
                ways *= len(entries) * inner
    return min(ways, 10**15)
