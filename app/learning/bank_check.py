"""Check the bank as an editor would: form, sources, keys that give themselves away, near-copies, numbers."""

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterator

from msgspec import Struct

from app.learning.bank import Bank
from app.learning.items import Item, domain_of

LEVELS = ("recall", "application", "analysis")
HIGHER = 60  # percent of the items that are to be application or analysis
_BANNED = re.compile(r"\b(all|none|both|neither) of (the )?(above|these)\b|\bA and B\b", re.IGNORECASE)
_NEGATIVE = re.compile(r"\b(except|not true|is not|are not|least likely)\b[^.?]*\?", re.IGNORECASE)
_CAPITAL_NEGATIVE = re.compile(r"\b(EXCEPT|NOT|LEAST)\b")
# Five digits that stand alone, without a comma, a currency sign, a hyphen or a decimal around them.
_FIVE_DIGITS = re.compile(r"(?<![\d$#-])(?<!\d[.,])\b\d{4}[\dFTU]\b(?![\d%-]|[,.]\d)")
_ZIP = re.compile(r"\b(ZIP|postal)\b", re.IGNORECASE)
_ALIKE = 0.85


class Report(Struct, frozen=True):
    """`problems` are lines `file:line: message`; `counts` items by (domain, level)."""

    bank: Bank
    problems: tuple[str, ...]
    counts: dict[tuple[str, str], int]

    def lines(self) -> list[str]:
        """Return the table of counts by domain and level beside the outline's weights."""
        head = (f"{'domain':52} {'recall':>7} {'applic.':>8} {'analysis':>9} {'all':>5} {'share':>6} {'weight':>8} "
                f"{'long key':>9}")
        total = sum(self.counts.values())
        rows = [head]
        for domain in self.bank.outline.domains:
            by = [self.counts.get((domain.id, level), 0) for level in LEVELS]
            share = 100 * sum(by) / total if total else 0
            rows.append(f"{domain.id} {domain.title:50} {by[0]:7} {by[1]:8} {by[2]:9} {sum(by):5} {share:5.0f}% "
                        f"{domain.low:3}–{domain.high}% {_keys_longest(self.bank.by_domain(domain.id)):8}%")
        by = [sum(n for (_, level), n in self.counts.items() if level == wanted) for wanted in LEVELS]
        higher = 100 * (by[1] + by[2]) // total if total else 0
        rows.append(f"{'all':52} {by[0]:7} {by[1]:8} {by[2]:9} {total:5}")
        rows.append(f"{higher} % application or analysis (at least {HIGHER}); {len(self.problems)} problems")
        return rows


def check(bank: Bank, is_code: Callable[[str], bool] | None = None) -> Report:
    """Check every item; `is_code` asks the shipped edition of ICD-10-CM."""
    found = [*bank.problems]
    tasks = {task.id for task in bank.outline.tasks}
    for item in bank.items.values():
        found += [f"{bank.places[item.id]}: {item.id}: {said}" for said in _complaints(item, tasks, is_code)]
    found += [f"{bank.places[b]}: {b}: the stem is nearly that of {a} ({bank.places[a]})" for a, b in _near(bank)]
    counts: Counter[tuple[str, str]] = Counter((domain_of(item), item.level) for item in bank.items.values())
    found += _share_of_levels(bank, counts)
    return Report(bank, tuple(found), dict(counts))


def _share_of_levels(bank: Bank, counts: Counter[tuple[str, str]]) -> list[str]:
    recall = sum(n for (_, level), n in counts.items() if level == "recall")
    total = len(bank.items)
    if total == 0 or 100 * (total - recall) >= HIGHER * total:
        return []
    place = next(bank.places[item.id] for item in bank.items.values() if item.level == "recall")
    share = 100 * (total - recall) // total
    return [f"{place}: {share} % of the items are application or analysis; {HIGHER} % is the least"]


def _complaints(item: Item, tasks: set[str], is_code: Callable[[str], bool] | None) -> Iterator[str]:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", item.id):
        yield "an id is lower-case words joined by hyphens"
    for task in item.tasks:
        if task not in tasks:
            yield f"{task!r} is no task of the outline"
    if not item.source.cite.strip():
        yield "a source is needed"
    if item.source.as_of > item.written:
        yield "as_of is later than the day on which the item was written"
    if is_code is not None:
        yield from (f"{code} is no complete code of the shipped edition" for code in item.codes if not is_code(code))
    yield from _wording(item)
    if item.kind != "numeric":
        yield from _options(item)


def _wording(item: Item) -> Iterator[str]:
    texts = [item.stem, item.working, *(text for option in item.options for text in (option.text, option.why))]
    if any(_BANNED.search(option.text) for option in item.options):
        yield "an option may not be “all”, “none” or “both” of the others"
    if _NEGATIVE.search(item.stem) and not _CAPITAL_NEGATIVE.search(item.stem):
        yield "a negative in the stem is written in capitals, or the stem is turned round"
    for text in texts:
        number = _FIVE_DIGITS.search(text)
        if number and not _ZIP.search(text):
            yield f"{number.group()} could be read as a CPT code: write it with a comma or another number"


def _options(item: Item) -> Iterator[str]:
    keys = [option for option in item.options if option.correct]
    if len(item.options) != 4:
        yield f"{len(item.options)} options; there are four"
    if len({option.text.strip().lower() for option in item.options}) != len(item.options):
        yield "two options say the same"
    if any(not option.why.strip() for option in item.options):
        yield "every option needs its why"
    key, longest = len(keys[0].text), _longest_other(item)
    if item.kind == "single" and key > longest * 1.5 and key > longest + 25:
        yield "the key is markedly longer than every other option"


def _longest_other(item: Item) -> int:
    return max((len(option.text) for option in item.options if not option.correct), default=0)


def _keys_longest(items: tuple[Item, ...]) -> int:
    """Percent of the single items whose key is the longest option. Chance is about 25: more is a hint."""
    single = [item for item in items if item.kind == "single"]
    long = sum(len(option.text) > _longest_other(item) for item in single for option in item.options if option.correct)
    return 100 * long // max(1, len(single))


def _near(bank: Bank) -> Iterator[tuple[str, str]]:
    """Pairs of items whose stems are near-copies. A look at shared words first keeps it quick."""
    words = {item.id: frozenset(re.findall(r"[a-z]{4,}", item.stem.lower())) for item in bank.items.values()}
    ids = list(words)
    for i, a in enumerate(ids):
        for b in ids[i + 1:]:
            shared = len(words[a] & words[b])
            if shared * 10 >= 7 * max(len(words[a]), len(words[b]), 1) and difflib.SequenceMatcher(
                    None, bank.items[a].stem, bank.items[b].stem, autojunk=False).ratio() > _ALIKE:
                yield a, b
