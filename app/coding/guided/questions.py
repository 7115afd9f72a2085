"""Lead from a category to a complete code by questions: which side, which encounter, which kind.

The questions of a category come from how the titles below it differ, so there is nothing to write for each category.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from app.coding.editions import CodeIndex
from app.coding.guided.facets import facets
from app.coding.model import Code

_TEXTS = {
    "laterality": "Which side?", "encounter": "Which encounter is this?", "trimester": "Which trimester?",
    "fetus": "Which fetus?", "fracture": "Open or closed?", "healing": "How does it heal?",
    "dominance": "Is it the dominant side?", "severity": "How severe?", "stage": "Which stage?",
    "course": "Acute or chronic?", "intractable": "Is it intractable?", "with or without": "With or without?",
    "type": "Which of these?",
}
# The same question wherever in a category it comes up; the others belong to the place where they are asked.
_ANYWHERE = frozenset(["laterality", "encounter", "trimester", "fetus", "fracture", "healing", "dominance"])


class Choice(Struct, frozen=True):
    """An answer, and how many complete codes it leaves."""

    label: str
    codes: int


class Question(Struct, frozen=True):
    """`key` is what an answer is kept under, `axis` what is asked about."""

    key: str
    axis: str
    text: str
    choices: tuple[Choice, ...]


class Candidate(Struct, frozen=True):
    """A complete code below the category, with its answer to each question."""

    code: Code
    answers: dict[str, str]


def questions(index: CodeIndex, code: str, answers: Mapping[str, str] | None = None) -> tuple[Question, ...]:
    """Return what can be asked of `code` next, after `answers` (key → label); none when one code is left, or no code.

    Every question tells codes apart that are still possible, and has an answer for each of them. Any order will do;
    the first is the one nearest the category.
    """
    left = possible(index, code, answers)
    if len(left) < 2:
        return ()
    keys = [key for key in left[0].answers if all(key in candidate.answers for candidate in left)]
    asked = (_question(key, left) for key in keys if key not in (answers or {}))
    return tuple(question for question in asked if len(question.choices) > 1)


def possible(index: CodeIndex, code: str, answers: Mapping[str, str] | None = None) -> tuple[Candidate, ...]:
    """Return the complete codes at or below `code` that `answers` leave, in tabular order."""
    given = answers or {}
    below = _below(index, code)  # type: ignore[arg-type]  # an index is an object like any other, and so hashable
    return tuple(c for c in below if all(c.answers.get(key) == label for key, label in given.items()))


@lru_cache(maxsize=256)
def _below(index: CodeIndex, code: str) -> tuple[Candidate, ...]:
    """All complete codes of a category: fractures of the femur have 2,466, and their questions come one by one."""
    found = index.look_up(code)
    return tuple(_candidates(index, found, {})) if found and found.kind in ("category", "subcategory") else ()


def _candidates(index: CodeIndex, code: Code, above: dict[str, str]) -> Iterator[Candidate]:
    if code.billable:
        yield Candidate(code, above)
        return
    below = index.children(code.code)
    for child, own in zip(below, facets([c.title for c in below]) if below else (), strict=True):
        told = {_key(axis, code): value for axis, value in own.items()}
        yield from _candidates(index, child, above | told)


def _key(axis: str, at: Code) -> str:
    return axis if axis in _ANYWHERE else f"{axis} of {at.code}"


def _question(key: str, left: tuple[Candidate, ...]) -> Question:
    axis = key.partition(" of ")[0]
    counts: dict[str, int] = {}
    for candidate in left:
        counts[candidate.answers[key]] = counts.get(candidate.answers[key], 0) + 1
    return Question(key, axis, _TEXTS[axis], tuple(Choice(label, n) for label, n in counts.items()))
