"""Mark the answer to a question: right, partly right, or not, with the reason of every option."""

import re
from collections.abc import Callable
from decimal import Decimal

from msgspec import Struct

from app.learning.items import NUMBER, Item, ItemKind, bare_code, lettered, matches

_CODE = re.compile(r"[A-Za-z]\d[0-9A-Za-z](\.?[0-9A-Za-z]{0,4})", re.ASCII)


class MarkedOption(Struct, frozen=True):
    """An option with its reason. `given` and `right` are places or matches, for ordering and matching items."""

    letter: str
    text: str
    correct: bool
    chosen: bool
    why: str
    given: str = ""
    right: str = ""


class ItemMark(Struct, frozen=True):
    """`score` 0 to 100. `options` in the order they were shown (ordering: the right one), each with its reason.

    `answer` is the number that was asked for, "" where the options tell what was right.
    """

    score: int
    given: str
    options: tuple[MarkedOption, ...]
    working: str
    answer: str = ""


def mark(item: Item, order: str, response: list[str]) -> ItemMark:
    """Mark `response`: letters of options, a number, a code; or for each option as shown its place or its match."""
    return _MARKS[item.kind](item, order, response)


def right_answer(item: Item, order: str) -> list[str]:
    """Return the response that scores 100 when the options stand in `order`."""
    rows = lettered(item, order)
    match_letter = {shown.text: shown.letter for shown in matches(item, order)}
    if item.kind == "numeric":
        return [item.answer]
    if item.kind == "code":
        return [next(option.text for option in item.options if option.correct)]
    if item.kind == "ordering":
        return [str(item.options.index(option) + 1) for _, option in rows]
    if item.kind == "matching":
        return [match_letter[option.match] for _, option in rows]
    return [place for place, option in rows if option.correct]


def _mark_chosen(item: Item, order: str, response: list[str]) -> ItemMark:
    options = tuple(MarkedOption(letter, option.text, option.correct, letter in response, option.why)
                    for letter, option in lettered(item, order))
    return ItemMark(_score(item, options), ", ".join(response), options, item.working)


def _mark_numeric(item: Item, order: str, response: list[str]) -> ItemMark:
    return ItemMark(_numeric_score(item, response), " ".join(response), (), item.working, item.answer)


def _mark_ordering(item: Item, order: str, response: list[str]) -> ItemMark:
    """Right pairs less wrong pairs, as a share of all pairs: one exchange of neighbors costs little."""
    letters = {option: letter for letter, option in lettered(item, order)}
    given = dict(zip((letter for letter, _ in lettered(item, order)), map(_place, response), strict=False))
    places = [given.get(letters[option], 0) for option in item.options]
    pairs = [(a, b) for i, a in enumerate(places) for b in places[i + 1:]]
    score = max(0, 100 * sum((a < b) - (a >= b) for a, b in pairs) // len(pairs))
    options = tuple(MarkedOption(letters[option], option.text, place == right, True, option.why, str(place), str(right))
                    for right, (option, place) in enumerate(zip(item.options, places, strict=True), start=1))
    return ItemMark(score, ", ".join(response), options, item.working)


def _mark_matching(item: Item, order: str, response: list[str]) -> ItemMark:
    """Each right match counts the same."""
    words = {shown.letter: shown.text for shown in matches(item, order)}
    answers = [words.get(letter.lower(), "") for letter in response] + [""] * len(item.options)
    options = tuple(MarkedOption(letter, option.text, answer == option.match, True, option.why, answer, option.match)
                    for (letter, option), answer in zip(lettered(item, order), answers, strict=False))
    return ItemMark(100 * sum(o.correct for o in options) // len(options), ", ".join(response), options, item.working)


def _mark_code(item: Item, order: str, response: list[str]) -> ItemMark:
    """An accepted code counts whole, a code of the same category a half."""
    given = bare_code(response[0]) if response else ""
    accepted = [bare_code(option.text) for option in item.options if option.correct]
    score = 100 if given in accepted else 50 if given[:3] in {code[:3] for code in accepted} else 0
    options = tuple(MarkedOption("", option.text, option.correct, bare_code(option.text) == given, option.why)
                    for option in item.options if option.correct or bare_code(option.text) == given)
    return ItemMark(score, " ".join(response), options, item.working)


_MARKS: dict[ItemKind, Callable[[Item, str, list[str]], ItemMark]] = {
    "single": _mark_chosen, "several": _mark_chosen, "numeric": _mark_numeric, "ordering": _mark_ordering,
    "matching": _mark_matching, "code": _mark_code,
}


def _place(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _score(item: Item, options: tuple[MarkedOption, ...]) -> int:
    """All or nothing for one best answer; of several, each option judged rightly counts, less the wrong ones."""
    if all(option.correct == option.chosen for option in options):
        return 100
    if item.kind == "single":
        return 0
    right = sum(option.correct and option.chosen for option in options)
    wrong = sum(option.chosen and not option.correct for option in options)
    return max(0, 100 * (right - wrong) // max(1, sum(option.correct for option in options)))


def unreadable(item: Item, response: list[str]) -> str:
    """Return what to tell a person whose answer cannot be read, or "": a wrong format costs nothing."""
    if item.kind == "numeric" and response and _number(response[0]) is None:
        return "Write a number, such as 12.5."
    if item.kind == "ordering" and sorted(response) != [str(i) for i in range(1, len(item.options) + 1)]:
        return f"Give each line a place of its own, from 1 to {len(item.options)}."
    if item.kind == "matching" and (len(response) < len(item.options) or "" in response):
        return "Choose a match for every line."
    if item.kind == "code" and response and not _CODE.fullmatch(response[0].strip()):
        return "Write one code, such as I50.23."
    return ""


def _numeric_score(item: Item, response: list[str]) -> int:
    given = _number(response[0]) if response else None
    if given is None:
        return 0
    return 100 if abs(given - Decimal(item.answer)) <= Decimal(item.tolerance) else 0


def _number(text: str) -> Decimal | None:
    """Read what a person types: 1,234.5 and $97,560 and 94.3 % are numbers, "about 94" is none."""
    plain = text.replace(",", "").replace("$", "").replace("\u2212", "-").strip().removesuffix("%").strip()
    return Decimal(plain) if NUMBER.fullmatch(plain) else None
