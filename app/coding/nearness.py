"""How near one diagnosis code is to another of its category: another side, encounter, or degree of detail."""

import re
from collections.abc import Mapping
from typing import Literal

Nearness = Literal["", "seventh character", "laterality", "less specific", "more specific", "category"]
FAR = 9
_ORDER: tuple[Nearness, ...] = ("", "seventh character", "laterality", "less specific", "more specific", "category")
_SIDES = re.compile(r"\b(?:right|left|bilateral|both)\b ?")
_SIDE = re.compile(r"\b(?:right|left|bilateral|both)\b")
_VAGUE = re.compile(r"\b(?:unspecified|not specified|not otherwise specified)\b", re.IGNORECASE)
_REMARKS: dict[Nearness, str] = {
    "seventh character": "{given} has another seventh character than {key}: the encounter, or what that character"
                         " stands for here, is not right.",
    "laterality": "{given} is the right condition on another side than {key}.",
    "less specific": "{given} is less specific than the chart allows: {key}.",
    "more specific": "{given} is more specific than the chart supports: {key}.",
    "category": "{given} is in the right category, but the code is {key}.",
}


def rank(key: str, given: str, titles: Mapping[str, str]) -> int:
    """Return 0 for the same code, more the further it is, FAR outside the category. Codes without dots."""
    return _ORDER.index(kind(key, given, titles)) if key[:3] == given[:3] else FAR


def kind(key: str, given: str, titles: Mapping[str, str]) -> Nearness:
    """Return how `given` differs from `key`, a code of the same category; "" when it does not."""
    if key == given:
        return ""
    if len(key) == len(given) == 7 and key[:6] == given[:6]:
        return "laterality" if _other_side(titles.get(key, ""), titles.get(given, "")) else "seventh character"
    if _other_side(titles.get(key, ""), titles.get(given, "")):
        return "laterality"
    vague, asked = (bool(_VAGUE.search(titles.get(code, ""))) for code in (given, key))
    if key.startswith(given) or (vague and not asked):
        return "less specific"
    if given.startswith(key) or (asked and not vague and given in titles and titles[given]):
        return "more specific"
    return "category"


def remark(near: Nearness, key: str, given: str) -> str:
    """Return the difference in words."""
    return _REMARKS[near].format(key=key, given=given)


def _other_side(one: str, two: str) -> bool:
    """Whether two titles say the same of different sides, each naming one."""
    named = _SIDE.findall(one.lower()), _SIDE.findall(two.lower())
    return bool(named[0] and named[1] and named[0] != named[1]
                and _SIDES.sub("", one.lower()) == _SIDES.sub("", two.lower()))
