"""Print the digest of the first professional cases of a population, and how many this program makes a second.

`aims.py` runs it in the sources while it runs in the compiled copy, so that both are held against one another.
"""

import hashlib
import itertools
import sys
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from app.loaded import leave_alone
from app.payer import pipeline
from tests.benchmarks import rivals

SEED, WARM, CASES = "plain", 500, 1_000


class Told(NamedTuple):
    """What a run of this module prints: digest of the cases with their texts, and cases a second of CPU time."""

    digest: str
    rate: float


def is_compiled() -> bool:
    """Whether the chain that runs here is machine code (`compile_chain.py`)."""
    return not str(pipeline.__file__).endswith(".py")


def measured(rate: Callable[[Callable[[int], object], list[int]], float]) -> Told:
    """Make the cases here, once for the digest and once for the time, by the `rate` of `aims.py`."""
    found = (index for index in itertools.count() if rivals.is_professional(SEED, index))
    cases, told = list(itertools.islice(found, WARM + CASES)), hashlib.sha256()
    for index in cases[:WARM]:
        case, *texts = rivals.chain(SEED, index)
        told.update(msgspec.json.encode(case) + "".join(texts).encode())
    leave_alone()
    return Told(told.hexdigest(), rate(lambda index: rivals.chain(SEED, index), cases[WARM:]))


if __name__ == "__main__":
    from tests.benchmarks.aims import rate

    sys.stdout.write(msgspec.json.encode(measured(rate)).decode())
