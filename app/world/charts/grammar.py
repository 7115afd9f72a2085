"""A number drawn as 1 takes the singular."""

import re

_COUNTED = (
    "days", "weeks", "months", "hours", "minutes", "seconds", "years", "nights", "times", "visits", "calls", "spells",
    "drinks", "cups", "bottles", "tablets", "doses", "units", "treatments", "cigarettes", "pads", "diapers",
    "flights", "pillows", "steps", "miles", "blocks", "trips", "stops", "tries", "points", "groups", "children",
    "persons", "lines", "layers", "views", "ports", "slips", "markers", "nodes", "bands", "clips", "fragments",
    "pieces", "sutures",
)
# The look behind stands after the figure, so that the search can jump from 1 to 1.
_ONE = re.compile(r"1(?<![\d.,/:\-]1) ((?:wet |sentinel )?)(" + "|".join(_COUNTED) + r")\b")
_NOUN = re.compile(r" ((?:wet |sentinel )?)(" + "|".join(_COUNTED) + r")\b")
_IRREGULAR = {"children": "child", "tries": "try"}


def singular(text: str) -> str:
    """Return the text with `1 days` as `1 day`."""
    return _ONE.sub(_one, text) if "1 " in text else text


def _one(match: re.Match[str]) -> str:
    return f"1 {match[1]}{_single(match[2])}"


def counted(text: str) -> tuple[str, str, str] | None:
    """Return how a text that follows a number goes on after a 1 and after any other, and the rest that is the same.

    None: it does not begin with something that is counted.
    """
    found = _NOUN.match(text)
    return (f" {found[1]}{_single(found[2])}", found[0], text[found.end():]) if found else None


def _single(noun: str) -> str:
    return _IRREGULAR.get(noun, noun[:-1])
