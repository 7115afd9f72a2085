"""The aims of speed and size, all measured in one run: `make bench`. Nothing here judges; the exit status is 0.

First the condition: no invariant of `tests/properties/invariants.py` is violated over 100,000 cases. Then, in five
interleaved rounds, what `tests/benchmarks/rivals.py` describes, each side warm and by CPU time; two processes against
one by the clock, both with workers that have started. A row is the median of the five ratios. PySynthea lives in a
process of its own: its modules are so many objects that Python's collector would slow every other side.
`CASES=2000 make bench` asks the invariants of fewer cases; `QUICK=1 make bench` makes every part small.
"""

import argparse
import gc
import hashlib
import multiprocessing as mp
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from typing import NamedTuple

import msgspec

from tests.benchmarks import rivals
from tests.properties.invariants import violations

ROUNDS = 5
CHUNK = 250  # cases that a worker takes at a time


class Sizes(NamedTuple):
    """How much each part does: cases whose invariants are asked, units a round, cases of the last three parts."""

    invariants: int
    chain: int
    profiles: int
    pairs: int
    long: int
    shared: int
    streamed: int


FULL = Sizes(100_000, 2_000, 2_000, 300, 20_000, 4_000, 10_000)
QUICK = Sizes(1_000, 300, 300, 50, 1_500, 1_000, 1_000)


class Aim(NamedTuple):
    """A row of the table. `least`: the aim is a least value, else a most. `value` as measured."""

    what: str
    aim: float
    value: float
    unit: str = "×"
    least: bool = True

    @property
    def met(self) -> bool:
        """Whether the value reaches the aim."""
        return self.value >= self.aim if self.least else self.value <= self.aim


def broken(first: int, after: int) -> list[str]:
    """Return every violation of the cases `first` to `after` - 1. Runs in a worker."""
    return [told for index in range(first, after) for told in violations(index)]


def check(pool: ProcessPoolExecutor, cases: int) -> list[str]:
    """Ask every invariant of `cases` cases on all workers, and say how far it has come."""
    chunks = list(range(0, cases, CHUNK))
    told: list[str] = []
    for done, found in enumerate(pool.map(broken, chunks, [min(cases, first + CHUNK) for first in chunks]), start=1):
        told += found
        print(f"\rinvariants: {min(cases, done * CHUNK):,} of {cases:,} cases, {len(told)} violations",
              end="", flush=True)
    print()
    return told


def rate(work: Callable[[int], object], count: int) -> float:
    """Return units a second of CPU time."""
    gc.collect()
    start = time.process_time()
    for number in range(count):
        work(number)
    return count / (time.process_time() - start)


def digest(first: int, after: int) -> str:
    """Return the SHA-256 of the cases `first` to `after` - 1 with their texts. Runs in a worker."""
    told = hashlib.sha256()
    for index in range(first, after):
        case, *texts = rivals.chain("shared", index)
        told.update(msgspec.json.encode(case) + "".join(texts).encode())
    return told.hexdigest()


def shared(pool: ProcessPoolExecutor, cases: int) -> tuple[float, list[str]]:
    """Return cases a second by the clock on all workers of `pool`, and the digests of the chunks in order."""
    start, chunks = time.perf_counter(), range(0, cases, CHUNK)
    digests = list(pool.map(digest, chunks, [first + CHUNK for first in chunks]))
    return cases / (time.perf_counter() - start), digests


@cache
def _live() -> Callable[[], int]:
    return rivals.synthea_claims()


def synthea() -> float:
    """Return PySynthea's claims a second of CPU time. Runs in a worker, which keeps what it loaded."""
    live = _live()
    gc.collect()
    start = time.process_time()
    return live() / (time.process_time() - start)


def streamed(cases: int) -> float:
    """Return the peak memory in MB of a fresh process that exports so many claims and answers as X12."""
    done = subprocess.run([sys.executable, "-m", "tests.benchmarks.streamed", str(cases)], check=True,
                          capture_output=True, text=True)
    return float(done.stdout)


