"""The record of the second look: every item has a row, every row an outcome and what it changed."""

from collections import Counter
from collections.abc import Collection

from app.learning.bank import Bank
from app.learning.second_look import OUTCOMES, Review

_PLACE = "question_bank/reviews.csv:1"


def review_problems(bank: Bank, reviews: Collection[Review]) -> list[str]:
    """Return items that nobody answered a second time, and rows that do not say enough."""
    seen = {review.item for review in reviews}
    said = [f"{bank.places[item_id]}: {item_id}: nobody has answered it a second time"
            for item_id in bank.items if item_id not in seen]
    for review in reviews:
        if review.outcome not in OUTCOMES:
            said.append(f"{_PLACE}: {review.item}: the outcome {review.outcome!r} is none of {', '.join(OUTCOMES)}")
        elif review.outcome != "agreed" and not review.note.strip():
            said.append(f"{_PLACE}: {review.item}: say what differed and what changed")
        elif review.outcome == "removed" and review.item in bank.items:
            said.append(f"{_PLACE}: {review.item}: is in the bank, and the record says that it was removed")
    return said


def review_lines(bank: Bank, reviews: Collection[Review]) -> list[str]:
    """Return how many items were answered again, with the gravest outcome of each, and how many changed since."""
    items: dict[str, set[str]] = {}
    for review in reviews:
        items.setdefault(review.item, set()).add(review.outcome)
    counts = Counter(next((one for one in reversed(OUTCOMES) if one in told), "") for told in items.values())
    versions = {(review.item, review.version) for review in reviews}
    stale = sum((item_id, bank.version(item_id)) not in versions for item_id in bank.items if item_id in items)
    told = ", ".join(f"{outcome} {counts[outcome]}" for outcome in OUTCOMES)
    return [f"second look at {len(items):,} items: {told}; {stale} have changed since"]
