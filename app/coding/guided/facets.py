"""What tells the titles of neighbors apart: the side, the encounter, the trimester, or a kind of the disease.

Generic: it reads the titles of codes that stand side by side, of any category. What a pattern finds is an axis of its
own only when without it some titles are the same: "right" in "right heart failure" tells no sides apart.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from app.coding.query import singular


class Pattern(Struct, frozen=True):
    """An axis by its words: `find` matches the value in a title, `open_words` what stands there when nobody knows.

    `always`: asked even where no two titles are alike without it. `missing`: the answer of a title without a value.
    """

    axis: str
    find: re.Pattern[str]
    open_words: str = "unspecified"
    always: bool = False
    missing: str = "not specified"


_PATTERNS = (
    Pattern("encounter", re.compile(r",? ?\b(initial encounter|subsequent encounter|sequela)\b"), always=True),
    Pattern("fracture", re.compile(
        r" ?\bfor (closed fracture|open fracture type [IVABC]+(?:,? (?:or )?[IVABC]+)*|open fracture|fracture)\b"),
        "", missing="does not apply"),
    Pattern("healing", re.compile(r" ?\bwith (routine healing|delayed healing|nonunion|malunion)\b"), "",
            missing="does not apply"),
    Pattern("trimester", re.compile(r",? ?\b((?:first|second|third) trimester|childbirth|puerperium)\b")),
    Pattern("fetus", re.compile(r",? ?\b(fetus [1-5]|other fetus|not applicable or unspecified)\b"), ""),
    Pattern("laterality", re.compile(
        r" ?\b(?:the )?(right|left|bilateral|both)\b(?: (?:eye|side)s?\b)?", re.IGNORECASE)),
    Pattern("dominance", re.compile(r" ?\b(non-?dominant|dominant)\b")),
)
_SAME = {"both": "bilateral", "bilateral": "bilateral", "right": "right", "left": "left"}  # whatever their first letter
# How a kind is called when all its values are of these words.
_KINDS = (
    ("stage", re.compile(r"\b(?:stages?|unstageable|end stage)\b", re.IGNORECASE)),
    ("severity", re.compile(r"\b(?:mild|moderate|severe|profound|minimal|proliferative)\b", re.IGNORECASE)),
    ("course", re.compile(r"\b(?:acute|chronic|subacute|recurrent)\b", re.IGNORECASE)),
    ("intractable", re.compile(r"\bintractable\b", re.IGNORECASE)),
    ("with or without", re.compile(r"^(?:with|without)\b", re.IGNORECASE)),
)


def facets(titles: Sequence[str]) -> tuple[dict[str, str], ...]:
    """Return for each of the neighboring `titles` its value on every axis that tells them apart."""
    found: list[dict[str, str]] = [{} for _ in titles]
    rests = list(titles)
    for pattern in _PATTERNS:
        if not any(pattern.find.search(rest) for rest in rests):
            continue
        values, without = _taken(pattern, rests)
        fewer = len(set(map(_flat, without))) < len(set(map(_flat, rests)))
        if len(set(values)) > 1 and (fewer or pattern.always):
            rests = without
            for facet, value in zip(found, values, strict=True):
                facet[pattern.axis] = value
    if len(set(map(_flat, rests))) > 1:
        labels = labelled(rests)
        kind = _kind(labels)
        for facet, label in zip(found, labels, strict=True):
            facet[kind] = label
    return tuple(found)


def labelled(titles: Sequence[str]) -> tuple[str, ...]:
    """Return the words in which each title differs from all others, or the whole title where little is shared."""
    split = [title.split() for title in titles]
    shortest = min(map(len, split))
    start = end = 0
    while start < shortest and len({words[start].lower() for words in split}) == 1:
        start += 1
    while end < shortest - start and len({words[-1 - end].lower() for words in split}) == 1:
        end += 1
    cut = [" ".join(words[start:len(words) - end]).strip(" ,") for words in split]
    return tuple(words or title for words, title in zip(cut, titles, strict=True)) if len(set(cut)) == len(
        set(titles)) else tuple(titles)


def _taken(pattern: Pattern, titles: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return each title's value and what is left of it."""
    matches = [pattern.find.search(title) for title in titles]
    without = [" ".join(pattern.find.sub("", title, count=1).split()) if match else title
               for title, match in zip(titles, matches, strict=True)]
    told = {_flat(rest) for rest, match in zip(without, matches, strict=True) if match}
    values = []
    for i, match in enumerate(matches):
        if match:
            values.append(_SAME.get(match[1].lower(), match[1]))
            continue
        values.append(pattern.missing)
        openings = _openings(without[i], pattern.open_words)
        without[i] = next((rest for rest in openings if _flat(rest) in told), without[i])
    return values, without


def _openings(title: str, word: str) -> list[str]:
    """Return the title without one of its "unspecified", the last first ("unspecified part of unspecified femur")."""
    if not word:
        return [title]
    found = re.finditer(rf",? ?\b{word}(?: (?:trimester|side|eye))?\b", title, re.IGNORECASE)
    places = [match.span() for match in found]
    return [" ".join((title[:start] + title[end:]).split()) for start, end in reversed(places)]


def _flat(text: str) -> str:
    return " ".join(singular(word.strip(",").lower()) for word in text.split())


def _kind(labels: Sequence[str]) -> str:
    for name, words in _KINDS:
        if sum(bool(words.search(label)) for label in labels) * 2 > len(labels):
            return name
    return "type"
