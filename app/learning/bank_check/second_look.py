"""The record of the second look: every item has a row, every row an outcome and what it changed."""

from collections import Counter
from collections.abc import Collection

from app.learning.bank import Bank
from app.learning.second_look import Review

OUTCOMES = ("agreed", "kept", "corrected", "removed")
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
    """Return how many items were answered again, with what outcome, and how many have changed since."""
    latest = {review.item: review for review in reviews}
    outcomes = Counter(review.outcome for review in reviews)
    changed = outcomes["corrected"] + outcomes["removed"]
    stale = sum(item_id in latest and latest[item_id].version != bank.version(item_id) for item_id in bank.items)
    counts = ", ".join(f"{outcome} {outcomes[outcome]}" for outcome in OUTCOMES)
    return [f"second look: {counts}; {100 * changed / max(1, len(latest)):.1f} % were changed by it; "
            f"{stale} have changed since"]
