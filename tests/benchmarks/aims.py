"""The aims of speed and size, all measured in one run: `make bench`. Nothing here judges; the exit status is 0.

First the condition: no invariant of `tests/properties/invariants.py` is violated over 100,000 cases. Then, in five
interleaved rounds, what `tests/benchmarks/rivals.py` describes, each side warm and by CPU time; two processes against
one by the clock, both with workers that have started. A row is the median of the five ratios. PySynthea lives in a
process of its own: its modules are so many objects that Python's collector would slow every other side. On every side
what is loaded is left alone by the collector (`app/loaded.py`), as in the exports of this program.

The aims against the rivals are about professional claims, which an 837P holds: of a population the cases whose claim
is one are taken, and another process finds out which they are, so that no case is made a second time here. The same
ratios over all settings (hospital stays and emergencies are 837I) stand below, without an aim.

`make bench` measures the copy whose chain is compiled (`compile_chain.py`) where there is a C compiler. Another process
then makes the same cases from the sources, as plain Python: the bytes must be the same, and a row says how much faster
the copy is. `PLAIN=1 make bench` measures the sources.
`CASES=2000 make bench` asks the invariants of fewer cases; `QUICK=1 make bench` makes every part small.
"""

import argparse
import gc
import hashlib
import itertools
import multiprocessing as mp
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from typing import NamedTuple

import msgspec

from app.config import ROOT
from app.loaded import leave_alone
from tests.benchmarks import plain, rivals
from tests.properties.invariants import violations

ROUNDS, WARM = 5, 2_000
CHUNK = 250  # cases that a worker takes at a time
STEPS = 20  # lines of progress while the invariants are asked


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
    """A row of the table. `least`: the aim is a least value, else a most; None: no aim. `value` as measured."""

    what: str
    aim: float | None
    value: float
    unit: str = "×"
    least: bool = True

    @property
    def met(self) -> bool:
        """Whether the value reaches the aim."""
        if self.aim is None:
            return True
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
        if done % -(-len(chunks) // STEPS) == 0 or done == len(chunks):
            print(f"\rinvariants: {min(cases, done * CHUNK):,} of {cases:,} cases, {len(told)} violations",
                  end="", flush=True)
    print()
    return told


def professional(seed: str, count: int) -> list[int]:
    """Return the first `count` cases of a population with a professional claim. Runs in a worker."""
    cases = (index for index in itertools.count() if rivals.is_professional(seed, index))
    return list(itertools.islice(cases, count))


def digest(first: int, after: int) -> str:
    """Return the SHA-256 of the cases `first` to `after` - 1 with their texts. Runs in a worker."""
    told = hashlib.sha256()
    for index in range(first, after):
        case, *texts = rivals.chain("shared", index)
        told.update(msgspec.json.encode(case) + "".join(texts).encode())
    leave_alone()  # after the first chunk, which is not measured
    return told.hexdigest()


def shared(pool: ProcessPoolExecutor, cases: int) -> tuple[float, list[str]]:
    """Return cases a second by the clock on all workers of `pool`, and the digests of the chunks in order."""
    start, chunks = time.perf_counter(), range(0, cases, CHUNK)
    digests = list(pool.map(digest, chunks, [first + CHUNK for first in chunks]))
    return cases / (time.perf_counter() - start), digests


@cache
def _live() -> Callable[[], int]:
    live = rivals.synthea_claims()
    leave_alone()
    return live


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


def both_ways(one: ProcessPoolExecutor) -> tuple[Aim, ...]:
    """Return the rows of the compiled copy against the sources that it was made from; none when this is not a copy."""
    if not plain.is_compiled():
        return ()
    sources = ROOT.parents[1]  # the copy lies in instance/compiled
    done = subprocess.run([sys.executable, "-m", "tests.benchmarks.plain"], check=True, capture_output=True, text=True,
                          cwd=sources)
    interpreted, compiled = msgspec.json.decode(done.stdout, type=plain.Told), one.submit(plain.measured).result()
    return (Aim("837P chain compiled : as plain Python", None, compiled.rate / interpreted.rate),
            Aim("same digest, compiled and as plain Python", 1, float(compiled.digest == interpreted.digest), ""))


def rounds(sizes: Sizes, one: ProcessPoolExecutor, two: ProcessPoolExecutor, apart: ProcessPoolExecutor
           ) -> Iterator[dict[str, float]]:
    """Yield what each round measured: rates by name, and whether one process and two wrote the same bytes."""
    profile, pair = rivals.faker_profile(), rivals.x12sdk_pair()
    for number in range(WARM):
        profile(), pair(number), rivals.chain("warm", number)
    leave_alone()
    for pool in (one, two):
        shared(pool, 4 * CHUNK)
    for turn in range(ROUNDS):
        cases = one.submit(professional, f"837P-{turn}", sizes.chain).result()
        found = {
            "faker": rivals.rate(lambda _: profile(), range(sizes.profiles)),
            "837P": rivals.rate(partial(rivals.chain, f"837P-{turn}"), cases),
            "x12sdk": rivals.rate(pair, range(sizes.pairs)),
            "chain": rivals.rate(partial(rivals.chain, f"bench-{turn}"), range(sizes.chain)),
            "long": rivals.rate(partial(rivals.chain, f"long-{turn}"), range(sizes.long)),
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
        Aim("837P chain : Faker's ten-field profiles", 0.8, ratio("837P", "faker")),
        Aim("837P chain : x12sdk's 837P and 835 pairs", 4, ratio("837P", "x12sdk")),
        Aim("837P chain : PySynthea's claims", 40, ratio("837P", "synthea")),
        Aim("all settings : Faker's ten-field profiles", None, ratio("chain", "faker")),
        Aim("all settings : x12sdk's pairs", None, ratio("chain", "x12sdk")),
        Aim("all settings : PySynthea's claims", None, ratio("chain", "synthea")),
        Aim("rate of the long run : rate of a round", 0.9, ratio("long", "chain")),
        Aim("two processes : one", 1.5, ratio("two", "one")),
        Aim("same digest, two processes and one", 1, min(row["same"] for row in found), ""),
        Aim("peak memory, claims streamed", 150, megabytes, "MB", least=False),
    )


def show(aims: tuple[Aim, ...], told: list[str], cases: int) -> None:
    """Print the table and one line that says which aims are met."""
    print(f"\n{'':44} {'aim':>9} {'measured':>9}")
    for row in aims:
        bound = "" if row.aim is None else f"{'≥' if row.least else '≤'} {row.aim:g}"
        verdict = "" if row.aim is None else "met" if row.met else "NOT MET"
        print(f"{row.what:44} {bound:>9} {row.value:9.2f} {row.unit:2} {verdict}")
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
    print(f"The chain runs {'compiled' if plain.is_compiled() else 'as plain Python'}.", flush=True)
    rivals.codes()  # built once, before two workers want it
    spawn = mp.get_context("spawn")
    with (ProcessPoolExecutor(1, spawn) as one, ProcessPoolExecutor(2, spawn) as two,
          ProcessPoolExecutor(1, spawn) as apart):
        told = check(two, cases)
        found = list(rounds(sizes, one, two, apart))
        compared = both_ways(one)
    show(table(found, streamed(sizes.streamed)) + compared, told, cases)


if __name__ == "__main__":
    main()