def rounds(sizes: Sizes, one: ProcessPoolExecutor, two: ProcessPoolExecutor, apart: ProcessPoolExecutor
           ) -> Iterator[dict[str, float]]:
    """Yield what each round measured: rates by name, and whether one process and two wrote the same bytes."""
    profile, pair = rivals.faker_profile(), rivals.x12sdk_pair()
    for number in range(500):
        profile(), pair(number), rivals.chain("warm", number)
    for pool in (one, two):
        shared(pool, 2 * CHUNK)
    for turn in range(ROUNDS):
        found = {
            "faker": rate(lambda _: profile(), sizes.profiles),
            "chain": rate(lambda i, seed=f"bench-{turn}": rivals.chain(seed, i), sizes.chain),  # type: ignore[misc]
            "x12sdk": rate(pair, sizes.pairs),
            "long": rate(lambda i, seed=f"long-{turn}": rivals.chain(seed, i), sizes.long),  # type: ignore[misc]
        }
        found["synthea"] = apart.submit(synthea).result()
        found["one"], alone = shared(one, sizes.shared)
        found["two"], together = shared(two, sizes.shared)
        found["same"] = float(alone == together)
        print(f"round {turn + 1}: " + ", ".join(f"{name} {value:,.0f}/s" for name, value in found.items()
                                                if name != "same"), flush=True)
        yield found


def table(found: list[dict[str, float]], megabytes: float) -> tuple[Aim, ...]:
    """Return the rows of the table."""
    def ratio(over: str, under: str) -> float:
        return statistics.median(row[over] / row[under] for row in found)

    return (
        Aim("full chain : Faker's ten-field profiles", 0.8, ratio("chain", "faker")),
        Aim("full chain : x12sdk's 837P and 835 pairs", 4, ratio("chain", "x12sdk")),
        Aim("full chain : PySynthea's claims", 40, ratio("chain", "synthea")),
        Aim("rate of the long run : rate of a round", 0.9, ratio("long", "chain")),
        Aim("two processes : one", 1.5, ratio("two", "one")),
        Aim("same digest, two processes and one", 1, min(row["same"] for row in found), ""),
        Aim("peak memory, claims streamed", 150, megabytes, "MB", least=False),
    )


def show(aims: tuple[Aim, ...], told: list[str], cases: int) -> None:
    """Print the table and one line that says which aims are met."""
    print(f"\n{'':44} {'aim':>9} {'measured':>9}")
    for row in aims:
        bound = f"{'≥' if row.least else '≤'} {row.aim:g}"
        print(f"{row.what:44} {bound:>9} {row.value:9.2f} {row.unit:2} {'met' if row.met else 'NOT MET'}")
    missed = [row.what for row in aims if not row.met]
    if told:
        missed.insert(0, f"{len(told)} violations of invariants over {cases:,} cases")
        print("\n".join(told[:10]))
    print(f"medians of {ROUNDS} rounds; {len(told)} violations of invariants over {cases:,} cases")
    print(f"Not met: {'; '.join(missed)}." if missed else "All aims are met.")


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(prog="tests.benchmarks.aims", usage=argparse.SUPPRESS)
    parser.add_argument("--cases", type=int, help="cases whose invariants are asked")
    parser.add_argument("--quick", action="store_true")
    chosen = parser.parse_args()
    sizes = QUICK if chosen.quick else FULL
    cases = sizes.invariants if chosen.cases is None else chosen.cases
    if cases < 1:
        parser.error("CASES must be 1 or more")
    rivals.codes()  # built once, before two workers want it
    spawn = mp.get_context("spawn")
    with (ProcessPoolExecutor(1, spawn) as one, ProcessPoolExecutor(2, spawn) as two,
          ProcessPoolExecutor(1, spawn) as apart):
        told = check(two, cases)
        found = list(rounds(sizes, one, two, apart))
    show(table(found, streamed(sizes.streamed)), told, cases)


if __name__ == "__main__":
    main()
