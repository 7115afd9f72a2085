"""Print the digest of the first professional cases of a population, and how many this program makes a second.

`aims.py` runs it in the sources while it runs in the compiled copy, so that both are held against one another.
"""

import hashlib
import itertools
import sys
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


def measured() -> Told:
    """Make the cases here: the first for the digest, the others for the time."""
    found = (index for index in itertools.count() if rivals.is_professional(SEED, index))
    cases, told = list(itertools.islice(found, WARM + CASES)), hashlib.sha256()
    for index in cases[:WARM]:
        case, *texts = rivals.chain(SEED, index)
        told.update(msgspec.json.encode(case) + "".join(texts).encode())
    leave_alone()
    return Told(told.hexdigest(), rivals.rate(lambda index: rivals.chain(SEED, index), cases[WARM:]))


if __name__ == "__main__":
    sys.stdout.write(msgspec.json.encode(measured()).decode())
