"""The codes and ranges that a note of ICD-10-CM names, in a form that can be asked: does it mean this code?

Notes are written for people: "(T36-T50 with fifth or sixth character 5)", "(I69. with final characters -23)",
"conditions classified to A74.-". A restriction that cannot be read makes a reference that means no code.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from msgspec import Struct

from app.coding.model import bare

_CODE = r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{0,4})?"
_RANGE = re.compile(rf"(?<![A-Za-z0-9.])({_CODE})(?:\s*-?\s*(?:-|to\b)\s*({_CODE}))?")
_LINKED = re.compile(rf"(?<![A-Za-z0-9.])({_CODE})(?:-(?![A-Z0-9]))?(?![A-Za-z0-9])")
_NOT_CODES = re.compile(r"\bvitamin [A-Z]\d\d?\b|\b[A-Z]{2}\d+\b", re.IGNORECASE)
_BRACKETS = re.compile(rf"\(([^()]*{_CODE}[^()]*)\)((?:,? with [a-z0-9 ]*characters? [^,()]*)?)")
_ORDINALS = {"fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "sixth": 6, "6th": 6, "seventh": 7, "7th": 7}
_CHARACTER = re.compile(r"with (fifth or sixth|\w+) characters? \.?([0-9A-Z](?:(?:-|,? or |, )[0-9A-Z])*)$")
_ENDING = re.compile(r"with final characters -([0-9A-Z]+)$")
_DECIMALS = re.compile(r"with \.([0-9A-Z]+)(?:-\.([0-9A-Z]+))?$")


class Reference(Struct, frozen=True):
    """A code with all under it, or a range of them. `restriction` is what the note adds, in its words."""

    first: str  # without dot
    last: str
    restriction: str = ""

    def means(self, code: str) -> bool:
        """Whether `code` is one of those named."""
        plain = bare(code)
        inside = self.first <= plain[:len(self.first)] and plain[:len(self.last)] <= self.last
        return inside and len(plain) >= len(self.first) and _restricted(self.restriction, plain)


@lru_cache(maxsize=4096)
def references(text: str) -> tuple[Reference, ...]:
    """Return what `text` names, in its order: what stands in brackets, or else anywhere in it."""
    clean = _NOT_CODES.sub(lambda match: "" if match[0][:2].isupper() or "itamin" in match[0] else match[0], text)
    found = [reference for inner, after in _BRACKETS.findall(clean) for reference in _read(inner, after)]
    return tuple(dict.fromkeys(found or _read(clean, "")))


def _read(text: str, after: str) -> list[Reference]:
    """Read "C91.0-C95.9 with 5th character 1", or a list. What follows "with" restricts every code before it."""
    codes, _, added = text.partition(" with ")
    restricted = added and _RANGE.search(codes)
    restriction = f"with {added.strip()}" if restricted else after.strip(" ,")
    return [Reference(bare(match[1]), bare(match[2] or match[1]), restriction)
            for match in _RANGE.finditer(codes if restricted else text)]


def _restricted(restriction: str, code: str) -> bool:
    if not restriction:
        return True
    rules: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], bool]], ...] = (
        (_CHARACTER, _has_character), (_ENDING, lambda m, c: len(c) > len("I69") + len(m[1]) and c.endswith(m[1])),
        (_DECIMALS, lambda m, c: m[1] <= c[3:3 + len(m[1])] <= (m[2] or m[1])),
    )
    return any(rule(match, code) for pattern, rule in rules if (match := pattern.search(restriction)))


def _has_character(match: re.Match[str], code: str) -> bool:
    """The fifth or sixth character of T36-T65 is the intent: the sixth, unless X only fills its place."""
    wanted = _characters(match[2])
    if match[1] == "fifth or sixth":
        return (code[5:6] if code[5:6] not in ("", "X") else code[4:5]) in wanted
    place = _ORDINALS.get(match[1], 0)
    return place > 0 and code[place - 1:place] in wanted


def _characters(text: str) -> frozenset[str]:
    """Return the characters of "5", "1-4" or "1-4 or 6"."""
    found: set[str] = set()
    for part in re.split(r",? or |, ", text):
        first, _, last = part.partition("-")
        found |= {chr(n) for n in range(ord(first), ord(last or first) + 1)}
    return frozenset(found)


def code_parts(text: str) -> tuple[tuple[str, str], ...]:
    """Return `text` in pieces: words with "", or what it writes for a code ("T36.-") with the code it names ("T36").

    The pieces together are the text.
    """
    pieces, at = [], 0
    for match in _LINKED.finditer(text):
        pieces += [(text[at:match.start()], ""), (match[0], match[1].rstrip("."))]
        at = match.end()
    return tuple(piece for piece in (*pieces, (text[at:], "")) if piece[0])
