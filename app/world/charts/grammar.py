"""Small repairs of a filled text: a number drawn as 1 takes the singular."""

import re

_COUNTED = (
    "days", "weeks", "months", "hours", "minutes", "seconds", "years", "nights", "times", "visits", "calls", "spells",
    "drinks", "cups", "bottles", "tablets", "doses", "units", "treatments", "cigarettes", "pads", "diapers",
    "flights", "pillows", "steps", "miles", "blocks", "trips", "stops", "tries", "points", "groups", "children",
    "lines", "views", "ports", "slips", "markers", "nodes", "bands", "clips", "fragments", "pieces", "sutures",
)
# The look behind stands after the figure, so that the search can jump from 1 to 1.
_ONE = re.compile(r"1(?<![\d.,/:\-]1) ((?:wet |sentinel )?)(" + "|".join(_COUNTED) + r")\b")
_IRREGULAR = {"children": "child", "tries": "try"}


def singular(text: str) -> str:
    """Return the text with `1 days` as `1 day`."""
    return _ONE.sub(_one, text) if "1 " in text else text


def _one(match: re.Match[str]) -> str:
    noun = match[2]
    return f"1 {match[1]}{_IRREGULAR.get(noun, noun[:-1])}"
