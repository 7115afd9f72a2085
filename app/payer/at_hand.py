"""What several edits ask about the same claim is found once."""

from collections.abc import Callable
from typing import TypeVar

from app.payer.model import Claim, Context

T = TypeVar("T")


def for_the_claim_at_hand(find: Callable[[Claim, Context], T]) -> Callable[[Claim, Context], T]:
    """Return a function that keeps the last answer, and gives it again for the very same claim and context.

    Neither can change, so that the answer cannot either. Threads may overtake one another: then it is found again.
    """
    last: tuple[Claim, Context, T] | None = None

    def found(claim: Claim, context: Context) -> T:
        nonlocal last
        kept = last
        if kept is not None and kept[0] is claim and kept[1] is context:
            return kept[2]
        answer = find(claim, context)
        last = (claim, context, answer)
        return answer

    found.__doc__, found.__name__ = find.__doc__, find.__name__
    return found
