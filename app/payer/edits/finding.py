"""What an edit finds: a pass with the values it compared, or a failure with its codes."""

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, TypeAlias

from msgspec import Struct

from app.payer.model import Citation, Claim, Context, Group
from app.world.money import Cents


class Finding(Struct, frozen=True, gc=False):
    """`reason` is empty on a pass. `line` None: the whole claim. `said` is one sentence with the values compared."""

    said: str
    line: int | None = None
    group: Group | None = None
    reason: str = ""
    remarks: tuple[str, ...] = ()
    amounts: dict[str, Cents] = {}
    citation: Citation | None = None  # in place of the edit's own

    @property
    def failed(self) -> bool:
        """Whether the edit stops the line or the claim."""
        return bool(self.reason)


Findings: TypeAlias = tuple[Finding, ...]


class Edit(Struct, frozen=True, gc=False):
    """A row of the table of edits. `stops`: what a failure without a line does.

    `steady` says of a claim that its pass follows from the care that it bills (`under`), or from that and the plan
    (`app/payer/steady.py`).
    """

    id: str
    stops: Literal["front door", "claim", "line"]
    look: Callable[[Claim, Context], Findings]
    under: Literal["", "care", "plan"] = ""
    steady: Callable[[Claim], bool] | None = None


def always(claim: Claim) -> bool:
    """Say that an edit is steady on every claim."""
    return True


def passed(said: str, line: int | None = None) -> Finding:
    """Return a pass."""
    return Finding(said, line)


@lru_cache(16_384)
def line_passed(line: int, said: str, *values: object) -> Finding:
    """Return the pass of a line: `Line 1: ` and what `said` becomes with `values` in its `%s`.

    Most lines pass most edits in the same words, so that the sentence of an earlier claim serves again.
    """
    return Finding(f"Line {line}: {said % values}.", line)


def cite(text: str) -> Citation:
    """Return a citation as of the start of the rules' year (2026-01-01)."""
    return Citation(text, dt.date(2026, 1, 1))
