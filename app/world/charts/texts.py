"""Make a function of a text with slots, once, so that filling the text is one call.

`{name}` is the same wherever it stands in one encounter; `{name*}` changes from day to day; `{name^}` starts with a
capital; `{name/3}` are three different entries, `{name/3;}` three as sentences; `{54-68}` and `{1.2-1.9}` are numbers
in a range, drawn where they stand. `{person}, ill for {1-4} days` becomes

    lambda w, b: f"{w['person']}, ill for {(n := 1 + (b(32) * 4 >> 32))}{' day' if n == 1 else ' days'}"

where `w` are the words of the encounter (`words.py`) and `b` draws so many bits: 32 of them make a number below 4 by
multiplying and leaving the fraction off. All is drawn from left to right. The texts are those of this package's own
data files.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from app.world.charts.grammar import counted, singular

if TYPE_CHECKING:
    from app.world.charts.words import Words

Writer = Callable[["Words", Callable[[int], int]], str]
Written = str | Writer  # a text without a slot stays as it is

_SLOT = re.compile(r"\{([^{}]+)\}")
_RANGE = re.compile(r"(\d+)(?:\.(\d))?-(\d+)(?:\.(\d))?")
_JOINED_BEFORE = re.compile(r"[\d.,/:\-]$")  # what stands before a 1 that is part of a longer figure
_ENDS = re.compile(r"^\{[^{}]+\}|\{[^{}]+\}\.?$")


class Slot(NamedTuple):
    """A slot as written: a range (`span` numbers from `low` on), or a name and how to take it.

    `several`: how many entries; `plain`: the word as it is.
    """

    name: str
    low: int = 0
    span: int = 0
    tenths: bool = False
    several: int = 0
    sentences: bool = False
    turns: bool = False
    capital: bool = False
    plain: bool = False


def slots_in(text: str) -> tuple[Slot, ...]:
    """Return the slots of a text, in order."""
    return tuple(_read(slot) for slot in _SLOT.findall(text))


@cache
def written(text: str) -> Written:
    """Return the function that fills a text, or the text when it has no slot."""
    if "{" not in text:
        return singular(text)
    return _compiled(f"lambda w, b: {_formatted(text)}")


@cache
def sentence(text: str) -> Written:
    """Return what writes a text as a sentence: with a capital, and one period at its end."""
    if all(slots_in(end)[0].span for end in _ENDS.findall(text)):
        return written(as_sentence(text))
    # It begins or ends with a word, which shows its letters only when it is filled.
    return _compiled(f"lambda w, b: as_sentence({_formatted(text)})")


def as_sentence(text: str) -> str:
    """Return `text` with a capital and a period."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def capital(text: str) -> str:
    """Return `text` with a capital."""
    return text[:1].upper() + text[1:]


def _compiled(source: str) -> Writer:
    names: dict[str, Any] = {"as_sentence": as_sentence, "capital": capital, "singular": singular}
    made: Writer = eval(source, names)  # noqa: S307
    return made


def _formatted(text: str) -> str:
    """Return the source of the f-string that says a text."""
    pieces = _SLOT.split(text)
    made, repairs = [_literal(singular(pieces[0]))], False
    for place in range(1, len(pieces), 2):
        slot, after = _read(pieces[place]), pieces[place + 1]
        found = counted(after)
        if slot.span and not slot.tenths:
            number = f"{slot.low} + (b(32) * {slot.span} >> 32)"
            if found and slot.low <= 1 and not _JOINED_BEFORE.search(pieces[place - 1]):
                one, many, after = found
                made.append(f"{{(n := {number})}}{{{one!r} if n == 1 else {many!r}}}")
            else:
                made.append(f"{{{number}}}")
        else:
            made.append(f"{{{_value(slot)}}}")
            repairs = repairs or bool(found and not slot.tenths)  # the word can be the figure 1
        repairs = repairs or (after == " " and bool(slot.span) and place + 2 < len(pieces))  # the next, what is counted
        made.append(_literal(singular(after)))
    source = f'f"{"".join(made)}"'
    return f"singular({source})" if repairs else source


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _value(slot: Slot) -> str:
    """Return the source of what a slot other than a whole number says."""
    if slot.span:
        return f"(n := {slot.low} + (b(32) * {slot.span} >> 32)) // 10}}.{{n % 10"
    if slot.sentences:
        found = f"w.sentences({slot.name!r}, {slot.several})"
    elif slot.several == 1:
        found = f"w.one_of({slot.name!r})"
    elif slot.several:
        found = f"w.several({slot.name!r}, {slot.several})"
    elif slot.turns:
        found = f"w.in_turn({slot.name!r})"
    else:
        return f"w[{slot.name + '^' * slot.capital!r}]"
    return f"capital({found})" if slot.capital else found


@cache
def _read(slot: str) -> Slot:
    if bounds := _RANGE.fullmatch(slot):
        whole_low, low_tenth, whole_high, high_tenth = bounds.groups()
        tenths = low_tenth is not None
        low = int(whole_low + (low_tenth or ""))
        high = int(whole_high + ((high_tenth or "0") if tenths else ""))
        return Slot("", low, high - low + 1, tenths)
    if "/" in slot:
        name, _, count = slot.partition("/")
        return Slot(name, several=int(count.rstrip(";^")), sentences=";" in count, capital="^" in count)
    marked = "*" in slot or "^" in slot
    return Slot(slot.rstrip("*^"), turns="*" in slot, capital="^" in slot, plain=not marked)
