"""What somebody means by a search: words, abbreviations written out, misspellings put right, a code's beginning."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import islice, product
from pathlib import Path
from typing import Protocol, TypeAlias

from msgspec import Struct

from app.coding.model import bare
from app.world.datafile import load

MAX_WORDS = 10
_CORRECTED = 4  # misspelled words of a query that are put right
_LONGEST_WORD = 40
_LONGEST_NAME = 4  # words of the longest entry in synonyms.yaml that is looked for
_CODE = re.compile(r"[A-Z][0-9](?:[0-9AB](?:\.?[0-9A-Z]{0,4})?)?")
_WORD = re.compile(r"[a-z0-9]+")
_STOP = frozenset(["a", "an", "and", "at", "by", "due", "for", "from", "in", "of", "on", "or", "the", "to", "with"])
# Words by which a title says "nothing further is known", and that nobody types.
_FILLER = frozenset(["unspecified", "nos", "uncomplicated"])
_FILLER_CLAUSE = re.compile(r", initial encounter.*|, (?:unspecified|site not specified).*| without .*"
                            r"|, not intractable|\([^)]*\)|\[[^\]]*\]")

Phrase: TypeAlias = tuple[str, ...]


class Synonym(Struct, frozen=True, forbid_unknown_fields=True):
    """`say` is what people write, `means` what the titles write, `first` the codes for the bare term."""

    say: tuple[str, ...]
    means: tuple[str, ...]
    first: tuple[str, ...] = ()


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    synonyms: tuple[Synonym, ...]


class Part(Struct, frozen=True):
    """One idea of a query, as alternatives. `typed` may be only the beginning of a word."""

    typed: Phrase
    meant: tuple[Phrase, ...] = ()
    first: tuple[str, ...] = ()
    open_end: bool = False


class Query(Struct, frozen=True):
    """`code` is the beginning of a code without dot, "" when none was typed."""

    code: str
    parts: tuple[Part, ...]


class Spelling(Protocol):
    """Knows the words of the code set."""

    def has(self, word: str) -> bool:
        """Whether `word` is a whole word."""

    def knows(self, word: str) -> bool:
        """Whether `word` is a word or the beginning of one."""

    def foreign(self, word: str) -> bool:
        """Whether `word` is a word of another code set."""

    def near(self, word: str) -> tuple[str, ...]:
        """Return the words that `word` may be a misspelling of, nearest first."""


@cache
def synonyms() -> dict[Phrase, Synonym]:
    """Return the data file by what people write of diagnoses. Raises DataFileError."""
    return _synonyms("synonyms.yaml")


@cache
def procedure_terms() -> dict[Phrase, Synonym]:
    """Return the data file by what people write of procedures and items. Raises DataFileError."""
    return _synonyms("procedure_terms.yaml")


def _synonyms(name: str) -> dict[Phrase, Synonym]:
    entries = load(Path(__file__).parent / "data" / name, _File, shown_as=f"app/coding/data/{name}").synonyms
    return {content(words(said)): entry for entry in entries for said in entry.say}


def words(text: str) -> Phrase:
    """Return the words of `text` in small letters, without accents and possessive endings."""
    flat = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return tuple(_WORD.findall(flat.lower().replace("'s", "").replace("'", "")))


def singular(word: str) -> str:
    """Return `word` without the ending of a plural: both sides of a comparison pass through here."""
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


def content(phrase: Phrase) -> Phrase:
    """Return the words that carry meaning."""
    return tuple(word for word in phrase if word not in _STOP) or phrase


def phrase_key(text: str) -> str:
    """Return what is left of a title or term when order, plurals, and "unspecified" no longer count.

    "Pneumonia, unspecified organism" and the bare "pneumonia" have the same key, which is how the alphabetic index
    sends a bare term to its default code.
    """
    kept = content(words(_FILLER_CLAUSE.sub(" ", text)))
    left = (singular(word) for word in kept if word not in _FILLER)
    return " ".join(sorted(set(left)))


def understand(text: str, spelling: Spelling) -> Query:
    """Return what `text` asks for: a code alone, a code's beginning with words, or words."""
    typed = text.split()[:MAX_WORDS]
    if len(typed) == 1 and _CODE.fullmatch(typed[0].upper().rstrip(".-")):
        return Query(bare(typed[0]).rstrip("-"), ())
    code = next((bare(t) for t in typed if len(t) > 2 and _CODE.fullmatch(t.upper())), "")
    rest = words(" ".join(t for t in typed if not code or bare(t) != code))[:MAX_WORDS]
    return Query(code if rest else "", parts(content(rest) if len(rest) > 1 else rest, spelling, synonyms()))


def parts(typed: Phrase, spelling: Spelling, known: Mapping[Phrase, Synonym]) -> tuple[Part, ...]:
    """Return the ideas of a query: terms of `known`, else words, put right where they are misspelled."""
    found: list[Part] = []
    at, corrected = 0, 0
    right = _put_right(typed, spelling) if len(typed) > 1 else typed
    while at < len(typed):
        for length in range(min(_LONGEST_NAME, len(typed) - at), 0, -1):
            entry = known.get(typed[at:at + length]) or (known.get(right[at:at + length]) if length > 1 else None)
            if entry is not None:
                meant = tuple(content(words(m)) for m in entry.means)
                found.append(Part(typed[at:at + length], meant, entry.first))
                at += length
                break
        else:
            # Somebody may still be typing the last word; elsewhere a beginning stands for its words.
            found.append(_word(typed[at], spelling, known, last=at == len(typed) - 1, correct=corrected < _CORRECTED))
            corrected += len(found[-1].meant) > 0
            at += 1
    return tuple(found)


def _put_right(typed: Phrase, spelling: Spelling) -> Phrase:
    """Return the words that were meant, for a look at the terms of several words: "heart atack" is a heart attack."""
    wrong = [word for word in typed if 4 <= len(word) <= _LONGEST_WORD
             and not (spelling.knows(word) or spelling.knows(singular(word)) or spelling.foreign(word))][:_CORRECTED]
    return tuple(next(iter(spelling.near(word)), word) if word in wrong else word for word in typed)


def _word(word: str, spelling: Spelling, known: Mapping[Phrase, Synonym], *, last: bool, correct: bool) -> Part:
    if len(word) < 3 or word.isdigit():
        return Part((word,))
    if spelling.has(word) or spelling.has(singular(word)):
        return Part((word,), open_end=last)
    if spelling.knows(word) or spelling.knows(singular(word)):
        return Part((word,), open_end=True)
    if not correct or len(word) > _LONGEST_WORD or spelling.foreign(word):
        return Part((word,))
    near = spelling.near(word)
    entry = known.get(near[:1])
    meant = (*((n,) for n in near), *(content(words(m)) for m in (entry.means if entry else ())))
    return Part((word,), meant, entry.first if entry else (), open_end=True)


def keys(query: Query) -> tuple[str, ...]:
    """Return the phrase keys that the query may stand for, most literal first (at most 24)."""
    choices = [(part.typed, *part.meant) for part in query.parts]
    return tuple(dict.fromkeys(phrase_key(" ".join(w for chosen in combination for w in chosen))
                               for combination in islice(product(*choices), 24)))
