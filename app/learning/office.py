"""What the practice office is furnished with: scenarios, questions, codes. Read once, when first asked for."""

from functools import cached_property
from pathlib import Path

from app.coding.editions import CodeSets, SqliteCodeIndex
from app.learning.bank import Bank, load_bank
from app.learning.bank_check.counts import Counts, counted
from app.learning.outline import Outline, load_outlines
from app.learning.scenario import Library, load_library
from app.learning.second_look import REVIEWS, Review, read_reviews
from question_bank.templates import TEMPLATES

OWN_CODES = "own_codes.sqlite"


class Office:
    """`root` holds `scenarios/` and `question_bank/`; `codes` is the built code index.

    Beside it lie the code sets that the site imported itself, if any.
    """

    def __init__(self, root: Path, codes: Path) -> None:
        self._root, self._codes = root, codes

    @cached_property
    def library(self) -> Library:
        """Every scenario that can be served, and a line for each that cannot."""
        return load_library(self._root / "scenarios")

    @cached_property
    def bank(self) -> Bank:
        """Every question that can be served, written or drawn, and a line for each that cannot."""
        return load_bank(self._root / "question_bank", templates=TEMPLATES)

    @cached_property
    def counts(self) -> Counts:
        """How many questions there are, by domain, task and kind."""
        return counted(self.bank)

    @cached_property
    def outlines(self) -> tuple[Outline, ...]:
        """The outlines that the bank is held against, our own first."""
        found = load_outlines(self._root / "question_bank/outlines", shown_as="question_bank/outlines")
        return tuple(sorted(found, key=lambda outline: (outline.id != self.bank.outline.id, outline.id)))

    @cached_property
    def reviewed(self) -> dict[str, list[Review]]:
        """The record of the second look, by item."""
        found: dict[str, list[Review]] = {}
        for review in read_reviews(self._root / "question_bank" / REVIEWS):
            found.setdefault(review.item, []).append(review)
        return found

    @cached_property
    def codes(self) -> CodeSets:
        """The code index. Raises FileNotFoundError when it was not built yet."""
        if not self._codes.exists():
            raise FileNotFoundError(f"{self._codes} is missing: run `flask --app wsgi codes build`")
        return SqliteCodeIndex(self._codes, own=self._codes.parent / OWN_CODES)
