"""Near-copies: pairs of items whose stems read nearly the same, whatever the order of their words."""

from collections.abc import Iterator

from rapidfuzz import fuzz, process, utils

from app.learning.bank import Bank

ALIKE = 85  # of 100, as rapidfuzz counts


def near_copies(bank: Bank) -> Iterator[tuple[str, str]]:
    """Yield pairs of ids, the earlier one first. A table or a listing is part of the question."""
    ids = list(bank.items)
    texts = [utils.default_process(" ".join((item.stem, item.listing, *(c for row in item.table for c in row))))
             for item in bank.items.values()]
    texts = [" ".join(sorted(text.split())) for text in texts]  # once, and not for every pair
    for i, text in enumerate(texts):
        for _, _, j in process.extract_iter(text, texts[i + 1:], scorer=fuzz.ratio, processor=None, score_cutoff=ALIKE):
            yield ids[i], ids[i + 1 + j]
