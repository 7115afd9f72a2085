"""What a character means, read from titles: the tables of sections 2 to X are in no free source, their titles are.

Two titles whose codes differ in one character differ in the words for it: "Packing of Head using Packing Material" and
"Packing of Face using Packing Material" give Head and Face. A character that adds no word means None. What a character
means may hang on the one before it (a qualifier on its substance), so both are looked at.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

# Table (three characters), the character before ("" for any), position from 3, character.
Key = tuple[str, str, int, str]
_JOINERS = re.compile(r"^(?:using|with|of|in|into|on|from|to|and|for) ", re.IGNORECASE)
_GROUP = re.compile(r", (New Technology Group \w+)$")


def meaning(labels: Mapping[Key, str], code: str, position: int) -> str:
    """Return what the character at `position` (from 3) of `code` means; "" when no source tells."""
    character, table = code[position], code[:3]
    found = labels.get((table, code[position - 1], position, character))
    return found or labels.get((table, "", position, character), "")


def from_titles(titles: Mapping[str, str]) -> dict[Key, str]:
    """Return the meanings that `titles` (by code) show."""
    said: defaultdict[Key, Counter[str]] = defaultdict(Counter)
    for codes in _differing_in_one(titles):
        position = next(i for i in range(7) if codes[0][i] != codes[1][i])
        for code in codes:
            words = Counter(_difference(titles[code], titles[other]) for other in codes if other != code)
            said[code[:3], code[position - 1], position, code[position]] += words
            said[code[:3], "", position, code[position]] += words
    found = {key: _best(counts) for key, counts in said.items()}
    return _usual(titles, found) | found | _groups(titles)


def _differing_in_one(titles: Mapping[str, str]) -> Iterable[list[str]]:
    groups: defaultdict[tuple[int, str, str], list[str]] = defaultdict(list)
    for code in titles:
        for position in range(3, 7):
            groups[position, code[:position], code[position + 1:]].append(code)
    return (codes for codes in groups.values() if len(codes) > 1)


def _difference(title: str, other: str) -> str:
    """Return the words of `title` that `other` has not, between what both begin and end with."""
    a, b = title.split(), other.split()
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    return " ".join(a[start:len(a) - end])


def _best(counts: Counter[str]) -> str:
    """The longest of the frequent differences is the whole phrase: shorter ones shared a word with a neighbor."""
    often = max(counts.values())
    longest = max((words for words in sorted(counts) if counts[words] * 4 >= often), key=len)
    return _JOINERS.sub("", longest).strip(" ,").removesuffix(" Approach") or "None"


def _usual(titles: Mapping[str, str], found: Mapping[Key, str]) -> dict[Key, str]:
    """Where a table shows a character in one title only: what its section means by it there, if always the same."""
    usual: defaultdict[tuple[str, int, str], Counter[str]] = defaultdict(Counter)
    for (table, before, position, character), words in found.items():
        if not before:
            usual[table[0], position, character][words] += 1
    keys = {(code[:3], before, position, code[position]) for code in titles for position in range(3, 7)
            for before in ("", code[position - 1])} - set(found)
    agreed = {key: _agreed(usual.get((key[0][0], *key[2:]), Counter()), key) for key in sorted(keys)}
    return {key: words for key, words in agreed.items() if words}


def _agreed(counts: Counter[str], key: Key) -> str:
    _, before, position, character = key
    if character == "Z" and position > 3:
        return "None"
    if before:
        return ""  # the meaning in the whole table is the next to be asked
    (words, times), *_ = counts.most_common(1) or [("", 0)]
    return words if times >= 3 and times * 10 >= counts.total() * 9 else ""


def _groups(titles: Mapping[str, str]) -> dict[Key, str]:
    """The seventh character of a new technology names the year's group, which its title says at the end."""
    found = ((code, _GROUP.search(title)) for code, title in titles.items() if code[0] == "X")
    return {(code[:3], before, 6, code[6]): match[1] for code, match in found if match for before in ("", code[5])}
